// Drawing: within its bounds, even, and in the protocol's shapes.
import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { drawBelow, drawName, drawPassphrase } from "../../../frontend/src/crypto/draw";
import { readName } from "../../../frontend/src/crypto/passphrase";

afterEach(() => vi.restoreAllMocks());

const file = new URL("../../../app/content/drawn_words.json", import.meta.url);
const { words } = JSON.parse(readFileSync(file, "utf8")) as { words: string[] };

/** The machine's chance, replaced by these 16-bit numbers. */
function chance(...numbers: number[]): void {
  vi.spyOn(crypto, "getRandomValues").mockImplementation((given) => {
    const [next = 0] = numbers.splice(0, 1);
    (given as Uint8Array).set([next >> 8, next & 255]);
    return given;
  });
}

test("a number past the last whole round is drawn again: none is likelier than another", () => {
  chance(62_208, 65_535, 62_207, 7776); // eight rounds of 7,776 end at 62,208
  expect([drawBelow(7776), drawBelow(7776)]).toEqual([7775, 0]);
  chance(65_535);
  expect(drawBelow(65_536)).toBe(65_535);
});

test("every word comes up about as often as any other", () => {
  const counts = new Array<number>(16).fill(0);
  for (let n = 0; n < 16_000; n++) counts[drawBelow(16)]! += 1;
  expect(Math.min(...counts)).toBeGreaterThan(800);
  expect(Math.max(...counts)).toBeLessThan(1200);
});

test("six words with single spaces; a name that its own reader takes", () => {
  expect(words.length).toBe(7776);
  for (let n = 0; n < 200; n++) {
    expect(drawPassphrase(words)).toMatch(/^[a-z]{3,9}( [a-z]{3,9}){5}$/);
    const name = drawName(words);
    expect(readName(name)).toBe(name);
  }
});
