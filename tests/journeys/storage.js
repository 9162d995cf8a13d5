// All that this origin keeps in the browser, as JSON: raw records, caches, workers, small stores.
async () => {
  const shown = (value) => {
    if (value instanceof ArrayBuffer) return shown(new Uint8Array(value));
    if (ArrayBuffer.isView(value))
      return "bytes:" + Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (value instanceof CryptoKey) return `key:${value.algorithm.name}:${value.extractable}`;
    if (Array.isArray(value)) return value.map(shown);
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
    return value;
  };
  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const databases = {};
  for (const { name, version } of await indexedDB.databases()) {
    const db = await asked(indexedDB.open(name));
    const stores = {};
    for (const store of db.objectStoreNames) {
      const inside = db.transaction(store).objectStore(store);
      stores[store] = {
        keys: shown(await asked(inside.getAllKeys())),
        records: shown(await asked(inside.getAll())),
      };
    }
    db.close();
    databases[name] = { version, stores };
  }
  const kept = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    kept[name] = [];
    for (const request of await cache.keys()) {
      const body = await (await cache.match(request)).arrayBuffer();
      kept[name].push([request.url, shown(await crypto.subtle.digest("SHA-256", body))]);
    }
  }
  const workers = (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope);
  return JSON.stringify({
    databases,
    caches: kept,
    workers,
    local: { ...localStorage },
    session: { ...sessionStorage },
  });
};
