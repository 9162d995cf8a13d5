// The locked file: the vector's bytes from the vector's chance, and no other way to make one.
import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { fromBase64url, toBase64url, toHex, toUtf8 } from "../../../frontend/src/crypto/bytes";
import { sealExport } from "../../../frontend/src/crypto/export-file";
import { stretchReally } from "./real-argon2";
import { read } from "./vectors";

const vector =
  read<Record<"passphrase" | "plaintext" | "file" | "sha256", string>>("export-v1.json");
const PASSPHRASE = "fifteen letters";
const cheap = async (): Promise<Uint8Array> => new Uint8Array(32);

const none = async (): Promise<Uint8Array> => new Uint8Array();

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("the vector's passphrase, JSON and chance give the vector's file", async () => {
  const file = fromBase64url(vector.file);
  const chances = [file.slice(5, 21), file.slice(21 + 80, 21 + 112)];
  vi.spyOn(crypto, "getRandomValues").mockImplementation((given) => {
    (given as Uint8Array).set(chances.shift()!);
    return given;
  });
  const made = await sealExport(vector.passphrase, none, toUtf8(vector.plaintext), stretchReally);
  expect(toBase64url(made)).toBe(vector.file);
  expect(createHash("sha256").update(made).digest("hex")).toBe(vector.sha256);
});

test("the passphrase and a salt of its own are what is stretched", async () => {
  const stretched: string[][] = [];
  const stretch = async (password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> => {
    stretched.push([toHex(password), toHex(salt)]);
    return new Uint8Array(32);
  };
  const typed = "five words e\u0301 \ufb01t"; // as an iPhone may send it
  const files = [
    await sealExport(typed, none, toUtf8("{}"), stretch),
    await sealExport(typed, none, toUtf8("{}"), stretch),
  ];
  const salts = files.map((file) => toHex(file.slice(5, 21)));
  const folded = toHex(toUtf8("five words \u00e9 fit"));
  expect(stretched).toEqual(salts.map((salt) => [folded, salt]));
  expect(salts[0]).not.toBe(salts[1]);
});

test.each([
  ["fourteen chars", "{}", "passphrase_short"],
  ["\u{1f30a}".repeat(14), "{}", "passphrase_short"],
  ["a".repeat(1025), "{}", "bad_passphrase"],
  ["half a surrogate\ud800", "{}", "bad_passphrase"],
  [PASSPHRASE, "x".repeat(256 * 1024 - 3), "too_large"],
])("%j is refused as it should be", async (passphrase, json, code) => {
  await expect(sealExport(passphrase, none, toUtf8(json), cheap)).rejects.toMatchObject({ code });
});

test("one that many have chosen is refused, and the next four bytes are another's", async () => {
  const hash = createHash("sha256").update("fifteenletters").digest();
  const lists = [hash.subarray(0, 4), [1, 2, 3, 4, ...hash.subarray(0, 4)]];
  for (const list of lists) {
    const common = async (): Promise<Uint8Array> => Uint8Array.from(list);
    const made = sealExport("Fifteen Letters!", common, toUtf8("{}"), cheap);
    await expect(made).rejects.toMatchObject({ code: "passphrase_common" });
  }
  const between = async (): Promise<Uint8Array> =>
    Uint8Array.of(1, 2, ...hash.subarray(0, 4), 3, 4);
  expect((await sealExport(PASSPHRASE, between, toUtf8("{}"), cheap)).length).toBeGreaterThan(100);
});

test("the longest plan that an envelope holds, and the shortest passphrase", async () => {
  const file = await sealExport(PASSPHRASE, none, toUtf8("x".repeat(256 * 1024 - 4)), cheap);
  expect(file.length).toBe(21 + 144 + 256 * 1024 + 16);
});
