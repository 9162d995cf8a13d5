// The walk on a screen: what stands where, what the keys do, and that it leaves no trace.
import "./browser";
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Value } from "../../../frontend/src/core/plan";
import { WalkScreen } from "../../../frontend/src/ui/walk/walk";
import { planOf } from "../core/made-plan";
import { control, drawn, has, makePage } from "./page";

const ROWS: [string, Value][] = [
  ["reasons", { text: "Biscuit, my dog", show_first: true }],
  ["coping_strategies", { text: "Walk the dog", obstacles: "rain" }],
  ["coping_strategies", { text: "My playlist", works_at_night: true, if_not: "the back step" }],
  [
    "support_contacts",
    {
      name: "Maya",
      relation: "my sister",
      knows: true,
      message: "Can you talk?",
      ways: [{ by: "both", number: "555-0117" }],
    },
  ],
  [
    "support_contacts",
    { name: "Sam", ways: [{ by: "other", app: "Discord", handle: "sam#4417" }] },
  ],
  ["professional_contacts", { name: "The emergency room" }],
  ["environment_safety", { text: "A key given away", by_when: "by Friday" }],
];

let app: HTMLElement;
const show = async (rows = ROWS, hour = 14) => {
  app = makePage();
  vi.useFakeTimers({ now: new Date(2026, 10, 22, hour), toFake: ["Date"] });
  render(<WalkScreen plan={planOf(rows)} />, app);
  await drawn();
};
const press = async (name: string | RegExp) => {
  control(name).click();
  await drawn();
};
const key = async (name: string, more: KeyboardEventInit = {}, on: Element = document.body) => {
  const event = new KeyboardEvent("keydown", {
    key: name,
    bubbles: true,
    cancelable: true,
    ...more,
  });
  on.dispatchEvent(event);
  await drawn();
};
const heading = () => document.querySelector("h1")!.textContent;
const where = () => document.getElementById("where")!.textContent;

beforeEach(() => show());
afterEach(() => {
  render(null, app);
  vi.useRealTimers();
});

test("the first screen asks nothing: where we are, the words, and the way on", () => {
  expect(where()).toBe("What matters to me · 1");
  expect(heading()).toBe("Biscuit, my dog");
  expect(has("Next")).toBe(true);
  expect(has("Back")).toBe(false);
  expect(document.querySelectorAll("input, select, textarea")).toHaveLength(0);
});

test("at the start the focus is left alone, so that the crisis bar is first for a keyboard", () => {
  expect(document.activeElement).toBe(document.body);
});

test("each step takes the focus to its heading", async () => {
  await press("Next");
  expect(document.activeElement).toBe(document.querySelector("h1"));
  expect(document.querySelector("h1")!.getAttribute("aria-describedby")).toBe("where");
});

test("nothing is announced over and over: no live region stands on a step without a copy", async () => {
  await press("Next");
  expect(document.querySelectorAll("[aria-live], [role=status], [role=alert]")).toHaveLength(0);
});

test("what helps stands under the words; what could get in the way does not", async () => {
  await press("Next");
  expect(app.textContent).not.toContain("rain");
  await press("Next");
  expect(document.body.textContent).toContain("If that doesn’t work: the back step");
});

test("a person can be called and texted, with the message shown before", async () => {
  await press("Go to people");
  expect(heading()).toBe("Maya");
  expect(control(/^Call Maya/).getAttribute("href")).toBe("tel:5550117");
  expect(control(/^Text Maya/).getAttribute("href")).toMatch(
    /^sms:5550117\?&body=Can%20you%20talk%3F$/,
  );
  expect(document.querySelector("blockquote")!.textContent).toBe("Can you talk?");
  expect(document.body.textContent).toMatch(/my sister · knows about my plan/);
  expect(document.body.textContent).toContain("555-0117");
});

test("after a call the same screen stays, and No answer leads to the next person", async () => {
  await press("Go to people");
  const call = control(/^Call Maya/);
  call.addEventListener("click", (event) => event.preventDefault());
  call.click();
  await drawn();
  expect(heading()).toBe("Maya");
  await press("No answer? Next person");
  expect(heading()).toBe("Sam");
});

test("A safer place opens from a step and returns to it", async () => {
  await press("Next");
  await press("A safer place");
  expect(document.querySelector("main")!.textContent).toMatch(/A key given away.*by Friday/);
  await press("Back to my plan");
  expect(heading()).toBe("Walk the dog");
});

test("without an environment there is no way to an empty page", async () => {
  render(null, app);
  await show(ROWS.slice(0, 3));
  expect(has("A safer place")).toBe(false);
});

