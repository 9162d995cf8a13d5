// A picture of the paper in the walk: where it stands while the plan is typed bit by bit.
import { expect, test } from "vitest";
import type { Value } from "../../../frontend/src/core/plan";
import { people, place } from "../../../frontend/src/core/walk";
import { planOf } from "./made-plan";
import { all, ahead, NIGHT, walked, ways } from "./walked";

const photo = { type: "image/webp", data: "AAAA" };
const PAPER: [string, Value] = ["settings", { name: "paper", photo, taken_on: "2026-11-22" }];
const TYPED: Record<string, [string, Value]> = {
  strategy: ["coping_strategies", { text: "walk" }],
  person: ["support_contacts", { name: "Maya", ways }],
  reason: ["reasons", { text: "the lake" }],
  doctor: ["professional_contacts", { name: "Dr. Okafor" }],
  place: ["distractions", { text: "the mall" }],
};
const kinds = (rows: [string, Value][], hour = 14) =>
  all(planOf(rows), hour).map(({ kind }) => kind);

test("with nothing typed the paper is the first step, and then come the lines", () => {
  expect(kinds([PAPER])).toEqual(["paper", "lines"]);
  expect(kinds([PAPER], NIGHT)).toEqual(["paper", "lines"]);
});

test.each(["place", "doctor"])("it stays first beside a typed %s", (one) => {
  expect(kinds([PAPER, TYPED[one]!])).toEqual(["paper", "item", "lines"]);
});

test.each([["strategy"], ["person"], ["reason"], ["strategy", "person"], ["person", "reason"]])(
  "with %s typed it stands after what is typed: nothing of it is lost",
  (...typed) => {
    const found = kinds([PAPER, ...typed.map((one) => TYPED[one]!)]);
    expect(found).toEqual([...typed.map(() => "item"), "paper", "lines"]);
  },
);

test("with strategies, people and reasons typed it is gone from the walk", () => {
  expect(kinds([PAPER, ...Object.values(TYPED)])).not.toContain("paper");
});

test("lines that were opened and left empty are not typed", () => {
  const empty: [string, Value][] = [
    ["coping_strategies", { text: " " }],
    ["support_contacts", { name: "" }],
    ["reasons", {}],
  ];
  expect(kinds([PAPER, ...empty])).toEqual(["paper", "lines"]);
});

test.each([{}, { photo: null }, { photo: { type: "image/webp" } }, { photo: "AAAA" }])(
  "without a picture (%j) there is no step for one",
  (value) => {
    expect(kinds([["settings", { name: "paper", ...value }]])).toEqual(["lines"]);
  },
);

test("it is walked through like any step, and is no person", () => {
  const walk = walked(planOf([PAPER, TYPED.doctor!]));
  expect(ahead(walk)).toEqual(["paper", "Dr. Okafor", "lines"]);
  expect(people(walk).at).toBe(1);
  expect(place(walk)).toBe(1);
});
