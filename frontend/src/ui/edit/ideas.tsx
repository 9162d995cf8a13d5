// Ideas for a section, in a plain list that opens only when asked for and closes once one is taken.

import { useEffect, useRef, useState } from "preact/hooks";
import { itemsIn, mainField, type Shown } from "../../core/plan";
import { textOf } from "../../core/value";
import { plan } from "../../state/plan";
import { Button } from "../elements/touch";
import { t } from "../elements/words";
import { fetchIdeas, file, isFailed, type Idea } from "../ideas";
import type { Part } from "./parts";

interface Props {
  part: Part;
  hasPrompts: boolean;
  onTake(idea: Idea): void;
}

export function ShowIdeas({ part: { id }, hasPrompts, onTake }: Props) {
  const [state, become] = useState<"closed" | "open" | "taken">("closed");
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => void fetchIdeas(), []);
  const isOpen = state === "open";
  const items = itemsIn(plan.value, id);
  const touch = () => {
    void fetchIdeas();
    become(isOpen ? "closed" : "open");
  };
  const take = (idea: Idea) => {
    become("taken");
    if (!idea.standIn) button.current?.focus();
    onTake(idea);
  };
  return (
    <div class="ideas">
      <Button
        ref={button}
        aria-expanded={isOpen}
        words={isOpen ? "ideas.close" : "ideas.show"}
        onClick={touch}
      />
      <p class="unseen" role="status">
        {state === "taken" && t("ideas.added")}
      </p>
      {isOpen && <List {...{ section: id, items, take }} />}
      {hasPrompts && !isOpen && items.length === 0 && (
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

interface ListProps {
  section: string;
  items: Shown[];
  take(idea: Idea): void;
}

/** What stands in the list already, word for word, is not offered again. */
function List({ section, items, take }: ListProps) {
  const words = ({ value }: Shown | Idea) => textOf(value, mainField(section));
  const had = new Set(items.map(words));
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
