// Keep safe says where the copies are, and deletes only at the second touch.
import "./browser";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeState, press, settled, show, writePage } from "./a-screen";

const state = vi.hoisted(() => ({ now: {} as Record<string, unknown> }));
vi.mock("../../../frontend/src/state/plan", () => state.now);
Object.assign(state.now, fakeState());
const fake = state.now as unknown as ReturnType<typeof fakeState>;
const { emptyPlan, setting } = await import("../../../frontend/src/core/plan");
const { KeepSafe, isGone } = await import("../../../frontend/src/ui/keep-safe");
const { rememberCopy } = await import("../../../frontend/src/ui/make-copy");

beforeEach(() => {
  writePage();
  isGone.value = false;
  Object.assign(fake.erasing, { asked: 0, left: [] });
  fake.plan.value = emptyPlan();
  fake.opening.value = "open";
});

test("the first touch deletes nothing and says what the second does", async () => {
  const app = await show(<KeepSafe />);
  await press(app, "Delete everything on this device");
  expect(fake.erasing.asked).toBe(0);
  expect(app.textContent).toContain("Keel cannot bring them back.");
  await press(app, "Keep it");
  expect(fake.erasing.asked).toBe(0);
  await press(app, "Delete everything on this device");
  await press(app, "Delete now");
  expect(fake.erasing.asked).toBe(1);
  expect(app.querySelector("h1")!.textContent).toBe("It is gone.");
  expect(document.activeElement).toBe(app.querySelector("h1"));
});

test("what could not be deleted is never called gone", async () => {
  fake.erasing.left = ["database keel"];
  const app = await show(<KeepSafe />);
  await press(app, "Delete everything on this device");
  await press(app, "Delete now");
  expect(app.textContent).not.toContain("It is gone.");
  expect(app.textContent).toContain("Not everything could be deleted.");
});

test("copies are named with their day, newest first, and none is invented", async () => {
  const app = await show(<KeepSafe />);
  expect(app.textContent).toContain("No other copy noted yet.");
  rememberCopy("text_on");
  await settled();
  expect(setting(fake.plan.value, "copies")?.value).toMatchObject({ name: "copies" });
  expect(app.querySelectorAll(".copies li")).toHaveLength(2);
  expect(app.textContent).toMatch(/A text file of \w+ \d+/);
  expect(app.textContent).not.toMatch(/Printed \w/);
});

test("whether the browser may clear it is said as it is", async () => {
  const app = await show(<KeepSafe />);
  expect(app.textContent).toContain("may clear it");
  fake.persisted.value = true;
  await settled();
  expect(app.textContent).toContain("agreed to keep it");
  fake.persisted.value = null;
});

test("the calm-day setting is kept in the plan and taken back", async () => {
  const app = await show(<KeepSafe />);
  const box = app.querySelector<HTMLInputElement>("input[type=checkbox]")!;
  box.click();
  await settled();
  expect(setting(fake.plan.value, "walk")?.value.follow_system).toBe(true);
  box.click();
  await settled();
  expect(setting(fake.plan.value, "walk")?.value.follow_system).toBeUndefined();
});
