// The sealed plan at the server: fetched, and saved as the next revision of what was last known there.
import { Refused } from "../core/refused";
import { toHex } from "../crypto/bytes";
import { sha256 } from "../crypto/primitives";
import { ask, BEHIND } from "./http";

type Bytes = Uint8Array<ArrayBuffer>;

/** Which revision of the plan is meant, and its SHA-256. */
export interface Known {
  revision: number;
  hash: Uint8Array;
}

/** Someone waits for it. */
export async function fetchPlan(): Promise<Bytes> {
  const { status, isSealed, body } = await ask("/plan");
  if (status !== 200 || !isSealed) throw new Refused("bad_answer");
  return body;
}

/**
 * Saves what was sealed on `base`. Resolves with null once it is on the server's disk, and with
 * the envelope that stands there instead where that is not `base`: perhaps this very one, when an
 * earlier answer was lost.
 */
export async function savePlan(envelope: Bytes, base: Known): Promise<Bytes | null> {
  const headers = { "If-Match": etagOf(base) };
  const answer = await ask("/plan", { method: "PUT", body: envelope, headers, patience: BEHIND });
  if (answer.status === 412) return answer.body;
  const saved = { revision: base.revision + 1, hash: await sha256(envelope) };
  if (answer.status !== 200 || answer.etag !== etagOf(saved)) throw new Refused("bad_answer");
  return null;
}

export const etagOf = ({ revision, hash }: Known): string =>
  `"${revision}-${toHex(hash.subarray(0, 8))}"`;
