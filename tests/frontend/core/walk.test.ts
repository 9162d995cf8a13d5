// The walk's steps and where each choice leads: every order, every hour, every empty place.
import { expect, test } from "vitest";
import type { Plan, Value } from "../../../frontend/src/core/plan";
import {
  again,
  aside,
  back,
  begin,
  current,
  isNight,
  leaveAside,
  more,
  next,
  nextPerson,
  people,
  place,
  reachable,
  steps,
  waiting,
  type Walk,
} from "../../../frontend/src/core/walk";
import { idOf, planOf, SECTIONS } from "./made-plan";

const DAY = 14;
const NIGHT = 1;
const night = { works_at_night: true };
const ways = [{ by: "both", number: "555-0117" }];

const all = (plan: Plan, hour = DAY) => steps(plan, SECTIONS, hour);
const walked = (plan: Plan, hour = DAY) => begin(all(plan, hour));
const headline = ({ steps: list, at }: Walk): string => {
  const value = list[at]!.item?.value;
  return String(value?.name ?? value?.text ?? list[at]!.kind);
};

/** The headlines from here to where Next leads no further. */
function ahead(walk: Walk): string[] {
  const seen = [headline(walk)];
  for (let on = next(walk); on.at !== walk.at; on = next(on)) {
    seen.push(headline(on));
    walk = on;
  }
  return seen;
}

const WHOLE: [string, ...Value[]][] = [
  ["own_sections", { title: "Songs", walk_first: true }],
  [idOf(0), { text: "own first" }],
  ["own_sections", { title: "Prayers" }],
  [idOf(2), { text: "own later" }],
  ["warning_signs", { text: "a sign" }],
  ["environment_safety", { text: "a key given away" }],
  ["reasons", { text: "reason" }],
  ["reasons", { text: "reason first", show_first: true }],
  ["professional_contacts", { name: "professional", ways }],
  ["support_contacts", { name: "support", ways }],
  ["distractions", { text: "place" }],
  ["coping_strategies", { text: "strategy" }],
];
const ORDER = [
  "own first",
  "reason first",
  "strategy",
  "place",
  "support",
  "professional",
  "own later",
  "reason",
  "lines",
];

test("the order is the plan's, however its items lie; signs and environment are no steps", () => {
  expect(ahead(walked(planOf(WHOLE)))).toEqual(ORDER);
  expect(ahead(walked(planOf([...WHOLE.slice(0, 4), ...WHOLE.slice(4).reverse()])))).toEqual(ORDER);
});

test("every combination of empty sections skips exactly those", () => {
  const kept = WHOLE.filter(([section]) => section !== "own_sections" && !/^0/.test(section));
  for (let mask = 0; mask < 2 ** kept.length; mask += 1) {
    const rows = kept.filter((_, bit) => mask & (2 ** bit));
    const here = rows.map(([, value]) => String(value!.text ?? value!.name));
    expect(ahead(walked(planOf(rows)))).toEqual(
      ORDER.filter((one) => [...here, "lines"].includes(one)),
    );
  }
});

test("without any item there are the lines, and nowhere else to go", () => {
  const walk = walked(planOf([]));
  for (const move of [next, back, more, people, nextPerson, again]) {
    expect(current(move(walk)).kind).toBe("lines");
  }
});

test("items that hold nothing are not steps; a picture alone, or ways alone, are", () => {
  const photo = { type: "image/jpeg", data: "AAAA" };
  const rows: [string, Value][] = [
    ["coping_strategies", {}],
    ["coping_strategies", { text: "  " }],
    ["coping_strategies", { text: "", works_at_night: true }],
    ["coping_strategies", { text: ["no", "string"] }],
    ["reasons", { text: "", photo }],
    ["support_contacts", { ways }],
    ["support_contacts", { name: "", ways: [{ by: "call", number: "" }] }],
  ];
  const sections = all(planOf(rows)).map(({ section }) => section);
  expect(sections).toEqual(["support_contacts", "reasons", "lines"]);
});

test("removed items and removed own sections are gone from the walk", () => {
  const rows: [string, ...Value[]][] = [
    ["own_sections", { title: "Songs", removed_on: "2026-11-01" }],
    [idOf(0), { text: "hidden with its section" }],
    ["coping_strategies", { text: "gone", removed_on: "2026-11-01" }],
    ["coping_strategies", { text: "here" }],
  ];
  expect(ahead(walked(planOf(rows)))).toEqual(["here", "lines"]);
});

