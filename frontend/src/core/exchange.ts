// The plan as it leaves the device: live items and their values, nothing of how they are merged.

import { isRecord, isRemoved, itemOf, itemsIn, mainField, placesIn, values } from "./plan";
import type { Plan, Value } from "./plan";
import { OWN, type Section } from "./sections";

type Told = Value & { id: string; items: Value[] };

/** A field without a value is absent in the format: "", [], {} and null are left out. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled).filter((one) => one !== undefined);
  if (value === "" || value === null) return undefined;
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, one]) => [name, filled(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined && !isEmpty(one)));
}

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** Every live version of an item: where two stand side by side, neither is left behind. An id stands
 *  once: the second of two versions goes without. */
function itemsOf(plan: Plan, section: string, main: string): Value[] {
  return placesIn(plan, section).flatMap((item) => {
    const live = values(item).filter((value) => !isRemoved(value));
    return live.map((value, index) => ({
      [main]: "",
      ...(filled(value) as Value),
      ...(index === 0 ? { id: item.id } : {}),
    }));
  });
}

/** Sections of a newer app: neither known here, nor a person's own, nor of the app itself. */
function unknownSections(plan: Plan, sections: Section[]): string[] {
  const known = ["own_sections", "settings", ...sections.map(({ id }) => id)];
  const named = new Set(plan.items.filter(isRecord).map(({ section }) => section));
  return [...named].filter((id) => !known.includes(id) && !itemOf(plan, id));
}

/** `today` is a day, "2026-11-22". */
export function exchange(plan: Plan, sections: Section[], today: string) {
  const known = sections.filter(({ id }) => id !== OWN).map(({ id }) => ({ id }));
  const own = itemsIn(plan, "own_sections").map(({ id, value }) => ({ title: "", ...value, id }));
  const other = unknownSections(plan, sections).map((id) => ({ id }));
  const all = [...known, ...own, ...other].map((section): Told => {
    const main = sections.some(({ id }) => id === section.id) ? mainField(section.id) : "text";
    return { ...section, items: itemsOf(plan, section.id, main) };
  });
  const told = all.filter(({ items }) => items.length > 0);
  return { format: "safety-plan", version: 1, exported_on: today, language: "en", sections: told };
}
