// Starts the worker that stretches a passphrase, and ends it with its answer.
import { Refused } from "../core/refused";
import { trustedUrl } from "./trusted-url";

/** Its address, written in by the build. */
declare const ARGON2_WORKER: string;

type Bytes = Uint8Array<ArrayBuffer>;
type Answer = { stretched: Bytes } | { code: string };

/**
 * Argon2id, suite 1: 32 bytes. Rejects with Refused: `no_webassembly` where this browser has it
 * switched off, `argon2_failed` where the worker did not come or had no memory left.
 */
export async function stretch(password: Uint8Array, salt: Uint8Array): Promise<Bytes> {
  const worker = new Worker(trustedUrl(ARGON2_WORKER));
  const answered = new Promise<Bytes>((resolve, reject) => {
    const refuse = (code: string): void => reject(new Refused(code));
    worker.onerror = worker.onmessageerror = () => refuse("argon2_failed");
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      "code" in data ? refuse(data.code) : resolve(data.stretched);
    worker.postMessage({ password, salt });
  });
  return answered.finally(() => worker.terminate());
}
