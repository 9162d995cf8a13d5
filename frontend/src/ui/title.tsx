// The heading of a screen, which names the window; and the pages about keeping the plan, below it.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Link } from "./elements/touch";
import { t, type Key } from "./elements/words";
import { place } from "./route";

interface Props {
  /** The window's title. It never holds a word of the plan. */
  page: Key;
  /** A new number brings the focus here; 0 leaves it alone. */
  turn?: number;
  children: ComponentChildren;
}

/** After a change of screen the focus begins at it. */
export function Title({ page, turn = place.value.turn, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    document.title = t(page);
    if (turn > 0) heading.current?.focus({ preventScroll: true });
  }, [page, turn]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

interface KeepProps extends Partial<Props> {
  heading: Key;
  /** It leads back to keep safe, which it is a part of. */
  isWithin?: boolean;
}

/** The way back, the heading, and what stands below it. */
export const Keep = ({ heading, isWithin, children, ...more }: KeepProps) => (
  <div class="keep">
    <p>
      <Link href={isWithin ? "/keep-safe" : "/"} words={isWithin ? "keep.title" : "front.name"} />
    </p>
    <Title page="page.keep_safe.title" {...more}>
      {t(heading)}
    </Title>
    {children}
  </div>
);