test("at night More waits beside the last marked item", async () => {
  render(null, app);
  await show(ROWS, 23);
  await press("Next");
  expect(heading()).toBe("My playlist");
  await press("More (1)");
  expect(heading()).toBe("Walk the dog");
  expect(where()).toBe("Things I can do · 2");
  expect(has(/^More/)).toBe(false);
});

test("the last screen has the lines, the people once more, and ways on; no praise, no question", async () => {
  for (let n = 0; n < 6; n += 1) await press("Next");
  expect(control("Call 988").getAttribute("href")).toBe("tel:988");
  expect(control("Text 988").getAttribute("href")).toBe("sms:988");
  expect(document.body.textContent).toContain("You do not have to be thinking about dying.");
  expect(control("Call Maya").getAttribute("href")).toBe("tel:5550117");
  expect(control("See all lines").getAttribute("href")).toBe("/lines");
  expect(control("Read my whole plan").getAttribute("href")).toBe("/read");
  expect(has("Next")).toBe(false);
  await press("Start again");
  expect(heading()).toBe("Biscuit, my dog");
});

test("the right arrow and Enter go on, the left arrow goes back", async () => {
  await key("ArrowRight");
  await key("Enter");
  expect(heading()).toBe("My playlist");
  await key("ArrowLeft");
  expect(heading()).toBe("Walk the dog");
});

test("a key with Alt or Ctrl, a held Enter, and Enter on a control are left alone", async () => {
  await key("ArrowRight", { altKey: true });
  await key("ArrowRight", { ctrlKey: true });
  await key("Enter", { repeat: true });
  await key("Enter", {}, control("Stop here"));
  expect(heading()).toBe("Biscuit, my dog");
});

test("where the page is read from the right the arrows change their sides", async () => {
  document.dir = "rtl";
  await key("ArrowLeft");
  expect(heading()).toBe("Walk the dog");
  document.dir = "";
});

test("Stop here is a plain link home, without a question", () => {
  expect(control("Stop here").getAttribute("href")).toBe("/");
});

test("a whole walk adds no history and writes to no storage", async () => {
  const length = history.length;
  const push = vi.spyOn(history, "pushState");
  const replace = vi.spyOn(history, "replaceState");
  const store = vi.spyOn(Storage.prototype, "setItem");
  for (let n = 0; n < 6; n += 1) await press("Next");
  await press("Start again");
  expect([push, replace, store].map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0]);
  expect(history.length).toBe(length);
});

test("left alone for two hours it begins anew, with the rule of the new hour", async () => {
  await press("Next");
  await press("Next");
  const seen = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  const clock = vi.spyOn(Date, "now").mockReturnValue(0);
  document.dispatchEvent(new Event("visibilitychange"));
  seen.mockReturnValue("visible");
  clock.mockReturnValue(60_000);
  document.dispatchEvent(new Event("visibilitychange"));
  await drawn();
  expect(heading()).toBe("My playlist");
  seen.mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  seen.mockReturnValue("visible");
  clock.mockReturnValue(3 * 60 * 60 * 1000);
  document.dispatchEvent(new Event("visibilitychange"));
  await drawn();
  expect(heading()).toBe("Biscuit, my dog");
  vi.restoreAllMocks();
});

test("words that look like a page are shown as typed", async () => {
  render(null, app);
  const typed = `<img src=x onerror="window.hit=1"> {name} & 💛 مرحبا`;
  await show([["coping_strategies", { text: typed, if_not: typed }]]);
  expect(heading()).toBe(typed);
  expect(document.querySelector("img")).toBeNull();
  expect(document.querySelector("h1")!.dir).toBe("auto");
});

test("a long word stands smaller, so that a name is not cut in two", async () => {
  const small = async (name: string) => {
    render(null, app);
    await show([["support_contacts", { name }]]);
    return document.querySelector("h1")!.classList.contains("walk-words-long");
  };
  expect(await small("Van Der Bergen-Featherstonehaugh")).toBe(true);
  expect(await small("the-nearest-emergency-room")).toBe(false);
});

test("the longer the words, the smaller they stand, and none are cut", async () => {
  for (const [length, size] of [
    [20, ""],
    [100, "-long"],
    [300, "-longer"],
    [10_000, "-longest"],
  ]) {
    render(null, app);
    const words = "💛 ".repeat(Number(length) / 2).trim();
    await show([["coping_strategies", { text: words }]]);
    expect(heading()).toBe(words);
    const classes = document.querySelector("h1")!.className.split(" ");
    expect(classes.at(-1)).toBe(`walk-words${size}`);
  }
});
