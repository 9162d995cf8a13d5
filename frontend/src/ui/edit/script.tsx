// What two people may ask each other at a part of the plan, folded away at a touch.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../elements/words";
import { fetchIdeas, file, isFailed } from "../ideas";
import { inLines, NotLoaded } from "./ideas";

/** Folded once, it stays folded in the parts that follow. */
const isFolded = signal(false);

/** `part`: a section's id, "opening", "read_through" or "closing"; a person's own part has none. */
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
