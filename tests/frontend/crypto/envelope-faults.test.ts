// The vectors against copies of envelope-open.ts with a planted fault: each must be found.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { wrongRefusals, type Implementation } from "./vectors";

const FOLDER = fileURLToPath(new URL("../../../frontend/src/crypto", import.meta.url));
const SOURCE = readFileSync(`${FOLDER}/envelope-open.ts`, "utf8");

const FAULTS: [fault: string, original: string, changed: string][] = [
  [
    "the commitment is not looked at",
    "if (!isSame(commitment,",
    "if (false && !isSame(commitment,",
  ],
  ["padding may hold anything", " || padded.subarray(end).some((byte) => byte !== 0)", ""],
  ["a length may point beyond the bucket", "end > padded.length || ", ""],
  ["any size is a bucket", "if (!BUCKETS.includes(padded.length))", "if (false)"],
  ["a slot may have a parent", " && bytes.subarray(48, HEAD).every((byte) => byte === 0)", ""],
  ["a slot may have a second revision", "slotShaped = revision === 1 && ", "slotShaped = "],
  ["a slot may be of any size", "slotShaped && plaintext.length === SLOT", "slotShaped"],
  [
    "the head is not bound by the tag",
    "nonce, bytes.subarray(0, PREFIX)",
    "nonce, bytes.subarray(0, 0)",
  ],
  ["rollback is not looked at", "if (revision < expected.minRevision)", "if (false)"],
  [
    "the account is not looked at",
    "if (!isSame(bytes.subarray(8, 24), expected.account))",
    "if (false)",
  ],
  [
    "the object is not looked at",
    "if (!isSame(bytes.subarray(24, 40), expected.object))",
    "if (false)",
  ],
  ["any kind is taken", "if (kind !== expected.kind)", "if (false)"],
  ["a kind need not be known", 'if (!isKnown(kind)) refuse("kind_unknown");\n  const', "const"],
  ["a suite may be any", "if (bytes[4] !== 1)", "if (false)"],
  ["schema 0 is let through", "if (schema === 0)", "if (false)"],
  ["a newer schema is let through", 'refuse("newer_schema");\n  return {', "return {"],
  ["a byte too few is let through", "given.length < PREFIX + TAG", "given.length < 100"],
  ["isSame is never wrong", "difference === 0", "true"],
  ["isSame looks at lengths alone", "(difference |= byte ^ (right[at] ?? 0))", "0"],
];

const HEAD_CODES = [
  "not_an_envelope",
  "suite_not_allowed",
  "kind_unknown",
  "bad_revision",
  "wrong_kind",
  "wrong_account",
  "wrong_object",
  "rollback",
];

async function variant(source: string): Promise<Implementation> {
  const made = await build({
    stdin: { contents: source, resolveDir: FOLDER, loader: "ts" },
    bundle: true,
    format: "esm",
    write: false,
  });
  const text = Buffer.from(made.outputFiles[0]?.contents ?? []).toString("base64");
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${text}`)) as Implementation;
}

/** What the vectors find; an error without a code is a find too. */
async function failures(source: string): Promise<string[]> {
  const made = await variant(source);
  return wrongRefusals(made).catch((error: unknown) => [String(error)]);
}

const READS = SOURCE.indexOf("function readHead");

/** The line of readHead that refuses with this code, and what it needs read first. */
function check(code: string): string {
  const line = new RegExp(`^ *(?:if .*)refuse\\("${code}"\\);\\n`, "m").exec(SOURCE.slice(READS));
  return line?.[0] ?? expect.fail(code);
}

test("the source itself has no fault", async () => {
  expect(await failures(SOURCE)).toEqual([]);
});

test.each(FAULTS)("found: %s", async (_, original, changed) => {
  expect(SOURCE).toContain(original);
  const start = SOURCE.indexOf("export async function open");
  const planted = SOURCE.slice(0, start) + SOURCE.slice(start).replace(original, () => changed);
  expect(planted).not.toBe(SOURCE);
  expect(await failures(planted)).not.toEqual([]);
});

test.each(HEAD_CODES.slice(1).map((code, at) => [HEAD_CODES[at] ?? "", code]))(
  "found: %s after %s",
  async (before, after) => {
    const [first, second] = [check(before), check(after)];
    // Both checks move to where the later one stood: all that they read is read by then.
    const body = SOURCE.slice(READS)
      .replace(first, "")
      .replace(second, second + first);
    expect(await failures(SOURCE.slice(0, READS) + body)).not.toEqual([]);
  },
);

test("found: schema before padding", async () => {
  const late = '  if (schema === 0) refuse("bad_schema");\n';
  const newer = '  if (schema > NEWEST_SCHEMA) refuse("newer_schema");\n  return { plaintext';
  const padding = "  const plaintext = isSlot(";
  expect(SOURCE).toContain(late + newer);
  const swapped = SOURCE.replace(late, "").replace(padding, late + padding);
  expect(await failures(swapped)).not.toEqual([]);
});
