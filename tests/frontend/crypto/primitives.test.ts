// The primitives against the keys' vectors, and what the browser will not do with them.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { toHex } from "../../../frontend/src/crypto/bytes";
import {
  aesOpen,
  aesSeal,
  derive,
  hkdfKey,
  randomBytes,
  sha256,
} from "../../../frontend/src/crypto/primitives";
import { fromHex } from "./hex";

const keys = JSON.parse(
  readFileSync(new URL("../../vectors/keys-v1.json", import.meta.url), "utf8"),
) as Record<string, string>;

test.each([
  ["data_key", "data/plan"],
  ["data_key", "data/journal"],
  ["device_key", "data/device"],
  ["device_key", "device/pin"],
  ["passkey_prf", "prf/kek"],
  ["room", "live/join"],
  ["room", "live/key"],
])("%s gives %s", async (from, label) => {
  const key = await hkdfKey(fromHex(keys[from] ?? ""));
  expect(toHex(await derive(key, `safety-plan/v1/${label}`))).toBe(keys[label]);
});

test("a shorter derivation is the start of none but its own", async () => {
  const key = await hkdfKey(fromHex(keys.room ?? ""));
  expect(toHex(await derive(key, "safety-plan/v1/live/id", 16))).toBe(keys["live/id"]);
});

test("a key that makes keys cannot be read out or used for anything else", async () => {
  const key = await hkdfKey(randomBytes(32));
  expect(key).toMatchObject({ extractable: false, usages: ["deriveBits"] });
  await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
});

test("SHA-256 of nothing", async () => {
  expect(toHex(await sha256(new Uint8Array()))).toMatch(/^e3b0c44298fc1c14/);
});

test("AES-GCM opens what it sealed, under the same head alone", async () => {
  const [key, nonce, head, other] = [32, 12, 144, 144].map(randomBytes) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const sealed = await aesSeal(key, nonce, head, new Uint8Array(5));
  expect(sealed.length).toBe(5 + 16);
  expect(await aesOpen(key, nonce, head, sealed)).toEqual(new Uint8Array(5));
  await expect(aesOpen(key, nonce, other, sealed)).rejects.toThrow();
});
