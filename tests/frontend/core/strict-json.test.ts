// Strict JSON: the same texts are read, and the same ones refused, as in Python.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Refused } from "../../../frontend/src/core/refused";
import { parseStrict } from "../../../frontend/src/core/strict-json";
import { fromUtf8 } from "../../../frontend/src/crypto/bytes";
import { fromHex } from "../crypto/hex";

interface Case {
  why: string;
  text?: string;
  utf8_hex?: string;
  repeat?: [string, number, string, string, number];
}

const cases = JSON.parse(
  readFileSync(new URL("../../vectors/strict-json-v1.json", import.meta.url), "utf8"),
) as { good: Case[]; bad: Case[] };

function textOf({ text, utf8_hex, repeat }: Case): string {
  if (utf8_hex !== undefined) return fromUtf8(fromHex(utf8_hex));
  if (!repeat) return text ?? "";
  const [before, times, middle, after, again] = repeat;
  return before.repeat(times) + middle + after.repeat(again);
}

test.each(cases.good)("read: $why", (one) => {
  const text = textOf(one);
  expect(parseStrict(text)).toEqual(JSON.parse(text));
});

test.each(cases.bad)("refused: $why", (one) => {
  const code = one.utf8_hex === undefined ? "bad_json" : expect.stringMatching(/bad_(utf8|json)/);
  expect(refusal(() => parseStrict(textOf(one)))).toEqual(code);
});

test("a lone surrogate in the text itself is refused", () => {
  expect(refusal(() => parseStrict('"\ud83d"'))).toBe("bad_json");
});

test("__proto__ is a key like any other, and counted like any other", () => {
  expect(Object.keys(parseStrict('{"__proto__":{"a":1}}') as object)).toEqual(["__proto__"]);
  expect(refusal(() => parseStrict('{"__proto__":1,"__proto__":2}'))).toBe("bad_json");
});

test("256 KiB are read in less than 30 ms", () => {
  const item = {
    id: "a".repeat(32),
    sibs: [{ dot: ["b".repeat(32), 1], value: { text: '"x\\y' } }],
  };
  for (const value of [Array.from({ length: 2000 }, () => item), { photo: "A".repeat(260_000) }]) {
    const text = JSON.stringify(value);
    const rounds = Array.from({ length: 7 }, () => {
      const started = performance.now();
      parseStrict(text);
      return performance.now() - started;
    });
    expect(Math.min(...rounds)).toBeLessThan(30); // the quickest: the machine may be busy
  }
});

function refusal(run: () => unknown): unknown {
  try {
    run();
    return "read";
  } catch (error) {
    return error instanceof Refused ? error.code : error;
  }
}
