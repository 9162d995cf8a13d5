// What a person may need in a hard hour, and which of their own strategies they marked for it.

import type { Section } from "./sections";
import { STRATEGIES, type Step, type Walk } from "./walk";

/** The needs that a strategy can be marked for, in the order of the data. */
export const needIds = (sections: Section[]): string[] =>
  sections.find(({ id }) => id === STRATEGIES)?.fields.find(({ id }) => id === "needs")?.options ??
  [];

const isMarkedFor = (marks: unknown, need: string): boolean =>
  Array.isArray(marks) && marks.includes(need);

/** The person's own strategies for a need, in the walk's order, those that wait by night too. */
export const strategiesFor = (walk: Walk, need: string): Step[] =>
  walk.steps.filter(
    ({ section, item }) => section === STRATEGIES && isMarkedFor(item?.value.needs, need),
  );
