// The heading of a screen: it names the window, and after a change of screen the focus begins at it.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t, type Key } from "./elements/words";
import { place } from "./route";

interface Props {
  /** The window's title. It never holds a word of the plan. */
  page: Key;
  /** A new number brings the focus here; 0 leaves it alone. */
  turn?: number;
  children: ComponentChildren;
}

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
