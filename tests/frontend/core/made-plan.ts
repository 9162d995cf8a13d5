// Plans for tests: sections with values, as the app would have made them.
import { readFileSync } from "node:fs";
import { emptyPlan, type Plan, type Value } from "../../../frontend/src/core/plan";
import type { Section } from "../../../frontend/src/core/sections";

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../app/content/${path}`, import.meta.url), "utf8"));

export const SECTIONS = (read("sections.json") as { sections: Section[] }).sections;
export const MESSAGES = read("messages/en.json") as Record<string, string>;

export function say(key: string, values: Record<string, string | number> = {}): string {
  const words = MESSAGES[key];
  if (words === undefined) throw new Error(`no words for ${key}`);
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const REPLICA = "a".repeat(32);
const hex = (n: number) => n.toString(16).padStart(32, "0");

/** Items in the order given; several values in one list are siblings of one item. */
export function planOf(rows: [section: string, ...values: Value[]][]): Plan {
  const items = rows.map(([section, ...values], index) => ({
    id: hex(index + 1),
    section,
    sibs: values.map((value, n) => ({ dot: [REPLICA, n + 1] as [string, number], value })),
    ctx: { [REPLICA]: values.length },
    pos: ["i", index + 1, REPLICA] as [string, number, string],
  }));
  return { ...emptyPlan(), items };
}

export const idOf = (index: number) => hex(index + 1);
