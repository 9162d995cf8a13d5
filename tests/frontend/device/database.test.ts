// The database: it opens, ends and goes away as told, and what fails is said within two seconds.
import { beforeEach, expect, test, vi } from "vitest";
import { Refused } from "../../../frontend/src/core/refused";
import {
  closeDatabase,
  database,
  STORES,
  whenDatabaseEnds,
} from "../../../frontend/src/device/connection";
import { eraseDatabase, eraseEverything } from "../../../frontend/src/device/erase";
import { KEPT } from "../../../frontend/src/device/kept";
import { readPlan } from "../../../frontend/src/device/read-plan";
import { asPromise, freshDatabase, whatLies } from "./fake-browser";

beforeEach(() => {
  vi.unstubAllGlobals();
  closeDatabase();
  freshDatabase();
});

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof Refused ? error.code : error),
  );

test("a database that never answers is told of within two seconds", async () => {
  vi.stubGlobal("indexedDB", { open: () => ({}) });
  const began = performance.now();
  expect(await readPlan()).toEqual({
    state: "unavailable",
    code: "database_slow",
  });
  expect(performance.now() - began).toBeLessThan(2000);
});

test("a database that opens and never reads is told of within two seconds", async () => {
  const store = {
    get: () => ({}),
    getAll: () => ({}),
    openKeyCursor: () => ({}),
  };
  const result = {
    transaction: () => ({ objectStore: () => store }),
    close: () => undefined,
  };
  vi.stubGlobal("indexedDB", {
    open() {
      const request = { result, onsuccess: () => undefined };
      setTimeout(() => request.onsuccess());
      return request;
    },
  });
  const began = performance.now();
  expect(await readPlan()).toEqual({
    state: "unavailable",
    code: "database_slow",
  });
  expect(performance.now() - began).toBeLessThan(2000);
});

test.each([
  ["no IndexedDB at all", undefined, "no_database"],
  [
    "one that may not be used",
    {
      open: () => {
        throw new DOMException("", "SecurityError");
      },
    },
    "no_database",
  ],
  [
    "one that throws",
    {
      open: () => {
        throw new Error("broken");
      },
    },
    "database_failed",
  ],
])("%s is unavailable, with a code", async (_, stub, code) => {
  vi.stubGlobal("indexedDB", stub);
  if (!stub) Reflect.deleteProperty(globalThis, "indexedDB");
  expect(await readPlan()).toEqual({ state: "unavailable", code });
});

test("a newer version's database is not opened for writing", async () => {
  (await asPromise(indexedDB.open("keel", 2))).close();
  expect(await codeOf(database(true))).toBe("database_newer");
});

test("we let go when another tab erases or upgrades, and say which", async () => {
  const ended: string[] = [];
  whenDatabaseEnds((why) => ended.push(why));
  await database(true);
  await asPromise(indexedDB.deleteDatabase("keel"));
  await database(true);
  (await asPromise(indexedDB.open("keel", 2))).close();
  expect(ended).toEqual(["erased", "newer"]);
});

test("a connection that the browser closed is opened anew", async () => {
  const first = await database(true);
  first?.close();
  first?.onclose?.(new Event("close"));
  const second = await database(false);
  expect(second).not.toBe(first);
  expect(second?.transaction("plan")).toBeTruthy();
});

test("erased: the database is gone", async () => {
  const db = await database(true);
  db?.transaction("keys", "readwrite").objectStore("keys").put("secret", "device");
  await eraseDatabase();
  expect(await indexedDB.databases()).toEqual([]);
});

test("a tab that will not let go: the stores are empty all the same", async () => {
  const db = (await database(true)) as IDBDatabase;
  const stubborn = await asPromise(indexedDB.open("keel"));
  db.transaction("keys", "readwrite").objectStore("keys").put("secret", "device");
  await eraseDatabase();
  const left = await asPromise(stubborn.transaction("keys").objectStore("keys").getAll());
  expect(left).toEqual([]);
  stubborn.close();
});

/** Caches and workers as far as erasing sees them. */
function stubRest(names: string[], canUnregister = true): { caches: Set<string>; workers: number } {
  const there = { caches: new Set(names), workers: 1 };
  vi.stubGlobal("caches", {
    keys: async () => [...there.caches],
    delete: async (name: string) => there.caches.delete(name),
  });
  const unregister = async (): Promise<boolean> => {
    if (canUnregister) there.workers = 0;
    return canUnregister;
  };
  vi.stubGlobal("navigator", {
    serviceWorker: { getRegistrations: async () => [{ unregister }] },
  });
  return there;
}

test("everything goes: database, our caches, the worker; another app's cache stays", async () => {
  await database(true);
  const there = stubRest(["keel-abc", "keel-def", "other"]);
  expect(await eraseEverything()).toEqual([]);
  expect(await indexedDB.databases()).toEqual([]);
  expect(there).toEqual({ caches: new Set(["other"]), workers: 0 });
});

test("the worker goes and is told before its cache does, or it would fill that again", async () => {
  const happened: string[] = [];
  const active = { postMessage: (words: string) => happened.push(words) };
  const unregister = async () => happened.push("unregistered") > 0;
  vi.stubGlobal("navigator", {
    serviceWorker: { getRegistrations: async () => [{ active, unregister }] },
  });
  const names = ["keel-abc"];
  vi.stubGlobal("caches", {
    keys: async () => [...names],
    delete: async () => happened.push("cache") > 0 && Boolean(names.pop()),
  });
  expect(await eraseEverything()).toEqual([]);
  expect(happened).toEqual(["unregistered", "erased", "cache"]);
});

test("a cache that the worker deleted just before is gone; one that stays is told", async () => {
  const there = stubRest(["keel-abc"]);
  const lost = async (name: string) => !there.caches.delete(name); // false, as if it were not there
  vi.stubGlobal("caches", {
    keys: async () => [...there.caches],
    delete: lost,
  });
  expect(await eraseEverything()).toEqual([]);
  vi.stubGlobal("caches", {
    keys: async () => ["keel-abc"],
    delete: async () => true,
  });
  expect(await eraseEverything()).toEqual(["cache keel-"]);
});

test("what could not be erased is named, and the rest goes all the same", async () => {
  const there = stubRest(["keel-abc"], false);
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new Error("broken");
    },
    deleteDatabase: () => {
      throw new Error("broken");
    },
  });
  expect(await eraseEverything()).toEqual(["database keel", "worker /"]);
  expect(there.caches.size).toBe(0);
});

test("the list of what is kept names exactly the stores that there are", async () => {
  await database(true);
  const listed = KEPT.filter(({ where }) => where === "store").map(({ name }) => name);
  expect(listed).toEqual([...STORES]);
  expect(Object.keys(await whatLies()).sort()).toEqual([...listed].sort());
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(
    KEPT.filter(({ where }) => where === "database").map(({ name }) => name),
  );
});
