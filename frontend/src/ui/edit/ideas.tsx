// Ideas for a section, in a plain list that opens only when asked for and closes once one is taken.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Shown } from "../../core/plan";
import { textOf } from "../../core/value";
import { t } from "../elements/words";
import { fetchIdeas, file, type Idea, type Ideas } from "../ideas";
import { NotLoaded } from "./not-loaded";
import { mainOf, type Part } from "./parts";

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
      <button ref={button} type="button" class="link" aria-expanded={isOpen} onClick={touch}>
        {isOpen ? t("ideas.close") : t("ideas.show")}
      </button>
      <p class="unseen" role="status">
        {isAdded && t("ideas.added")}
      </p>
      {isOpen && (found ? <List {...{ part, items, found, take }} /> : <NotLoaded />)}
      {hasPrompts && !isOpen && items.length === 0 && (
        <ul class="prompts">
          {prompts.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface ListProps {
  part: Part;
  items: Shown[];
  found: Ideas;
  take(idea: Idea): void;
}

/** What stands in the list already, word for word, is not offered again. */
function List({ part, items, found, take }: ListProps) {
  const main = mainOf(part.fields);
  const had = new Set(items.map(({ value }) => textOf(value, main)));
  const left = found.groups.map(({ title, ideas }) => ({
    title,
    ideas: ideas.filter(({ value }) => !had.has(textOf(value, main))),
  }));
  return (
    <>
      {left.map(({ title, ideas }) => (
        <section key={title}>
          {title && ideas.length > 0 && <h2>{title}</h2>}
          <ul>
            {ideas.map((idea) => (
              <li key={textOf(idea.value, main)}>
                <button type="button" class="idea" onClick={() => take(idea)}>
                  {textOf(idea.value, main)}
                  <sup>{idea.source}</sup>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section class="sources">
        <h2>{t("ideas.sources")}</h2>
        <ol>
          {found.sources.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ol>
      </section>
    </>
  );
}
