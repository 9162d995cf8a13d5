// What the server is asked about an account: to begin it, to sign in, to change and to end it.
import { Refused } from "../core/refused";
import { parseStrict } from "../core/strict-json";
import type { SecretKeys } from "../crypto/account-keys";
import { fromBase64url, fromUtf8, toBase64url } from "../crypto/bytes";
import type { KeySlot } from "../crypto/key-slots";
import type { RecoveryKeys } from "../crypto/recovery-code";
import { ask, WAITED_FOR, type Answer, type Asking } from "./http";

type Bytes = Uint8Array<ArrayBuffer>;

const SLOWEST = 12; // bytes a ms: a large plan on a thin line is given the time that it needs

/** A body's fields have the protocol's own names; their bytes travel as base64url. */
export const named = (name: string, { auth }: SecretKeys) => ({ name, auth_key: auth });
export const recovering = ({ lookup, auth }: RecoveryKeys) => ({
  recovery_lookup: lookup,
  recovery_auth: auth,
});

interface NewAccount extends Record<string, unknown> {
  account_id: Bytes;
  plan: Record<"object_id" | "envelope", Bytes>;
}

/** The plan's ETag, which is of another envelope where an earlier try had come through. */
export async function register(body: NewAccount): Promise<string | null> {
  const patience = WAITED_FOR + body.plan.envelope.length / SLOWEST;
  const answer = await ask("/accounts", { method: "POST", body, patience });
  const account = read(answer, (json: Entered) => json.account_id);
  if (account !== toBase64url(body.account_id)) throw new Refused("bad_answer");
  return answer.etag;
}

/** By name and passphrase. Throws Problem("sign_in_failed"), for a name that is not there too. */
export const signIn = (body: object) => welcomed("/sessions", body);

/** By the recovery code alone. */
export const recover = (body: object) => welcomed("/recovery-sessions", body);

export type Welcome = Awaited<ReturnType<typeof welcomed>>;

async function welcomed(path: string, body: object) {
  const answer = await ask(path, { method: "POST", body });
  return read(answer, ({ account_id, key_slots }: Entered) => {
    const account = fromBase64url(account_id);
    if (account.length !== 16) throw account;
    return { account, slots: key_slots.map(slotIn) };
  });
}

export const signOut = (): Promise<Answer> => ask("/sessions/current", { method: "DELETE" });

export const fetchKeySlots = async (): Promise<KeySlot[]> =>
  read(await ask("/key-slots"), (slots: Written[]) => slots.map(slotIn));

/** What changes an account needs its passphrase's proof. */
const prove = (path: string, { auth }: SecretKeys, asking: Asking): Promise<Answer> =>
  ask(path, { ...asking, headers: { Authorization: `Keel-Passphrase ${toBase64url(auth)}` } });

export const changeSecret = (kind: SecretKeys["kind"], proof: SecretKeys, body: object) =>
  prove(`/account/${kind}`, proof, { method: "POST", body });

export const deleteAccount = (proof: SecretKeys) => prove("/account", proof, { method: "DELETE" });

type Written = Record<keyof KeySlot, string>;
type Entered = { account_id: string; key_slots: Written[] };

const slotIn = ({ id, kind, envelope }: Written): KeySlot => ({
  id: fromBase64url(id),
  kind,
  envelope: fromBase64url(envelope),
});

/** The answer as JSON of its form; Refused("bad_answer") where it has another. */
function read<T, Json>({ body }: Answer, as: (json: Json) => T): T {
  try {
    return as(parseStrict(fromUtf8(body)) as Json);
  } catch {
    throw new Refused("bad_answer");
  }
}
