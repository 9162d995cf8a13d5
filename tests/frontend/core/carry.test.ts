// What one tab typed is carried over to what another tab saved: nothing of either is lost.
import { expect, test } from "vitest";
import { carryOver } from "../../../frontend/src/core/carry";
import { emptyPlan, findItem, itemsIn, type Plan } from "../../../frontend/src/core/plan";
import { addItem, editItem, moveItem, newAuthor } from "../../../frontend/src/core/plan-edit";
import { planJson } from "../../../frontend/src/core/plan-json";

let count = 0;
const newId = (): string => (++count).toString(16).padStart(32, "0");
const reread = (plan: Plan): Plan => JSON.parse(planJson(plan)) as Plan;
const texts = (plan: Plan): unknown[] => itemsIn(plan, "reasons").map(({ value }) => value.text);

function two(): {
  base: Plan;
  a: string;
  b: string;
  mine: ReturnType<typeof newAuthor>;
  theirs: ReturnType<typeof newAuthor>;
} {
  const one = newAuthor(emptyPlan(), newId);
  const first = addItem(emptyPlan(), one, "reasons", { text: "a" });
  const second = addItem(first.plan, one, "reasons", { text: "b" });
  const base = second.plan;
  return {
    base,
    a: first.id,
    b: second.id,
    mine: newAuthor(base, newId),
    theirs: newAuthor(base, newId),
  };
}

test("different items: both changes are there", () => {
  const { base, a, b, mine, theirs } = two();
  const here = addItem(editItem(base, mine, a, { text: "mine" }), mine, "reasons", {
    text: "new",
  }).plan;
  const there = reread(editItem(base, theirs, b, { text: "theirs" }));
  expect(texts(carryOver(base, here, there))).toEqual(["mine", "theirs", "new"]);
});

test("the same item: both texts stay as siblings", () => {
  const { base, a, mine, theirs } = two();
  const both = carryOver(
    base,
    editItem(base, mine, a, { text: "mine" }),
    reread(editItem(base, theirs, a, { text: "theirs" })),
  );
  expect(findItem(both, a)?.conflicted).toBe(true);
  expect(planJson(both)).toContain("mine");
  expect(planJson(both)).toContain("theirs");
  expect(findItem(editItem(both, mine, a, { text: "one" }), a)?.conflicted).toBe(false);
});

test("what they saved on top of ours replaces it; what we typed on top of theirs stays alone", () => {
  const { base, a, mine } = two();
  const once = editItem(base, mine, a, { text: "once" });
  const twice = editItem(once, mine, a, { text: "twice" });
  expect(findItem(carryOver(base, twice, reread(once)), a)).toMatchObject({
    conflicted: false,
    value: { text: "twice" },
  });
  expect(findItem(carryOver(base, once, reread(twice)), a)).toMatchObject({
    value: { text: "twice" },
  });
});

test("the later move wins, on either side", () => {
  const { base, a, b, mine } = two();
  const moved = moveItem(base, mine, b, null);
  expect(texts(carryOver(base, moved, reread(base)))).toEqual(["b", "a"]);
  expect(texts(carryOver(base, editItem(base, mine, a, { text: "x" }), reread(moved)))).toEqual([
    "b",
    "x",
  ]);
});

test("nothing typed here: theirs, as it is", () => {
  const { base } = two();
  const there = reread(base);
  expect(carryOver(base, base, there)).toBe(there);
});
