// Starts the worker that stretches a passphrase, and ends it with its answer.
import { Refused } from "../core/refused";
import { trustedUrl } from "./trusted-url";

/** Its address, written in by the build. */
declare const ARGON2_WORKER: string;

type Bytes = Uint8Array<ArrayBuffer>;
type Answer = { progress: number } | { stretched: Bytes };

/**
 * Argon2id, suite 1: 32 bytes. `onProgress` gets 0 … 1. Rejects with Refused: `stopped` by the
 * signal, `argon2_failed` where the worker did not come or had no memory left.
 */
export function stretch(
  password: Uint8Array,
  salt: Uint8Array,
  { onProgress, signal }: { onProgress?: (progress: number) => void; signal?: AbortSignal } = {},
): Promise<Bytes> {
  let worker: Worker | undefined;
  const answered = new Promise<Bytes>((resolve, reject) => {
    const fail = (code: string) => (): void => reject(new Refused(code));
    if (signal?.aborted) return fail("stopped")();
    signal?.addEventListener("abort", fail("stopped"), { once: true });
    worker = new Worker(trustedUrl(ARGON2_WORKER));
    worker.onerror = worker.onmessageerror = fail("argon2_failed");
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      "stretched" in data ? resolve(data.stretched) : onProgress?.(data.progress);
    worker.postMessage({ password, salt });
  });
  return answered.finally(() => worker?.terminate());
}
