// The state of the plan: shown at once, saved soon, one tab writes, and nothing typed is lost.
import { afterEach, expect, test, vi } from "vitest";
import { removeItem, setField } from "../../../frontend/src/core/plan-edit";
import { itemsIn } from "../../../frontend/src/core/plan";
import type { Kept } from "../../../frontend/src/device/plan-box";
import { tamper, whatLies } from "../device/fake-browser";
import { newBrowser, newTab, onDisk, pause, started, texts, until, write, type Tab } from "./tabs";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const isSaved = (tab: Tab) => (): boolean => tab.saved.value === "saved";

/** Makes every transaction for writing fail while `fault` returns an error. */
function failWrites(fault: () => DOMException | null): void {
  const real = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...given
  ) {
    const error = given[1] === "readwrite" ? fault() : null;
    if (error) throw error;
    return real.apply(this, given);
  });
}

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

test("a change shows at once, is saved within 300 ms and is there in a new process", async () => {
  const browser = newBrowser();
  const tab = await started();
  const began = performance.now();
  write(tab, "the lake");
  expect(texts(tab.plan.value)).toEqual(["the lake"]);
  expect(tab.saved.value).toBe("typing");
  await until(isSaved(tab));
  expect(performance.now() - began).toBeLessThan(300);
  expect(await onDisk()).toEqual(["the lake"]);
  expect([browser.persistAsked, tab.persisted.value]).toEqual([1, true]);
  expect((await started()).plan.value).toEqual(tab.plan.value);
});

test("the browser is asked to keep it after the first save and not again", async () => {
  const browser = newBrowser();
  const tab = await started();
  for (const word of ["a", "b", "c"]) {
    write(tab, word);
    await tab.flush();
  }
  expect(browser.persistAsked).toBe(1);
});

test("typing that does not stop is saved all the same, every 300 ms or sooner", async () => {
  newBrowser();
  const tab = await started();
  write(tab, "");
  const id = itemsIn(tab.plan.value, "reasons")[0]!.id;
  let typed = "";
  let longest = 0;
  let savedAt = performance.now();
  let revision = 0;
  for (let i = 0; i < 60; i++) {
    typed += "x";
    tab.change((plan, author) => setField(plan, author, id, "text", typed));
    await pause(20);
    const lies = (await indexedDB.databases()).length ? await whatLies() : {};
    const now = Math.max(0, ...(lies.plan ?? []).map((kept) => (kept as Kept).revision));
    if (now > revision) [revision, savedAt] = [now, performance.now()];
    longest = Math.max(longest, performance.now() - savedAt);
  }
  expect(longest).toBeLessThan(300 + 60); // and the time between two of our own looks
  expect(revision).toBeGreaterThan(3);
  await tab.flush();
  expect(await onDisk()).toEqual([typed]);
});

test("it says saved only once the transaction has completed", async () => {
  newBrowser();
  const tab = await started();
  let completed = false;
  const real = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...given
  ) {
    const transaction = real.apply(this, given);
    if (given[1] === "readwrite")
      transaction.addEventListener("complete", () => (completed = true));
    return transaction;
  });
  const early: string[] = [];
  tab.saved.subscribe((now) => now === "saved" && !completed && early.push(now));
  write(tab, "a");
  await until(isSaved(tab));
  expect([completed, early]).toEqual([true, []]);
});

test("words typed while a save runs are not called saved until they are", async () => {
  newBrowser();
  const tab = await started();
  write(tab, "a");
  const states: string[] = [];
  let isSaving = false;
  tab.saved.subscribe((now) => {
    if (now === "saving" && !isSaving) {
      isSaving = true;
      queueMicrotask(() => write(tab, "b"));
    } else if (isSaving) states.push(now);
  });
  await until(isSaved(tab));
  expect(states.length).toBeGreaterThan(2);
  expect(states.slice(0, -1)).not.toContain("saved");
  expect(await onDisk()).toEqual(["a", "b"]);
});

