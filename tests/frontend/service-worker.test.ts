// The service worker takes a release whole or not at all, and always has an answer for a page.

import { createHash } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";

const ORIGIN = "https://keel.test";
const HEADERS = { "Content-Security-Policy": "default-src 'none'", "X-Frame-Options": "DENY" };
const HTML = "text/html; charset=utf-8";
const WORKER = "/assets/argon2-worker-1.js";
const BODIES: Record<string, [type: string, body: string]> = {
  "/": [HTML, "<h1>front</h1>"],
  "/now": [HTML, "<h1>now</h1>"],
  "/not-found": [HTML, "<h1>nothing here</h1>"],
  "/assets/now-1.js": ["text/javascript; charset=utf-8", "walk()"],
  [WORKER]: ["text/javascript; charset=utf-8", "stretch()"],
};
const ESCAPES: Record<string, string> = { "+": "-", "/": "_", "=": "" };

type Kept = Map<string, Response>;
type Answer = () => Response | Promise<Response>;

/** The parts of a browser that the worker stands on; `network` answers by path. */
class Browser {
  caches = new Map<string, Kept>();
  network = new Map<string, Answer>();
  asked: string[] = [];
  listeners = new Map<string, (event: never) => void>();
  claimed = false;
  cachesFail = false;

  cacheStorage() {
    const named = (name: string) => {
      if (this.cachesFail) throw new Error("no caches");
      if (!this.caches.has(name)) this.caches.set(name, new Map());
      return this.caches.get(name)!;
    };
    return {
      has: async (name: string) => this.caches.has(name),
      keys: async () => [...this.caches.keys()],
      delete: async (name: string) => this.caches.delete(name),
      open: async (name: string) => ({
        put: async (path: string, response: Response) => void named(name).set(path, response),
      }),
      match: async (path: string, { cacheName }: { cacheName: string }) => {
        if (this.cachesFail) throw new Error("no caches");
        return this.caches.get(cacheName)?.get(path)?.clone();
      },
    };
  }

  async fetch(asked: string | { url: string }, init: RequestInit = {}): Promise<Response> {
    const path = typeof asked === "string" ? asked : new URL(asked.url).pathname;
    this.asked.push(path);
    const answer = this.network.get(path);
    if (!answer) throw new TypeError("Failed to fetch");
    const response = await answer();
    if (response.redirected && init.redirect === "error") throw new TypeError("redirected");
    return response;
  }

  async lifecycle(type: "install" | "activate" | "message", data?: unknown): Promise<void> {
    let done: Promise<unknown> = Promise.resolve();
    this.listeners.get(type)!({
      data,
      waitUntil: (promise: Promise<unknown>) => (done = promise),
    } as never);
    await done;
  }

  /** What the worker answers, or undefined where it leaves the request to the browser. */
  async request(path: string, { mode = "navigate", method = "GET", origin = ORIGIN } = {}) {
    let answer: Promise<Response> | undefined;
    this.listeners.get("fetch")!({
      request: { url: origin + path, mode, method },
      respondWith: (promise: Promise<Response>) => (answer = promise),
    } as never);
    return answer;
  }
}

const sha256 = (text: string) =>
  createHash("sha256")
    .update(text)
    .digest("base64")
    .replace(/[+/=]/g, (c) => ESCAPES[c]!);

const files = Object.entries(BODIES).map(([path, [type, body]]) => ({
  path,
  type,
  sha256: sha256(body),
  offline: true,
  policy: path === WORKER ? "script-src 'wasm-unsafe-eval'" : "",
}));
const list = JSON.stringify({
  id: "new",
  headers: HEADERS,
  files: [...files, { path: "/broken", type: HTML, sha256: "not asked for", offline: false }],
});

let browser: Browser;

const served = (body: string, type: string, status = 200) =>
  new Response(body, { status, headers: { "content-type": type } });

