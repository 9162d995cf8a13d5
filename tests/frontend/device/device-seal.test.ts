// The device's own seal: opens what it sealed, refuses everything else, and its key stays inside.
import { expect, test } from "vitest";
import { Refused } from "../../../frontend/src/core/refused";
import {
  drawDeviceKey,
  openOnDevice,
  sealOnDevice,
} from "../../../frontend/src/crypto/device-seal";

const object = new Uint8Array(16).fill(7);
const parent = new Uint8Array(32);
const place = { object, revision: 1, parent };
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at % 251);

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Refused ? error.code : String(error);
}

test.each([0, 5, 32_764, 32_765, 262_141])("%i bytes come back as they were", async (length) => {
  const key = await drawDeviceKey();
  const sealed = await sealOnDevice(key, place, bytes(length));
  expect(sealed.more.length).toBe(Math.max(0, Math.ceil(length / 32_764) - 1));
  const opened = await openOnDevice(key, place, sealed);
  expect(Buffer.compare(opened, bytes(length))).toBe(0);
});

test("the device key cannot be read out", async () => {
  const key = await drawDeviceKey();
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
});

test("another key, object or revision is refused", async () => {
  const key = await drawDeviceKey();
  const sealed = await sealOnDevice(key, { ...place, revision: 5 }, bytes(9));
  const open = (by: CryptoKey, at: object): Promise<string> =>
    codeOf(openOnDevice(by, { object, revision: 5, ...at }, sealed));
  expect(await open(await drawDeviceKey(), {})).toBe("wrong_key_or_altered");
  expect(await open(key, { object: new Uint8Array(16) })).toBe("wrong_object");
  expect(await open(key, { revision: 6 })).toBe("rollback");
  expect(await open(key, { revision: 4 })).toBe("rollback");
});

test("pieces that are left out, swapped or from another save are refused", async () => {
  const key = await drawDeviceKey();
  const once = await sealOnDevice(key, place, bytes(100_000));
  const again = await sealOnDevice(key, place, bytes(100_000));
  const [b, c, d] = once.more as [never, never, never];
  const open = (more: never[]): Promise<string> =>
    codeOf(openOnDevice(key, place, { ...once, more }));
  expect(await open([c, b, d])).toBe("wrong_object");
  expect(await open([c, d])).toBe("wrong_object");
  expect(await open(again.more as never[])).toBe("wrong_parent");
  expect(await open([b, again.more[1] as never, d])).toBe("wrong_parent");
});
