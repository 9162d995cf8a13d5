// What might be missing, seen by empty fields alone: no word that a person wrote is ever read.

import { itemsIn, type Plan } from "../../core/plan";
import { waysOf } from "../../core/value";
import { isSet } from "./parts";

export type Nudge = "nobody" | "no_way" | "no_if_not";

/** Most needed first. Silent until something stands in the plan: an empty page asks for nothing. */
export function nudges(plan: Plan): Nudge[] {
  const people = itemsIn(plan, "support_contacts");
  const strategies = itemsIn(plan, "coping_strategies");
  const found: [Nudge, boolean][] = [
    ["nobody", people.length === 0],
    ["no_way", people.some(({ value }) => waysOf(value).length === 0)],
    ["no_if_not", strategies.length > 0 && !strategies.some(({ value }) => isSet(value.if_not))],
  ];
  const isBegun = ["warning_signs", "coping_strategies", "distractions", "reasons", ...PEOPLE].some(
    (section) => itemsIn(plan, section).length > 0,
  );
  return isBegun ? found.filter(([, holds]) => holds).map(([nudge]) => nudge) : [];
}

const PEOPLE = ["support_contacts", "professional_contacts", "environment_safety"];
