// Ideas for a section, in a plain list that opens only when asked for and closes once one is taken;
// and the script, which two people may ask each other by.

import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { itemsIn, mainField, type Shown } from "../../core/plan";
import { textOf } from "../../core/value";
import { plan } from "../../state/plan";
import { Button } from "../elements/touch";
import { t } from "../elements/words";
import { fetchIdeas, file, isFailed, type Idea } from "../ideas";
import type { Lines } from "./lines";
import { mode } from "./parts";

export function ShowIdeas({ lines }: { lines: Lines }) {
  const [state, become] = useState<"closed" | "open" | "taken">("closed");
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = state === "open";
  useEffect(() => void fetchIdeas(), [isOpen]);
  const { id } = lines.part;
  const isEmpty = itemsIn(plan.value, id).length === 0;
  const take = (idea: Idea) => {
    become("taken");
    if (!idea.standIn) button.current?.focus();
    lines.take(idea);
  };
  return (
    <div class="ideas">
      <Button
        ref={button}
        aria-expanded={isOpen}
        words={isOpen ? "ideas.close" : "ideas.show"}
        onClick={() => become(isOpen ? "closed" : "open")}
      />
      <p class="unseen" role="status">
        {state === "taken" && t("ideas.added")}
      </p>
      {isOpen && <List section={id} take={take} />}
      {mode() !== "together" && !isOpen && isEmpty && (
        <ul class="prompts">{inLines(file.value?.prompts[id] ?? [])}</ul>
      )}
    </div>
  );
}

export const inLines = (lines: string[]) => lines.map((line) => <li key={line}>{line}</li>);

/** What stands where the file did not come: that it failed, and once more. */
export const NotLoaded = () => (
  <p class="hint" role="status">
    {isFailed.value && (
      <>
        {t("ideas.failed")} <Button words="ideas.again" onClick={() => void fetchIdeas()} />
      </>
    )}
  </p>
);

/** What stands in the list already, word for word, is not offered again. */
function List({ section, take }: { section: string; take(idea: Idea): void }) {
  const words = ({ value }: Shown | Idea) => textOf(value, mainField(section));
  const had = new Set(itemsIn(plan.value, section).map(words));
  const found = file.value?.ideas[section];
  if (!found) return <NotLoaded />;
  return (
    <>
      {found.groups.map(({ title, ideas }) => {
        const left = ideas.filter((idea) => !had.has(words(idea)));
        return (
          <section key={title}>
            {title && left.length > 0 && <h2>{title}</h2>}
            <ul>
              {left.map((idea) => (
                <li key={words(idea)}>
                  <Button class="idea" onClick={() => take(idea)}>
                    {words(idea)}
                    <sup>{idea.source}</sup>
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <section class="sources">
        <h2>{t("ideas.sources")}</h2>
        <ol>{inLines(found.sources)}</ol>
      </section>
    </>
  );
}

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
