// What I need, in the walk: one tap away, one's own things first, then people, then the lines.
import "./browser";
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Value } from "../../../frontend/src/core/plan";
import { NEEDS } from "../../../frontend/src/core/walk";
import { WalkScreen } from "../../../frontend/src/ui/walk/walk";
import { MESSAGES, planOf } from "../core/made-plan";
import { control, drawn, has, makePage } from "./page";

const photo = { type: "image/webp", data: "AAAA", words: "" };
const ROWS: [string, Value][] = [
  ["coping_strategies", { text: "Walk the dog", needs: ["release"] }],
  ["coping_strategies", { text: "My playlist", needs: ["rest", "release"] }],
  ["coping_strategies", { text: "", photo, needs: ["say"] }],
  ["support_contacts", { name: "Maya", ways: [{ by: "both", number: "555-0117" }] }],
  ["environment_safety", { text: "A key given away" }],
];

let app: HTMLElement;
const show = async (rows = ROWS, aside: string | null = null) => {
  app = makePage();
  vi.useFakeTimers({ now: new Date(2026, 10, 22, 14), toFake: ["Date"] });
  render(<WalkScreen plan={planOf(rows)} aside={aside} />, app);
  await drawn();
};
const press = async (name: string | RegExp) => {
  control(name).click();
  await drawn();
};
const heading = () => document.querySelector("h1")!.textContent;
const order = (...words: string[]) => {
  const text = document.querySelector(".walk-middle")!.textContent!;
  return words.map((one) => text.indexOf(one));
};

beforeEach(() => show());
afterEach(() => {
  render(null, app);
  vi.useRealTimers();
});

test("the first screen asks nothing: the needs are a link, never a gate", () => {
  expect(heading()).toBe("Walk the dog");
  expect(has("What I need")).toBe(true);
  expect(has("A safer place")).toBe(true);
  expect(has("Go to people")).toBe(true);
});

test("a need shows the strategies marked for it, then people, then the lines", async () => {
  await press("What I need");
  expect(heading()).toBe("What do I need right now?");
  expect(document.activeElement).toBe(document.querySelector("h1"));
  expect(document.querySelectorAll(".walk-choices button")).toHaveLength(6);
  await press("I need to let feelings out");
  expect(heading()).toBe("I need to let feelings out");
  const found = order("Walk the dog", "My playlist", "Maya", "Call 988");
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(found).not.toContain(-1);
  expect(control("Call Maya").getAttribute("href")).toBe("tel:5550117");
});

test("no suggestion of ours is ever among them", async () => {
  const ideas = Object.keys(MESSAGES).filter((key) => key.startsWith("idea."));
  expect(ideas.length).toBeGreaterThan(50);
  await press("What I need");
  for (const need of ["feel", "rest"]) {
    await press(MESSAGES[`need.${need}.title`]!);
    for (const key of ideas) expect(app.textContent).not.toContain(MESSAGES[key]!);
    await press("Back");
  }
});

test("an empty need goes straight to people, with one honest line", async () => {
  await press("What I need");
  await press("I need rest");
  expect(app.textContent).not.toContain(MESSAGES["needs.none"]!);
  await press("Back");
  await press("I need some control");
  expect(app.textContent).toContain(MESSAGES["needs.none"]!);
  expect(document.querySelectorAll(".walk-found button")).toHaveLength(0);
  expect(has("Call Maya")).toBe(true);
});

test("with nobody in the plan the lines follow", async () => {
  render(null, app);
  await show(ROWS.slice(0, 1), NEEDS);
  await press("I need rest");
  expect(has("Call 988")).toBe(true);
  expect(document.querySelector(".walk-people")).toBeNull();
});

test("a strategy leads to its own step; a picture without words has a name to press", async () => {
  await press("What I need");
  await press("I need to let feelings out");
  await press("My playlist");
  expect(heading()).toBe("My playlist");
  expect(document.getElementById("where")!.textContent).toBe("Things I can do · 2");
  await press("What I need");
  await press("I need to say it without words");
  await press("A picture of mine");
  expect(document.getElementById("where")!.textContent).toBe("Things I can do · 3");
});

test("Back to my plan returns to the step, from the needs and from one of them", async () => {
  await press("Next");
  await press("What I need");
  await press("Back to my plan");
  expect(heading()).toBe("My playlist");
  await press("What I need");
  await press("I need rest");
  await press("Back to my plan");
  expect(heading()).toBe("My playlist");
});

test("beside someone to call, what I need is one tap away as everywhere", async () => {
  await press("Go to people");
  expect(has("What I need")).toBe(true);
  expect(has("A safer place")).toBe(true);
});

test("from the reading page it opens at the needs, and the plan lies behind", async () => {
  render(null, app);
  await show(ROWS, NEEDS);
  expect(heading()).toBe("What do I need right now?");
  await press("Back to my plan");
  expect(heading()).toBe("Walk the dog");
});