test.each(["pagehide", "visibilitychange"])(
  "on %s what is sealed is written without waiting",
  async (event) => {
    newBrowser();
    const tab = await started();
    write(tab, "a");
    await tab.flush();
    write(tab, "b");
    await pause(60); // sealed by now; its save would begin only at 100 ms
    const begun: unknown[] = [];
    const real = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
      this: IDBDatabase,
      ...given
    ) {
      begun.push(given[1]);
      return real.apply(this, given);
    });
    Object.assign(tab.page, { hidden: true });
    tab.page.dispatchEvent(new Event(event));
    expect(begun).toEqual(["readwrite"]);
    await until(isSaved(tab));
    vi.restoreAllMocks();
    expect(await onDisk()).toEqual(["a", "b"]);
  },
);

test("leaving in the middle of everything ends in saved, once and whole", async () => {
  newBrowser();
  const tab = await started();
  for (let i = 0; i < 40; i++) {
    write(tab, String(i));
    await pause((i * 7) % 23);
    if (i % 3 === 0) tab.page.dispatchEvent(new Event("pagehide"));
  }
  await until(isSaved(tab));
  expect(await onDisk()).toEqual(Array.from({ length: 40 }, (_, i) => String(i)));
});

test("the page asks before it closes only while something is unsaved", async () => {
  newBrowser();
  const tab = await started();
  const asks = (): boolean =>
    !tab.page.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  expect(asks()).toBe(false);
  write(tab, "a");
  expect(asks()).toBe(true);
  await until(isSaved(tab));
  expect(asks()).toBe(false);
});

test("a full disk is told with its code, nothing typed is lost, and it is tried again", async () => {
  newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  let isFull = true;
  failWrites(() => (isFull ? new DOMException("", "QuotaExceededError") : null));
  write(tab, "b");
  await until(() => tab.saved.value === "failed");
  expect(tab.failure.value).toBe("quota");
  expect(texts(tab.plan.value)).toEqual(["a", "b"]);
  expect(await onDisk()).toEqual(["a"]);
  isFull = false;
  write(tab, "c");
  await until(isSaved(tab));
  expect(tab.failure.value).toBe(null);
  expect(await onDisk()).toEqual(["a", "b", "c"]);
});

test("after a failure it tries again by itself", async () => {
  newBrowser();
  const tab = await started();
  let isFull = true;
  failWrites(() => (isFull ? new DOMException("", "QuotaExceededError") : null));
  write(tab, "a");
  await until(() => tab.saved.value === "failed");
  isFull = false;
  await pause(3100);
  await until(isSaved(tab));
  expect(await onDisk()).toEqual(["a"]);
});

test("a connection closed under us is opened anew, and nobody notices", async () => {
  newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  let once = true;
  failWrites(() => (once ? ((once = false), new DOMException("", "InvalidStateError")) : null));
  write(tab, "b");
  await until(isSaved(tab));
  expect(await onDisk()).toEqual(["a", "b"]);
});

test("a database that the browser dropped is made again from what is in memory", async () => {
  newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  newBrowser(); // the same tab, an empty disk, no event
  const { closeDatabase } = await import("../../../frontend/src/device/database");
  closeDatabase();
  tab.page.dispatchEvent(new Event("pagehide"));
  write(tab, "b");
  await until(isSaved(tab));
});

test("a second tab follows: it shows what the first saves and changes nothing", async () => {
  newBrowser();
  const first = await started();
  write(first, "a");
  await first.flush();
  const second = await started();
  expect([second.role.value, texts(second.plan.value)]).toEqual(["follower", ["a"]]);
  write(second, "not taken");
  expect(texts(second.plan.value)).toEqual(["a"]);
  write(first, "b");
  await until(() => texts(second.plan.value).length === 2, "the follower sees b");
  expect(await onDisk()).toEqual(["a", "b"]);
});

test("taking over: the first saves what was typed, lets go, and the second goes on from there", async () => {
  newBrowser();
  const first = await started();
  const second = await started();
  write(first, "typed just now");
  const began = performance.now();
  await second.takeOver();
  expect(performance.now() - began).toBeLessThan(900);
  expect([first.role.value, second.role.value]).toEqual(["follower", "writer"]);
  expect(texts(second.plan.value)).toEqual(["typed just now"]);
  write(first, "no");
  write(second, "yes");
  await second.flush();
  await until(() => texts(first.plan.value).length === 2, "the first follows");
  expect(await onDisk()).toEqual(["typed just now", "yes"]);
  await first.takeOver();
  write(first, "back");
  await first.flush();
  expect(await onDisk()).toEqual(["typed just now", "yes", "back"]);
});

