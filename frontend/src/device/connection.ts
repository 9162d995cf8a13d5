// The connection that a page which writes holds, the four stores, and a transaction's end.
import { Refused } from "../core/refused";
import { codeOf, openDatabase, soon } from "./database";

export const VERSION = 1;

/** keys: the device key · plan: two slots · revisions: numbers used · aside: what would not open */
const HOW = { keys: {}, plan: { keyPath: "slot" }, revisions: {}, aside: { autoIncrement: true } };
export const STORES = Object.keys(HOW);

/** Why a connection ended by itself: another tab erases everything or brings a newer version. */
export type Ending = "closed" | "erased" | "newer";

let connection: IDBDatabase | null = null;
let pending: Promise<IDBDatabase | null> | null = null;
let onEnd: (why: Ending) => void = () => undefined;

/** One listener for connections that end without our asking. */
export const whenDatabaseEnds = (listener: typeof onEnd) => (onEnd = listener);

/** The open connection, at once or not at all: for the moment when a page goes away. */
export const databaseNow = (): IDBDatabase | null => connection;

/**
 * The connection, opened if need be; with `create` false, null where there is no database, and
 * none is made. Rejects as openDatabase; and with `database_slow` or `database_blocked` in 1.5 s.
 */
export async function database(create: boolean): Promise<IDBDatabase | null> {
  if (connection) return connection;
  if (pending && (await answer(pending))) return connection;
  return answer((pending ??= opened(create)));
}

/** An opening that is late is let be: the next try asks anew, which has been seen to help. */
function answer(opening: Promise<IDBDatabase | null>): Promise<IDBDatabase | null> {
  return soon(opening).finally(() => {
    if (pending === opening) pending = null;
  });
}

function makeStores(db: IDBDatabase): void {
  for (const [name, how] of Object.entries(HOW)) db.createObjectStore(name, how);
}

async function opened(create: boolean): Promise<IDBDatabase | null> {
  const db = await (create ? openDatabase(VERSION, makeStores) : openDatabase());
  if (!db) return null;
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

export function closeDatabase(): void {
  connection?.close();
  connection = null;
}

/** Resolves when the transaction is on disk; an abort rejects with its code. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(new Refused(codeOf(transaction.error)));
  });
}
