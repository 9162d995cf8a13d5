// A card for a wallet, on paper alone: what matters, what helps first, whom to reach, the number.

import type { Shown } from "../core/plan";
import { waysOf } from "../core/value";
import { steps, STRATEGIES } from "../core/walk";
import { plan } from "../state/plan";
import { glimpse } from "./edit/parts";
import { dayInFull, today } from "./elements/days";
import { PlanText } from "./elements/plan-text";
import { sections, t } from "./elements/words";

const ONE_CARD = 3; // of each kind; a card has room for no more

/** The first of each in the walk's own order, so that card and walk say the same. */
function first(): Record<"reasons" | "ways" | "people", Shown[]> {
  const all = steps(plan.value, sections(), 12).flatMap(({ item, ...step }) =>
    item ? [{ ...step, item }] : [],
  );
  const of = (section: string) => all.filter((step) => step.section === section);
  const reached = all.filter(({ item }) => waysOf(item.value).length > 0);
  const items = (found: typeof all, most: number) => found.slice(0, most).map(({ item }) => item);
  return {
    reasons: items(of("reasons"), 1),
    ways: items(of(STRATEGIES), ONE_CARD),
    people: items(reached, ONE_CARD),
  };
}

function Line({ item }: { item: Shown }) {
  const [way] = waysOf(item.value);
  return (
    <li>
      <PlanText text={glimpse(item)} />
      {way && <PlanText text={way.number || `${way.app} ${way.handle}`.trim()} class="card-way" />}
    </li>
  );
}

export function WalletCard() {
  const { reasons, ways, people } = first();
  return (
    <div class="card" aria-hidden="true">
      {[reasons, ways, people].map((items, at) => (
        <ul key={at}>
          {items.map((item) => (
            <Line key={item.id} item={item} />
          ))}
        </ul>
      ))}
      <p>
        {t("read.line")} <small>{dayInFull(today())}</small>
      </p>
    </div>
  );
}
