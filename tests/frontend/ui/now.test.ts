// The entry of /now: the plan where there is one, the general walk everywhere else.
import "./browser";
import { beforeEach, expect, test, vi } from "vitest";
import type { ReadPlan } from "../../../frontend/src/device/read-plan";
import { planOf } from "../core/made-plan";
import { makePage } from "./page";

const answers: ReadPlan[] = [];
vi.mock("../../../frontend/src/device/read-plan", () => ({
  readPlan: () => Promise.resolve(answers.length > 1 ? answers.shift() : answers[0]),
}));

const registered = vi.fn(() => Promise.resolve());
const follow = { name: "walk", follow_system: true };

async function open(...given: ReadPlan[]) {
  answers.splice(0, Infinity, ...given);
  vi.useFakeTimers();
  await import("../../../frontend/src/now");
  await vi.advanceTimersByTimeAsync(500);
}
const general = () => document.querySelector("#static.shown") !== null;
const words = () => document.getElementById("app")!.textContent ?? "";

beforeEach(() => {
  vi.resetModules();
  vi.useRealTimers();
  makePage();
  registered.mockClear();
  document.documentElement.className = "";
  document.documentElement.dataset.theme = "night";
  Object.assign(navigator, { serviceWorker: { register: registered } });
});

test("on a page of another script, which takes what it shares from here, no walk begins", async () => {
  document.getElementById("app")!.dataset.entry = "main";
  await open({
    state: "open",
    plan: planOf([["reasons", { text: "Biscuit" }]]),
  });
  expect([general(), words()]).toEqual([false, ""]);
  expect(registered).not.toHaveBeenCalled();
});

test("a plan takes the page, and the general walk leaves it", async () => {
  await open({
    state: "open",
    plan: planOf([["reasons", { text: "Biscuit" }]]),
  });
  expect(words()).toContain("Biscuit");
  expect(document.getElementById("static")).toBeNull();
  expect(document.documentElement.dataset.theme).toBe("night");
  expect(registered).toHaveBeenCalledTimes(1);
});

test("the walk follows the system only where its person said so", async () => {
  const plan = planOf([
    ["reasons", { text: "Biscuit" }],
    ["settings", follow],
  ]);
  await open({ state: "open", plan });
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

test("without a plan there is the general walk and no other word", async () => {
  await open({ state: "none" });
  expect([general(), words()]).toEqual([true, ""]);
  expect(registered).toHaveBeenCalledTimes(1);
});

test("a plan without a step of its own leads through the general walk", async () => {
  await open({
    state: "open",
    plan: planOf([["warning_signs", { text: "a sign" }]]),
  });
  expect([general(), words()]).toEqual([true, ""]);
});

test("a plan that will not open is told of, with what is safe, beside the general walk", async () => {
  await open({ state: "unreadable", code: "wrong_key_or_altered" });
  expect(general()).toBe(true);
  expect(words()).toMatch(/could not be opened.*Nothing was deleted.*stays as it is/);
});

test("a plan that comes late is still shown", async () => {
  const plan = planOf([["reasons", { text: "Biscuit" }]]);
  await open({ state: "unavailable", code: "timeout" }, { state: "open", plan });
  expect(general()).toBe(true);
  expect(words()).toMatch(/as soon as it can be/);
  await vi.advanceTimersByTimeAsync(1000);
  expect(words()).toContain("Biscuit");
  expect(document.getElementById("static")).toBeNull();
});

test("a fault while drawing puts the general walk back", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const plan = planOf([["reasons", { text: "Biscuit" }]]);
  const broken = Object.defineProperty({}, "text", {
    enumerable: true,
    get: () => {
      if (new Error().stack!.includes("item.tsx")) throw new Error("broken");
      return "x";
    },
  });
  plan.items[0]!.sibs[0]!.value = broken;
  await open({ state: "open", plan });
  await vi.advanceTimersByTimeAsync(50);
  expect(general()).toBe(true);
  expect(words()).toMatch(/Nothing was deleted/);
  vi.restoreAllMocks();
});
