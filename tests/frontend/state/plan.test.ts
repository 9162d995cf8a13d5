// The state of the plan: what opens, what will not, what is never written over, and erasing.
import { afterEach, expect, test, vi } from "vitest";
import { removeItem } from "../../../frontend/src/core/plan-edit";
import { joined } from "../../../frontend/src/crypto/bytes";
import { aesSeal, derive, hkdfKey, sha256 } from "../../../frontend/src/crypto/primitives";
import type { Kept } from "../../../frontend/src/device/box-stores";
import { tamper, whatLies } from "../device/fake-browser";
import {
  failWrites,
  isSaved,
  newBrowser,
  newTab,
  onDisk,
  pause,
  started,
  texts,
  until,
  write,
} from "./tabs";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a first start finds nothing, makes nothing, and asks for nothing", async () => {
  const browser = newBrowser();
  const tab = await started();
  expect([tab.opening.value, tab.saved.value, tab.role.value]).toEqual([
    "none",
    "nothing",
    "writer",
  ]);
  await pause(50);
  expect(await indexedDB.databases()).toEqual([]);
  expect(browser.persistAsked).toBe(0);
});

async function rotten(): Promise<void> {
  const tab = await started();
  write(tab, "old");
  await tab.flush();
  write(tab, "older");
  await tab.flush();
  for (const kept of (await whatLies()).plan as Kept[]) {
    kept.envelope[200]! ^= 1;
    await tamper("plan", (store) => store.put(kept));
  }
}

test("a plan that will not open is never taken for empty or written over", async () => {
  const browser = newBrowser();
  await rotten();
  browser.locks?.close();
  const before = await whatLies();
  const tab = await started();
  expect([tab.opening.value, tab.failure.value]).toEqual(["unreadable", "bad_checksum"]);
  write(tab, "over it");
  await tab.flush();
  tab.page.dispatchEvent(new Event("pagehide"));
  await pause(300);
  expect(texts(tab.plan.value)).toEqual([]);
  expect(await whatLies()).toEqual(before);
});

test("starting anew keeps its bytes aside, and only then is there room for another", async () => {
  const browser = newBrowser();
  await rotten();
  browser.locks?.close();
  const { plan } = await whatLies();
  const tab = await started();
  await tab.startAnew();
  expect([tab.opening.value, tab.failure.value]).toEqual(["none", null]);
  expect((await whatLies()).aside).toEqual(
    plan?.map((kept) => ({ ...(kept as object), more: [] })),
  );
  write(tab, "new");
  await until(isSaved(tab));
  expect(await onDisk()).toEqual(["new"]);
  expect((await whatLies()).aside).toEqual(
    plan?.map((kept) => ({ ...(kept as object), more: [] })),
  );
});

/** The newest slot as a later version would write it: right in all, but of a schema not known here. */
async function ofLaterVersion(schema: number): Promise<Kept> {
  const { keys, plan } = (await whatLies()) as { keys: CryptoKey[]; plan: Kept[] };
  const kept = plan[0] as Kept;
  const prefix = kept.envelope.slice(0, 144);
  const view = new DataView(prefix.buffer);
  view.setUint16(6, schema);
  view.setBigUint64(40, 9n);
  const base = await hkdfKey(await derive(keys[0] as CryptoKey, "safety-plan/v1/data/device"));
  const label = new TextEncoder().encode("safety-plan/v1/env\0");
  const info = joined([label, prefix.subarray(0, 80)]);
  const okm = await derive(base, info, 76, prefix.slice(80, 112));
  prefix.set(okm.subarray(44), 112);
  const padded = new Uint8Array(8192);
  padded.set([0, 0, 0, 2, 123, 125]);
  const sealed = await aesSeal(okm.subarray(0, 32), okm.subarray(32, 44), prefix, padded);
  const envelope = joined([prefix, sealed]);
  return { ...kept, slot: 1, revision: 9, envelope, checksum: await sha256(envelope) };
}

test("a plan of a newer version is not written over, though the older slot would open", async () => {
  const browser = newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  browser.locks?.close();
  const newer = await ofLaterVersion(2);
  await tamper("plan", (store) => store.put(newer));
  const later = await started();
  expect([later.opening.value, later.failure.value]).toEqual(["unreadable", "newer_schema"]);
  write(later, "b");
  await later.flush();
  expect((await whatLies()).plan).toContainEqual(newer);
  expect(await onDisk()).toEqual(["a"]); // the walk still shows what it can
});

test("a newest slot that is damaged: the one before it opens, and its bytes are kept aside", async () => {
  const browser = newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  browser.locks?.close();
  const bad = await ofLaterVersion(0);
  await tamper("plan", (store) => store.put(bad));
  const later = await started();
  expect(texts(later.plan.value)).toEqual(["a"]);
  write(later, "b");
  await until(isSaved(later));
  expect((await whatLies()).aside).toEqual([{ ...(bad as object), more: [] }]);
  expect(await onDisk()).toEqual(["a", "b"]);
});

test("an IndexedDB that hangs is told of within two seconds and asked again later", async () => {
  newBrowser();
  const real = indexedDB;
  vi.stubGlobal("indexedDB", { open: () => ({}) });
  const began = performance.now();
  const tab = await started();
  expect(performance.now() - began).toBeLessThan(2000);
  expect([tab.opening.value, tab.failure.value]).toEqual(["unavailable", "database_slow"]);
  write(tab, "not taken");
  expect(texts(tab.plan.value)).toEqual([]);
  vi.stubGlobal("indexedDB", real);
  await pause(3100);
  await until(() => tab.opening.value === "none");
});

test("delete everything: gone from disk and from every tab, and a new plan can begin", async () => {
  newBrowser();
  const first = await started();
  const second = await started();
  write(first, "a");
  await first.flush();
  write(first, "not saved yet");
  expect(await first.deleteEverything()).toEqual([]);
  expect(await indexedDB.databases()).toEqual([]);
  await until(() => texts(second.plan.value).length === 0 && second.opening.value === "none");
  expect([first.opening.value, first.saved.value, texts(first.plan.value)]).toEqual([
    "none",
    "nothing",
    [],
  ]);
  await pause(400);
  expect(await indexedDB.databases()).toEqual([]);
  write(first, "new");
  await until(isSaved(first));
  expect(await onDisk()).toEqual(["new"]);
});

test("a following tab deletes everything while the other types: it stays deleted", async () => {
  newBrowser();
  const first = await started();
  write(first, "a");
  await first.flush();
  const second = await started();
  write(first, "typing");
  expect(await second.deleteEverything()).toEqual([]);
  await pause(500);
  expect(await indexedDB.databases()).toEqual([]);
  expect([first.opening.value, texts(first.plan.value)]).toEqual(["none", []]);
});

test("what could not be erased is said, and the plan is still shown", async () => {
  newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  failWrites(() => new DOMException("", "UnknownError"));
  vi.spyOn(indexedDB, "deleteDatabase").mockImplementation(() => {
    throw new DOMException("", "UnknownError");
  });
  expect(await tab.deleteEverything()).toEqual(["database keel"]);
  expect([tab.opening.value, texts(tab.plan.value)]).toEqual(["open", ["a"]]);
});

test("text removed half a year ago is let go when the plan is next opened to write", async () => {
  const browser = newBrowser();
  const tab = await started();
  write(tab, "old");
  tab.change((plan, author) => removeItem(plan, author, plan.items[0]!.id, "2020-01-01"));
  await tab.flush();
  browser.locks?.close();
  const later = await newTab();
  await started(later);
  await until(isSaved(later));
  expect(JSON.stringify(later.plan.value)).not.toContain("old");
});
