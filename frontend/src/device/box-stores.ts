// What lies in the plan box, read in one transaction as it is: nothing is opened here.
import type { Sealed } from "../crypto/device-open";
import { asked, openDatabase, soon } from "./database";

/** Of the store "keys": drawn with the first save, kept as a key that no page can read out. */
export const DEVICE_KEY = "device";

/** One slot of the store "plan", where `more` lies piece by piece: see `Piece`. */
export interface Kept extends Sealed {
  slot: 0 | 1;
  revision: number;
  /** The plan's own 16 random bytes. */
  object: Uint8Array;
  /** SHA-256 of all the sealed bytes, one after another: tells rotten bytes from a wrong key. */
  checksum: Uint8Array;
}

/** A further envelope of a slot: no record may be large, or it needs a page that lives on. */
export interface Piece {
  slot: [slot: Kept["slot"], at: number];
  envelope: Kept["envelope"];
}

export interface BoxStores {
  key: CryptoKey | undefined;
  slots: Kept[];
  /** The highest revision number ever used here; 0 before the first. */
  last: number;
}

declare global {
  /** Left by early.ts for read-plan.ts; null where there is no database. */
  var earlyStores: Promise<BoxStores | null> | undefined;
}

/** Rejects when the database does not answer: see codeOf. */
export async function readStores(db: IDBDatabase): Promise<BoxStores> {
  const transaction = db.transaction(["keys", "plan", "revisions"]);
  const [key, slots, last] = await Promise.all([
    readDeviceKey(transaction),
    readSlots(transaction),
    readLast(transaction),
  ]);
  return { key, slots, last };
}

/** Undefined where none was drawn or its shape is wrong. */
export async function readDeviceKey(transaction: IDBTransaction): Promise<CryptoKey | undefined> {
  const key: unknown = await asked(transaction.objectStore("keys").get(DEVICE_KEY));
  return key instanceof CryptoKey && !key.extractable ? key : undefined;
}

/** The highest revision number that was ever used. */
export async function readLast(transaction: IDBTransaction): Promise<number> {
  const last = await asked(transaction.objectStore("revisions").openKeyCursor(null, "prev"));
  return Number(last?.key ?? 0);
}

/** Each slot with its pieces, which follow it in the order of their keys. */
export async function readSlots(transaction: IDBTransaction): Promise<Kept[]> {
  const slots: Kept[] = [];
  for (const record of await asked<(Kept | Piece)[]>(transaction.objectStore("plan").getAll()))
    if (Array.isArray(record.slot))
      slots.find(({ slot }) => slot === (record as Piece).slot[0])?.more.push(record.envelope);
    else slots.push({ ...(record as Kept), more: [] });
  return slots;
}

/** For who only reads: opened, read, and let go; null where there is no database. */
export async function readOnce(): Promise<BoxStores | null> {
  const db = await soon(openDatabase());
  try {
    return db && (await readStores(db));
  } finally {
    db?.close();
  }
}
