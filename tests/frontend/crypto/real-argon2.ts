// Argon2id as the worker runs it, asked as a page asks; whoever uses it unstubs the globals afterwards.
import { vi } from "vitest";

export type Answer = { stretched?: Uint8Array; code?: string };
type Listener = (event: { data: unknown }) => void;

/** What the page gets for one question. */
export async function askWorker(password: Uint8Array, salt: Uint8Array): Promise<Answer> {
  let listen: Listener = () => undefined;
  vi.stubGlobal("addEventListener", (_: string, given: Listener) => (listen = given));
  const answered = new Promise<Answer>((resolve) => vi.stubGlobal("postMessage", resolve));
  vi.resetModules();
  await import("../../../frontend/src/argon2-worker");
  listen({ data: { password, salt } });
  return answered;
}

export const stretchReally = async (password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> =>
  (await askWorker(password, salt)).stretched!;
