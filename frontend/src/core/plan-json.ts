// A plan as the JSON text that is sealed; an unchanged item is written once and remembered.
import type { Item, Plan } from "./plan";

const texts = new WeakMap<Item, string>();

/** Every field of plan and items, known or not, in the order they came. */
export function planJson(plan: Plan): string {
  const { items, ...head } = plan;
  return `${JSON.stringify(head).slice(0, -1)},"items":[${items.map(itemJson).join(",")}]}`;
}

function itemJson(item: Item): string {
  if (typeof item !== "object" || item === null) return JSON.stringify(item);
  let text = texts.get(item);
  if (text === undefined) texts.set(item, (text = JSON.stringify(item)));
  return text;
}
