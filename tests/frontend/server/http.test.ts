// What the server is asked for: JSON, without cookies, and one code for every way that it fails.
import { afterEach, expect, test, vi } from "vitest";
import { ask, getJson } from "../../../frontend/src/server/http";

afterEach(() => vi.unstubAllGlobals());

const answer = (body: string, status = 200) => {
  const asked = vi.fn(async () => new Response(body, { status }));
  vi.stubGlobal("fetch", asked);
  return asked;
};

test("what comes is read as JSON, and nothing about the person goes along", async () => {
  const asked = answer('{"a":[1]}');
  expect(await getJson("/assets/a.json")).toEqual({ a: [1] });
  expect(asked).toHaveBeenCalledExactlyOnceWith("/assets/a.json", {
    credentials: "omit",
  });
});

test.each([
  ["an answer that is no success", () => answer("{}", 503)],
  ["an answer that was cut off", () => answer('{"a":')],
  ["no network", () => vi.stubGlobal("fetch", () => Promise.reject(new TypeError()))],
])("%s is told by one code", async (_, make) => {
  make();
  await expect(getJson("/assets/a.json")).rejects.toMatchObject({
    code: "not_loaded",
  });
});

const reply = (body: BodyInit | null, status: number, type: string, more = {}) => {
  const headers = { "content-type": type, ...more };
  const asked = vi.fn(
    async (_: string, __: RequestInit) => new Response(body, { status, headers }),
  );
  vi.stubGlobal("fetch", asked);
  return asked;
};
const refusalOf = (work: Promise<unknown>): Promise<object> =>
  work.then(
    () => ({}),
    (error: object) => error,
  );

test("a change says so in its header, and goes to our own server with the cookie alone", async () => {
  const asked = reply('{"a":1}', 200, "application/json", { ETag: '"1-a"' });
  const answer = await ask("/x", {
    method: "POST",
    body: { a: 1 },
    headers: { "If-Match": "b" },
  });
  expect(answer).toMatchObject({ status: 200, etag: '"1-a"', isSealed: false });
  expect(asked.mock.calls[0]).toMatchObject([
    "/api/v1/x",
    {
      method: "POST",
      body: '{"a":1}',
      headers: {
        Keel: "1",
        "If-Match": "b",
        "Content-Type": "application/json",
      },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
    },
  ]);
});

test("reading says nothing of a change", async () => {
  const asked = reply(new Uint8Array([1]), 200, "application/octet-stream");
  expect(await ask("/x")).toMatchObject({
    isSealed: true,
    body: new Uint8Array([1]),
  });
  expect(asked.mock.calls[0]![1].headers).toEqual({});
});

test("a refusal has its code, its status and how long to wait", async () => {
  reply('{"code":"too_many_attempts"}', 429, "application/problem+json", {
    "Retry-After": "60",
  });
  const refusal = { code: "too_many_attempts", status: 429, retryAfter: 60 };
  expect(await refusalOf(ask("/x"))).toMatchObject(refusal);
});

test.each<[string, BodyInit | null, number, string]>([
  ["a portal's page", "<p>", 200, "text/html"],
  ["a portal's refusal", "<p>", 401, "text/html"],
  ["a proxy's fault in JSON", "{}", 502, "application/json"],
  ["a problem that is none", '{"code":7}', 400, "application/problem+json"],
  ["a problem with words for a code", '{"code":"<b>"}', 400, "application/problem+json"],
  ["a problem cut off", '{"co', 400, "application/problem+json"],
  ["another's 412", "{}", 412, "application/json"],
])("%s is no answer of ours", async (_, body, status, type) => {
  reply(body, status, type);
  expect(await refusalOf(ask("/x"))).toMatchObject({ code: "no_answer" });
});

test("a body that hangs is given up in its time", async () => {
  const endless = new ReadableStream({ start: () => undefined });
  vi.stubGlobal("fetch", async (_: string, { signal }: RequestInit) => {
    const ended = new Response(endless, {
      headers: { "content-type": "application/json" },
    });
    signal!.addEventListener("abort", () => void endless.cancel().catch(() => undefined));
    const body = new Promise<never>((__, reject) =>
      signal!.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
    );
    return Object.assign(ended, { arrayBuffer: () => body });
  });
  vi.useFakeTimers();
  const asked = refusalOf(ask("/x"));
  await vi.advanceTimersByTimeAsync(29_000);
  expect(await Promise.race([asked, Promise.resolve("waits")])).toBe("waits");
  await vi.advanceTimersByTimeAsync(1_100);
  vi.useRealTimers();
  expect(await asked).toMatchObject({ code: "no_answer" });
});

test("an answer that does not begin is given up sooner", async () => {
  vi.stubGlobal(
    "fetch",
    (_: string, { signal }: RequestInit) =>
      new Promise((__, reject) => signal!.addEventListener("abort", () => reject(new Error()))),
  );
  vi.useFakeTimers();
  const asked = refusalOf(ask("/x"));
  await vi.advanceTimersByTimeAsync(3_000);
  vi.useRealTimers();
  expect(await asked).toMatchObject({ code: "no_answer" });
});
