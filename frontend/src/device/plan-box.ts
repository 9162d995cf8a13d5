// The plan box: two slots, written in turn, so that one whole plan is readable at any moment.
import type { Plan } from "../core/plan";
import { sha256 } from "../crypto/primitives";
import { openBox } from "./box-open";
import { readStores, type BoxStores, type Kept } from "./box-stores";
export type { Kept } from "./box-stores";

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

/** The newest plan that holds; nothing is written. Throws Refused when the store does not answer. */
export async function readBox(db: IDBDatabase): Promise<Found> {
  const stores = await readStores(db);
  const key = stores.key;
  const opened = await openBox(stores);
  if (opened.state === "none") return { state: "none", key };
  if (opened.state === "unreadable") return opened;
  const { kept, ...rest } = opened;
  return { ...rest, key: key as CryptoKey, head: await headOn(kept, stores, rest.code) };
}

async function headOn(kept: Kept, { slots, last }: BoxStores, code?: string): Promise<Head> {
  return {
    revision: Math.max(last, kept.revision),
    object: kept.object,
    parent: await sha256(kept.envelope),
    nextSlot: kept.slot ? 0 : 1,
    damaged: code ? slots.filter((one) => one !== kept) : [],
  };
}
