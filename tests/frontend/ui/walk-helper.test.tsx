// The timer and the slow breath: chosen, paused, stopped; the walk around them stays as it is.
import "./browser";
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Value } from "../../../frontend/src/core/plan";
import { WalkScreen } from "../../../frontend/src/ui/walk/walk";
import { MESSAGES, planOf } from "../core/made-plan";
import { control, has, makePage } from "./page";

const ROWS: [string, Value][] = [
  ["coping_strategies", { text: "Walk the dog" }],
  ["coping_strategies", { text: "My playlist" }],
  ["distractions", { text: "The mall" }],
];
const MINUTE = 60_000;

let app: HTMLElement;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const press = async (name: string | RegExp) => {
  control(name).click();
  await pass(0);
};
const heading = () => document.querySelector("h1")!.textContent;
const said = () => document.querySelector(".walk-helper > [role=status]")?.textContent;
const count = () => document.querySelector(".pacer-count")?.textContent;

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 22, 14) });
  app = makePage();
  render(<WalkScreen plan={planOf(ROWS)} />, app);
  await pass(20);
});
afterEach(() => {
  render(null, app);
  vi.useRealTimers();
});

test("they are offered beside a strategy alone, and nothing runs before it is asked for", async () => {
  expect(has("A timer") && has("Breathe with me")).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  await press("Next");
  expect(has("A timer")).toBe(true);
  await press("Next");
  expect(has("A timer") || has("Breathe with me")).toBe(false);
});

test("the timer asks for how long: 5, 15 or none", async () => {
  await press("A timer");
  expect(has("5 minutes") && has("15 minutes")).toBe(true);
  expect(document.activeElement?.textContent).toBe("5 minutes");
  await press("No timer");
  expect([heading(), has("A timer")]).toEqual(["Walk the dog", true]);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([5, 15])("%i minutes pass in words and end with one", async (minutes) => {
  await press("A timer");
  await press(`${minutes} minutes`);
  expect(said()).toBe(`${minutes} minutes left`);
  await pass((minutes - 2) * MINUTE);
  expect(said()).toBe("2 minutes left");
  await pass(MINUTE);
  expect(said()).toBe("Less than a minute left");
  await pass(MINUTE - 2000);
  expect(said()).toBe("Less than a minute left");
  await pass(2000);
  expect(said()).toBe(MESSAGES["walk.helper.over"]);
  expect([heading(), has("Next")]).toEqual(["Walk the dog", true]);
  await press("Once more");
  expect(said()).toBe(`${minutes} minutes left`);
});

test("a pause stops the time, for as long as it lasts", async () => {
  await press("A timer");
  await press("5 minutes");
  await pass(3.5 * MINUTE);
  await press("Pause");
  expect(said()).toBe("Paused");
  await pass(60 * MINUTE);
  await press("Go on");
  expect(said()).toBe("2 minutes left");
  await pass(1.5 * MINUTE);
  expect(said()).toBe(MESSAGES["walk.helper.over"]);
});

test("a phone that slept wakes to the right time", async () => {
  await press("A timer");
  await press("15 minutes");
  vi.setSystemTime(Date.now() + 10 * MINUTE);
  await pass(1000);
  expect(said()).toBe("5 minutes left");
});

test("the breath takes four seconds in and six out, over and over, and counts in words", async () => {
  await press("Breathe with me");
  const seen: string[] = [];
  for (let second = 0; second < 20; second += 1) {
    seen.push(`${heading()} ${count()}`);
    await pass(1000);
  }
  const words = ["one", "two", "three", "four", "five", "six"];
  const once = [
    ...words.slice(0, 4).map((one) => `Breathe in ${one}`),
    ...words.map((one) => `Breathe out ${one}`),
  ];
  expect(seen).toEqual([...once, ...once]);
});

test("the circle follows the word, and stands still in a pause", async () => {
  await press("Breathe with me");
  const circle = () => document.querySelector(".pacer")!.className;
  expect(circle()).toBe("pacer pacer-in");
  await pass(4000);
  expect(circle()).toBe("pacer pacer-out");
  await press("Pause");
  expect(circle()).toBe("pacer pacer-out pacer-still");
  expect(heading()).toBe("Paused");
  await pass(10_000);
  await press("Go on");
  expect([heading(), count()]).toEqual(["Breathe out", "one"]);
});

test("Stop returns to the same step, and the focus to where it began", async () => {
  await press("Breathe with me");
  expect(document.activeElement?.textContent).toBe("Pause");
  await press("Stop");
  expect(heading()).toBe("Walk the dog");
  expect(document.activeElement?.textContent).toBe("A timer");
  expect(vi.getTimerCount()).toBe(0);
});

test("Next goes on from within, and what ran is over", async () => {
  await press("Breathe with me");
  await press("Next");
  await pass(20);
  expect(heading()).toBe("My playlist");
  expect(vi.getTimerCount()).toBe(0);
  await press("Back");
  expect(heading()).toBe("Walk the dog");
});
