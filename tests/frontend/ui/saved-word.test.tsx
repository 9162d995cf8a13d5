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
