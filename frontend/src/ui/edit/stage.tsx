// One part of the plan, or one end of it: its heading, and beside what is done there what to ask.

import type { ComponentChildren } from "preact";
import type { Key } from "../elements/words";
import { Title } from "../title";
import { Script } from "./script";

interface Props {
  /** The window's title. */
  page: Key;
  title: ComponentChildren;
  subtitle?: string;
  /** Whose script stands beside it; none where nobody asks. */
  script?: string | undefined;
  children: ComponentChildren;
}

export const Stage = ({ page, title, subtitle, script, children }: Props) => (
  <section class="edit-section">
    <Title page={page}>{title}</Title>
    {subtitle && <p class="quiet">{subtitle}</p>}
    <div class="beside">
      {script && <Script part={script} />}
      <div>{children}</div>
    </div>
  </section>
);
