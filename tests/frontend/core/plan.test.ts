// The plan as items: what is shown, in which order, and what is carried along unseen.
import { expect, test } from "vitest";
import {
  asPlan,
  emptyPlan,
  findItem,
  itemsIn,
  mainField,
  removedItems,
  type Item,
  type Plan,
} from "../../../frontend/src/core/plan";
import * as edit from "../../../frontend/src/core/plan-edit";
import { planJson } from "../../../frontend/src/core/plan-json";
import { parseStrict } from "../../../frontend/src/core/strict-json";
import { begun, ids } from "./plans";

test("of two siblings the first live one by dot is shown, in whatever order they are kept", () => {
  const sib = (replica: string, n: number, value: object) => ({
    dot: [replica.repeat(32), n],
    value,
  });
  const sibs = [
    sib("b", 1, { text: "b" }),
    sib("a", 9, { text: "a9" }),
    sib("a", 2, { text: "gone", removed_on: "2026-11-22" }),
  ];
  const shown = (order: unknown[]) =>
    findItem(
      {
        ...emptyPlan(),
        items: [{ id: "1", section: "reasons", sibs: order, ctx: {}, pos: ["i", 1, "a"] } as Item],
      },
      "1",
    );
  expect(shown(sibs)).toMatchObject({ conflicted: true, value: { text: "a9" } });
  expect(shown([...sibs].reverse())).toEqual(shown(sibs));
  expect(shown(sibs.slice(0, 1))).toMatchObject({ conflicted: false });
});

const NEWER = {
  format: "safety-plan",
  version: 1,
  later: { kept: true },
  items: [
    null,
    "text",
    7,
    [],
    {},
    { id: 3, section: "reasons" },
    { id: "x", section: "reasons", sibs: "no", ctx: {} },
    {
      id: "y",
      section: "reasons",
      sibs: [{ dot: ["short", 1], value: { text: "no" } }],
      ctx: {},
      pos: 9,
    },
    {
      id: "z",
      section: "reasons",
      colour: "kept",
      sibs: [{ dot: ["a".repeat(32), 1], value: { text: "shown", mood: ["kept"] }, extra: 1 }],
      ctx: { ["a".repeat(32)]: 1 },
      pos: "none",
    },
  ],
};

test("malformed items are skipped when shown and never dropped, and unknown fields are carried", () => {
  const plan = asPlan(structuredClone(NEWER)) as Plan;
  expect(itemsIn(plan, "reasons").map(({ id }) => id)).toEqual(["z"]);
  expect(removedItems(plan)).toEqual([]);
  const author = edit.newAuthor(plan, ids());
  let now = edit.addItem(plan, author, "reasons", { text: "new" }).plan;
  now = edit.setField(now, author, "z", "text", "typed");
  now = edit.moveItem(now, author, "z", null);
  now = edit.removeItem(now, author, "z", "2026-11-22");
  now = edit.restoreItem(now, author, "z");
  now = edit.fadeRemoved(now, author, "2027-11-22");
  const kept = parseStrict(planJson(now)) as typeof NEWER & Plan;
  expect(kept.later).toEqual({ kept: true });
  expect(kept.items.slice(0, 8)).toEqual(NEWER.items.slice(0, 8));
  expect(kept.items[8]).toMatchObject({ colour: "kept" });
  expect(findItem(now, "z")?.value).toEqual({ text: "typed", mood: ["kept"] });
  expect(itemsIn(now, "reasons")).toHaveLength(2);
});

test("items stand by fraction, lamport, replica and id; what has no place comes last", () => {
  const [a, b] = ["a".repeat(32), "b".repeat(32)];
  const places: [id: string, pos: unknown][] = [
    ["1", ["a", 9, b]],
    ["2", ["i", 1, b]],
    ["3", ["i", 2, a]],
    ["5", ["i", 2, b]],
    ["6", ["i", 2, b]],
    ["7", ["z", 1, a]],
    ["8", "none"],
    ["9", ["a0", 1, a]], // ends in 0: no place that `between` makes
  ];
  const items = places.map(([id, pos]) => {
    const sibs = [{ dot: [a, 1], value: { text: id } }];
    return { id, section: "reasons", sibs, ctx: {}, pos } as unknown as Item;
  });
  const order = (given: Item[]) =>
    itemsIn({ ...emptyPlan(), items: given }, "reasons").map(({ id }) => id);
  expect(order([...items].reverse())).toEqual(["1", "2", "3", "5", "6", "7", "8", "9"]);
  expect(order([...items.slice(4), ...items.slice(0, 4)])).toEqual(order(items));
});

test("what is no plan is none", () => {
  for (const not of [null, [], "x", {}, { format: "safety-plan" }, { format: "other", items: [] }])
    expect(asPlan(not)).toBe(null);
});

test("the JSON of a plan is the plan", () => {
  const { plan } = begun(["a", 'quote " and \\ud800', "😀 שלום"]);
  expect(JSON.parse(planJson(plan))).toEqual(plan);
  expect(JSON.parse(planJson(emptyPlan()))).toEqual(emptyPlan());
});

test("the headline of each section", () => {
  expect(
    ["reasons", "support_contacts", "professional_contacts", "own_sections", "0f"].map(mainField),
  ).toEqual(["text", "name", "name", "title", "text"]);
});

test("a letter typed among 500 items touches one item, and everything else is shared", () => {
  const { plan, author, made } = begun(Array.from({ length: 500 }, (_, i) => `item ${i}`));
  const before = itemsIn(plan, "reasons");
  const after = edit.setField(plan, author, made[250] as string, "text", "typed");
  const shared = after.items.filter((item, i) => item === plan.items[i]);
  expect(shared).toHaveLength(499);
  expect(itemsIn(after, "reasons").filter((one, i) => one === before[i])).toHaveLength(499);
});

/** How often items are looked at for one typed letter, counted by a proxy around each. */
function looks(count: number, type: (plan: Plan, author: edit.Author, id: string) => Plan): number {
  const { plan, author, made } = begun(Array.from({ length: count }, (_, i) => `item ${i}`));
  let seen = 0;
  const watched = plan.items.map(
    (item) => new Proxy(item, { get: (to, key) => (seen++, Reflect.get(to, key)) }),
  );
  const id = made[count >> 1] as string;
  const now = type({ ...plan, items: watched }, author, id);
  for (const section of ["reasons", "distractions", "settings"]) itemsIn(now, section);
  return seen;
}

test("typing costs at most in proportion to the items; a quadratic change is seen by this count", () => {
  const typed = (plan: Plan, author: edit.Author, id: string): Plan =>
    edit.setField(plan, author, id, "text", "typed");
  const quadratic = (plan: Plan, author: edit.Author, id: string): Plan => {
    for (const one of plan.items)
      plan.items.find((other) => other.id === one.id && other.id === id);
    return typed(plan, author, id);
  };
  const ratio = (type: typeof typed): number => looks(500, type) / looks(50, type);
  expect(ratio(typed)).toBeLessThan(16); // ten times the items; sorting adds its logarithm
  expect(ratio(quadratic)).toBeGreaterThan(16);
});
