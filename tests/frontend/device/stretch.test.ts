// The worker that stretches: started at our own address alone, and ended whatever comes of it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const ADDRESS = "/assets/argon2-worker-0123456789.js";

class FakeWorker {
  static last: FakeWorker;
  isEnded = false;
  asked: unknown;
  onmessage: (event: { data: unknown }) => void = () => undefined;
  onerror: () => void = () => undefined;
  onmessageerror: () => void = () => undefined;

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

test("it gives its answer, and is gone", async () => {
  const stretched = (await load())(password, salt);
  const worker = FakeWorker.last;
  expect([worker.address, worker.asked]).toEqual([ADDRESS, { password, salt }]);
  worker.onmessage({ data: { stretched: new Uint8Array([3]) } });
  expect(await stretched).toEqual(new Uint8Array([3]));
  expect(worker.isEnded).toBe(true);
});

test.each<[string, string, () => void]>([
  ["that did not come", "argon2_failed", () => FakeWorker.last.onerror()],
  ["whose answer is torn", "argon2_failed", () => FakeWorker.last.onmessageerror()],
  [
    "without WebAssembly",
    "no_webassembly",
    () => FakeWorker.last.onmessage({ data: { code: "no_webassembly" } }),
  ],
])("one %s is told as %s, and is gone too", async (_, code, fail) => {
  const failing = (await load())(password, salt);
  fail();
  await expect(failing).rejects.toMatchObject({ code });
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
