// Erasing everything in kept.ts, without a network, the most private first.
import { closeDatabase, completed, database } from "./connection";
import { deleteDatabase, soon } from "./database";
import { KEPT } from "./kept";

const ERASERS = {
  database: eraseDatabase,
  store: async (): Promise<void> => undefined, // goes with the database
  cache: eraseCaches,
  worker: dismissWorkers,
};

/** The names of what may still be here, as "cache keel-"; empty when all is gone. Never rejects. */
export async function eraseEverything(): Promise<string[]> {
  const left: string[] = [];
  for (const { where, name } of KEPT)
    await ERASERS[where](name).catch(() => left.push(`${where} ${name}`));
  return left;
}

/**
 * Empties every store first, so that nothing is left even where another tab holds the database
 * open, then deletes it. Rejects when something may be left: neither of the two was done.
 */
export async function eraseDatabase(): Promise<void> {
  const emptying = emptyStores();
  await emptying.catch(() => undefined);
  closeDatabase();
  await soon(deleteDatabase()).catch(() => emptying);
}

async function emptyStores(): Promise<void> {
  const db = await database(false);
  if (!db) return;
  const names = [...db.objectStoreNames];
  const transaction = db.transaction(names, "readwrite", { durability: "strict" });
  for (const name of names) transaction.objectStore(name).clear();
  await soon(completed(transaction));
}

/** What counts is what is there afterwards: the worker may have deleted the same cache just before. */
async function eraseCaches(prefix: string): Promise<void> {
  if (!("caches" in globalThis)) return;
  const ours = async (): Promise<string[]> =>
    (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all((await ours()).map((name) => caches.delete(name)));
  if ((await ours()).length) throw new Error("a cache stayed");
}

async function dismissWorkers(): Promise<void> {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  const running = workers.map(({ active }) => active);
  const gone = await Promise.all(workers.map((worker) => worker.unregister()));
  for (const worker of running) worker?.postMessage("erased"); // it may be filling its cache
  if (gone.includes(false)) throw new Error("a service worker stayed");
}
