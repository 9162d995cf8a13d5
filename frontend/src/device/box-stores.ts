// What lies in the plan box, read in one transaction as it is: nothing is opened here.
import type { Sealed } from "../crypto/device-open";
import { Refused } from "../core/refused";
import { asked, codeOf, openDatabase, soon } from "./database";
import { readDeviceKey } from "./device-key";

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

/** Throws Refused when the database does not answer. */
export async function readStores(db: IDBDatabase): Promise<BoxStores> {
  try {
    const transaction = db.transaction(["keys", "plan", "revisions"]);
    const [key, slots, last] = await Promise.all([
      readDeviceKey(transaction),
      asked<(Kept | Piece)[]>(transaction.objectStore("plan").getAll()).then(slotsOf),
      asked(transaction.objectStore("revisions").openKeyCursor(null, "prev")),
    ]);
    return { key, slots, last: Number(last?.key ?? 0) };
  } catch (error) {
    throw new Refused(codeOf(error));
  }
}

/** Each slot with its pieces, which follow it in the order of their keys. */
export function slotsOf(records: (Kept | Piece)[]): Kept[] {
  const slots: Kept[] = [];
  for (const record of records)
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
