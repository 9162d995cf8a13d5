// What the server is asked about an account: to begin it, to sign in, to change and to end it.
import { isRecord } from "../core/plan";
import { Refused } from "../core/refused";
import { parseStrict } from "../core/strict-json";
import { fromBase64url, fromUtf8, toBase64url } from "../crypto/bytes";
import type { KeySlot } from "../crypto/key-slots";
import { ask, WAITED_FOR, type Answer } from "./http";

type Bytes = Uint8Array<ArrayBuffer>;

const SLOWEST = 12; // bytes a ms: a large plan on a thin line is given the time that it needs

/** The fields have the protocol's own names; their bytes travel as base64url. */
export interface Named {
  name: string;
  auth_key: Bytes;
}

/** What finds the account by its code, and signs in. */
export interface Recovering {
  recovery_lookup: Bytes;
  recovery_auth: Bytes;
}

export interface NewAccount extends Named, Recovering {
  account_id: Bytes;
  key_slots: KeySlot[];
  plan: { object_id: Bytes; envelope: Bytes };
  device: Device;
}

export type Device = "phone" | "tablet" | "computer" | "other";

export interface Welcome {
  account: Bytes;
  slots: KeySlot[];
}

/** That whoever asks holds one of the account's own secrets: a header's value. */
export type Proof = string;

export const proofOf = (kind: "passphrase" | "recovery", auth: Uint8Array): Proof =>
  `${kind === "recovery" ? "Keel-Recovery" : "Keel-Passphrase"} ${toBase64url(auth)}`;

/** The plan's ETag, which is of another envelope where an earlier try had come through. */
export async function register(body: NewAccount): Promise<string | null> {
  const patience = WAITED_FOR + body.plan.envelope.length / SLOWEST;
  const answer = await ask("/accounts", { method: "POST", body, patience });
  if (bytesIn(fieldsIn(parsed(answer)).account_id).join() !== body.account_id.join())
    throw new Refused("bad_answer");
  return answer.etag;
}

/** Throws Problem("sign_in_failed"), for a name that is not there too. */
export const signIn = (named: Named, device: Device): Promise<Welcome> =>
  welcomed("/sessions", { ...named, device });

/** By the recovery code alone. */
export const recover = (recovering: Recovering, device: Device): Promise<Welcome> =>
  welcomed("/recovery-sessions", { ...recovering, device });

export const signOut = (): Promise<Answer> => ask("/sessions/current", { method: "DELETE" });

export const fetchKeySlots = async (): Promise<KeySlot[]> =>
  slotsIn(parsed(await ask("/key-slots")));

export const changePassphrase = (
  proof: Proof,
  body: Named & { key_slot: KeySlot },
): Promise<Answer> => changed("/account/passphrase", proof, body);

export const changeRecovery = (
  proof: Proof,
  body: Recovering & { key_slot: KeySlot },
): Promise<Answer> => changed("/account/recovery", proof, body);

const changed = (path: string, Authorization: Proof, body: object): Promise<Answer> =>
  ask(path, { method: "POST", headers: { Authorization }, body });

export const deleteAccount = (Authorization: Proof): Promise<Answer> =>
  ask("/account", { method: "DELETE", headers: { Authorization } });

async function welcomed(path: string, body: object): Promise<Welcome> {
  const { account_id, key_slots } = fieldsIn(parsed(await ask(path, { method: "POST", body })));
  const account = bytesIn(account_id);
  if (account.length !== 16) throw new Refused("bad_answer");
  return { account, slots: slotsIn(key_slots) };
}

function slotsIn(given: unknown): KeySlot[] {
  if (!Array.isArray(given)) throw new Refused("bad_answer");
  return given.map(fieldsIn).map(({ id, kind, envelope }) => ({
    id: bytesIn(id),
    kind: String(kind),
    envelope: bytesIn(envelope),
  }));
}

function bytesIn(given: unknown): Bytes {
  if (typeof given !== "string") throw new Refused("bad_answer");
  return fromBase64url(given);
}

function fieldsIn(given: unknown): Record<string, unknown> {
  if (!isRecord(given)) throw new Refused("bad_answer");
  return given;
}

const parsed = ({ body }: Answer): unknown => parseStrict(fromUtf8(body));
