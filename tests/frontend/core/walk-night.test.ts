// The walk by night: a rule on the clock and a mark, and nothing is ever out of reach.
import { expect, test } from "vitest";
import type { Value } from "../../../frontend/src/core/plan";
import {
  again,
  back,
  isNight,
  more,
  next,
  nextPerson,
  place,
  waiting,
} from "../../../frontend/src/core/walk";
import { idOf, planOf } from "./made-plan";
import { ahead, all, headline, NIGHT, night, walked, ways } from "./walked";

test.each(Array.from({ length: 24 }, (_, hour) => hour))("at %i o'clock", (hour) => {
  const plan = planOf([
    ["coping_strategies", { text: "day" }],
    ["coping_strategies", { text: "night", ...night }],
  ]);
  const isDark = [22, 23, 0, 1, 2, 3, 4, 5, 6].includes(hour);
  expect(isNight(hour)).toBe(isDark);
  expect(ahead(walked(plan, hour))).toEqual(
    isDark ? ["night", "lines"] : ["day", "night", "lines"],
  );
});

test("at night a section without a mark shows all it has", () => {
  const plan = planOf([
    ["coping_strategies", { text: "night", ...night }],
    ["coping_strategies", { text: "day" }],
    ["support_contacts", { name: "Maya" }],
    ["support_contacts", { name: "Sam" }],
  ]);
  expect(ahead(walked(plan, NIGHT))).toEqual(["night", "Maya", "Sam", "lines"]);
});

test("for 0 to 4 items in every pattern of marks, nothing is lost and More tells how many wait", () => {
  for (let count = 0; count <= 4; count += 1) {
    for (let mask = 0; mask < 2 ** count; mask += 1) {
      const marks = Array.from({ length: count }, (_, n) => (mask & (2 ** n)) !== 0);
      const rows = marks.map((mark, n): [string, Value] => [
        "coping_strategies",
        { text: `${n}`, works_at_night: mark },
      ]);
      const marked = rows.filter((_, n) => marks[n]).map(([, value]) => value.text);
      const rest = rows.filter((_, n) => !marks[n]).map(([, value]) => value.text);
      let walk = walked(planOf(rows), NIGHT);
      if (marked.length === 0) {
        expect(ahead(walk)).toEqual([...rest, "lines"]);
        continue;
      }
      expect(ahead(walk)).toEqual([...marked, "lines"]);
      for (let step = 1; step < marked.length; step += 1) {
        expect(waiting(walk)).toBe(0);
        expect(more(walk)).toBe(walk);
        walk = next(walk);
      }
      expect(waiting(walk)).toBe(rest.length);
      if (rest.length === 0) continue;
      const unfolded = more(walk);
      expect(ahead(unfolded)).toEqual([...rest, "lines"]);
      expect(place(unfolded)).toBe(marked.length + 1);
      expect(headline(back(unfolded))).toBe(marked.at(-1));
      expect(waiting(back(unfolded))).toBe(0);
      expect(ahead(again(unfolded))).toEqual([...marked, "lines"]);
    }
  }
});

test("More unfolds its own section and no other", () => {
  const plan = planOf([
    ["coping_strategies", { text: "a", ...night }],
    ["coping_strategies", { text: "b" }],
    ["distractions", { text: "c", ...night }],
    ["distractions", { text: "d" }],
  ]);
  expect(ahead(more(walked(plan, NIGHT)))).toEqual(["b", "c", "lines"]);
});

test("own sections keep the rule of the night, each for itself", () => {
  const plan = planOf([
    ["own_sections", { title: "Songs" }],
    [idOf(0), { text: "day" }],
    [idOf(0), { text: "night", ...night }],
    ["own_sections", { title: "Prayers" }],
    [idOf(3), { text: "any" }],
  ]);
  expect(ahead(walked(plan, NIGHT))).toEqual(["night", "any", "lines"]);
  expect(all(plan, NIGHT).map(({ title }) => title)).toEqual(["Songs", "Songs", "Prayers", null]);
});

test("at night No answer does not pass over the people who wait", () => {
  const plan = planOf([
    ["support_contacts", { name: "Sam", ways }],
    ["support_contacts", { name: "Maya", ways, ...night }],
    ["professional_contacts", { name: "Dr. Okafor", ways }],
  ]);
  const maya = walked(plan, NIGHT);
  expect(ahead(maya)).toEqual(["Maya", "Dr. Okafor", "lines"]);
  expect(headline(nextPerson(maya))).toBe("Sam");
  expect(headline(nextPerson(nextPerson(maya)))).toBe("Dr. Okafor");
  expect(headline(back(nextPerson(maya)))).toBe("Maya");
});
