// Stretches a passphrase by Argon2id, off the page and in a process of its own that ends afterwards.
import binary from "argon2id/dist/no-simd.wasm";
import setUp from "argon2id/lib/setup.js";

/** Suite 1, the only one; a cost that came from elsewhere could be a weak one. Memory in KiB. */
const SUITE = { memorySize: 64 * 1024, passes: 3, parallelism: 1, tagLength: 32 };

type Asked = Record<"password" | "salt", Uint8Array>;

const load = (imports: WebAssembly.Imports) => WebAssembly.instantiate(binary, imports);

/** WebAssembly may be switched off, as on an iPhone in Lockdown Mode; each browser has its own
 *  error for that, and all have RangeError where there is not enough memory. */
async function answer(asked: Asked) {
  try {
    const argon2id = await setUp(load, load);
    return { stretched: argon2id({ ...SUITE, ...asked }) };
  } catch (error) {
    return { code: error instanceof RangeError ? "argon2_failed" : "no_webassembly" };
  }
}

globalThis.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  void answer(data).then((answered) => globalThis.postMessage(answered));
});
