// The one place that asks the server for anything. The service worker answers first, from what it keeps.

import { Refused } from "../core/refused";
import { toBase64url } from "../crypto/bytes";

/** Raises Refused("not_loaded") for no network, for another answer than 200, and for what is no JSON. */
export const getJson = (path: string): Promise<unknown> =>
  fetch(path, { credentials: "omit" })
    .then((response) => (response.ok ? response.json() : Promise.reject()))
    .catch(() => Promise.reject(new Refused("not_loaded")));

export const WAITED_FOR = 3_000; // ms for what a person waits for
export const BEHIND = 30_000; // ms for what goes on behind the screen
const SEALED = "application/octet-stream";

/** The server said no, in its own words: a stable code. */
export class Problem extends Refused {
  status = 0;
  /** Seconds to wait; null where it named none. */
  retryAfter: number | null = null;
}

export interface Asking {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sealed bytes go as they are, the rest as JSON with the bytes in it as base64url. */
  body?: Uint8Array<ArrayBuffer> | object;
  headers?: Record<string, string>;
  /** ms until an answer begins; all of it may take BEHIND more. */
  patience?: number;
}

export type Answer = Awaited<ReturnType<typeof accepted>>;

/**
 * Asks our API. Rejects with Problem where the server refused, and with Refused("no_answer") for
 * all else: no network, too late, cut off, or an answer that is none of our server's.
 */
export async function ask(path: string, asking: Asking = {}): Promise<Answer> {
  const { method = "GET", body, headers = {}, patience = WAITED_FOR } = asking;
  const late = new AbortController();
  let timer = setTimeout(() => late.abort(), patience);
  const isSealed = body instanceof Uint8Array;
  const type = { "Content-Type": isSealed ? SEALED : "application/json" };
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers: { ...(body && type), ...(method !== "GET" && { Keel: "1" }), ...headers },
      ...(body && { body: isSealed ? body : JSON.stringify(body, inText) }),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: late.signal,
    });
    clearTimeout(timer);
    timer = setTimeout(() => late.abort(), BEHIND);
    return await accepted(response);
  } catch (error) {
    throw error instanceof Problem ? error : new Refused("no_answer");
  } finally {
    clearTimeout(timer);
  }
}

const inText = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? toBase64url(value) : value;

/**
 * `status` is 200 … 204, or 412 with the envelope that stands there; `isSealed` says whether the
 * body is sealed bytes rather than JSON, by its type. Whatever it throws but a Problem is told as
 * no answer.
 */
async function accepted(response: Response) {
  const { ok, status, headers } = response;
  const type = headers.get("content-type")?.split(";")[0] ?? "";
  if (type === "application/problem+json") {
    const { code } = (await response.json()) as { code?: unknown };
    if (typeof code !== "string" || !/^[a-z_]{1,40}$/.test(code)) throw code;
    const retryAfter = Number(headers.get("retry-after")) || null;
    throw Object.assign(new Problem(code), { status, retryAfter });
  }
  const isSealed = type === SEALED;
  const isOurs = isSealed || type === "application/json" || status === 204;
  if (!isOurs || !(ok || (status === 412 && isSealed))) throw type;
  const body = new Uint8Array(await response.arrayBuffer());
  return { status, etag: headers.get("etag"), isSealed, body };
}
