// The plan box: two slots, written in turn, so that one whole plan is readable at any moment.
import { asPlan, type Plan } from "../core/plan";
import { parseStrict } from "../core/strict-json";
import { fromUtf8 } from "../crypto/bytes";
import { joined, openOnDevice, type Sealed } from "../crypto/device-seal";
import { sha256 } from "../crypto/primitives";
import { Refused } from "../core/refused";
import { asked, codeOf } from "./database";
import { readDeviceKey } from "./device-key";

/** One slot as it lies in the store "plan". */
export interface Kept extends Sealed {
  slot: 0 | 1;
  revision: number;
  /** The plan's own 16 random bytes. */
  object: Uint8Array;
  /** SHA-256 of all the sealed bytes, one after another: tells rotten bytes from a wrong key. */
  checksum: Uint8Array;
}

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
  const { key, slots, last } = await readStores(db);
  if (!slots.length && !last) return { state: "none", key };
  let code: string | undefined;
  for (const kept of slots.sort((a, b) => Number(b?.revision) - Number(a?.revision)))
    try {
      const plan = await openKept(key, kept);
      const damaged = code ? slots.filter((one) => one !== kept) : [];
      const head = await headOn(kept, last, damaged);
      return { state: "open", plan, key: key as CryptoKey, head, ...(code && { code }) };
    } catch (error) {
      code ??= error instanceof Refused ? error.code : "bad_slot";
    }
  return { state: "unreadable", code: code ?? "plan_missing" };
}

/** SHA-256 over every sealed byte of a slot. */
export function checksumOf({ envelope, more }: Sealed): Promise<Uint8Array> {
  return sha256(more.length ? joined([envelope, ...more]) : envelope);
}

/** Reads the stores of the box in one transaction. */
async function readStores(
  db: IDBDatabase,
): Promise<{ key: CryptoKey | undefined; slots: Kept[]; last: number }> {
  try {
    const transaction = db.transaction(["keys", "plan", "revisions"]);
    const [key, slots, last] = await Promise.all([
      readDeviceKey(transaction),
      asked<Kept[]>(transaction.objectStore("plan").getAll()),
      asked(transaction.objectStore("revisions").openKeyCursor(null, "prev")),
    ]);
    return { key, slots, last: Number(last?.key ?? 0) };
  } catch (error) {
    throw new Refused(codeOf(error));
  }
}

async function openKept(key: CryptoKey | undefined, kept: Kept): Promise<Plan> {
  const sum = await checksumOf(kept);
  if (!sum.every((byte, at) => byte === kept.checksum[at])) throw new Refused("bad_checksum");
  if (!key) throw new Refused("no_device_key");
  const plan = asPlan(parseStrict(fromUtf8(await openOnDevice(key, kept, kept))));
  if (!plan) throw new Refused("bad_plan");
  return plan;
}

async function headOn(kept: Kept, last: number, damaged: Kept[]): Promise<Head> {
  return {
    revision: Math.max(last, kept.revision),
    object: kept.object,
    parent: await sha256(kept.envelope),
    nextSlot: kept.slot ? 0 : 1,
    damaged,
  };
}
