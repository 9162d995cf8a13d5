// A write that never ends: told as it is, and no word of saving comes back before it has ended.
import { afterEach, expect, test, vi } from "vitest";
import { isSaved, newBrowser, onDisk, pause, started, until, write } from "./tabs";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** No write is told as ended until `end` is called, for the last of them; null before the first. */
function holdBack() {
  const real = IDBDatabase.prototype.transaction;
  const slow = vi.spyOn(IDBDatabase.prototype, "transaction");
  const held = { slow, end: null as (() => void) | null };
  slow.mockImplementation(function (this: IDBDatabase, ...given) {
    const transaction = real.apply(this, given);
    const late = (to: IDBTransaction["oncomplete"]) =>
      (held.end = () => to?.call(transaction, new Event("complete")));
    if (given[1] === "readwrite") Object.defineProperty(transaction, "oncomplete", { set: late });
    return transaction;
  });
  return held;
}

test("a write that does not end is told, and typing on does not bring back the word saving", async () => {
  newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  const held = holdBack();
  write(tab, "b");
  await pause(3400);
  expect([tab.saved.value, tab.failure.value]).toEqual(["failed", "database_slow"]);
  write(tab, "c");
  await pause(400);
  expect([tab.saved.value, tab.failure.value]).toEqual(["failed", "database_slow"]);
  held.slow.mockRestore();
  held.end!();
  await until(isSaved(tab));
  expect(await onDisk()).toEqual(["a", "b", "c"]);
});

test("a last write on pagehide that does not end is told when the page comes back", async () => {
  newBrowser();
  const tab = await started();
  write(tab, "a");
  await tab.flush();
  const real = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...given
  ) {
    const transaction = real.apply(this, given);
    if (given[1] === "readwrite") Object.defineProperty(transaction, "oncomplete", { set() {} });
    return transaction;
  });
  write(tab, "b");
  await pause(50);
  tab.page.dispatchEvent(new Event("pagehide"));
  await pause(3400);
  expect([tab.saved.value, tab.failure.value]).toEqual(["failed", "database_slow"]);
});

test("a write that ends after everything was erased says nothing", async () => {
  newBrowser();
  const tab = await started();
  const other = await started();
  write(tab, "a");
  await tab.flush();
  const held = holdBack();
  write(tab, "b");
  await until(() => held.end !== null, "the write began");
  held.slow.mockRestore();
  await other.deleteEverything();
  await pause(100); // it is told twice
  expect(tab.opening.value).toBe("none");
  held.end!();
  await pause(20);
  expect(tab.saved.value).toBe("nothing");
});
