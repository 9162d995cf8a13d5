// Stretches a passphrase by Argon2id, off the page and in a process of its own that ends afterwards.
import { argon2id as slowly } from "@noble/hashes/argon2.js";
import { argon2id } from "hash-wasm";

/** Suite 1, the only one; a cost that came from elsewhere could be a weak one. */
const [MEMORY, PASSES, LANES, BYTES] = [64 * 1024, 3, 1, 32] as const; // memory in KiB

interface Asked {
  password: Uint8Array;
  salt: Uint8Array;
}

/** `progress` 0 … 1: told on the way only without WebAssembly, when the way is long. */
const tell = (answer: { progress: number } | { stretched: Uint8Array }): void =>
  globalThis.postMessage(answer);

async function stretch({ password, salt }: Asked): Promise<Uint8Array> {
  const how = { memorySize: MEMORY, iterations: PASSES, parallelism: LANES, hashLength: BYTES };
  try {
    return await argon2id({ password, salt, ...how, outputType: "binary" });
  } catch {
    // switched off, as in iOS Lockdown Mode; the same sum in plain JavaScript
    const onProgress = (progress: number): void => tell({ progress });
    return slowly(password, salt, { m: MEMORY, t: PASSES, p: LANES, dkLen: BYTES, onProgress });
  }
}

globalThis.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  tell({ progress: 0 });
  void stretch(data).then(
    (stretched) => tell({ stretched }),
    (error: unknown) =>
      setTimeout(() => {
        throw error; // outside of the promise, so that the page hears of it
      }),
  );
});
