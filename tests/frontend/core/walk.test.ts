// The walk's steps and where each choice leads: every order and every empty place.
import { expect, test } from "vitest";
import type { Value } from "../../../frontend/src/core/plan";
import {
  again,
  ASIDE,
  aside,
  back,
  current,
  leaveAside,
  more,
  next,
  nextPerson,
  people,
  place,
  reachable,
  steps,
} from "../../../frontend/src/core/walk";
import { idOf, planOf, SECTIONS } from "./made-plan";
import { ahead, all, DAY, headline, NIGHT, night, walked, ways } from "./walked";

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

test("the aside opens from every step and returns to the same one, by any way", () => {
  let walk = walked(planOf(WHOLE));
  for (;;) {
    for (const leave of [leaveAside, next, back]) expect(leave(aside(ASIDE)(walk))).toEqual(walk);
    expect(people(aside(ASIDE)(walk)).aside).toBe(null);
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
  for (const move of [next, back, more, people, nextPerson, aside(ASIDE), leaveAside, again])
    move(walk);
  expect(JSON.stringify(plan)).toBe(before);
  expect(JSON.stringify(walk)).toBe(held);
});
