// What node lacks of a browser, for the tests of the device and of the state: small and honest.
import { IDBDatabase, IDBFactory, IDBKeyRange } from "fake-indexeddb";

/** A new, empty IndexedDB. */
export function freshDatabase(): IDBFactory {
  const factory = new IDBFactory();
  Object.assign(globalThis, { indexedDB: factory, IDBDatabase, IDBKeyRange });
  return factory;
}

/** Everything that lies in the database, read by nobody's code but the browser's own. */
export async function whatLies(): Promise<Record<string, unknown[]>> {
  const db = await asPromise(indexedDB.open("keel"));
  const found: Record<string, unknown[]> = {};
  for (const name of db.objectStoreNames)
    found[name] = await asPromise(db.transaction(name).objectStore(name).getAll());
  db.close();
  return found;
}

/** Changes one store by hand, as rot or another version would. */
export async function tamper(
  store: string,
  change: (store: IDBObjectStore) => void,
): Promise<void> {
  const db = await asPromise(indexedDB.open("keel"));
  const transaction = db.transaction(store, "readwrite");
  change(transaction.objectStore(store));
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  db.close();
}

export function asPromise<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
