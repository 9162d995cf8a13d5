// Writing to the plan box: sealed first, then one transaction that holds or changes nothing.
import { Refused } from "../core/refused";
import { sealOnDevice } from "../crypto/device-seal";
import { sha256 } from "../crypto/primitives";
import { checksumOf } from "./box-open";
import { completed, STORES, VERSION } from "./connection";
import { asked, codeOf } from "./database";
import { keepDeviceKey, readDeviceKey } from "./device-key";
import { slotsOf, type Kept, type Piece } from "./box-stores";
import type { Head } from "./plan-box";

const ASIDE = 5; // how many that would not open are kept
const REMEMBERED = 100; // revision numbers kept to notice another tab's saves

/** A save made ready: nothing is left to wait for but the transaction. */
export interface Ready {
  kept: Kept;
  /** The revision it was built on; 0 for the first. */
  base: number;
  damaged: unknown[];
  /** A key drawn just now, kept with this save. */
  newKey: CryptoKey | null;
  /** What the save after this one builds on. */
  next: Head;
}

/** Where a plan begins: nothing kept yet. */
export function firstHead(object: Uint8Array): Head {
  return { revision: 0, object, parent: new Uint8Array(32), nextSlot: 0, damaged: [] };
}

/** Seals the plan's bytes as the next revision after `head`. */
export async function madeReady(
  key: CryptoKey,
  head: Head,
  plaintext: Uint8Array,
  isNewKey: boolean,
): Promise<Ready> {
  const { object, damaged, nextSlot: slot } = head;
  const revision = head.revision + 1;
  const sealed = await sealOnDevice(key, { object, revision, parent: head.parent }, plaintext);
  const kept: Kept = { slot, revision, object, ...sealed, checksum: await checksumOf(sealed) };
  const parent = await sha256(sealed.envelope);
  const next: Head = { revision, object, parent, nextSlot: slot ? 0 : 1, damaged: [] };
  return { kept, base: head.revision, damaged, newKey: isNewKey ? key : null, next };
}

/**
 * Resolves when the plan is on disk; rejects with Refused and leaves everything as it was:
 * `changed_elsewhere` when another tab saved since, `quota`, `database_closed`, …
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
    const trim = (): unknown => ready.damaged.length && trimAside(begun(db));
    done.then(trim).catch(() => undefined);
    put(transaction, ready);
    transaction.commit?.();
    return done;
  } catch (error) {
    if (transaction) abort(transaction); // or what was asked for so far would be kept by itself
    return Promise.reject(new Refused(codeOf(error)));
  }
}

/** Refuses with `changed_elsewhere` what was not built on the newest revision that lies there. */
export async function checkBase(db: IDBDatabase, { base }: Ready): Promise<void> {
  try {
    const revisions = db.transaction("revisions").objectStore("revisions");
    const last = Number((await asked(revisions.openKeyCursor(null, "prev")))?.key ?? 0);
    if (last !== base) throw new Refused("changed_elsewhere");
  } catch (error) {
    throw new Refused(codeOf(error));
  }
}

/** Keeps both slots aside and empties them, so that a new plan can begin. */
export async function setAside(db: IDBDatabase): Promise<void> {
  const transaction = begun(db);
  const done = completed(transaction);
  const records = await asked<(Kept | Piece)[]>(transaction.objectStore("plan").getAll());
  for (const slot of slotsOf(records)) transaction.objectStore("aside").add(slot);
  if (!(await readDeviceKey(transaction))) transaction.objectStore("keys").clear();
  transaction.objectStore("plan").clear();
  transaction.objectStore("revisions").clear();
  await trimAside(transaction);
  return done;
}

function begun(db: IDBDatabase): IDBTransaction {
  try {
    if (db.version > VERSION) throw new Refused("database_newer");
    return db.transaction([...STORES], "readwrite", { durability: "strict" });
  } catch (error) {
    throw new Refused(codeOf(error));
  }
}

function put(transaction: IDBTransaction, { kept, damaged, newKey }: Ready): void {
  const revisions = transaction.objectStore("revisions");
  if (newKey) keepDeviceKey(transaction, newKey);
  for (const one of damaged) transaction.objectStore("aside").add(one);
  revisions.add(true, kept.revision);
  revisions.delete(IDBKeyRange.upperBound(kept.revision - REMEMBERED));
  putSlot(transaction.objectStore("plan"), kept);
}

/** The slot's record and, each in one of its own, its further pieces; none of the former ones stay. */
function putSlot(plan: IDBObjectStore, { more, ...first }: Kept): void {
  plan.delete(IDBKeyRange.bound([first.slot], [first.slot, []]));
  plan.put({ ...first });
  for (const [at, envelope] of more.entries())
    plan.put({ slot: [first.slot, at + 1], envelope } satisfies Piece);
}

/** In a transaction of its own, or at the end of another. */
async function trimAside(transaction: IDBTransaction): Promise<void> {
  const aside = transaction.objectStore("aside");
  const keys = await asked(aside.getAllKeys());
  for (const key of keys.slice(0, Math.max(0, keys.length - ASIDE))) aside.delete(key);
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // already ended: there is nothing to undo
  }
}
