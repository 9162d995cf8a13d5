// What this device keeps of an account: beside the device key, so that no database has to change.
import { Refused } from "../core/refused";
import { openOnDevice, sealOnDevice, type Sealed } from "../crypto/device-seal";
import { randomBytes } from "../crypto/primitives";
import { asked, codeOf, completed, database } from "./database";
import { readDeviceKey } from "./device-key";

type Bytes = Uint8Array<ArrayBuffer>;

const ACCOUNT = "account";
const UNFINISHED = "backup-begun";

/** One sealed plan: SHA-256 of its envelope, and of the plan inside. */
export interface Mark {
  hash: Bytes;
  content: Bytes;
}

/** `revision`, `hash` and `content` are of the last save that the server acknowledged. */
export interface KeptAccount extends Mark {
  /** 16 bytes, as is the plan's object id at the server. */
  account: Bytes;
  object: Bytes;
  /** An HKDF key that no page can read out. */
  dataKey: CryptoKey;
  revision: number;
  /** When, as 2026-11-22 where the person is. */
  day: string;
  /** How many items of the person's own it had. */
  items: number;
  /** Sent since, with no answer yet: one of these may stand at the server. */
  sending: Mark[];
}

/** Null where there is none; throws Refused when the store does not answer. */
export async function readAccount(): Promise<KeptAccount | null> {
  const kept = await inKeys("readonly", (keys) => asked<unknown>(keys.get(ACCOUNT)));
  const account = kept as KeptAccount | undefined;
  return account?.dataKey instanceof CryptoKey && account.sending ? account : null;
}

/** The account that this device is signed in to from now on; what was unfinished is done. */
export async function keepAccount(account: KeptAccount): Promise<void> {
  await inKeys("readwrite", (keys) => {
    keys.put(account, ACCOUNT);
    keys.delete(UNFINISHED);
  });
}

/** The same account, a save later; Refused("account_erased") where it is not here any more. */
export async function renewAccount(account: KeptAccount): Promise<void> {
  await inKeys("readwrite", async (keys) => {
    const there = await asked<KeptAccount | undefined>(keys.get(ACCOUNT));
    if (!there?.account.every((byte, at) => byte === account.account[at]))
      throw new Refused("account_erased");
    keys.put(account, ACCOUNT);
  });
}

/** The plan stays. */
export async function forgetAccount(): Promise<void> {
  await inKeys("readwrite", (keys) => keys.delete(ACCOUNT));
}

/** What a backup that was begun will need again, sealed by the device key. */
export async function keepUnfinished(plaintext: Uint8Array): Promise<void> {
  const key = await inKeys("readonly", (keys) => readDeviceKey(keys.transaction));
  if (!key) throw new Refused("no_device_key");
  const object = randomBytes(16);
  const place = { object, revision: 1, parent: new Uint8Array(32) };
  const sealed = await sealOnDevice(key, place, plaintext);
  await inKeys("readwrite", (keys) => keys.put({ object, ...sealed }, UNFINISHED));
}

/** Null where nothing was begun; throws Refused with an envelope's code. */
export async function readUnfinished(): Promise<Bytes | null> {
  const found = await inKeys("readonly", async (keys) => ({
    key: await readDeviceKey(keys.transaction),
    begun: await asked<(Sealed & { object: Bytes }) | undefined>(keys.get(UNFINISHED)),
  }));
  if (!found?.begun) return null;
  if (!found.key) throw new Refused("no_device_key");
  return openOnDevice(found.key, { object: found.begun.object, revision: 1 }, found.begun);
}

/** One transaction on the store; undefined where there is no database, and none is made. */
async function inKeys<T>(
  mode: IDBTransactionMode,
  work: (keys: IDBObjectStore) => T | Promise<T>,
): Promise<T | undefined> {
  try {
    const db = await database(false);
    if (!db && mode === "readwrite") throw new Refused("account_erased");
    if (!db) return undefined;
    const transaction = db.transaction("keys", mode, { durability: "strict" });
    const done = completed(transaction);
    done.catch(() => undefined); // told by the work that failed
    const result = await work(transaction.objectStore("keys"));
    await done;
    return result;
  } catch (error) {
    throw new Refused(codeOf(error));
  }
}