test("of two versions kept side by side the walk shows one, once", () => {
  const plan = planOf([["coping_strategies", { text: "walk" }, { text: "walk slowly" }]]);
  expect(all(plan)).toHaveLength(2);
});

test("a section that the data gains is walked without a change here", () => {
  const fields = [{ id: "text", kind: "line" as const, main: true }];
  const plan = planOf([["songs", { text: "a song" }]]);
  const list = steps(plan, [...SECTIONS, { id: "songs", fields }], DAY);
  expect(list.map(({ section }) => section)).toEqual(["songs", "lines"]);
});

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

test("places count within a section, also where it is parted", () => {
  let walk = walked(planOf(WHOLE.concat([["reasons", { text: "another", show_first: true }]])));
  const counted: string[] = [];
  for (let on = walk; ; on = next(on)) {
    if (current(on).section === "reasons") counted.push(`${headline(on)} ${place(on)}`);
    if (current(on).kind === "lines") break;
    walk = on;
  }
  expect(counted).toEqual(["reason first 1", "another 2", "reason 3"]);
});

test("Back undoes Next at every step, and stays at the first", () => {
  let walk = walked(planOf(WHOLE));
  expect(back(walk)).toBe(walk);
  while (current(walk).kind !== "lines") {
    const on = next(walk);
    expect(back(on)).toEqual(walk);
    walk = on;
  }
  expect(next(walk)).toBe(walk);
});

test.each<[string, string[]]>([
  ["support", ["support_contacts", "professional_contacts", "coping_strategies"]],
  ["professional", ["professional_contacts", "coping_strategies"]],
  ["lines", ["coping_strategies", "distractions"]],
])("Go to people leads to %s", (to, sections) => {
  const plan = planOf(WHOLE.filter(([section]) => sections.includes(section)));
  let walk = walked(plan);
  for (;;) {
    expect(headline(people(walk))).toBe(to);
    if (current(walk).kind === "lines") break;
    walk = next(walk);
  }
});

test("No answer leads from each person to the next who can be reached, and then to the lines", () => {
  const plan = planOf([
    ["distractions", { text: "the mall" }],
    ["distractions", { text: "Grandma", ways }],
    ["support_contacts", { name: "Maya", ways }],
    ["support_contacts", { name: "Sam", ways }],
    ["professional_contacts", { name: "Dr. Okafor", ways }],
    ["reasons", { text: "the lake" }],
  ]);
  let walk = next(walked(plan));
  const seen: string[] = [];
  while (current(walk).kind !== "lines") seen.push(headline((walk = nextPerson(walk))));
  expect(seen).toEqual(["Maya", "Sam", "Dr. Okafor", "lines"]);
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

test("the aside opens from every step and returns to the same one, by any way", () => {
  let walk = walked(planOf(WHOLE));
  for (;;) {
    for (const leave of [leaveAside, next, back]) expect(leave(aside(walk))).toEqual(walk);
    expect(people(aside(walk)).isAside).toBe(false);
    if (current(walk).kind === "lines") break;
    walk = next(walk);
  }
});

test("the last screen has everyone to tell who can be reached, those who wait at night too", () => {
  const plan = planOf([
    ["support_contacts", { name: "Maya", ways, ...night }],
    ["support_contacts", { name: "Sam", ways }],
    ["support_contacts", { name: "no way yet" }],
    ["professional_contacts", { name: "Dr. Okafor", ways }],
    ["distractions", { text: "Grandma", ways }],
  ]);
  const names = reachable(walked(plan, NIGHT)).map(({ value }) => value.name);
  expect(names).toEqual(["Maya", "Sam", "Dr. Okafor"]);
});

test("moving changes neither the plan nor the walk it came from", () => {
  const plan = planOf(WHOLE);
  const before = JSON.stringify(plan);
  const walk = walked(plan, NIGHT);
  const held = JSON.stringify(walk);
  for (const move of [next, back, more, people, nextPerson, aside, leaveAside, again]) move(walk);
  expect(JSON.stringify(plan)).toBe(before);
  expect(JSON.stringify(walk)).toBe(held);
});
