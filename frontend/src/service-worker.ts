// Keeps one whole, checked release on the device, and answers from it without the network.

/** Python writes this before the worker's first line: `hash` is of /release.json, byte for byte. */
declare const RELEASE: {
  id: string;
  hash: string;
  paths: string[];
  lastResort: { html: string; headers: Record<string, string> };
};

interface Release {
  headers: Record<string, string>;
  /** `policy` in the place of the Content-Security-Policy of all others; empty for most. */
  files: (Record<"path" | "type" | "sha256" | "policy", string> & { offline: boolean })[];
}

/** What the types of a page lack: each event has `waitUntil`, and the rest by its own kind. */
interface WorkerEvent extends MessageEvent<unknown> {
  waitUntil(promise: Promise<unknown>): void;
  request: Request;
  respondWith(response: Promise<Response>): void;
}

declare const self: {
  location: Location;
  clients: { claim(): Promise<void> };
  addEventListener(kind: string, listener: (event: WorkerEvent) => void): void;
};

const NAME = `keel-${RELEASE.id}`;
const PATIENCE = 5000; // ms for a network that hangs, when nothing is kept

// Install: the whole release, or nothing of it.

/** The bytes at a path, when they are the released ones. */
async function fetchChecked(path: string, sha256: string, options: RequestInit) {
  const response = await fetch(path, { ...options, redirect: "error", credentials: "omit" });
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = btoa(String.fromCharCode(...digest)).replace(/[+/=]/g, (c) => ESCAPES[c]!);
  if (response.status !== 200 || found !== sha256) throw new Error(`not as released: ${path}`);
  return { bytes, type: response.headers.get("content-type") };
}

const ESCAPES: Record<string, string> = { "+": "-", "/": "_", "=": "" };

async function take(): Promise<void> {
  const { bytes } = await fetchChecked("/release.json", RELEASE.hash, { cache: "no-store" });
  const { headers, files } = JSON.parse(new TextDecoder().decode(bytes)) as Release;
  const cache = await caches.open(NAME);
  const keep = async ({ path, type, sha256, policy }: Release["files"][number]) => {
    const file = await fetchChecked(path, sha256, { cache: "no-cache" });
    if (file.type !== type) throw new Error(`not the released type: ${path}`);
    const kept = new Headers({ ...headers, "content-type": type });
    if (policy) kept.set("content-security-policy", policy);
    await cache.put(path, new Response(file.bytes, { headers: kept }));
  };
  await Promise.all(files.filter(({ offline }) => offline).map(keep));
}

async function install(): Promise<void> {
  const hadIt = await caches.has(NAME);
  await take().catch(async (error: unknown) => {
    if (!hadIt) await caches.delete(NAME); // never what a running worker answers from
    throw error;
  });
}

let isErased = false;

/** A browser may drop what is kept and keep the worker, which it will never install again. */
async function mend(): Promise<void> {
  const found = await Promise.all(RELEASE.paths.map(kept));
  if (!found.every(Boolean)) await install();
  if (isErased) await caches.delete(NAME); // asked for while this went on
}

async function activate(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith("keel-") && name !== NAME) await caches.delete(name);
  await self.clients.claim();
}

// Fetch: what is kept at once, then the network, then words that need neither.

const kept = async (path: string) => caches.match(path, { cacheName: NAME });

/** The network within its patience; a server's failure counts as none for a page. */
async function online(request: Request): Promise<Response> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, PATIENCE));
  const response = await Promise.race([fetch(request), late]);
  if (response.status >= 500) throw new Error("the server failed");
  return response;
}

const lastResort = () => new Response(RELEASE.lastResort.html, RELEASE.lastResort);

async function answer(request: Request, pathname: string): Promise<Response> {
  const path = RELEASE.paths.find((known) => known === pathname);
  const isPage = request.mode === "navigate";
  try {
    return (path && (await kept(path))) || (await (isPage ? online : fetch)(request));
  } catch {
    const plain = { status: 503, headers: { "content-type": "text/plain" } };
    if (!isPage) return new Response("offline", plain);
    const page = path ? undefined : await kept("/not-found").catch(() => undefined);
    return page ? new Response(page.body, { status: 404, headers: page.headers }) : lastResort();
  }
}

/** Paths that are the server's alone: never kept, never answered here. */
const SERVERS = /^\/(api|s|live)\/|^\/(healthz|readyz)$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
/** "here" says a page that was drawn; "erased" one that has deleted everything on this device. */
self.addEventListener("message", (event) => {
  isErased = event.data === "erased";
  if (!isErased) event.waitUntil(mend());
});
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  const isOurs = method === "GET" && origin === self.location.origin && !SERVERS.test(pathname);
  if (isOurs) event.respondWith(answer(event.request, pathname));
});

export {};
