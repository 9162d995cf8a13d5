// The plan box, read: the newest that holds, and what cannot be read is told and never lost.
import { beforeEach, expect, test } from "vitest";
import { database } from "../../../frontend/src/device/connection";
import { type Kept } from "../../../frontend/src/device/box-stores";
import { readPlan } from "../../../frontend/src/device/read-plan";
import * as box from "../../../frontend/src/device/save-plan";
import { tamper, whatLies } from "./fake-browser";
import { codeOf, db, freshBox, look, nameOf, object, rot, save, saved } from "./boxes";

beforeEach(freshBox);

test("nothing there is none, and looking makes no database", async () => {
  expect(await readPlan()).toEqual({ state: "none" });
  expect(await indexedDB.databases()).toEqual([]);
  expect(await database(false)).toBe(null);
  expect(await indexedDB.databases()).toEqual([]);
});

test("saves go to the slots in turn, the newest is read, the one before it stays", async () => {
  await saved("one", "two", "three");
  expect(nameOf(await look())).toBe("three");
  const lies = await whatLies();
  expect(lies.plan?.map((kept) => [(kept as Kept).slot, (kept as Kept).revision])).toEqual([
    [0, 3],
    [1, 2],
  ]);
  expect((lies.keys?.[0] as CryptoKey).extractable).toBe(false);
});

test("what lies in the browser holds no word of the plan", async () => {
  await saved("canary-word");
  const lies = await whatLies();
  const text = Buffer.from((lies.plan?.[0] as Kept).envelope).toString("latin1");
  expect(text).not.toContain("canary");
  expect(text.startsWith("SPE1")).toBe(true);
});

test("reading for the walk writes nothing", async () => {
  await saved("one", "two");
  const before = await whatLies();
  expect(await readPlan()).toMatchObject({ state: "open", plan: { name: "two" } });
  expect(await whatLies()).toEqual(before);
});

test("each save has the one before it as parent", async () => {
  const head = await saved("one", "two");
  const found = await look();
  expect(found).toMatchObject({ state: "open", head: { revision: 2, parent: head.parent } });
});

test.each<[string, string, (kept: Kept) => void]>([
  ["a flipped bit", "bad_checksum", (kept) => (kept.envelope[200]! ^= 1)],
  ["a wrong checksum", "bad_checksum", (kept) => (kept.checksum = new Uint8Array(32))],
  ["half of it", "bad_checksum", (kept) => (kept.envelope = kept.envelope.slice(0, 50))],
  ["a number in its place", "bad_slot", (kept) => Object.assign(kept, { envelope: 7, more: 7 })],
  ["a revision that it has not", "rollback", (kept) => (kept.revision = 9)],
])("the newest slot with %s: the one before it is read", async (_, code, change) => {
  await saved("one", "two");
  await rot(1, change);
  expect(nameOf(await look())).toBe("one");
  expect(await look()).toMatchObject({ state: "open", code });
});

test("a changed byte with a fitting checksum is still refused, by the envelope", async () => {
  await saved("one", "two");
  const kept = (await whatLies()).plan?.[1] as Kept;
  kept.envelope[300]! ^= 1;
  kept.checksum = new Uint8Array(await crypto.subtle.digest("SHA-256", kept.envelope));
  await tamper("plan", (store) => store.put(kept));
  expect(await look()).toMatchObject({ state: "open", code: "wrong_key_or_altered" });
});

test("after a fall back the next save keeps the damaged bytes aside and the good copy in place", async () => {
  await saved("one", "two");
  await rot(1, (kept) => (kept.envelope[200]! ^= 1));
  const found = await look();
  if (found.state !== "open") throw new Error("not open");
  expect(found.head).toMatchObject({ revision: 2, nextSlot: 1 });
  await save(found.head, "three");
  expect(nameOf(await look())).toBe("three");
  const lies = await whatLies();
  expect(lies.aside).toHaveLength(1);
  expect(lies.aside?.[0]).toMatchObject({ revision: 2 });
  expect((lies.plan?.[0] as Kept).revision).toBe(1);
});

test("at most five are kept aside", async () => {
  let head = await saved("one", "two");
  for (let i = 0; i < 7; i++) {
    await rot(head.nextSlot ? 0 : 1, (kept) => (kept.envelope[200]! ^= 1));
    const found = await look();
    if (found.state !== "open") throw new Error("not open");
    head = await save(found.head, `again ${i}`);
  }
  expect((await whatLies()).aside).toHaveLength(5);
});

test("if neither slot opens it is unreadable, with its code, and nothing is touched", async () => {
  await saved("one", "two");
  for (const slot of [0, 1]) await rot(slot, (kept) => (kept.envelope[200]! ^= 1));
  const before = await whatLies();
  expect(await look()).toEqual({ state: "unreadable", code: "bad_checksum" });
  expect(await readPlan()).toEqual({ state: "unreadable", code: "bad_checksum" });
  expect(await codeOf(save(box.firstHead(object), "over it"))).toBe("changed_elsewhere");
  expect(await whatLies()).toEqual(before);
});

test.each(["keys", "plan"])("a lost %s store is told, never taken for empty", async (store) => {
  await saved("one", "two");
  await tamper(store, (all) => all.clear());
  const code = store === "keys" ? "no_device_key" : "plan_missing";
  expect(await look()).toEqual({ state: "unreadable", code });
});

test("set aside, both slots are kept and a new plan begins under the same key", async () => {
  await saved("one", "two");
  for (const slot of [0, 1]) await rot(slot, (kept) => (kept.envelope[200]! ^= 1));
  const { plan } = await whatLies();
  await box.setAside(await db());
  expect((await whatLies()).aside).toEqual(plan?.map((kept) => ({ ...(kept as Kept), more: [] })));
  expect(await look()).toMatchObject({ state: "none", key: { extractable: false } });
});

const long = "ä".repeat(400_000);

test("a plan far over 256 KiB is kept and read, in records that no browser puts elsewhere", async () => {
  await saved(long);
  expect(nameOf(await look())).toBe(long);
  const { plan = [] } = await whatLies();
  expect(plan).toHaveLength(25);
  for (const record of plan as Kept[]) expect(record.envelope.length).toBeLessThan(33 * 1024);
});

test("a slot that becomes shorter keeps no piece of what it held, and the other keeps its own", async () => {
  await saved(long, long, "short");
  expect(nameOf(await look())).toBe("short");
  expect((await whatLies()).plan).toHaveLength(1 + 25);
  await rot(0, (kept) => (kept.envelope[200]! ^= 1));
  expect(nameOf(await look())).toBe(long);
});

test("a slot that lost a piece does not open, and all that is left of it goes aside", async () => {
  const head = await saved("one", long);
  await tamper("plan", (store) => store.delete([1, 7]));
  const found = await look();
  expect(found).toMatchObject({ state: "open", plan: { name: "one" }, code: "bad_checksum" });
  if (found.state === "open") await save(found.head, "three");
  expect((await whatLies()).aside).toMatchObject([{ revision: head.revision }]);
  expect(((await whatLies()).aside?.[0] as Kept).more).toHaveLength(23);
});
