// "Saved on this device" stands there only while it is true.
import "./browser";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeState, settled, show, writePage } from "./a-screen";

const state = vi.hoisted(() => ({ now: {} as Record<string, unknown> }));
vi.mock("../../../frontend/src/state/plan", () => state.now);
Object.assign(state.now, fakeState());
const fake = state.now as unknown as ReturnType<typeof fakeState>;
const { SavedWord } = await import("../../../frontend/src/ui/elements/saved-word");

beforeEach(() => {
  writePage();
  fake.role.value = "writer";
});

test("only the state `saved` says saved", async () => {
  const app = await show(<SavedWord />);
  const said: Record<string, string> = {};
  for (const now of ["nothing", "typing", "saving", "saved", "failed"]) {
    fake.saved.value = now;
    await settled();
    said[now] = app.textContent ?? "";
  }
  const claims = Object.keys(said).filter((now) => said[now]!.includes("Saved on this device"));
  expect(claims).toEqual(["saved"]);
  expect(said.nothing).toBe("");
  expect(said.failed).toMatch(/^Not saved\. Your words are still on this screen\./);
});

test("a tab that follows says nothing of saving", async () => {
  fake.saved.value = "saved";
  fake.role.value = "follower";
  expect((await show(<SavedWord />)).textContent).toBe("");
});

test("while someone writes it is not read aloud, and a failure always is", async () => {
  fake.saved.value = "saved";
  const app = await show(<SavedWord />);
  const field = document.createElement("textarea");
  document.body.append(field);
  expect(app.querySelector("[role=status]")!.getAttribute("aria-live")).toBe("polite");
  field.focus();
  await settled();
  expect(app.querySelector("[role=status]")!.getAttribute("aria-live")).toBe("off");
  fake.saved.value = "failed";
  await settled();
  expect(app.querySelector("[role=status]")!.getAttribute("aria-live")).toBe("assertive");
});

const { backedUpOn, backup, fullness } = await import("../../../frontend/src/state/backup");

test("both truths stand together, and only the state `saved` says backed up", async () => {
  fake.saved.value = "nothing"; // opened from the disk, and nothing was typed since
  backedUpOn.value = `${new Date().getFullYear()}-11-03`;
  const app = await show(<SavedWord />);
  const said: Record<string, string> = {};
  const states = ["unknown", "off", "pending", "saved", "failed", "conflict", "signed_out"];
  for (const now of states) {
    backup.value = now as typeof backup.value;
    await settled();
    said[now] = app.textContent!.replace(/(?<=device)(?=\S)/, ". ").trim();
  }
  expect(said).toEqual({
    unknown: "",
    off: "",
    pending: "Saved on this device. Not backed up yet",
    saved: "Saved on this device. Backed up Nov 3",
    failed: "Saved on this device. Not backed up Why?",
    conflict: "Saved on this device. Not backed up Why?",
    signed_out: "Saved on this device. Not backed up Why?",
  });
});

test("what could not be saved here is not called saved because of a backup", async () => {
  backup.value = "saved";
  for (const now of ["typing", "saving", "failed"]) {
    fake.saved.value = now;
    expect((await show(<SavedWord />)).textContent).not.toContain("Saved on this device");
  }
});

test("before it is full it is said where one writes", async () => {
  backup.value = "saved";
  const app = await show(<SavedWord />);
  expect(app.textContent).not.toContain("Almost full");
  fullness.value = 0.9;
  await settled();
  expect(app.textContent).toContain("Almost full");
});
