// One quiet line at a time about what might be missing; put away, it stays away for this visit.

import { signal } from "@preact/signals";
import { itemsIn, type Plan } from "../../core/plan";
import { waysOf } from "../../core/value";
import { plan, role } from "../../state/plan";
import { Button, Link } from "../elements/touch";
import { sections, t } from "../elements/words";
import { openHere } from "../route";
import { isSet } from "./parts";

const PEOPLE = "support_contacts";
const STRATEGIES = "coping_strategies";

/** The section where it can be answered. */
const PLACE = { nobody: PEOPLE, no_way: PEOPLE, no_if_not: STRATEGIES };

type Nudge = keyof typeof PLACE;

/** Most needed first, seen by empty fields alone: no word that a person wrote is ever read. Silent
 *  until something stands in the plan: an empty page asks for nothing. */
export function nudges(plan: Plan): Nudge[] {
  const people = itemsIn(plan, PEOPLE);
  const strategies = itemsIn(plan, STRATEGIES);
  const found: [Nudge, boolean][] = [
    ["nobody", people.length === 0],
    ["no_way", people.some(({ value }) => waysOf(value).length === 0)],
    ["no_if_not", strategies.length > 0 && !strategies.some(({ value }) => isSet(value.if_not))],
  ];
  const isBegun = sections().some(({ id }) => itemsIn(plan, id).length > 0);
  return isBegun ? found.filter(([, holds]) => holds).map(([nudge]) => nudge) : [];
}

const putAway = signal<Nudge[]>([]);

/** On the list of sections any of them; inside one only that nobody stands in it, since a line
 *  about the rest would come in the middle of writing. Nobody yet is an answer too: the lines and
 *  people whose work this is are there. */
export function NudgeLine({ section }: { section: string | null }) {
  const fits = (one: Nudge) => section === null || (one === "nobody" && section === PEOPLE);
  const found = nudges(plan.value).find((one) => fits(one) && !putAway.value.includes(one));
  if (!found || role.value === "follower") return null;
  const isNobody = found === "nobody";
  const place = isNobody ? "professional_contacts" : PLACE[found];
  const words = isNobody ? "edit.to_professionals" : "edit.go_there";
  return (
    <aside class="nudge" aria-label={t("edit.nudge")}>
      <p>{t(`nudge.${found}`)}</p>
      <p class="nudge-ways">
        {isNobody && <Link href="/lines" words="edit.to_lines" />}
        <Button words={words} onClick={() => openHere(place)} />
        <Button words="edit.not_now" onClick={() => (putAway.value = [...putAway.value, found])} />
      </p>
    </aside>
  );
}
