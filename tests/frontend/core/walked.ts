// Walking through a made plan, by the headlines that a person would read.
import type { Plan } from "../../../frontend/src/core/plan";
import { begin, next, steps, type Step, type Walk } from "../../../frontend/src/core/walk";
import { SECTIONS } from "./made-plan";

export const DAY = 14;
export const NIGHT = 1;
export const night = { works_at_night: true };
export const ways = [{ by: "both", number: "555-0117" }];

export const all = (plan: Plan, hour = DAY): Step[] => steps(plan, SECTIONS, hour);
export const walked = (plan: Plan, hour = DAY): Walk => begin(all(plan, hour));
export const headline = ({ steps: list, at }: Walk): string => {
  const value = list[at]!.item?.value;
  return String(value?.name ?? value?.text ?? list[at]!.kind);
};

/** The headlines from here to where Next leads no further. */
export function ahead(walk: Walk): string[] {
  const seen = [headline(walk)];
  for (let on = next(walk); on.at !== walk.at; on = next(on)) {
    seen.push(headline(on));
    walk = on;
  }
  return seen;
}
