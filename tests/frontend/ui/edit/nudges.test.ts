// Nudges look at which fields are empty, never at what the words say.

import "../browser";
import { beforeAll, expect, test } from "vitest";
import { emptyPlan, type Plan, type Value } from "../../../../frontend/src/core/plan";
import { addItem, newAuthor } from "../../../../frontend/src/core/plan-edit";
import { writePage } from "../a-screen";
import { nudges } from "../../../../frontend/src/ui/edit/nudges";

beforeAll(() => void writePage());

function planOf(items: [string, Value][]): Plan {
  let drawn = 0;
  const author = newAuthor(emptyPlan(), () => (drawn += 1).toString(16).padStart(32, "0"));
  return items.reduce(
    (plan, [section, value]) => addItem(plan, author, section, value).plan,
    emptyPlan(),
  );
}

const reached = { name: "Maya", ways: [{ by: "both", number: "555-0117" }] };

test("an empty plan is asked for nothing", () => {
  expect(nudges(emptyPlan())).toEqual([]);
});

test("nobody to tell, no way to reach someone, nothing for when it does not work: in this order", () => {
  expect(nudges(planOf([["coping_strategies", { text: "walk" }]]))).toEqual([
    "nobody",
    "no_if_not",
  ]);
  expect(nudges(planOf([["support_contacts", { name: "Sam" }]]))).toEqual(["no_way"]);
  expect(nudges(planOf([["support_contacts", reached]]))).toEqual([]);
  const whole: [string, Value][] = [
    ["support_contacts", reached],
    ["coping_strategies", { text: "walk", if_not: "sit" }],
  ];
  expect(nudges(planOf(whole))).toEqual([]);
});

test("other words in the same fields change nothing", () => {
  const said = ["I want to die", "everything is fine", "12", "🙂"];
  const found = said.map((text) =>
    nudges(
      planOf([
        ["warning_signs", { text }],
        ["coping_strategies", { text }],
      ]),
    ).join(),
  );
  expect(new Set(found)).toEqual(new Set(["nobody,no_if_not"]));
});