beforeEach(async () => {
  browser = new Browser();
  browser.network.set("/release.json", () => served(list, "application/json"));
  for (const [path, [type, body]] of Object.entries(BODIES)) {
    browser.network.set(path, () => served(body, type));
  }
  vi.stubGlobal("RELEASE", {
    id: "new",
    hash: sha256(list),
    paths: Object.keys(BODIES),
    lastResort: {
      html: "<a href=tel:988>Call 988</a>",
      headers: { "content-type": HTML, "content-security-policy": "default-src 'none'" },
    },
  });
  vi.stubGlobal("caches", browser.cacheStorage());
  vi.stubGlobal("fetch", browser.fetch.bind(browser));
  vi.stubGlobal("self", {
    location: { origin: ORIGIN },
    clients: { claim: async () => void (browser.claimed = true) },
    addEventListener: (type: string, listener: (event: never) => void) =>
      browser.listeners.set(type, listener),
  });
  vi.resetModules();
  await import("../../frontend/src/service-worker");
});

test("a whole release is kept with the headers it was released with, a file's own before all", async () => {
  await browser.lifecycle("install");
  expect([...browser.caches.keys()]).toEqual(["keel-new"]);
  expect([...browser.caches.get("keel-new")!.keys()].sort()).toEqual(Object.keys(BODIES).sort());
  browser.network.clear();
  const response = (await browser.request("/now"))!;
  expect(await response.text()).toBe("<h1>now</h1>");
  expect(response.headers.get("content-security-policy")).toBe("default-src 'none'");
  expect(response.headers.get("content-type")).toBe(HTML);
  const own = (await browser.request(WORKER, { mode: "no-cors" }))!.headers;
  expect(own.get("content-security-policy")).toBe("script-src 'wasm-unsafe-eval'");
});

const redirected = () => {
  const response = served(BODIES["/now"]![1], HTML);
  Object.defineProperty(response, "redirected", { value: true });
  return response;
};
const FAULTS: [name: string, path: string, answer: Answer][] = [
  ["a list of another release", "/release.json", () => served(list + " ", "application/json")],
  ["no list", "/release.json", () => served("", "application/json", 404)],
  ["a file with other bytes", "/now", () => served("<h1>other</h1>", HTML)],
  ["a file cut short", "/assets/now-1.js", () => served("walk(", BODIES["/assets/now-1.js"]![0])],
  ["a file of another type", "/assets/now-1.js", () => served("walk()", HTML)],
  ["a file that is missing", "/not-found", () => served(BODIES["/not-found"]![1], HTML, 404)],
  ["a server that fails", "/", () => served(BODIES["/"]![1], HTML, 500)],
  ["part of a file", "/", () => served(BODIES["/"]![1], HTML, 206)],
  ["a redirect", "/now", redirected],
  ["a network that breaks", "/", () => Promise.reject(new TypeError("reset"))],
  ["a portal's page for everything", "/release.json", () => served("<h1>Sign in</h1>", HTML)],
];

test.each(FAULTS)(
  "of a release with %s nothing is kept, and the old one stays",
  async (...fault) => {
    const [, path, answer] = fault;
    browser.caches.set("keel-old", new Map([["/now", served("old", HTML)]]));
    browser.network.set(path, answer);
    await expect(browser.lifecycle("install")).rejects.toThrow();
    expect([...browser.caches.keys()]).toEqual(["keel-old"]);
  },
);

test("a second install of the running release that fails leaves what is kept", async () => {
  await browser.lifecycle("install");
  browser.network.delete("/now");
  await expect(browser.lifecycle("install")).rejects.toThrow();
  browser.network.clear();
  expect(await (await browser.request("/now"))!.text()).toBe("<h1>now</h1>");
});

test("a cache that the browser dropped is filled again when a page says that it is there", async () => {
  await browser.lifecycle("install");
  browser.caches.clear();
  await browser.lifecycle("message", "here");
  browser.network.clear();
  expect(await (await browser.request("/now"))!.text()).toBe("<h1>now</h1>");
});

test("one file that is gone is kept again, and what is whole is not asked for", async () => {
  await browser.lifecycle("install");
  browser.asked = [];
  await browser.lifecycle("message", "here");
  expect(browser.asked).toEqual([]);
  browser.caches.get("keel-new")!.delete("/now");
  await browser.lifecycle("message", "here");
  expect(browser.caches.get("keel-new")!.has("/now")).toBe(true);
});

