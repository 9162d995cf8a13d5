// The keys of an account, each parted from another under a label of its own (docs/protocol.md, "Keys").
import { derive, hkdfKey, randomBytes } from "./primitives";

type Bytes = Uint8Array<ArrayBuffer>;

export const LABEL = "safety-plan/v1/";

/** What signs in, and what opens a slot: it never leaves the device. */
export interface SecretKeys {
  /** 32 bytes; the server keeps a verifier of them. */
  auth: Bytes;
  wrapping: CryptoKey;
}

/** `part` names the two: "pw" or "recovery". */
export async function secretKeys(base: CryptoKey, part: "pw" | "recovery"): Promise<SecretKeys> {
  const auth = await derive(base, `${LABEL}${part}/auth`);
  return { auth, wrapping: await keyOf(await derive(base, `${LABEL}${part}/kek`)) };
}

export const drawDataKey = (): Bytes => randomBytes(32);

/** What seals the plan: data/plan, of the data key. */
export async function planKey(dataKey: CryptoKey): Promise<CryptoKey> {
  return keyOf(await derive(dataKey, `${LABEL}data/plan`));
}

/** An HKDF key that no page can read out; the bytes are wiped. */
export async function keyOf(raw: Uint8Array): Promise<CryptoKey> {
  const key = await hkdfKey(raw);
  raw.fill(0);
  return key;
}
