// A key slot: the data key, wrapped so that one secret opens it.
import { Refused } from "../core/refused";
import type { SecretKeys } from "./account-keys";
import { KIND, open, seal } from "./envelope";
import { randomBytes, type Bytes } from "./primitives";

type Wrapping = Pick<SecretKeys, "kind" | "wrapping">;

const KINDS = { passphrase: KIND.slotPassphrase, recovery: KIND.slotRecovery } as const;

export interface KeySlot {
  /** 16 bytes, as its envelope says too. */
  id: Bytes;
  /** One of a newer app is kept by the server and of no use here. */
  kind: string;
  /** 192 bytes. */
  envelope: Bytes;
}

/** A new slot for the 32-byte data key, with an id of its own. */
export async function wrap(by: Wrapping, account: Uint8Array, dataKey: Bytes): Promise<KeySlot> {
  const { kind, wrapping: key } = by;
  const id = randomBytes(16);
  const place = { account, object: id, revision: 1, parent: new Uint8Array(32) };
  return { id, kind, envelope: await seal({ key, kind: KINDS[kind], ...place }, dataKey) };
}

/** The data key's 32 bytes. Throws Refused: `no_slot`, or the envelope's code. */
export async function unwrap(by: Wrapping, account: Uint8Array, slots: KeySlot[]): Promise<Bytes> {
  const { kind, wrapping: key } = by;
  const slot = slots.find((one) => one.kind === kind);
  if (!slot) throw new Refused("no_slot");
  const expected = { key, kind: KINDS[kind], account, object: slot.id, minRevision: 1 };
  return (await open(expected, slot.envelope)).plaintext;
}
