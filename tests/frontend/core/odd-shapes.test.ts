// Items of shapes that no version of ours writes: none of them keeps the rest of the plan away.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asPlan, itemsIn, removedItems, type Plan } from "../../../frontend/src/core/plan";
import {
  addItem,
  fadeRemoved,
  moveItem,
  newAuthor,
  setField,
} from "../../../frontend/src/core/plan-edit";
import { planJson } from "../../../frontend/src/core/plan-json";
import { parseStrict } from "../../../frontend/src/core/strict-json";
import { exchange, plainText } from "../../../frontend/src/core/text";
import { steps } from "../../../frontend/src/core/walk";

const content = new URL("../../../app/content/sections.json", import.meta.url);
const { sections } = JSON.parse(readFileSync(content, "utf8"));
const [A, B, C, D] = ["a", "b", "c", "d"].map((letter) => letter.repeat(32)) as string[];
let drawn = 0;
const newId = (): string => (++drawn).toString(16).padStart(32, "0");

/** An object that has no text of its own: String() and Number() throw on it. */
const MUTE = { toString: 1, valueOf: 1 };
const ODD = [null, 1, -1, 2 ** 53 - 1, 1e300, true, "x", "__proto__", [], {}, [null], MUTE, [MUTE]];
const FIELDS = "text likelihood needs photo works_at_night removed_on ways then toJSON".split(" ");

const item = (over: object, id = A) => ({
  id,
  section: "coping_strategies",
  sibs: [{ dot: [B, 1], value: { text: "t" } }],
  ctx: { [B!]: 1 },
  pos: ["i", 1, B],
  ...over,
});
const sib = (dot: unknown, value: unknown) => item({ sibs: [{ dot, value }] });

function oddItems(odd: unknown): unknown[] {
  const outer = ["id", "section", "sibs", "ctx", "pos"].map((name) => item({ [name]: odd }));
  const places = [0, 1, 2].map((at) => item({ pos: ["i", 1, B].with(at, odd as string) }));
  const inner = [
    sib([odd, 1], { text: "t" }),
    sib([B, odd], { text: "t" }),
    sib(odd, {}),
    sib(1, odd),
  ];
  const fields = FIELDS.map((name) => sib([B, 1], { text: "t", [name]: odd }));
  return [
    odd,
    ...outer,
    ...places,
    ...inner,
    ...fields,
    item({ sibs: [odd] }),
    item({ ctx: { [B!]: odd } }),
  ];
}

const prototypes = `{"__proto__":{"x":1},"id":"${A}","section":"coping_strategies","ctx":{"__proto__":3},
  "sibs":[{"dot":["${B}",1],"value":{"__proto__":{"text":"no"},"text":"t"}}],"pos":["i",1,"${B}"]}`;

const TEXTS = [...ODD.flatMap(oddItems).map((one) => JSON.stringify(one)), prototypes];

const good = JSON.stringify(sib([D, 1], { text: "good" })).replace(A!, C!);
const planOf = (one: string): [string, Plan] => {
  const text = `{"format":"safety-plan","version":1,"items":[${one},${good}]}`;
  return [text, asPlan(parseStrict(text))!];
};

test.each(TEXTS)("beside %s a good item is shown, walked and given out", (one) => {
  const [text, plan] = planOf(one);
  expect(itemsIn(plan, "coping_strategies").map(({ value }) => value.text)).toContain("good");
  expect(removedItems(plan)).toBeDefined();
  expect(JSON.stringify(steps(plan, sections, 23))).toContain("good");
  expect(plainText(plan, sections, (key) => key, "2026-11-22")).toContain("good");
  expect(JSON.stringify(exchange(plan, sections, "2026-11-22"))).toContain("good");
  expect(JSON.parse(planJson(plan))).toEqual(JSON.parse(text));
});

test.each(TEXTS)("beside %s the plan can be changed, and what is sealed can be read", (one) => {
  const [, plan] = planOf(one);
  const author = newAuthor(plan, newId);
  let now = fadeRemoved(plan, author, "2026-11-22");
  now = setField(now, author, A!, "text", "new");
  now = moveItem(moveItem(now, author, C!, null), author, A!, C!);
  now = addItem(now, author, "coping_strategies", { text: "added" }).plan;
  const reread = asPlan(parseStrict(planJson(now)))!;
  const shown = itemsIn(reread, "coping_strategies").map(({ value }) => value.text);
  expect(shown).toEqual(expect.arrayContaining(["good", "added"]));
  expect(Number.isSafeInteger(author.lamport)).toBe(true);
  expect(({} as { x?: number }).x).toBeUndefined();
});
