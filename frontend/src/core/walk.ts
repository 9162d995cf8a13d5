// The walk as a state machine: which step comes when, and where each choice on a screen leads.

import { itemsIn, setting, type Plan, type Shown } from "./plan-items";
import { OWN, type Section } from "./sections";
import { isFilled, isMarked, photoOf, textOf, waysOf } from "./value";

export interface Step {
  kind: "item" | "paper" | "lines";
  /** The section's id: one of the data's, or that of a person's own; else the kind again. */
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
  /** What is open beside the steps: the environment's items, the needs, or one need by its id. */
  aside: string | null;
}

/** Noticed and prepared on a calm day: warning signs are not steps, the environment is an aside. */
const NOT_STEPS = ["warning_signs", "environment_safety", OWN];
export const ASIDE = "environment_safety";
export const NEEDS = "needs";
export const STRATEGIES = "coping_strategies";
/** What a picture of the paper stands in for, as long as one of them is not typed. */
const ON_PAPER = [STRATEGIES, "support_contacts", "reasons"];

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

export const filledItems = (plan: Plan, section: Section): Shown[] =>
  itemsIn(plan, section.id).filter((item) => isFilled(item.value, section));

/** By night the marked items come first; where one is marked, the rest of its section waits. */
function sectionSteps(plan: Plan, hour: number, section: Section, title: string | null): Step[] {
  const isPerson = section.fields.some(({ id, main }) => id === "name" && main);
  const all = filledItems(plan, section).map((item): Step => {
    return { kind: "item", section: section.id, title, item, isPerson, waits: false };
  });
  const isForNight = (step: Step) => isMarked(step.item!.value, "works_at_night");
  if (!isNight(hour) || !all.some(isForNight)) return all;
  const rest = all.filter((step) => !isForNight(step));
  return [...all.filter(isForNight), ...rest.map((step) => ({ ...step, waits: true }))];
}

/** The picture of the paper: first while none of it is typed, after the rest while some is. */
function withPaper(plan: Plan, typed: Step[]): Step[] {
  const item = setting(plan, "paper");
  const missing = ON_PAPER.filter((id) => !typed.some(({ section }) => section === id));
  if (!item || !photoOf(item.value) || !missing.length) return typed;
  const paper: Step = { ...LINES, kind: "paper", section: "paper", item };
  return missing.length === ON_PAPER.length ? [paper, ...typed] : [...typed, paper];
}

/**
 * All steps in five stretches: own sections that begin the walk; items to be shown first; the
 * data's sections; the other own sections; what is left where items can be marked to be shown
 * first. The lines are always there, and always last.
 */
export function steps(plan: Plan, sections: Section[], hour: number): Step[] {
  const stretches: Step[][] = [[], [], [], [], []];
  for (const section of sections.filter(({ id }) => !NOT_STEPS.includes(id))) {
    const hasFirst = section.fields.some(({ id }) => id === "show_first");
    for (const step of sectionSteps(plan, hour, section, null)) {
      const isFirst = isMarked(step.item!.value, "show_first");
      stretches[!hasFirst ? 2 : isFirst ? 1 : 4]!.push(step);
    }
  }
  const template = sections.find(({ id }) => id === OWN);
  for (const { id, value } of template ? itemsIn(plan, "own_sections") : []) {
    const own = sectionSteps(plan, hour, { ...template!, id }, textOf(value, "title"));
    stretches[isMarked(value, "walk_first") ? 0 : 3]!.push(...own);
  }
  return [...withPaper(plan, stretches.flat()), LINES];
}

export const begin = (all: Step[]): Walk => ({ steps: all, at: 0, unfolded: [], aside: null });

export const current = (walk: Walk): Step => walk.steps[walk.at]!;

const isOpen = (walk: Walk, step: Step): boolean =>
  !step.waits || walk.unfolded.includes(step.section);

/** The item's number in its section, from 1, among those that are to be seen. */
export function place(walk: Walk): number {
  const seen = walk.steps.slice(0, walk.at + 1).filter((step) => isOpen(walk, step));
  return seen.filter(({ section }) => section === current(walk).section).length;
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
  return walk.steps[at] ? { ...walk, at, aside: null } : walk;
}

export const aside =
  (to: string | null) =>
  (walk: Walk): Walk => ({ ...walk, aside: to });
export const leaveAside = aside(null);

export const next = (walk: Walk): Walk => (walk.aside ? leaveAside(walk) : move(walk, 1));

/** From one need back to all of them; from there, and from the environment, to the step. */
export function back(walk: Walk): Walk {
  if (!walk.aside) return move(walk, -1);
  return [ASIDE, NEEDS].includes(walk.aside) ? leaveAside(walk) : aside(NEEDS)(walk);
}

/** To a step, or to the lines where there is none; one that waits unfolds with its section. */
export function goTo(walk: Walk, step = walk.steps.at(-1)!): Walk {
  const unfolded = isOpen(walk, step) ? walk.unfolded : [...walk.unfolded, step.section];
  return { ...walk, at: walk.steps.indexOf(step), unfolded, aside: null };
}

/** The waiting items unfold where they stand, and the first of them is shown. */
export const more = (walk: Walk): Walk =>
  waiting(walk) ? goTo(walk, walk.steps[walk.at + 1]) : walk;

/** To the first person that is to be seen, or to the lines; a new section of people counts too. */
export function people(walk: Walk): Walk {
  const first = walk.steps.find((step) => step.isPerson && isOpen(walk, step));
  return goTo(walk, first);
}

/** The step of someone: a person to tell, or anything else that can be reached. */
export const isSomeone = (step: Step): boolean =>
  step.isPerson || (step.item !== null && waysOf(step.item.value).length > 0);

/** No answer: to whoever comes next, also those of this section who wait, and then the lines. */
export function nextPerson(walk: Walk): Walk {
  const { section } = current(walk);
  const later = walk.steps.slice(walk.at + 1).filter(isSomeone);
  const nearest = later.find((step) => isOpen(walk, step) || step.section === section);
  return goTo(walk, nearest);
}

export const again = (walk: Walk): Walk => begin(walk.steps);

/** The people to tell who can be reached, in the order of the walk, for its last screen. */
export const reachable = (walk: Walk): Shown[] =>
  walk.steps.flatMap(({ isPerson, item }) =>
    isPerson && item && waysOf(item.value).length > 0 ? [item] : [],
  );

/** The needs that a strategy can be marked for, in the order of the data. */
export function needIds(sections: Section[]): string[] {
  const strategies = sections.find(({ id }) => id === STRATEGIES);
  return strategies?.fields.find(({ id }) => id === "needs")?.options ?? [];
}

/** The person's own strategies for a need, in the walk's order, those that wait by night too. */
export const strategiesFor = (walk: Walk, need: string): Step[] =>
  walk.steps.filter(({ section, item }) => {
    const marks = item?.value.needs;
    return section === STRATEGIES && Array.isArray(marks) && marks.includes(need);
  });
