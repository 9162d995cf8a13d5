// One part of the plan, or one end of it: its heading, and beside what is done there what to ask.

import type { ComponentChildren } from "preact";
import { Title } from "../elements/title";
import { place } from "../route";
import { Script } from "./script";

interface Props {
  /** The window's title. */
  page: string;
  title: ComponentChildren;
  subtitle?: string;
  /** Whose script stands beside it; none where nobody asks. */
  script?: string | undefined;
  children: ComponentChildren;
}

export function Stage({ page, title, subtitle, script, children }: Props) {
  return (
    <section class="edit-section">
      <Title page={page} turn={place.value.turn}>
        {title}
      </Title>
      {subtitle && <p class="quiet">{subtitle}</p>}
      <div class="beside">
        {script && <Script part={script} />}
        <div>{children}</div>
      </div>
    </section>
  );
}
