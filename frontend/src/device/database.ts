// The one database on this device, and the only file that touches IndexedDB.
import { Refused } from "../core/refused";

export const DATABASE = "keel";
export const VERSION = 1;
const PATIENCE = 1500; // ms; a database that does not answer is told of, not waited for

/** keys: the device key · plan: two slots · revisions: numbers used · aside: what would not open */
export const STORES = ["keys", "plan", "revisions", "aside"] as const;
export type Store = (typeof STORES)[number];

/** Why a connection ended by itself: another tab erases everything or brings a newer version. */
export type Ending = "closed" | "erased" | "newer";

let connection: IDBDatabase | null = null;
let pending: Promise<IDBDatabase | null> | null = null;
let onEnd: (why: Ending) => void = () => undefined;

/** One listener for connections that end without our asking. */
export function whenDatabaseEnds(listener: (why: Ending) => void): void {
  onEnd = listener;
}

/** The open connection, at once or not at all: for the moment when a page goes away. */
export function databaseNow(): IDBDatabase | null {
  return connection;
}

/**
 * The connection, opened if need be; with `create` false, null where there is no database, and
 * none is made. Throws Refused: see codeOf; and `database_slow` or `database_blocked` in 1.5 s.
 */
export async function database(create: boolean): Promise<IDBDatabase | null> {
  if (connection) return connection;
  if (pending && (await answer(pending))) return connection;
  return answer((pending ??= opened(create)));
}

/** An opening that is late is let be: the next try asks anew, which has been seen to help. */
async function answer(opening: Promise<IDBDatabase | null>): Promise<IDBDatabase | null> {
  try {
    return await soon(opening);
  } finally {
    if (pending === opening) pending = null;
  }
}

/** Typed errors for whatever IndexedDB throws. */
export function codeOf(error: unknown): string {
  if (error instanceof Refused) return error.code;
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return "quota";
  if (name === "InvalidStateError") return "database_closed";
  if (name === "VersionError") return "database_newer";
  if (name === "ConstraintError") return "changed_elsewhere";
  if (name === "SecurityError" || name === "ReferenceError") return "no_database";
  return "database_failed";
}

/** A request's result. */
export function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Refused(codeOf(request.error)));
  });
}

/** Resolves when the transaction is on disk; an abort rejects with its code. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(new Refused(codeOf(transaction.error)));
  });
}

/** The promise, or Refused(code) after `limit` ms; whatever comes later is still there to use. */
export function soon<T>(promise: Promise<T>, limit = PATIENCE, code?: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void =>
      reject(new Refused(code ?? (isBlocked ? "database_blocked" : "database_slow")));
    const timer = setTimeout(late, limit);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export function closeDatabase(): void {
  connection?.close();
  connection = null;
}

/**
 * Empties every store first, so that nothing is left even where another tab holds the database
 * open, then deletes it. Throws Refused when something may be left.
 */
export async function eraseDatabase(): Promise<void> {
  const emptied = await emptyStores().then(
    () => true,
    () => false,
  );
  closeDatabase();
  try {
    await soon(asked(indexedDB.deleteDatabase(DATABASE)));
  } catch (error) {
    if (!emptied) throw new Refused(codeOf(error));
  }
}

async function emptyStores(): Promise<void> {
  const db = await database(false);
  if (!db) return;
  const names = [...db.objectStoreNames];
  const transaction = db.transaction(names, "readwrite", { durability: "strict" });
  for (const name of names) transaction.objectStore(name).clear();
  await soon(completed(transaction));
}

let isBlocked = false;

/** Asked without a version when nothing may be made, so that a newer database is read too. */
async function opened(create: boolean): Promise<IDBDatabase | null> {
  try {
    return await new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, create ? VERSION : undefined);
      let isMissing = false;
      request.onupgradeneeded = () => {
        isMissing = !create;
        if (create) makeStores(request.result);
        else request.transaction?.abort();
      };
      request.onblocked = () => (isBlocked = true);
      request.onerror = () => (isMissing ? resolve(null) : reject(request.error));
      request.onsuccess = () => resolve(connected(request.result));
    });
  } catch (error) {
    throw new Refused(codeOf(error));
  } finally {
    isBlocked = false;
  }
}

function makeStores(db: IDBDatabase): void {
  db.createObjectStore("keys");
  db.createObjectStore("plan", { keyPath: "slot" });
  db.createObjectStore("revisions");
  db.createObjectStore("aside", { autoIncrement: true });
}

function connected(db: IDBDatabase): IDBDatabase {
  connection = db;
  const ended = (why: Ending): void => {
    if (connection === db) connection = null;
    onEnd(why);
  };
  db.onversionchange = ({ newVersion }) => {
    db.close();
    ended(newVersion === null ? "erased" : "newer");
  };
  db.onclose = () => ended("closed");
  return db;
}
