// Saving to the plan box: cut at any step, the former plan is there; a stale save changes nothing.
import { beforeEach, expect, test } from "vitest";
import { Refused } from "../../../frontend/src/core/refused";
import { drawDeviceKey } from "../../../frontend/src/crypto/device-seal";
import { type Head } from "../../../frontend/src/device/save-plan";
import * as box from "../../../frontend/src/device/save-plan";
import { tamper, whatLies } from "./fake-browser";
import { bytesOf, codeOf, db, freshBox, key, look, nameOf, object, save, saved } from "./boxes";

beforeEach(freshBox);

/** Which steps of a save can be cut: before each request that it makes, and before its end. */
const STEPS = ["add", "delete", "put", "complete"];

/** Cuts the power at a step: the transaction is undone as a browser that died would leave it. */
async function cutAt(step: string, head: Head, write: typeof box.savePlan): Promise<unknown> {
  const real = await db();
  const cut = new Proxy(real, {
    get(target, name) {
      if (name !== "transaction") return Reflect.get(target, name);
      return (stores: string[], mode: IDBTransactionMode) => {
        const transaction = target.transaction(stores, mode);
        return step === "complete" ? dyingAtTheEnd(transaction) : dyingAt(step, transaction);
      };
    },
  });
  return codeOf(write(cut, await box.madeReady(key, head, bytesOf("new"), false)));
}

const bound = (of: object, name: string | symbol): unknown => {
  const found: unknown = Reflect.get(of, name);
  return typeof found === "function" ? found.bind(of) : found;
};

function dyingAtTheEnd(transaction: IDBTransaction): IDBTransaction {
  return new Proxy(transaction, {
    set: (of, name, to) => Reflect.set(of, name, to),
    get(of, name) {
      if (name === "commit") return () => undefined;
      if (name !== "objectStore") return bound(of, name);
      return (store: string) =>
        new Proxy(of.objectStore(store), {
          get: (inner, call) =>
            call !== "put"
              ? bound(inner, call)
              : (value: unknown) => {
                  const request = inner.put(value);
                  request.onsuccess = () => of.abort();
                  return request;
                },
        });
    },
  });
}

function dyingAt(step: string, transaction: IDBTransaction): IDBTransaction {
  return new Proxy(transaction, {
    set: (of, name, to) => Reflect.set(of, name, to),
    get(of, name) {
      if (name !== "objectStore") return bound(of, name);
      return (store: string) =>
        new Proxy(of.objectStore(store), {
          get(inner, call) {
            if (call === step) of.abort();
            return bound(inner, call);
          },
        });
    },
  });
}

test.each(STEPS)(
  "a save cut at its %s leaves the former revision, and the next save works",
  async (step) => {
    const head = await saved("one", "two");
    expect(await cutAt(step, head, box.savePlan)).toBeTypeOf("string");
    expect(nameOf(await look())).toBe("two");
    await save(head, "three");
    expect(nameOf(await look())).toBe("three");
  },
);

test("control: a box that writes both slots, each in its own transaction, loses the plan when cut", async () => {
  const head = await saved("one", "two");
  const writeBoth: typeof box.savePlan = async (to, ready) => {
    for (const slot of [0, 1] as const) {
      const transaction = to.transaction(["plan"], "readwrite");
      const half = { ...ready.kept, slot, envelope: ready.kept.envelope.slice(0, 100) }; // torn
      transaction.objectStore("plan").put(half);
      await new Promise((resolve) => (transaction.oncomplete = resolve));
    }
    throw new Refused("cut");
  };
  await cutAt("none", head, writeBoth);
  expect(await look()).toMatchObject({ state: "unreadable" });
});

test("a save on something older than what lies there is refused and changes nothing", async () => {
  const old = await saved("one");
  await save(old, "two");
  const before = await whatLies();
  expect(await codeOf(save(old, "late"))).toBe("changed_elsewhere");
  expect(await codeOf(save(box.firstHead(object), "first"))).toBe("changed_elsewhere");
  expect(await whatLies()).toEqual(before);
});

test("what was built on anything but the newest is refused before it is tried", async () => {
  const head = await saved("one");
  const ready = await box.madeReady(key, head, bytesOf("two"), false);
  expect(await codeOf(box.checkBase(await db(), ready))).toBe(null);
  await save(head, "other");
  expect(await codeOf(box.checkBase(await db(), ready))).toBe("changed_elsewhere");
  await tamper("revisions", (store) => store.clear());
  expect(await codeOf(box.checkBase(await db(), ready))).toBe("changed_elsewhere");
});

test("a save that cannot be asked for whole is not kept in part", async () => {
  const head = await saved("one");
  const before = await whatLies();
  const ready = await box.madeReady(key, head, bytesOf("two"), false);
  Object.assign(ready.kept, { envelope: () => "what no store can hold" });
  expect(await codeOf(box.savePlan(await db(), ready))).toBe("database_failed");
  expect(await whatLies()).toEqual(before);
});

test("a save at the last moment has asked for everything before it returns", async () => {
  const head = await saved("one");
  const ready = await box.madeReady(key, head, bytesOf("last"), false);
  const asked: string[] = [];
  const real = await db();
  const watched = new Proxy(real, {
    get(of, name) {
      if (name !== "transaction") return bound(of, name);
      return (...given: Parameters<IDBDatabase["transaction"]>) => {
        const transaction = of.transaction(...given);
        asked.push(`${String(given[1])} ${given[2]?.durability}`);
        transaction.commit = () => void asked.push("commit");
        return transaction;
      };
    },
  });
  const done = box.savePlan(watched, ready);
  expect(asked).toEqual(["readwrite strict", "commit"]);
  await done;
  expect(nameOf(await look())).toBe("last");
});

test("a device key is never written over", async () => {
  await saved("one");
  await tamper("revisions", (store) => store.clear());
  await tamper("plan", (store) => store.clear());
  const other = await box.madeReady(
    await drawDeviceKey(),
    box.firstHead(object),
    bytesOf("x"),
    true,
  );
  expect(await codeOf(box.savePlan(await db(), other))).toBe("changed_elsewhere");
});

test("a full disk is told as quota", async () => {
  const full = new DOMException("full", "QuotaExceededError");
  const to = {
    version: 1,
    transaction: () => {
      throw full;
    },
  } as unknown as IDBDatabase;
  const ready = await box.madeReady(key, box.firstHead(object), bytesOf("x"), true);
  expect(await codeOf(box.savePlan(to, ready))).toBe("quota");
});
