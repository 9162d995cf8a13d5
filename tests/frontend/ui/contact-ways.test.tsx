// Call, text, copy: what each way offers, and that the number always stands there as typed.
import "./browser";
import { render } from "preact";
import { beforeEach, expect, test, vi } from "vitest";
import { ContactRow, ContactWays } from "../../../frontend/src/ui/elements/contact-ways";
import { control, drawn, has, makePage } from "./page";

let app: HTMLElement;
const big = (value: Record<string, unknown>) => render(<ContactWays value={value} />, app);
const row = (value: Record<string, unknown>) => render(<ContactRow value={value} />, app);
const both = [{ by: "both", number: "555-0117" }];

beforeEach(() => {
  app = makePage();
});

test.each([
  ["both", true, true],
  ["call", true, false],
  ["text", false, true],
  [undefined, true, true],
])("a way by %s offers a call: %s, a text: %s", (by, call, text) => {
  big({ name: "Maya", ways: [{ by, number: "555-0117" }] });
  expect([has(/^Call Maya/), has(/^Text Maya/)]).toEqual([call, text]);
  expect(app.textContent!.split("555-0117")).toHaveLength(2);
});

test("calls are plain links: nothing stands between a tap and the call", () => {
  big({ name: "Maya", ways: both });
  const call = control(/^Call Maya/);
  expect(call.tagName).toBe("A");
  expect(call.getAttributeNames().sort()).toEqual(["class", "href"]);
  expect(call.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))).toBe(
    true,
  );
});

test("an app is shown with its name in it, to copy", async () => {
  const write = vi.fn(() => Promise.resolve());
  Object.assign(navigator, { clipboard: { writeText: write } });
  big({ name: "Sam", ways: [{ by: "other", app: "Discord", handle: "sam#4417" }] });
  expect(app.textContent).toContain("Discord");
  control("Copy sam#4417").click();
  await drawn();
  expect(write).toHaveBeenCalledWith("sam#4417");
  expect(app.querySelector("[role=status]")!.textContent).toBe("Copied");
});

test("where nothing can be copied the words say what to do", async () => {
  Object.assign(navigator, { clipboard: undefined });
  document.execCommand = () => false;
  big({ name: "Sam", ways: [{ by: "other", handle: "sam#4417" }] });
  control("Copy sam#4417").click();
  await drawn();
  expect(app.querySelector("[role=status]")!.textContent).toMatch(/^Not copied\. /);
  expect(document.querySelector("textarea")).toBeNull();
});

test("a number that no phone can dial is shown as typed, to copy", () => {
  big({ name: "Ana", ways: [{ by: "both", number: "ask at the desk" }] });
  expect(app.textContent).toContain("ask at the desk");
  expect(app.querySelector("a")).toBeNull();
  expect(has("Copy ask at the desk")).toBe(true);
});

test("a message that no text can carry can be copied", () => {
  big({ name: "Sam", message: "Hi", ways: [{ by: "other", app: "Discord", handle: "sam" }] });
  expect(app.querySelector("blockquote")!.textContent).toBe("Hi");
  expect(has("Copy message")).toBe(true);
});

test("a long name leaves the verb alone on the button", () => {
  big({ name: "the walk-in clinic on the corner of Third Street", ways: both });
  expect(has(/^Call\s+555-0117$/)).toBe(true);
});

test("a row of the front has the name, the number, and at most one call and one text", () => {
  const ways = [...both, { by: "both", number: "555-0199" }];
  row({ name: "Maya", message: "Can you talk?", ways });
  expect(control("Call Maya").getAttribute("href")).toBe("tel:5550117");
  expect(control("Text Maya").getAttribute("href")).toContain("body=Can%20you%20talk");
  expect(app.textContent).toContain("555-0117");
});

test("a row without a number has Copy", () => {
  row({ name: "Sam", ways: [{ by: "other", app: "Discord", handle: "sam#4417" }] });
  expect(has("Copy sam#4417")).toBe(true);
});

test.each([null, "555", [], {}, [null, 7, { number: {} }, {}]])(
  "ways of a strange shape are none: %j",
  (ways) => {
    big({ name: "Maya", ways });
    row({ name: "Maya", ways });
    expect(app.querySelectorAll("a, button")).toHaveLength(0);
  },
);
