// What leaves the device as text and as JSON: nothing that was written stays behind.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exchange } from "../../../frontend/src/core/exchange";
import { emptyPlan, type Plan, type Value } from "../../../frontend/src/core/plan";
import type { Field, Section } from "../../../frontend/src/core/sections";
import { plainText } from "../../../frontend/src/core/text";
import { chance } from "./chance";
import { idOf, planOf, say, SECTIONS } from "./made-plan";
import { faults } from "./schema-faults";

const SCHEMA = JSON.parse(
  readFileSync(
    new URL("../../../frontend/src/generated/safety-plan.schema.json", import.meta.url),
    "utf8",
  ),
) as Record<string, unknown>;

const TODAY = "2026-11-22";
const text = (plan: Plan) => plainText(plan, SECTIONS, say, TODAY);
const json = (plan: Plan) => exchange(plan, SECTIONS, TODAY);

const HARD = [
  "walk",
  "naïve 💛👩‍👩‍👧",
  "مرحبا, שלום",
  "two\nlines\n\n- and a dash",
  "<b>bold</b> &amp; {name} $& \\n",
  "  spaces  ",
  "x".repeat(10_000),
  "\u202eturned\u202c",
  '{"text":"json"}',
];

type Random = () => number;
const oneOf = <T>(random: Random, some: readonly T[]): T =>
  some[Math.floor(random() * some.length)]!;

/** Each text once in a plan, so that finding it means that this very field was written out. */
function fieldValue(random: Random, field: Field, mark: string): unknown {
  const words = () => `${mark}.${field.id} ${oneOf(random, HARD)}`;
  if (field.kind === "line" || field.kind === "text") return words();
  if (field.kind === "choice") return oneOf(random, field.options!);
  if (field.kind === "choices") return [oneOf(random, field.options!)];
  if (field.kind === "flag") return random() < 0.5;
  if (field.kind === "date") return "2026-11-05";
  if (field.kind === "photo") return { type: "image/jpeg", data: "AAAA", words: words() };
  if (field.kind === "item") return idOf(0);
  return [
    { by: oneOf(random, ["call", "text", "both"]), number: words() },
    { by: "other", app: `${mark}.app`, handle: words() },
  ];
}

function itemValue(random: Random, section: Section, mark: string): Value {
  const fields = section.fields.filter(({ main }) => main || random() < 0.7);
  return Object.fromEntries(fields.map((field) => [field.id, fieldValue(random, field, mark)]));
}

const OWN = SECTIONS.find(({ id }) => id === "own")!;

function randomPlan(seed: number): Plan {
  const random = chance(seed);
  const rows: [string, ...Value[]][] = [
    ["coping_strategies", { text: "the first strategy" }],
    ["own_sections", { title: `title ${seed} ${oneOf(random, HARD)}` }],
    ["settings", { name: "copies", text_on: "2026-10-01" }],
  ];
  for (let n = 0; n < 200; n += 1) {
    const section = oneOf(random, SECTIONS);
    const id = section === OWN ? idOf(1) : section.id;
    const versions = random() < 0.1 ? 2 : 1;
    const mark = (version: number) => `item${seed}.${n}.${version}`;
    rows.push([
      id,
      ...Array.from({ length: versions }, (_, v) => itemValue(random, section, mark(v))),
    ]);
  }
  return planOf(rows);
}

