// What I need: six needs to choose from, and what the person has for each: what to do, whom to reach.

import { aside, goTo, needIds, reachable, strategiesFor, type Walk } from "../../core/walk";
import { sections, t } from "../elements/words";
import { headline } from "./item";
import { Heading, Lines, People } from "./last";

type Go = (move: (walk: Walk) => Walk) => void;

export const Needs = ({ go }: { go: Go }) => (
  <>
    <Heading words="needs.title" />
    <ul class="walk-choices">
      {needIds(sections()).map((id) => (
        <li key={id}>
          <button type="button" onClick={() => go(aside(id))}>
            {t(`need.${id}.title`)}
          </button>
        </li>
      ))}
    </ul>
  </>
);

/** The person's own strategies alone; each leads to its own step. */
export function Need({ id, walk, go }: { id: string; walk: Walk; go: Go }) {
  const found = strategiesFor(walk, id);
  return (
    <>
      <Heading words={`need.${id}.title`} />
      <p class="walk-more">{t(found.length ? `need.${id}.text` : "needs.none")}</p>
      <ul class="walk-found">
        {found.map((step) => (
          <li key={step.item!.id}>
            <button
              type="button"
              dir="auto"
              translate={false}
              onClick={() => go((now) => goTo(now, step))}
            >
              {headline(step.item!.value, "text")}
            </button>
          </li>
        ))}
      </ul>
      <People reachable={reachable(walk)} />
      <Lines />
    </>
  );
}
