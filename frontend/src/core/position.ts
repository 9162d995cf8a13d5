// Places in a list: strings over 0-9a-z, compared letter by letter, never ending in "0".

const BASE = 36;

const digit = (text: string, at: number): number => parseInt(text.charAt(at) || "0", BASE);

/**
 * A place strictly between two others; null stands for the list's own ends.
 * Throws RangeError unless `before` < `after`.
 */
export function between(before: string | null, after: string | null): string {
  if (before === null) return after === null ? "i" : nudged(after, -1);
  if (after === null) return nudged(before, 1);
  if (before >= after) throw new RangeError("no place between these");
  return middle(before, after);
}

/** Half way: one letter longer only about every fifth time at the same spot. */
function middle(before: string, after: string): string {
  let made = "";
  let bounded = true; // while what we made still equals the start of `after`
  for (let at = 0; ; at++) {
    const low = digit(before, at);
    const high = bounded ? digit(after, at) : BASE;
    if (high - low > 1) return made + Math.ceil((low + high) / 2).toString(BASE);
    made += low.toString(BASE);
    if (high > low) bounded = false;
  }
}

/**
 * The next place past an end, a step of one in a block of digits that widens as the list
 * grows: hundreds of places of two letters, then a million of six.
 */
function nudged(from: string, step: 1 | -1): string {
  const edge = step === 1 ? "z" : "0";
  let at = 0;
  while (from.charAt(at) === edge) at++;
  const width = at + 2;
  let number = parseInt(from.slice(at, at + width).padEnd(width, "0"), BASE) + step;
  if (number % BASE === 0) number += step;
  return from.slice(0, at) + number.toString(BASE).padStart(width, "0");
}
