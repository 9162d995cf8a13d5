// The one database on this device, and the only file that touches IndexedDB: opened, asked, deleted.
import { Refused } from "../core/refused";

const DATABASE = "keel";
const PATIENCE = 1500; // ms; a database that does not answer is told of, not waited for

/** How the stores are made where there are none. */
export interface Making {
  version: number;
  make(db: IDBDatabase): void;
}

let isBlocked = false;

/**
 * A connection that closes itself when another page wants the database gone or newer. Without
 * `making` null where there is no database, and none is made; and a newer one is opened too.
 * Throws Refused: see codeOf.
 */
export async function openDatabase(making?: Making): Promise<IDBDatabase | null> {
  try {
    return await new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, making?.version);
      let isMissing = false;
      request.onupgradeneeded = () => {
        isMissing = !making;
        if (making) making.make(request.result);
        else request.transaction?.abort();
      };
      request.onblocked = () => (isBlocked = true);
      request.onerror = () => (isMissing ? resolve(null) : reject(request.error));
      request.onsuccess = () => {
        const db = request.result;
        db.onversionchange = () => db.close();
        resolve(db);
      };
    });
  } catch (error) {
    throw new Refused(codeOf(error));
  } finally {
    isBlocked = false;
  }
}

/** Throws Refused; waits until every other page has let go. */
export function deleteDatabase(): Promise<unknown> {
  return asked(indexedDB.deleteDatabase(DATABASE));
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

/** The promise, or Refused(code) after `limit` ms; whatever comes later is still there to use. */
export function soon<T>(promise: Promise<T>, limit = PATIENCE, code?: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void =>
      reject(new Refused(code ?? (isBlocked ? "database_blocked" : "database_slow")));
    const timer = setTimeout(late, limit);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
