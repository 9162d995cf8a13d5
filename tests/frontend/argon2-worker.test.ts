// Argon2id as the worker runs it: every vector's bytes, and a word where WebAssembly is off.
import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { toHex, toUtf8 } from "../../frontend/src/crypto/bytes";
import { normalised } from "../../frontend/src/crypto/passphrase";
import { derive, hkdfKey } from "../../frontend/src/crypto/primitives";
import { fromHex } from "./crypto/hex";
import { askWorker, stretchReally } from "./crypto/real-argon2";
import { read } from "./crypto/vectors";

const { vectors } = read<{ vectors: Record<string, string>[] }>("passphrase-v1.json");

afterEach(() => vi.unstubAllGlobals());

const stretched = async (password: Uint8Array, salt: Uint8Array): Promise<string> =>
  toHex(await stretchReally(password, salt));

test.each(vectors)("every vector: $account_name, $passphrase", async (one) => {
  expect(await stretched(normalised(one.passphrase!), fromHex(one.salt!))).toBe(one.stretched);
});

test("a PIN, and words that were said aloud, are stretched by the same sum", async () => {
  const keys = read<Record<string, string>>("keys-v1.json");
  const pin = fromHex(await stretched(toUtf8(keys.pin!), fromHex(keys.pin_salt!)));
  const both = new Uint8Array([...pin, ...fromHex(keys["device/pin"]!)]);
  const made = await derive(await hkdfKey(both), "safety-plan/v1/pin/kek");
  expect(toHex(made)).toBe(keys["pin/kek"]);
  const { words } = read<{ words: Record<string, string> }>("share-v1.json");
  const salt = createHash("sha256").update(`safety-plan/v1/share/words\0${words.host}`).digest();
  const said = words.words!.trim().toLowerCase().replace(/\s+/g, " ");
  expect(await stretched(toUtf8(said), salt.subarray(0, 16))).toBe(words.secret);
});

test("a browser that has WebAssembly switched off says so, whichever way it is off", async () => {
  const instantiate = () => Promise.reject(new WebAssembly.CompileError("not taken"));
  vi.stubGlobal("WebAssembly", { Memory: WebAssembly.Memory, instantiate });
  expect(await askWorker(toUtf8("a passphrase"), new Uint8Array(16))).toEqual({
    code: "no_webassembly",
  });
  vi.stubGlobal("WebAssembly", undefined);
  expect(await askWorker(toUtf8("a passphrase"), new Uint8Array(16))).toEqual({
    code: "no_webassembly",
  });
});

test("one that has no memory left is not told as that", async () => {
  class Memory {
    constructor() {
      throw new RangeError("could not allocate memory");
    }
  }
  vi.stubGlobal("WebAssembly", { ...WebAssembly, Memory });
  expect(await askWorker(toUtf8("a passphrase"), new Uint8Array(16))).toEqual({
    code: "argon2_failed",
  });
});
