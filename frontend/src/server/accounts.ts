// What the server is asked about an account: to begin it, to sign in, to change and to end it.
import { Refused } from "../core/refused";
import { parseStrict } from "../core/strict-json";
import type { SecretKeys } from "../crypto/account-keys";
import { fromBase64url, fromUtf8, toBase64url } from "../crypto/bytes";
import type { KeySlot } from "../crypto/key-slots";
import type { RecoveryKeys } from "../crypto/recovery-code";
import { ask, WAITED_FOR, type Answer } from "./http";

type Bytes = Uint8Array<ArrayBuffer>;

const SLOWEST = 12; // bytes a ms: a large plan on a thin line is given the time that it needs

/** A body's fields have the protocol's own names; their bytes travel as base64url. */
export const named = (name: string, { auth }: SecretKeys) => ({ name, auth_key: auth });
export const recovering = ({ lookup, auth }: RecoveryKeys) => ({
  recovery_lookup: lookup,
  recovery_auth: auth,
});

export interface Welcome {
  account: Bytes;
  slots: KeySlot[];
}

interface NewAccount extends Record<string, unknown> {
  account_id: Bytes;
  plan: { object_id: Bytes; envelope: Bytes };
}

/** The plan's ETag, which is of another envelope where an earlier try had come through. */
export async function register(body: NewAccount): Promise<string | null> {
  const patience = WAITED_FOR + body.plan.envelope.length / SLOWEST;
  const answer = await ask("/accounts", { method: "POST", body, patience });
  const account = read(answer, ({ account_id }) => account_id);
  if (account !== toBase64url(body.account_id)) throw new Refused("bad_answer");
  return answer.etag;
}

/** By name and passphrase. Throws Problem("sign_in_failed"), for a name that is not there too. */
export const signIn = (body: object): Promise<Welcome> => welcomed("/sessions", body);

/** By the recovery code alone. */
export const recover = (body: object): Promise<Welcome> => welcomed("/recovery-sessions", body);

async function welcomed(path: string, body: object): Promise<Welcome> {
  return read(await ask(path, { method: "POST", body }), ({ account_id, key_slots }) => {
    const account = fromBase64url(account_id);
    if (account.length !== 16) throw account;
    return { account, slots: key_slots.map(slotIn) };
  });
}

export const signOut = (): Promise<Answer> => ask("/sessions/current", { method: "DELETE" });

export const fetchKeySlots = async (): Promise<KeySlot[]> =>
  read(await ask("/key-slots"), (slots: unknown) => (slots as Written[]).map(slotIn));

/** What changes an account needs its passphrase's proof. */
export const changeSecret = (
  kind: SecretKeys["kind"],
  proof: SecretKeys,
  body: object,
): Promise<Answer> => ask(`/account/${kind}`, { method: "POST", headers: proving(proof), body });

export const deleteAccount = (proof: SecretKeys): Promise<Answer> =>
  ask("/account", { method: "DELETE", headers: proving(proof) });

const proving = ({ auth }: SecretKeys) => ({
  Authorization: `Keel-Passphrase ${toBase64url(auth)}`,
});

type Written = Record<keyof KeySlot, string>;

const slotIn = ({ id, kind, envelope }: Written): KeySlot => ({
  id: fromBase64url(id),
  kind,
  envelope: fromBase64url(envelope),
});

/** The answer as JSON of its form; Refused("bad_answer") where it has another. */
function read<T>(
  { body }: Answer,
  as: (json: { account_id: string; key_slots: Written[] }) => T,
): T {
  try {
    return as(parseStrict(fromUtf8(body)) as never);
  } catch {
    throw new Refused("bad_answer");
  }
}