test("a dropped cache is not filled with half of another release", async () => {
  await browser.lifecycle("install");
  browser.caches.clear();
  browser.network.set("/now", () => served("<h1>of the next release</h1>", HTML));
  await expect(browser.lifecycle("message", "here")).rejects.toThrow();
  expect([...browser.caches.keys()]).toEqual([]);
});

test("a cache that was deleted by hand does not come back from under the hand", async () => {
  await browser.lifecycle("install");
  browser.caches.clear();
  let answer = () => undefined as void;
  const late = new Promise<void>((resolve) => (answer = resolve));
  browser.network.set("/release.json", () => late.then(() => served(list, "application/json")));
  const filling = browser.lifecycle("message", "here");
  await browser.lifecycle("message", "erased");
  answer();
  await filling;
  expect([...browser.caches.keys()]).toEqual([]);
});

test("activation removes our other releases, nothing of anyone else's, and claims", async () => {
  for (const name of ["keel-old", "keel-new", "other"]) browser.caches.set(name, new Map());
  await browser.lifecycle("activate");
  expect([...browser.caches.keys()]).toEqual(["keel-new", "other"]);
  expect(browser.claimed).toBe(true);
});

test("a page comes from what is kept without asking the network, whatever its query", async () => {
  await browser.lifecycle("install");
  browser.asked = [];
  expect(await (await browser.request("/now?from=home"))!.text()).toBe("<h1>now</h1>");
  expect(browser.asked).toEqual([]);
});

test.each([
  ["/api/v1/content", {}],
  ["/s/abc", {}],
  ["/live/abc", {}],
  ["/healthz", {}],
  ["/readyz", {}],
  ["/now", { method: "POST" }],
  ["/now", { origin: "https://988lifeline.org" }],
])("%s with %o is left to the browser", async (path, options) => {
  expect(await browser.request(path, options)).toBeUndefined();
});

test("an unknown page is asked of the network, and offline is the kept 404 page", async () => {
  await browser.lifecycle("install");
  browser.network.set("/gone", () => served("from the server", HTML, 404));
  expect(await (await browser.request("/gone"))!.text()).toBe("from the server");
  browser.network.clear();
  const response = (await browser.request("/gone"))!;
  expect([response.status, await response.text()]).toEqual([404, "<h1>nothing here</h1>"]);
});

test("an unknown script is never answered with a page", async () => {
  await browser.lifecycle("install");
  browser.network.clear();
  const response = (await browser.request("/assets/now-0.js", {
    mode: "cors",
  }))!;
  expect([response.status, response.headers.get("content-type")]).toEqual([503, "text/plain"]);
});

const isLastResort = async (response: Response | undefined) => {
  expect(await response!.text()).toContain("tel:988");
  expect(response!.headers.get("content-security-policy")).toBe("default-src 'none'");
};

test("with the cache gone a page comes from the network, and without one 988 is still there", async () => {
  expect(await (await browser.request("/now"))!.text()).toBe("<h1>now</h1>");
  browser.network.clear();
  await isLastResort(await browser.request("/now"));
  await isLastResort(await browser.request("/gone"));
});

test("a server that fails, with nothing kept, shows 988", async () => {
  browser.network.set("/now", () => served("bad gateway", HTML, 502));
  await isLastResort(await browser.request("/now"));
});

test("caches that throw do not keep 988 away", async () => {
  await browser.lifecycle("install");
  browser.cachesFail = true;
  browser.network.clear();
  await isLastResort(await browser.request("/now"));
  await isLastResort(await browser.request("/gone"));
});

test("a network that hangs, with nothing kept, shows 988 after its patience", async () => {
  vi.useFakeTimers();
  browser.network.set("/now", () => new Promise(() => undefined));
  const answer = browser.request("/now");
  await vi.advanceTimersByTimeAsync(6000);
  vi.useRealTimers();
  await isLastResort(await answer);
});
