// The plan box for who writes: two slots in turn, so that one whole plan is readable at any moment.
import type { Plan } from "../core/plan";
import { Refused } from "../core/refused";
import { sealOnDevice } from "../crypto/device-seal";
import { sha256 } from "../crypto/primitives";
import { DEVICE_KEY, readDeviceKey, readLast, readSlots, readStores } from "./box-stores";
import type { Kept, Piece } from "./box-stores";
import { completed, STORES, VERSION } from "./connection";
import { asked, codeOf } from "./database";
import { checksumOf, openBox } from "./read-plan";

const ASIDE = 5; // how many that would not open are kept
const REMEMBERED = 100; // revision numbers kept to notice another tab's saves

/** What the next save builds on. */
export interface Head {
  /** The highest revision number ever used here; 0 before the first. */
  revision: number;
  object: Uint8Array;
  /** SHA-256 of the envelope that was read or written last. */
  parent: Uint8Array;
  /** Where the next save goes: never the slot that holds the good copy. */
  nextSlot: 0 | 1;
  /** What lies in the next slot and would not open: kept aside before it is written over. */
  damaged: unknown[];
}

export type Found =
  | { state: "none"; /** of a plan that was set aside */ key: CryptoKey | undefined }
  | { state: "open"; plan: Plan; key: CryptoKey; head: Head; /** of a newer slot */ code?: string }
  | { state: "unreadable"; code: string };

/** A save made ready: nothing is left to wait for but the transaction. */
export interface Ready {
  kept: Kept;
  /** What it was built on, and what the save after it builds on. */
  head: Head;
  next: Head;
  /** A key drawn just now, kept with this save. */
  newKey: CryptoKey | null;
}

/** The newest plan that holds; nothing is written. Rejects when the store does not answer. */
export async function readBox(db: IDBDatabase): Promise<Found> {
  if (db.version > VERSION) throw new Refused("database_newer");
  const stores = await readStores(db);
  const opened = await openBox(stores);
  const key = stores.key as CryptoKey;
  if (opened.state === "none") return { state: "none", key };
  if (opened.state === "unreadable") return opened;
  const { kept, ...rest } = opened;
  const revision = Math.max(stores.last, kept.revision);
  const damaged = rest.code ? stores.slots.filter((one) => one !== kept) : [];
  return { ...rest, key, head: { ...(await headOn(kept)), revision, damaged } };
}

/** Where a plan begins: nothing kept yet. */
export function firstHead(object: Uint8Array): Head {
  return { revision: 0, object, parent: new Uint8Array(32), nextSlot: 0, damaged: [] };
}

async function headOn({ slot, revision, object, envelope }: Kept): Promise<Head> {
  const parent = await sha256(envelope);
  return { revision, object, parent, nextSlot: slot ? 0 : 1, damaged: [] };
}

/** Seals the plan's bytes as the next revision after `head`. */
export async function madeReady(
  key: CryptoKey,
  head: Head,
  plaintext: Uint8Array,
  isNewKey: boolean,
): Promise<Ready> {
  const { object, parent, nextSlot: slot } = head;
  const revision = head.revision + 1;
  const sealed = await sealOnDevice(key, { object, revision, parent }, plaintext);
  const kept: Kept = { slot, revision, object, ...sealed, checksum: await checksumOf(sealed) };
  return { kept, head, next: await headOn(kept), newKey: isNewKey ? key : null };
}

/**
 * Sealed before, then one transaction. Resolves when the plan is on disk; rejects with Refused and
 * leaves everything as it was: `changed_elsewhere` when another tab saved since, `quota`, …
 *
 * Everything is asked for, the commit too, before this returns: a page may be gone right after,
 * and a browser drops a transaction that still waits for its page (seen). The guard therefore
 * needs no answer: a revision number can be added only once.
 */
export function savePlan(db: IDBDatabase, ready: Ready): Promise<void> {
  let transaction: IDBTransaction | undefined;
  try {
    transaction = begun(db);
    const done = completed(transaction);
    const trim = (): unknown => ready.head.damaged.length && trimAside(begun(db));
    done.then(trim).catch(() => undefined);
    put(transaction, ready);
    transaction.commit?.();
    return done;
  } catch (error) {
    try {
      transaction?.abort(); // or what was asked for so far would be kept by itself
    } catch {
      // already ended: there is nothing to undo
    }
    return Promise.reject(new Refused(codeOf(error)));
  }
}

/** Refuses with `changed_elsewhere` what was not built on the newest revision that lies there. */
export async function checkBase(db: IDBDatabase, { head }: Ready): Promise<void> {
  const last = await readLast(db.transaction("revisions"));
  if (last !== head.revision) throw new Refused("changed_elsewhere");
}

/** Keeps both slots aside and empties them, so that a new plan can begin. */
export async function setAside(db: IDBDatabase): Promise<void> {
  const transaction = begun(db);
  const done = completed(transaction);
  for (const slot of await readSlots(transaction)) transaction.objectStore("aside").add(slot);
  if (!(await readDeviceKey(transaction))) transaction.objectStore("keys").clear();
  transaction.objectStore("plan").clear();
  transaction.objectStore("revisions").clear();
  await trimAside(transaction);
  return done;
}

function begun(db: IDBDatabase): IDBTransaction {
  if (db.version > VERSION) throw new Refused("database_newer");
  return db.transaction(STORES, "readwrite", { durability: "strict" });
}

function put(transaction: IDBTransaction, { kept, head, newKey }: Ready): void {
  const { more, ...first } = kept;
  const [revisions, plan] = [transaction.objectStore("revisions"), transaction.objectStore("plan")];
  // Never over another key: the whole transaction is undone (`changed_elsewhere`) instead.
  if (newKey) transaction.objectStore("keys").add(newKey, DEVICE_KEY);
  for (const one of head.damaged) transaction.objectStore("aside").add(one);
  revisions.add(true, first.revision);
  revisions.delete(IDBKeyRange.upperBound(first.revision - REMEMBERED));
  // The slot's record and, each in one of its own, its further pieces; none of the former ones stay.
  plan.delete(IDBKeyRange.bound([first.slot], [first.slot, []]));
  plan.put(first);
  for (const [at, envelope] of more.entries())
    plan.put({ slot: [first.slot, at + 1], envelope } satisfies Piece);
}

/** In a transaction of its own, or at the end of another. */
async function trimAside(transaction: IDBTransaction): Promise<void> {
  const aside = transaction.objectStore("aside");
  for (const key of (await asked(aside.getAllKeys())).slice(0, -ASIDE)) aside.delete(key);
}
