// Ideas for a section, in a plain list that opens only when asked for and closes once one is taken.

import { useEffect, useRef, useState } from "preact/hooks";
import { mainField, type Shown } from "../../core/plan";
import { textOf } from "../../core/value";
import { Button } from "../elements/touch";
import { t } from "../elements/words";
import { fetchIdeas, file, isFailed, type Idea, type Ideas } from "../ideas";
import type { Part } from "./parts";

interface Props {
  part: Part;
  items: Shown[];
  hasPrompts: boolean;
  onTake(idea: Idea): void;
}

export function ShowIdeas({ part, items, hasPrompts, onTake }: Props) {
  const [isOpen, open] = useState(false);
  const [isAdded, say] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => void fetchIdeas(), []);
  const touch = () => {
    void fetchIdeas();
    open(!isOpen);
    say(false);
  };
  const take = (idea: Idea) => {
    open(false);
    say(true);
    if (!idea.standIn) button.current?.focus();
    onTake(idea);
  };
  const prompts = file.value?.prompts[part.id] ?? [];
  const found = file.value?.ideas[part.id];
  return (
    <div class="ideas">
      <Button
        ref={button}
        aria-expanded={isOpen}
        words={isOpen ? "ideas.close" : "ideas.show"}
        onClick={touch}
      />
      <p class="unseen" role="status">
        {isAdded && t("ideas.added")}
      </p>
      {isOpen && (found ? <List {...{ part, items, found, take }} /> : <NotLoaded />)}
      {hasPrompts && !isOpen && items.length === 0 && <ul class="prompts">{inLines(prompts)}</ul>}
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
  part: Part;
  items: Shown[];
  found: Ideas;
  take(idea: Idea): void;
}

/** What stands in the list already, word for word, is not offered again. */
function List({ part, items, found, take }: ListProps) {
  const main = mainField(part.id);
  const had = new Set(items.map(({ value }) => textOf(value, main)));
  const left = (ideas: Idea[]) => ideas.filter(({ value }) => !had.has(textOf(value, main)));
  return (
    <>
      {found.groups.map(({ title, ideas }) => (
        <section key={title}>
          {title && left(ideas).length > 0 && <h2>{title}</h2>}
          <ul>
            {left(ideas).map((idea) => (
              <li key={textOf(idea.value, main)}>
                <Button class="idea" onClick={() => take(idea)}>
                  {textOf(idea.value, main)}
                  <sup>{idea.source}</sup>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section class="sources">
        <h2>{t("ideas.sources")}</h2>
        <ol>{inLines(found.sources)}</ol>
      </section>
    </>
  );
}
