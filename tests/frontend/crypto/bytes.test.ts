// Bytes to text and back: each value has one spelling, and any other is refused.
import { expect, test } from "vitest";
import { Refused } from "../../../frontend/src/core/refused";
import {
  fromBase64url,
  fromUtf8,
  toBase64url,
  toHex,
  toUtf8,
} from "../../../frontend/src/crypto/bytes";
import { randomBytes } from "../../../frontend/src/crypto/primitives";

test("every length and every byte comes back from base64url and hex", () => {
  for (let length = 0; length < 300; length++) {
    const bytes = randomBytes(length);
    expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
    expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
    expect(toHex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
  }
});

test.each([
  "A",
  "AAAAA",
  "AA==",
  "AA=",
  "AB",
  "AAB",
  "A+",
  "A/",
  "AA AA",
  " AAAA",
  "AAAA\n",
  "ÄAAA",
  "A\0AA",
])("base64url %j is refused", (text) =>
  expect(() => fromBase64url(text)).toThrow(new Refused("bad_base64url")),
);

test.each([
  ["half a pair", [0xed, 0xa0, 0x80]],
  ["a letter in too many bytes", [0xc0, 0xaf]],
  ["cut short", [0xf0, 0x9f, 0x90]],
  ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
  ["a byte of its own", [0x80]],
])("UTF-8 is refused: %s", (_, bytes) =>
  expect(() => fromUtf8(Uint8Array.from(bytes))).toThrow(new Refused("bad_utf8")),
);

test("half a surrogate pair has no UTF-8", () => {
  expect(() => toUtf8("a\ud83d")).toThrow(new Refused("bad_utf8"));
  expect(() => toUtf8("\udc36\ud83d")).toThrow(new Refused("bad_utf8"));
});

test("a byte order mark is kept, and so is everything else", () => {
  for (const text of ["\ufeff{}", "🐕 מאיה \u0000 é e\u0301"])
    expect(fromUtf8(toUtf8(text))).toBe(text);
});
