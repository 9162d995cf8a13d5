// What every page about keeping the plan has: the way back, its heading, and its sections below.

import type { ComponentChildren } from "preact";
import { Link } from "./elements/touch";
import { t, type Key } from "./elements/words";
import { Title } from "./title";

interface Props extends Partial<Record<"page", Key>> {
  heading: Key;
  turn?: number;
  isWithin?: boolean;
  children: ComponentChildren;
}

export const Keep = ({
  page = "page.keep_safe.title",
  heading,
  isWithin,
  children,
  ...turn
}: Props) => (
  <div class="keep">
    <p>
      <Link href={isWithin ? "/keep-safe" : "/"} words={isWithin ? "keep.title" : "front.name"} />
    </p>
    <Title page={page} {...turn}>
      {t(heading)}
    </Title>
    {children}
  </div>
);
