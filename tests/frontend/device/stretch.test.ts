// The worker that stretches: started at our own address alone, and ended whatever comes of it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const ADDRESS = "/assets/argon2-worker-0123456789.js";

class FakeWorker {
  static last: FakeWorker;
  isEnded = false;
  asked: unknown;
  onmessage: (event: { data: unknown }) => void = () => undefined;
  onerror: () => void = () => undefined;

  constructor(readonly address: string) {
    FakeWorker.last = this;
  }

  postMessage(asked: unknown): void {
    this.asked = asked;
  }

  terminate(): void {
    this.isEnded = true;
  }
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("ARGON2_WORKER", ADDRESS);
});
afterEach(() => vi.unstubAllGlobals());

const [password, salt] = [new Uint8Array([1]), new Uint8Array([2])];
const load = async () => (await import("../../../frontend/src/device/stretch")).stretch;

test("it tells how far it is, gives its answer, and is gone", async () => {
  const told: number[] = [];
  const stretched = (await load())(password, salt, {
    onProgress: (share) => told.push(share),
  });
  const worker = FakeWorker.last;
  expect([worker.address, worker.asked]).toEqual([ADDRESS, { password, salt }]);
  worker.onmessage({ data: { progress: 0.5 } });
  worker.onmessage({ data: { stretched: new Uint8Array([3]) } });
  expect(await stretched).toEqual(new Uint8Array([3]));
  expect([told, worker.isEnded]).toEqual([[0.5], true]);
});

test("one that fails or is stopped is gone too", async () => {
  const stretch = await load();
  const failing = stretch(password, salt);
  FakeWorker.last.onerror();
  await expect(failing).rejects.toMatchObject({ code: "argon2_failed" });
  expect(FakeWorker.last.isEnded).toBe(true);
  const stop = new AbortController();
  const stopped = stretch(password, salt, { signal: stop.signal });
  stop.abort();
  await expect(stopped).rejects.toMatchObject({ code: "stopped" });
  expect(FakeWorker.last.isEnded).toBe(true);
});

test("the one policy lets our two workers through, is made once, and refuses all else", async () => {
  const made: string[] = [];
  const createPolicy = (name: string, rules: object) => (made.push(name), rules);
  vi.stubGlobal("trustedTypes", { createPolicy });
  const { trustedUrl } = await import("../../../frontend/src/device/trusted-url");
  for (const ours of ["/service-worker.js", ADDRESS]) expect(trustedUrl(ours)).toBe(ours);
  const others = ["https://elsewhere.example/service-worker.js", "/assets/x.js", "data:,1"];
  for (const other of [...others, `${ADDRESS}?`, `/x${ADDRESS}`])
    expect(() => trustedUrl(other)).toThrow(TypeError);
  expect(made).toEqual(["keel"]);
});
