// The needs: which there are, what of the plan meets each, and how to come and go, from every step.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Value } from "../../../frontend/src/core/plan";
import {
  ASIDE,
  aside,
  back,
  begin,
  current,
  goTo,
  leaveAside,
  needIds,
  NEEDS,
  next,
  people,
  strategiesFor,
  type Walk,
} from "../../../frontend/src/core/walk";
import { planOf, SECTIONS } from "./made-plan";
import { all, DAY, headline, NIGHT, night, walked, ways } from "./walked";

const data = new URL("../../../app/content/needs.json", import.meta.url);
const IDS = (JSON.parse(readFileSync(data, "utf8")).needs as { id: string }[]).map(({ id }) => id);

const ROWS: [string, ...Value[]][] = [
  ["coping_strategies", { text: "walk", needs: ["release", "rest"] }],
  ["coping_strategies", { text: "playlist", needs: ["rest"], ...night }],
  ["coping_strategies", { text: "nothing marked" }],
  ["coping_strategies", { text: "all", needs: IDS }],
  ["distractions", { text: "the mall", needs: ["rest"] }],
  ["support_contacts", { name: "Maya", ways, needs: ["rest"] }],
  ["reasons", { text: "the lake" }],
];
const found = (walk: Walk, need: string) =>
  strategiesFor(walk, need).map((step) => headlineOf(step));
const headlineOf = ({ item }: { item: { value: Value } | null }) => String(item?.value.text);

test("the six needs are those of the data, in its order", () => {
  expect(IDS).toHaveLength(6);
  expect(needIds(SECTIONS)).toEqual(IDS);
});

test("where the sections name no needs there are none, and nothing fails", () => {
  expect(needIds([])).toEqual([]);
  expect(needIds([{ id: "coping_strategies", fields: [] }])).toEqual([]);
});

test.each([
  ["release", ["walk", "all"]],
  ["feel", ["all"]],
  ["kinder", ["all"]],
  ["say", ["all"]],
  ["control", ["all"]],
  ["rest", ["walk", "playlist", "all"]],
])("%s leads to the person's own strategies marked for it, and to no others", (need, names) => {
  expect(found(walked(planOf(ROWS), DAY), need)).toEqual(names);
});

test("by night those that work at night come first, and the rest are there too", () => {
  expect(found(walked(planOf(ROWS), NIGHT), "rest")).toEqual(["playlist", "walk", "all"]);
});

test.each([undefined, null, "rest", 7, {}, [], [["rest"]], [null]])(
  "a mark of another shape (%j) is no mark",
  (needs) => {
    const plan = planOf([["coping_strategies", { text: "walk", needs }]]);
    for (const need of IDS) expect(found(walked(plan), need)).toEqual([]);
  },
);

test("an empty plan has nothing for any need", () => {
  for (const need of IDS) expect(found(begin(all(planOf([]))), need)).toEqual([]);
});

describe.each([DAY, NIGHT])("at %i o'clock", (hour) => {
  const start = walked(planOf(ROWS), hour);
  const places = start.steps.map((_, at) => ({ ...start, at }));

  test("from every step and every need, Back leads to the needs, and from there to the step", () => {
    for (const walk of places)
      for (const need of IDS) {
        const inside = aside(need)(aside(NEEDS)(walk));
        expect(back(inside)).toEqual({ ...walk, aside: NEEDS });
        expect(back(back(inside))).toEqual(walk);
        expect(next(inside)).toEqual(walk);
        expect(leaveAside(inside)).toEqual(walk);
        expect(back(aside(ASIDE)(walk))).toEqual(walk);
      }
  });

  test("people are one move away from every need", () => {
    for (const walk of places)
      for (const need of [NEEDS, ...IDS]) {
        const there = people(aside(need)(walk));
        expect([headline(there), there.aside]).toEqual(["Maya", null]);
      }
  });

  test("a strategy leads to its own step, and one that waited is open from there on", () => {
    for (const walk of places)
      for (const step of strategiesFor(walk, "rest")) {
        const there = goTo(aside("rest")(walk), step);
        expect(current(there)).toBe(step);
        expect(there.aside).toBeNull();
        expect(there.unfolded.includes(step.section)).toBe(step.waits);
        expect(current(back(next(there)))).toBe(step);
      }
  });
});
