// The plan for every screen: what plan-items.ts reads, what was removed, and what heads an item.
// Pure; the changes stand in plan-edit.ts.

import { compare, indexOf, shown, siblings, type Item, type Plan, type Shown } from "./plan-items";
export * from "./plan-items";

export const emptyPlan = (): Plan => ({ format: "safety-plan", version: 1, items: [] });

/** The field that heads an item of this section. */
export function mainField(section: string): "name" | "text" | "title" {
  if (section === "own_sections") return "title";
  return section.endsWith("_contacts") ? "name" : "text";
}

/** A live item, or null. */
export function findItem(plan: Plan, id: string): Shown | null {
  const item = itemOf(plan, id);
  return item ? shown(item) : null;
}

/** What was deleted and still has its text, newest first. */
export function removedItems(plan: Plan): Shown[] {
  const found: { day: string; n: number; shown: Shown }[] = [];
  for (const item of indexOf(plan).byId.values()) {
    const sibling = shown(item) ? undefined : siblings(item).find((sib) => sib.value);
    if (!sibling?.value) continue;
    const { id, section } = item;
    const whole = { id, section, value: sibling.value, conflicted: false };
    found.push({ day: String(sibling.value.removed_on), n: sibling.dot[1], shown: whole });
  }
  found.sort((a, b) => compare(b.day, a.day) || b.n - a.n || compare(a.shown.id, b.shown.id));
  return found.map((one) => one.shown);
}

/** The item itself, live or not. */
export const itemOf = (plan: Plan, id: string): Item | undefined => indexOf(plan).byId.get(id);

/** The highest count of a replica that was seen; 0 for none, and for what is no count. */
export const countIn = (ctx: Item["ctx"], replica: string): number =>
  typeof ctx[replica] === "number" ? ctx[replica] : 0;
