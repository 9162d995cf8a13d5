// What two people may ask each other at a part of the plan, folded away at a touch.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../elements/words";
import { fetchIdeas, file, isFailed } from "../ideas";
import { NotLoaded } from "./not-loaded";

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
      <Said lines={lines.once} />
      {lines.each.length > 0 && <h2>{t("together.each")}</h2>}
      <Said lines={lines.each} />
      <Said lines={lines.stop} class="stop" />
    </details>
  );
}

function Said({ lines, class: more }: { lines: string[]; class?: string }) {
  if (!lines.length) return null;
  return (
    <ul class={more}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
