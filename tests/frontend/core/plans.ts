// Small plans for the tests, with ids that are the same in every run.
import { emptyPlan, itemsIn, type Item, type Plan } from "../../../frontend/src/core/plan";
import * as edit from "../../../frontend/src/core/plan-edit";

export function ids(): () => string {
  let count = 0;
  return () => (++count).toString(16).padStart(32, "0");
}

export function begun(texts: string[] = []): { plan: Plan; author: edit.Author; made: string[] } {
  let plan = emptyPlan();
  const author = edit.newAuthor(plan, ids());
  const made = texts.map((text) => {
    const added = edit.addItem(plan, author, "reasons", { text });
    plan = added.plan;
    return added.id;
  });
  return { plan, author, made };
}

export const texts = (plan: Plan, section = "reasons"): unknown[] =>
  itemsIn(plan, section).map(({ value }) => value.text);
export const raw = (plan: Plan, id: string): Item =>
  plan.items.find((item) => item.id === id) as Item;
