// The strict JSON vectors against copies of strict-json.ts with a planted fault: each is found.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const FOLDER = fileURLToPath(new URL("../../../frontend/src/core", import.meta.url));
const SOURCE = readFileSync(`${FOLDER}/strict-json.ts`, "utf8");
const vectors = new URL("../../vectors/strict-json-v1.json", import.meta.url);
const { bad } = JSON.parse(readFileSync(vectors, "utf8")) as { bad: { text?: string }[] };
const DEEP = "[".repeat(17) + "]".repeat(17);

const FAULTS: [fault: string, original: string, changed: string][] = [
  ["keys are not counted", "if (keys !== writtenKeys(text)) throw text;", ""],
  ["an escape does not hide the next letter", "else if (unit === 92) at++;", ""],
  ["any depth is taken", "if (depth === DEEPEST) throw part;", ""],
  ["half a surrogate pair is taken", "LONE_SURROGATE.test(part)", "false"],
  ["keys are not looked at", "check(key, depth);", ""],
  ["numbers may be too large", "part === Infinity", "false"],
  ["lists are not looked into", "part.forEach((one) => check(one, depth + 1))", "undefined"],
];

async function failures(source: string): Promise<string[]> {
  const made = await build({
    stdin: { contents: source, resolveDir: FOLDER, loader: "ts" },
    bundle: true,
    format: "esm",
    write: false,
  });
  const module = Buffer.from(made.outputFiles[0]?.contents ?? []).toString("base64");
  const { parseStrict } = (await import(
    /* @vite-ignore */ `data:text/javascript;base64,${module}`
  )) as { parseStrict(text: string): unknown };
  const reads = (text: string): boolean => {
    try {
      parseStrict(text);
      return true;
    } catch {
      return false;
    }
  };
  const wrong = [...bad.flatMap(({ text }) => text ?? []), DEEP].filter(reads);
  return reads('{"a":"\\":"}') ? wrong : [...wrong, "a colon in a string"];
}

test("the source itself has no fault", async () => {
  expect(await failures(SOURCE)).toEqual([]);
});

test.each(FAULTS)("found: %s", async (_, original, changed) => {
  expect(SOURCE).toContain(original);
  expect(await failures(SOURCE.replace(original, () => changed))).not.toEqual([]);
});
