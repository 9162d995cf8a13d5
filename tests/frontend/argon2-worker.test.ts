// Argon2id as the worker runs it: the vectors' bytes, with WebAssembly and without.
import { afterEach, expect, test, vi } from "vitest";
import { fromHex, toHex } from "../../frontend/src/crypto/bytes";
import { normalised } from "../../frontend/src/crypto/passphrase";
import { read } from "./crypto/vectors";

afterEach(() => vi.unstubAllGlobals());

type Answer = { progress?: number; stretched?: Uint8Array };
const { vectors } = read<{ vectors: Record<string, string>[] }>("passphrase-v1.json");

/** What the page gets for one question. */
async function asked(password: Uint8Array, salt: Uint8Array): Promise<Answer[]> {
  let listener: (event: { data: unknown }) => void = () => undefined;
  const answers: Answer[] = [];
  vi.stubGlobal("addEventListener", (_: string, given: typeof listener) => (listener = given));
  const answered = new Promise<void>((resolve) =>
    vi.stubGlobal("postMessage", (answer: Answer) => {
      answers.push(answer);
      if (answer.stretched) resolve();
    }),
  );
  vi.resetModules();
  await import("../../frontend/src/argon2-worker");
  listener({ data: { password, salt } });
  await answered;
  return answers;
}

test("every vector, with WebAssembly", async () => {
  for (const one of vectors) {
    const answers = await asked(normalised(one.passphrase!), fromHex(one.salt!));
    expect(toHex(answers.at(-1)!.stretched!)).toBe(one.stretched);
  }
});

test("the same bytes where WebAssembly is switched off, and it tells how far it is", async () => {
  const refused = () => Promise.reject(new Error("switched off"));
  vi.stubGlobal("WebAssembly", { compile: refused, instantiate: refused });
  const [one] = vectors;
  const answers = await asked(normalised(one!.passphrase!), fromHex(one!.salt!));
  expect(toHex(answers.at(-1)!.stretched!)).toBe(one!.stretched);
  expect(answers.length).toBeGreaterThan(10);
  expect(answers.slice(0, -1).every(({ progress }) => progress! >= 0 && progress! <= 1)).toBe(true);
}, 60_000);
