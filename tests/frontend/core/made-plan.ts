// Plans for tests: sections with values, as the app would have made them.
import { readFileSync } from "node:fs";
import { emptyPlan, type Plan, type Value } from "../../../frontend/src/core/plan";
import type { Section } from "../../../frontend/src/core/sections";

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../app/content/${path}`, import.meta.url), "utf8"));

export const SECTIONS = (read("sections.json") as { sections: Section[] }).sections;
export const MESSAGES = read("messages/en.json") as Record<string, string>;

/** As pages carry them: `a.b` lies at `b` in `a`. */
export const BY_PARTS = byParts(MESSAGES);

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

/** What begins with another's key stands on pages without a script, and is left out. */
function byParts(flat: Record<string, string>): object {
  const found: Record<string, any> = {};
  for (const [key, text] of Object.entries(flat)) {
    const parts = key.split(".");
    const last = parts.pop()!;
    const into = (at: Record<string, any>, part: string): Record<string, any> =>
      typeof at[part] === "string" ? {} : (at[part] ??= {});
    parts.reduce(into, found)[last] = text;
  }
  return found;
}