/** Every text inside a value; ids and types of pictures and ways are no words of the person. */
function wordsIn(value: unknown, name = ""): string[] {
  if (typeof value === "string") {
    const isWords = !["by", "type", "data", "kind", "likelihood", "needs", "then"].includes(name);
    return isWords && value !== "" ? [value] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? value.map((one) => [name, one]) : Object.entries(value);
  return entries.flatMap(([inner, one]) => wordsIn(one, inner as string));
}

const written = (plan: Plan) =>
  plan.items
    .filter(({ section }) => section !== "settings")
    .flatMap(({ sibs }) => wordsIn(sibs.map((s) => s.value)));

test.each([1, 2, 3, 4])("every word of plan %i stands in its text", (seed) => {
  const plan = randomPlan(seed);
  const found = text(plan);
  const missing = written(plan).filter((words) => !found.includes(words));
  expect(written(plan).length).toBeGreaterThan(400);
  expect(missing).toEqual([]);
});

test.each([1, 2, 3, 4])("every value of plan %i stands in its JSON", (seed) => {
  const plan = randomPlan(seed);
  const found = new Set(wordsIn(JSON.parse(JSON.stringify(json(plan)))));
  expect(written(plan).filter((words) => !found.has(words))).toEqual([]);
});

test("the JSON holds to the published schema, whatever the plan", () => {
  for (let seed = 1; seed <= 8; seed += 1) {
    expect(faults(SCHEMA, JSON.parse(JSON.stringify(json(randomPlan(seed)))), SCHEMA)).toEqual([]);
  }
});

test("a label that asks keeps its mark alone", () => {
  const found = text(planOf([["coping_strategies", { text: "walk", likelihood: "likely" }]]));
  expect(found).toMatch(/\? /);
  expect(found).not.toContain("?:");
});

test("the schema's check sees a planted fault", () => {
  const wrong = json(planOf([["reasons", { text: "Biscuit", show_first: "yes" }]]));
  expect(faults(SCHEMA, wrong, SCHEMA)).not.toEqual([]);
});

test("nothing of how copies are merged, nor a setting, leaves the device", () => {
  const found = JSON.stringify(json(randomPlan(9)));
  expect(found).not.toMatch(/"(sibs|ctx|dot|pos)"|settings|copies|text_on/);
  expect(found).not.toContain("a".repeat(32));
});

test("fields of a newer app go along, in the JSON under their names, in the text by their words", () => {
  const plan = planOf([
    ["reasons", { text: "Biscuit", colour: "brown", more: { deep: ["inside"] } }],
    ["new_contacts", { name: "someone new", text: "new words" }],
  ]);
  const [reasons, added] = json(plan).sections;
  expect(reasons!.items[0]).toMatchObject({ colour: "brown", more: { deep: ["inside"] } });
  expect(added!.items[0]).toMatchObject({ name: "someone new" });
  expect(faults(SCHEMA, json(plan), SCHEMA)).toEqual([]);
  expect(text(plan)).toMatch(/brown[^]*someone new[^]*new words/);
});

test("what was removed stays, with everything of a section that was removed", () => {
  const plan = planOf([
    ["reasons", { text: "gone", removed_on: "2026-11-01" }],
    ["own_sections", { title: "Songs", removed_on: "2026-11-01" }],
    [idOf(1), { text: "a song" }],
  ]);
  expect(json(plan).sections).toEqual([]);
  expect(text(plan)).not.toMatch(/gone|Songs|a song/);
});

test("a field without a value is absent from the JSON, not empty", () => {
  const plan = planOf([
    [
      "support_contacts",
      { name: "Maya", relation: "", ways: [{ by: "both", number: "" }], message: null },
    ],
    ["support_contacts", { ways: [{ by: "call", number: "555-0117" }] }],
  ]);
  const [first, second] = json(plan).sections[0]!.items;
  expect(first).toEqual({ name: "Maya", ways: [{ by: "both" }], id: idOf(0) });
  expect(second).toMatchObject({ name: "" });
  expect(faults(SCHEMA, json(plan), SCHEMA)).toEqual([]);
});

test("a way is told by whichever of its parts it has; one of blanks is not", () => {
  const ways = [
    { by: "call", number: "555-0117" },
    { by: "other", app: "Signal" },
    { by: "other", handle: "sam#4417" },
    { by: "text", number: " ", app: "", handle: " " },
  ];
  const lines = text(planOf([["support_contacts", { name: "Sam", ways }]])).split("\n");
  expect(lines.slice(lines.indexOf("- Sam") + 1)).toEqual([
    "  Call: 555-0117",
    "  Signal: ",
    "  Another way: sam#4417",
    "",
  ]);
});

test("the text reads like a plan, with 988 at its top", () => {
  const plan = planOf([
    [
      "coping_strategies",
      { text: "My calm playlist", works_at_night: true, if_not: "the back step" },
    ],
    ["warning_signs", { text: "staying in bed", kind: "behaviour", then: idOf(0) }],
    [
      "support_contacts",
      { name: "Sam", ways: [{ by: "other", app: "Discord", handle: "sam#4417" }] },
    ],
    ["support_contacts", { name: "Maya", ways: [{ by: "both", number: "555-0117" }], knows: true }],
  ]);
  expect(text(plan).split("\n")).toEqual([
    "My plan",
    "Written out on 2026-11-22",
    "Call or text 988, day and night. Danger to life: 911.",
    "",
    say("section.warning_signs.title"),
    "- staying in bed",
    `  ${say("field.warning_signs.kind.label")}: ${say("choice.kind.behaviour")}`,
    `  ${say("field.warning_signs.then.label")}: My calm playlist`,
    "",
    say("section.coping_strategies.title"),
    "- My calm playlist",
    `  ${say("field.coping_strategies.if_not.label")}: the back step`,
    `  ${say("field.coping_strategies.works_at_night.label")}`,
    "",
    say("section.support_contacts.title"),
    "- Sam",
    "  Discord: sam#4417",
    "- Maya",
    "  Call or text: 555-0117",
    `  ${say("field.support_contacts.knows.label")}`,
    "",
  ]);
});

test("an empty plan is a text with the lines, and JSON without sections", () => {
  expect(text(emptyPlan())).toContain("988");
  expect(json(emptyPlan())).toEqual({
    format: "safety-plan",
    version: 1,
    exported_on: TODAY,
    language: "en",
    sections: [],
  });
});
