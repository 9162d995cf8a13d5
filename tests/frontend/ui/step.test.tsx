// A step says how it went in one plain sentence, whatever went wrong, and can be done again.
import "./browser";
import { readFileSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";
import { button, fakeState, press, settled, show, type, writePage } from "./a-screen";

const state = vi.hoisted(() => ({ now: {} as Record<string, unknown> }));
vi.mock("../../../frontend/src/state/plan", () => state.now);
Object.assign(state.now, fakeState());
const { Refused } = await import("../../../frontend/src/core/refused");
const { Step, why } = await import("../../../frontend/src/ui/elements/step");

beforeEach(() => void writePage());

const said = (app: HTMLElement): string => app.querySelector("[role=status]")!.textContent!;

test("a step that is refused says why, and is done again with what was typed", async () => {
  const answers = [() => Promise.reject(new Refused("no_answer")), () => Promise.resolve()];
  const taken: string[][] = [];
  const take = (...typed: string[]) => (taken.push(typed), answers.shift()!());
  const app = await show(
    <Step words="backup.finish" fields={["one", "two"]} done="backup.done" {...{ take }} />,
  );
  const [one, two] = app.querySelectorAll("textarea");
  await type(one!, "AB12");
  await type(two!, "CD34");
  await press(app, "Use this code");
  expect(said(app)).toMatch(/^Our server did not answer\./);
  await press(app, "Use this code");
  expect(said(app)).toBe("The backup is on.");
  expect(taken).toEqual([
    ["AB12", "CD34"],
    ["AB12", "CD34"],
  ]);
});

test("while it is under way a second touch does nothing, and the focus stays on the button", async () => {
  let end = (): void => undefined;
  const take = vi.fn(() => new Promise<void>((done) => (end = done)));
  const app = await show(<Step words="backup.finish" {...{ take }} />);
  const touched = button(app, "Use this code");
  touched.focus();
  await press(app, "Use this code");
  await press(app, "Use this code");
  expect(take).toHaveBeenCalledTimes(1);
  expect(touched.getAttribute("aria-disabled")).toBe("true");
  expect(document.activeElement).toBe(touched);
  end();
  await settled();
  expect(said(app)).toBe("");
});

test("return goes on, and no keyboard or browser learns what is typed", async () => {
  const take = vi.fn(() => Promise.resolve());
  const app = await show(<Step words="backup.finish" fields={["one"]} {...{ take }} />);
  const field = app.querySelector("textarea")!;
  await type(field, "AB12");
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  await settled();
  expect(take).toHaveBeenCalledWith("AB12");
  const told = ["autocomplete", "autocapitalize", "spellcheck"].map((one) =>
    field.getAttribute(one),
  );
  expect(told).toEqual(["off", "off", "false"]);
});

const read = (file: string): string =>
  readFileSync(new URL(`../../../frontend/src/${file}`, import.meta.url), "utf8");

test("every code that an envelope is refused with has the same sentence, and names the code", () => {
  const source = ["crypto/envelope-open.ts", "crypto/envelope.ts"].map(read).join();
  const found = source.matchAll(/refuse\("(\w+)"\)|"(wrong_\w+|bad_\w+)"/g);
  const codes = new Set([...found].map(([, one, two]) => one ?? two!));
  for (const code of ["too_large", "rollback", "newer_schema"]) codes.delete(code);
  expect(codes.size).toBeGreaterThan(6);
  for (const code of codes) {
    expect(why(code), code).toMatch(/^What our server sent is not your plan/);
    expect(why(code)).toContain(code);
  }
});

test("a code that nobody foresaw is said as a code", () => {
  expect(why("some_code")).toBe(
    "It did not work, and your plan is as it was. As a code: some_code",
  );
});
