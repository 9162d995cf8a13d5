// When it is saved: soon after typing, whole at the end, tried again when it fails, and never claimed early.
import { afterEach, expect, test, vi } from "vitest";
import { setField } from "../../../frontend/src/core/plan-edit";
import { itemsIn } from "../../../frontend/src/core/plan";
import type { Kept } from "../../../frontend/src/device/box-stores";
import { freshDatabase, whatLies } from "../device/fake-browser";
import {
  failWrites,
  isSaved,
  newBrowser,
  onDisk,
  pause,
  started,
  texts,
  type Tab,
  until,
  write,
} from "./tabs";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
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
  let isWritten = false;
  failWrites(() => {
    if (!isWritten) queueMicrotask(() => write(tab, "b"));
    isWritten = true;
    return null;
  });
  tab.saved.subscribe((now) => isWritten && states.push(now));
  await until(isSaved(tab));
  expect(states.length).toBeGreaterThan(2);
  expect(states.slice(0, -1)).not.toContain("saved");
  expect(await onDisk()).toEqual(["a", "b"]);
});

/** Types, waits until it is sealed, and leaves; false if a slow machine let the save begin first. */
async function leftInTime(tab: Tab, event: string, text: string): Promise<boolean> {
  await tab.flush();
  const begun: unknown[] = [];
  const real = IDBDatabase.prototype.transaction;
  const watch = vi.spyOn(IDBDatabase.prototype, "transaction");
  watch.mockImplementation(function (this: IDBDatabase, ...given) {
    begun.push(given[1]);
    return real.apply(this, given);
  });
  write(tab, text);
  await pause(50); // its save would begin at 100 ms
  const isEarly = begun.length === 0;
  tab.page.dispatchEvent(new Event(event));
  const atOnce = [...begun];
  watch.mockRestore();
  if (isEarly) expect(atOnce).toEqual(["readwrite"]);
  return isEarly;
}

test.each(["pagehide", "visibilitychange"])(
  "on %s what is sealed is written without waiting",
  async (event) => {
    newBrowser();
    const tab = await started();
    write(tab, "a");
    Object.assign(tab.page, { hidden: true });
    let tries = 0;
    while (!(await leftInTime(tab, event, "b"))) expect(++tries).toBeLessThan(20);
    await until(isSaved(tab));
    expect(((await onDisk()) as string[]).length).toBe(tries + 2);
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

// Its control was met, not planted: a save that waited for a write other than the newest spun for ever.
test("leaving again and again while saves are under way neither hangs nor loses", async () => {
  newBrowser();
  const tab = await started();
  let count = 0;
  const more = (wait: number): void => {
    if (count < 60) write(tab, String(count++));
    setTimeout(() => tab.page.dispatchEvent(new Event("pagehide")), wait);
  };
  failWrites(() => {
    if (count < 60) for (const wait of [0, 1, 3, 5]) setTimeout(more, wait, wait);
    return null;
  });
  more(0);
  await until(() => count === 60 && tab.saved.value === "saved", "all saved");
  expect(await onDisk()).toEqual(Array.from({ length: 60 }, (_, i) => String(i)));
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

test("a key that could not be drawn at first is drawn with the next try", async () => {
  newBrowser();
  const tab = await started();
  const draw = vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new Error("not now"));
  write(tab, "a");
  await until(() => tab.saved.value === "failed");
  draw.mockRestore();
  write(tab, "b");
  await until(isSaved(tab));
  expect(await onDisk()).toEqual(["a", "b"]);
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
  freshDatabase(); // an empty disk, and no event said so
  const { closeDatabase } = await import("../../../frontend/src/device/connection");
  closeDatabase();
  write(tab, "b");
  await until(isSaved(tab));
  expect(await onDisk()).toEqual(["a", "b"]);
});

test("a flush goes on past a reading that comes between: what was typed is on disk when it ends", async () => {
  newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  tab.page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  const real = crypto.subtle.encrypt.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, "encrypt").mockImplementation(async (...given) => {
    await pause(50); // by then it has read
    return real(...given);
  });
  write(tab, "b");
  await tab.flush();
  expect(await onDisk()).toEqual(["a", "b"]);
});
