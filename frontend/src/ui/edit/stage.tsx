// One part of the plan, or one end of it: its heading, and beside what is done there what to ask.

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../elements/words";
import { fetchIdeas, file, isFailed } from "../ideas";
import { place } from "../route";
import { Title } from "../title";
import { inLines, NotLoaded } from "./ideas";

/** The plan that is kept; the same with someone, in larger type; one for someone else, kept nowhere. */
export const mode = () => place.value.path.slice(1) as "edit" | "together" | "blank";

interface Props {
  title: ComponentChildren;
  subtitle?: string;
  /** What two people may ask each other here: see `Script`. */
  script?: string;
  children: ComponentChildren;
}

export const Stage = ({ title, subtitle, script, children }: Props) => (
  <section class="edit-section">
    <Title page={`page.${mode()}.title`}>{title}</Title>
    {subtitle && <p class="quiet">{subtitle}</p>}
    <div class="beside">
      {script && mode() === "together" && <Script part={script} />}
      <div>{children}</div>
    </div>
  </section>
);

/** Folded once, it stays folded in the parts that follow. */
const isFolded = signal(false);

/** What to ask, folded away at a touch. `part`: a section's id, "opening", "read_through" or
 *  "closing"; a person's own part has none. */
export function Script({ part }: { part: string }) {
  useEffect(() => void fetchIdeas(), []);
  const lines = file.value?.script[part];
  if (!lines) return isFailed.value ? <NotLoaded /> : null;
  return (
    <details
      class="script"
      open={!isFolded.value}
      onToggle={(event) => (isFolded.value = !event.currentTarget.open)}
    >
      <summary>{t("together.script")}</summary>
      {lines.once.length > 0 && <ul>{inLines(lines.once)}</ul>}
      {lines.each.length > 0 && <h2>{t("together.each")}</h2>}
      {lines.each.length > 0 && <ul>{inLines(lines.each)}</ul>}
      {lines.stop.length > 0 && <ul class="stop">{inLines(lines.stop)}</ul>}
    </details>
  );
}
