// The walk as a state machine: which step comes when, and where each choice on a screen leads.

import { itemsIn, type Plan, type Shown } from "./plan";
import { OWN, type Section } from "./sections";
import { isFilled, isMarked, textOf, waysOf } from "./value";

export interface Step {
  kind: "item" | "lines";
  /** The section's id: one of the data's, or that of a person's own; "lines" at the end. */
  section: string;
  /** The name that the person gave their own section; the data's are named by a message. */
  title: string | null;
  item: Shown | null;
  /** Is the item one of a person, someone to call rather than something to do? */
  isPerson: boolean;
  /** At night: an unmarked item of a section that has marked ones. It waits behind More. */
  waits: boolean;
}

export interface Walk {
  steps: Step[];
  /** The step's place among all steps, those that wait too. */
  at: number;
  /** Sections whose waiting items were asked for. */
  unfolded: string[];
  /** Is the aside with the environment's items open? */
  isAside: boolean;
}

/** Noticed and prepared on a calm day: warning signs are not steps, the environment is an aside. */
const NOT_STEPS = ["warning_signs", "environment_safety", OWN];
export const ASIDE = "environment_safety";

const LINES: Step = {
  kind: "lines",
  section: "lines",
  title: null,
  item: null,
  isPerson: false,
  waits: false,
};

/** Night is 22:00 to 06:59 by the device's own clock. */
export const isNight = (hour: number): boolean => hour >= 22 || hour < 7;

const isPeople = (section: Section): boolean =>
  section.fields.some(({ id, main }) => id === "name" && main === true);

export function filledItems(plan: Plan, id: string, section: Section): Shown[] {
  return itemsIn(plan, id).filter((item) => isFilled(item.value, section));
}

function sectionSteps(plan: Plan, id: string, section: Section, title: string | null): Step[] {
  const isPerson = isPeople(section);
  return filledItems(plan, id, section).map((item) => {
    return { kind: "item", section: id, title, item, isPerson, waits: false };
  });
}

/** Marked items first; where one is marked, the rest of its section waits. */
function byNight(steps: Step[], hour: number): Step[] {
  const isForNight = (step: Step) => isMarked(step.item!.value, "works_at_night");
  if (!isNight(hour) || !steps.some(isForNight)) return steps;
  const rest = steps.filter((step) => !isForNight(step));
  return [...steps.filter(isForNight), ...rest.map((step) => ({ ...step, waits: true }))];
}

function ownSteps(
  plan: Plan,
  template: Section | undefined,
  hour: number,
  isFirst: boolean,
): Step[] {
  if (!template) return [];
  return itemsIn(plan, "own_sections")
    .filter(({ value }) => isMarked(value, "walk_first") === isFirst)
    .flatMap(({ id, value }) =>
      byNight(sectionSteps(plan, id, template, textOf(value, "title")), hour),
    );
}

/** Sections with *show me this first* are told apart by that mark; all others come whole. */
function dataSteps(plan: Plan, sections: Section[], hour: number) {
  const all = sections
    .filter(({ id }) => !NOT_STEPS.includes(id))
    .map((section) => ({
      hasFirst: section.fields.some(({ id }) => id === "show_first"),
      steps: byNight(sectionSteps(plan, section.id, section, null), hour),
    }));
  const chosen = all.filter(({ hasFirst }) => hasFirst).flatMap(({ steps }) => steps);
  const isFirst = (step: Step) => isMarked(step.item!.value, "show_first");
  return {
    first: chosen.filter(isFirst),
    middle: all.filter(({ hasFirst }) => !hasFirst).flatMap(({ steps }) => steps),
    last: chosen.filter((step) => !isFirst(step)),
  };
}

/** All steps in their order; the lines are always there, and always last. */
export function steps(plan: Plan, sections: Section[], hour: number): Step[] {
  const template = sections.find(({ id }) => id === OWN);
  const { first, middle, last } = dataSteps(plan, sections, hour);
  return [
    ...ownSteps(plan, template, hour, true),
    ...first,
    ...middle,
    ...ownSteps(plan, template, hour, false),
    ...last,
    LINES,
  ];
}

export const begin = (all: Step[]): Walk => ({ steps: all, at: 0, unfolded: [], isAside: false });

export const current = (walk: Walk): Step => walk.steps[walk.at]!;

const isOpen = (walk: Walk, step: Step): boolean =>
  !step.waits || walk.unfolded.includes(step.section);

/** The item's number in its section, from 1, among those that are to be seen. */
export function place(walk: Walk): number {
  const here = current(walk).section;
  return walk.steps.slice(0, walk.at + 1).filter((s) => s.section === here && isOpen(walk, s))
    .length;
}

/** How many items of this section wait behind More: told on the last step before them. */
export function waiting(walk: Walk): number {
  const { section } = current(walk);
  const follows = walk.steps[walk.at + 1];
  if (!follows || follows.section !== section || isOpen(walk, follows)) return 0;
  return walk.steps.filter((step) => step.section === section && step.waits).length;
}

function move(walk: Walk, by: 1 | -1): Walk {
  let at = walk.at + by;
  while (walk.steps[at] && !isOpen(walk, walk.steps[at]!)) at += by;
  return walk.steps[at] ? { ...walk, at, isAside: false } : walk;
}

export const next = (walk: Walk): Walk => (walk.isAside ? leaveAside(walk) : move(walk, 1));
export const back = (walk: Walk): Walk => (walk.isAside ? leaveAside(walk) : move(walk, -1));

/** The waiting items unfold where they stand, and the first of them is shown. */
export function more(walk: Walk): Walk {
  if (!waiting(walk)) return walk;
  return { ...walk, at: walk.at + 1, unfolded: [...walk.unfolded, current(walk).section] };
}

/** To the first person that is to be seen, or to the lines; a new section of people counts too. */
export function people(walk: Walk): Walk {
  const at = walk.steps.findIndex((step) => step.isPerson && isOpen(walk, step));
  return { ...walk, at: at < 0 ? walk.steps.length - 1 : at, isAside: false };
}

/** The step of someone: a person to tell, or anything else that can be reached. */
export const isSomeone = (step: Step): boolean =>
  step.isPerson || (step.item !== null && waysOf(step.item.value).length > 0);

/** No answer: to whoever comes next, also those of this section who wait, and then the lines. */
export function nextPerson(walk: Walk): Walk {
  const { section } = current(walk);
  const at = walk.steps.findIndex((step, index) => {
    const canCome = isOpen(walk, step) || step.section === section;
    return index > walk.at && isSomeone(step) && canCome;
  });
  if (at < 0) return { ...walk, at: walk.steps.length - 1, isAside: false };
  const unfolded = isOpen(walk, walk.steps[at]!) ? [] : [section];
  return { ...walk, at, unfolded: [...walk.unfolded, ...unfolded], isAside: false };
}

export const aside = (walk: Walk): Walk => ({ ...walk, isAside: true });
export const leaveAside = (walk: Walk): Walk => ({ ...walk, isAside: false });
export const again = (walk: Walk): Walk => begin(walk.steps);

/** The people to tell who can be reached, in the order of the walk, for its last screen. */
export const reachable = (walk: Walk): Shown[] =>
  walk.steps.flatMap(({ isPerson, item }) =>
    isPerson && item && waysOf(item.value).length > 0 ? [item] : [],
  );
