// The keys of an account, each parted from another under a label of its own (docs/protocol.md, "Keys").
import { derive, derivedKey, type Bytes } from "./primitives";

export const LABEL = "safety-plan/v1/";
const PARTS = { passphrase: "pw", recovery: "recovery" } as const;

/** What a person knows, as keys: they never leave the device, but for `auth` to our server. */
export interface SecretKeys {
  kind: keyof typeof PARTS;
  /** Signs in, 32 bytes; the server keeps a verifier of them. */
  auth: Bytes;
  /** Opens the slot of its kind. */
  wrapping: CryptoKey;
}

export async function secretKeys(base: CryptoKey, kind: SecretKeys["kind"]): Promise<SecretKeys> {
  const label = `${LABEL}${PARTS[kind]}`;
  const wrapping = await derivedKey(base, `${label}/kek`);
  return { kind, auth: await derive(base, `${label}/auth`), wrapping };
}

/** What seals the plan: data/plan, of the data key. */
export const planKey = (dataKey: CryptoKey): Promise<CryptoKey> =>
  derivedKey(dataKey, `${LABEL}data/plan`);
