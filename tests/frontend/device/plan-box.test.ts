// The plan box: whatever happens, one whole plan can be read, and what cannot is never lost.
import { beforeEach, expect, test } from "vitest";
import { emptyPlan, type Plan } from "../../../frontend/src/core/plan";
import { planJson } from "../../../frontend/src/core/plan-json";
import { Refused } from "../../../frontend/src/core/refused";
import { toUtf8 } from "../../../frontend/src/crypto/bytes";
import { drawDeviceKey } from "../../../frontend/src/crypto/device-seal";
import { closeDatabase, database } from "../../../frontend/src/device/database";
import { readBox, type Found, type Head, type Kept } from "../../../frontend/src/device/plan-box";
import { readPlan } from "../../../frontend/src/device/read-plan";
import * as box from "../../../frontend/src/device/save-plan";
import { freshDatabase, tamper, whatLies } from "./fake-browser";

const object = new Uint8Array(16).fill(3);
let key: CryptoKey;

beforeEach(async () => {
  closeDatabase();
  freshDatabase();
  key = await drawDeviceKey();
});

const planNamed = (name: string): Plan => ({ ...emptyPlan(), name }) as Plan;
const nameOf = (found: Found): unknown =>
  found.state === "open" ? (found.plan as unknown as { name: string }).name : found;
const db = async (): Promise<IDBDatabase> => (await database(true)) as IDBDatabase;
const look = async (): Promise<Found> => readBox(await db());
const bytesOf = (name: string): Uint8Array => toUtf8(planJson(planNamed(name)));

async function save(head: Head, name: string): Promise<Head> {
  const ready = await box.madeReady(key, head, bytesOf(name), !head.revision);
  await box.savePlan(await db(), ready);
  return ready.next;
}

async function saved(...names: string[]): Promise<Head> {
  let head = box.firstHead(object);
  for (const name of names) head = await save(head, name);
  return head;
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof Refused ? error.code : error),
  );

async function rot(slot: number, change: (kept: Kept) => void): Promise<void> {
  const kept = (await whatLies()).plan?.find((one) => (one as Kept).slot === slot) as Kept;
  change(kept);
  await tamper("plan", (store) => store.put(kept));
}

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

/** Which steps of a save can be cut: before each request that it makes, and before its end. */
const STEPS = ["openKeyCursor", "add", "delete", "put", "complete"];

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
  expect((await whatLies()).aside).toEqual(plan);
  expect(await look()).toMatchObject({ state: "none", key: { extractable: false } });
});

test("a save on something older than what lies there is refused and changes nothing", async () => {
  const old = await saved("one");
  await save(old, "two");
  const before = await whatLies();
  expect(await codeOf(save(old, "late"))).toBe("changed_elsewhere");
  expect(await codeOf(save(box.firstHead(object), "first"))).toBe("changed_elsewhere");
  expect(await whatLies()).toEqual(before);
});

test("the same, when the page is going away", async () => {
  const old = await saved("one");
  await save(old, "two");
  const late = await box.madeReady(key, old, bytesOf("late"), false);
  expect(await codeOf(box.savePlanAtOnce(await db(), late))).toBe("changed_elsewhere");
  expect(nameOf(await look())).toBe("two");
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
  const done = box.savePlanAtOnce(watched, ready);
  expect(asked).toEqual(["readwrite strict", "commit"]);
  await done;
  expect(nameOf(await look())).toBe("last");
});

test("a save that held but was told as failed is no conflict when it is tried again", async () => {
  const ready = await box.madeReady(key, await saved("one"), bytesOf("two"), false);
  await box.savePlan(await db(), ready);
  await box.savePlan(await db(), ready);
  expect(nameOf(await look())).toBe("two");
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

test("a plan far over 256 KiB is kept and read", async () => {
  const long = "ä".repeat(400_000);
  await saved(long);
  expect(nameOf(await look())).toBe(long);
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
