// The script inside /now: what it asked for is used once, and whatever goes wrong with it, the walk asks anew.
import { beforeEach, expect, test, vi } from "vitest";
import type { BoxStores } from "../../../frontend/src/device/box-stores";
import { readPlan } from "../../../frontend/src/device/read-plan";
import { asPromise, whatLies } from "./fake-browser";
import { freshBox, rot, save, saved } from "./boxes";

const unhandled = vi.fn();
process.on("unhandledRejection", unhandled);

async function early(): Promise<void> {
  vi.resetModules();
  await import("../../../frontend/src/early");
}

beforeEach(async () => {
  vi.unstubAllGlobals();
  unhandled.mockClear();
  globalThis.earlyStores = undefined;
  await freshBox();
});

test("the walk takes what was asked for early and asks for nothing more", async () => {
  await saved("one", "two");
  await early();
  await globalThis.earlyStores;
  const open = vi.spyOn(indexedDB, "open");
  expect(await readPlan()).toMatchObject({
    state: "open",
    plan: { name: "two" },
  });
  expect(open).not.toHaveBeenCalled();
  open.mockRestore();
});

test("it is taken once: the next reading sees what was saved since", async () => {
  const head = await saved("one");
  await early();
  expect(await readPlan()).toMatchObject({ plan: { name: "one" } });
  await save(head, "two");
  expect(await readPlan()).toMatchObject({ plan: { name: "two" } });
});

test("it writes nothing, makes nothing, and lets the database go", async () => {
  await early();
  expect(await globalThis.earlyStores).toBe(null);
  expect(await indexedDB.databases()).toEqual([]);
  expect(await readPlan()).toEqual({ state: "none" });
  await saved("one");
  const before = await whatLies();
  await early();
  await globalThis.earlyStores;
  expect(await whatLies()).toEqual(before);
  (await asPromise(indexedDB.open("keel", 2))).close(); // would wait for whoever holds on
});

test("what does not open is told as ever", async () => {
  await saved("one", "two");
  for (const slot of [0, 1]) await rot(slot, (kept) => (kept.envelope[200]! ^= 1));
  await early();
  expect(await readPlan()).toEqual({
    state: "unreadable",
    code: "bad_checksum",
  });
});

test("where asking early fails, the walk asks anew, and nothing is left unhandled", async () => {
  await saved("one");
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new DOMException("", "SecurityError");
    },
  });
  await early();
  await new Promise((done) => setTimeout(done, 20));
  expect(unhandled).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
  expect(await readPlan()).toMatchObject({
    state: "open",
    plan: { name: "one" },
  });
});

test("where it never answers, the walk asks anew within its two seconds", async () => {
  await saved("one");
  globalThis.earlyStores = new Promise<BoxStores | null>(() => undefined);
  const began = performance.now();
  expect(await readPlan()).toMatchObject({
    state: "open",
    plan: { name: "one" },
  });
  expect(performance.now() - began).toBeLessThan(2000);
});

test("a page without the early script reads by itself", async () => {
  await saved("one");
  expect(await readPlan()).toMatchObject({
    state: "open",
    plan: { name: "one" },
  });
});
