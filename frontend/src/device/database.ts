// The one database on this device, and the only file that touches IndexedDB: opened, asked, deleted.
import { Refused } from "../core/refused";

const DATABASE = "keel";
const PATIENCE = 1500; // ms; a database that does not answer is told of, not waited for

let isBlocked = false;

/**
 * A connection that closes itself when another page wants the database gone or newer. Without
 * `make`, which makes the stores, null where there is no database, and none is made; and a newer
 * one is opened too. What it rejects with has a code: see codeOf.
 */
export function openDatabase(version?: number, make?: (db: IDBDatabase) => void) {
  const opening = new Promise<IDBDatabase | null>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, version);
    request.onblocked = () => (isBlocked = true);
    request.onerror = () => reject(new Refused(codeOf(request.error)));
    request.onupgradeneeded = () => {
      if (make) return make(request.result);
      request.onerror = () => resolve(null);
      request.transaction?.abort();
    };
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = () => db.close();
      resolve(db);
    };
  });
  return opening.finally(() => (isBlocked = false));
}

/** Waits until every other page has let go. */
export const deleteDatabase = async (): Promise<unknown> =>
  asked(indexedDB.deleteDatabase(DATABASE));

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

/** The promise, or Refused after `limit` ms; whatever comes later is still there to use. */
export function soon<T>(promise: Promise<T>, limit = PATIENCE): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Refused(isBlocked ? "database_blocked" : "database_slow"));
    const timer = setTimeout(late, limit);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
