// What this device keeps of an account: beside the device key, so that no database has to change.
import { Refused } from "../core/refused";
import { fromUtf8, toUtf8 } from "../crypto/bytes";
import { openOnDevice, sealOnDevice, type Sealed } from "../crypto/device-seal";
import { readDeviceKey } from "./box-stores";
import { completed, database } from "./connection";
import { asked } from "./database";

export type Bytes = Uint8Array<ArrayBuffer>;

const ACCOUNT = "account";
const UNFINISHED = "backup-begun";
// Of what is unfinished: no plan's.
const PLACE = { object: new Uint8Array(16), revision: 1, parent: new Uint8Array(32) };

/** Which account, and which plan of it. */
export interface Ids {
  /** 16 bytes, as is the plan's object id at the server. */
  account: Bytes;
  object: Bytes;
  /** An HKDF key that no page can read out. */
  dataKey: CryptoKey;
}

/** A sealed plan: the envelope, SHA-256 of the plan inside, and its items of the person's own. */
export interface Sent {
  envelope: Bytes;
  content: Bytes;
  items: number;
}

/** `revision`, `hash` and the rest are of the last save that the server acknowledged. */
export interface KeptAccount extends Ids, Omit<Sent, "envelope"> {
  revision: number;
  /** SHA-256 of its envelope. */
  hash: Bytes;
  /** When, as 2026-11-22 where the person is. */
  day: string;
  /** The next, without an answer so far: it may stand at the server. */
  sent: Sent | null;
}

/** Null where there is none; rejects when the store does not answer. What is rejected: see codeOf. */
export async function readAccount(): Promise<KeptAccount | null> {
  return (await inKeys("readonly", (keys) => asked<KeptAccount>(keys.get(ACCOUNT)))) ?? null;
}

/** The account that this device is signed in to from now on; what was unfinished is done. */
export async function keepAccount(account: KeptAccount): Promise<void> {
  await inKeys("readwrite", (keys) => {
    keys.put(account, ACCOUNT);
    keys.delete(UNFINISHED);
  });
}

/** The same account, a save later; Refused("account_erased") where it is not here any more. */
export async function renewAccount(account: KeptAccount): Promise<KeptAccount> {
  await inKeys("readwrite", async (keys) => {
    const there = await asked<KeptAccount | undefined>(keys.get(ACCOUNT));
    if (String(there?.account) !== String(account.account)) throw new Refused("account_erased");
    keys.put(account, ACCOUNT);
  });
  return account;
}

/** The plan stays. */
export async function forgetAccount(): Promise<void> {
  await inKeys("readwrite", (keys) => keys.delete(ACCOUNT));
}

/** What a backup that was begun will need again, as JSON, sealed by the device key. */
export async function keepUnfinished(begun: object): Promise<void> {
  const sealed = await sealOnDevice(await deviceKey(), PLACE, toUtf8(JSON.stringify(begun)));
  await inKeys("readwrite", (keys) => keys.put(sealed, UNFINISHED));
}

/** Null where nothing was begun; throws Refused with an envelope's code. */
export async function readUnfinished(): Promise<unknown> {
  const sealed = await inKeys("readonly", (keys) => asked<Sealed>(keys.get(UNFINISHED)));
  return sealed ? JSON.parse(fromUtf8(await openOnDevice(await deviceKey(), PLACE, sealed))) : null;
}

async function deviceKey(): Promise<CryptoKey> {
  const key = await inKeys("readonly", ({ transaction }) => readDeviceKey(transaction));
  if (!key) throw new Refused("no_device_key");
  return key;
}

/** One transaction on the store; undefined where there is no database, and none is made. */
async function inKeys<T>(mode: IDBTransactionMode, work: (keys: IDBObjectStore) => T) {
  const db = await database(false);
  if (!db && mode === "readwrite") throw new Refused("account_erased");
  if (!db) return undefined;
  const transaction = db.transaction("keys", mode, { durability: "strict" });
  const done = completed(transaction);
  done.catch(() => undefined); // told by the work that failed
  const result = await work(transaction.objectStore("keys"));
  await done;
  return result;
}
