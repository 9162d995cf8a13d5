// Draws words and digits, each as likely as any other.
import { randomBytes } from "./primitives";

const SHORT = 5; // letters of a name's first word at most; its second word is longer
const WORDS = 6;

/** 0 … limit - 1; `limit` is at most 65,536. What would favour the low ones is drawn again. */
export function drawBelow(limit: number): number {
  const even = 65_536 - (65_536 % limit);
  for (;;) {
    const [high = 0, low = 0] = randomBytes(2);
    const drawn = high * 256 + low;
    if (drawn < even) return drawn % limit;
  }
}

const drawOne = (words: readonly string[]): string => words[drawBelow(words.length)] ?? "";

/** Six words with spaces between: 77 bits of the list's 7,776. */
export const drawPassphrase = (words: readonly string[]): string =>
  Array.from({ length: WORDS }, () => drawOne(words)).join(" ");

/** Like quiet-meadow-4821. */
export function drawName(words: readonly string[]): string {
  const first = drawOne(words.filter((word) => word.length <= SHORT));
  const second = drawOne(words.filter((word) => word.length > SHORT));
  return `${first}-${second}-${String(drawBelow(10_000)).padStart(4, "0")}`;
}
