// JSON read strictly: whatever two readers could understand differently is refused, never guessed.
import { Refused } from "./refused";

const DEEPEST = 16;
const LONE_SURROGATE = /\p{Cs}/u;

/**
 * Throws Refused("bad_json") on anything that is not JSON, on a key that an object holds twice
 * (in whatever spelling), on more than 16 arrays and objects inside each other, on half a
 * surrogate pair and on numbers too large to be one.
 */
export function parseStrict(text: string): unknown {
  let value: unknown;
  let keys = 0;
  const check = (part: unknown, depth: number): void => {
    if (typeof part === "string" && LONE_SURROGATE.test(part)) throw part;
    if (part === Infinity || part === -Infinity) throw part;
    if (typeof part !== "object" || part === null) return;
    if (depth === DEEPEST) throw part;
    if (Array.isArray(part)) return part.forEach((one) => check(one, depth + 1));
    for (const [key, one] of Object.entries(part)) {
      keys++;
      check(key, depth);
      check(one, depth + 1);
    }
  };
  try {
    if (LONE_SURROGATE.test(text)) throw text;
    value = JSON.parse(text);
    check(value, 0);
    // JSON.parse keeps the last of two equal keys: then fewer keys came out than were written.
    if (keys !== writtenKeys(text)) throw text;
  } catch {
    throw new Refused("bad_json");
  }
  return value;
}

/** Colons outside strings, in text that is known to be JSON: one for each key. */
function writtenKeys(text: string): number {
  let colons = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 34) quoted = !quoted;
    else if (unit === 92) at++;
    else if (unit === 58 && !quoted) colons++;
  }
  return colons;
}