test("of three tabs the one that asked writes, not the one that waited longest", async () => {
  newBrowser();
  const tabs = [await started(), await started(), await started()];
  await tabs[2]!.takeOver();
  expect(tabs.map((tab) => tab.role.value)).toEqual(["follower", "follower", "writer"]);
});

test("when the writing tab is closed, a waiting one reads anew and writes", async () => {
  const browser = newBrowser();
  const first = await started();
  const second = await started();
  write(first, "a");
  await first.flush();
  browser.locks?.close();
  await until(() => second.role.value === "writer");
  write(second, "b");
  await second.flush();
  expect(await onDisk()).toEqual(["a", "b"]);
});

test("a tab that does not answer loses the lock after a second, stops, and what it held is not lost", async () => {
  newBrowser();
  const frozen = await started();
  write(frozen, "a");
  await frozen.flush();
  let isFrozen = true;
  const second = await started();
  const real = globalThis.BroadcastChannel.prototype.postMessage;
  vi.spyOn(BroadcastChannel.prototype, "postMessage").mockImplementation(function (
    this: BroadcastChannel,
    message,
  ) {
    if (!(isFrozen && (message as { type: string }).type === "release")) real.call(this, message);
  });
  failWrites(() => (isFrozen ? new DOMException("", "QuotaExceededError") : null));
  write(frozen, "held in memory");
  await until(() => frozen.saved.value === "failed");
  await second.takeOver();
  isFrozen = false;
  expect([frozen.role.value, frozen.saved.value]).toEqual(["follower", "failed"]);
  expect(frozen.failure.value).toBe("changed_elsewhere");
  write(second, "b");
  await second.flush();
  await pause(3200);
  expect(await onDisk()).toEqual(["a", "b"]);
  expect(texts(frozen.plan.value)).toEqual(["a", "held in memory"]);
  await frozen.takeOver();
  await until(isSaved(frozen));
  expect(((await onDisk()) as string[]).sort()).toEqual(["a", "b", "held in memory"]);
});

test("without Web Locks two tabs that both write lose nothing of each other", async () => {
  newBrowser({ hasLocks: false });
  const first = await started();
  const second = await started();
  expect([first.role.value, second.role.value]).toEqual(["writer", "writer"]);
  write(first, "a");
  write(second, "b");
  write(first, "c");
  await until(async () => ((await onDisk()) as string[]).length === 3, "all three on disk");
  expect(((await onDisk()) as string[]).sort()).toEqual(["a", "b", "c"]);
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
  expect((await whatLies()).aside).toEqual(plan);
  write(tab, "new");
  await until(isSaved(tab));
  expect(await onDisk()).toEqual(["new"]);
  expect((await whatLies()).aside).toEqual(plan);
});

test("a slot of a newer version closes the plan for writing, though the older slot opens", async () => {
  const browser = newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  browser.locks?.close();
  const { take } = { take: (await whatLies()).plan?.[0] as Kept };
  const newer = { ...take, slot: 1, revision: 9, envelope: take.envelope.slice() };
  newer.envelope[5] = 99; // a kind that is not known yet
  newer.checksum = new Uint8Array(await crypto.subtle.digest("SHA-256", newer.envelope));
  await tamper("plan", (store) => store.put(newer));
  const later = await started();
  expect(texts(later.plan.value)).toEqual(["a"]);
  write(later, "b");
  await until(isSaved(later));
  expect((await whatLies()).aside).toHaveLength(1);
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

test("after the page comes back from the back-forward cache it reads anew", async () => {
  newBrowser();
  const first = await started();
  const second = await started();
  write(first, "a");
  await first.flush();
  await until(() => texts(second.plan.value).length === 1, "follows");
  const post = vi
    .spyOn(BroadcastChannel.prototype, "postMessage")
    .mockImplementation(() => undefined);
  write(first, "b");
  await first.flush();
  expect(texts(second.plan.value)).toEqual(["a"]);
  second.page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  await until(() => texts(second.plan.value).length === 2, "read anew");
  post.mockRestore();
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
