// What a place in a list may be; how one is made stands in position.ts.

/** True for what `between` can make; anything else has no place of its own. */
export function isFraction(text: unknown): text is string {
  return typeof text === "string" && /^[0-9a-z]*[1-9a-z]$/.test(text);
}
