// What changes an account or ends it: each with a fresh proof, and each can be done again.
import { Refused } from "../core/refused";
import type { SecretKeys } from "../crypto/account-keys";
import { unwrap, wrap, type Secret } from "../crypto/key-slots";
import { drawSecret, readCode, recoveryKeys, writtenCode } from "../crypto/recovery-code";
import { forgetAccount, type KeptAccount } from "../device/account";
import * as server from "../server/accounts";
import { Problem } from "../server/http";
import { accountWords, changeAndSave, recoveringBy, stretchedKeys, thisDevice } from "./account";
import { withAccount, withoutAccount } from "./account";
import { adopt, backup, keptAccount } from "./backup";

const SHORTEST = 15; // code points of a passphrase of their own

/** What the person proves it with; without either, the passphrase that the plan holds. */
export type Given = { code: string } | { passphrase: string } | null;

interface Proven {
  proof: server.Proof;
  /** The data key's own bytes, for a new slot. */
  raw: Uint8Array;
}

let newSecret: Uint8Array<ArrayBuffer> | null = null;

/** Every other device is signed out. Rejects with Refused: `passphrase_short`, `no_answer`, … */
export async function changePassphrase(next: string, given: Given = null): Promise<void> {
  if ([...next].length < SHORTEST) throw new Refused("passphrase_short");
  const { account } = signedIn();
  const name = named();
  const { proof, raw } = await proven(given);
  const keys = await stretchedKeys(name, next);
  // Kept first: if no answer comes, one of the two signs in, and both are known.
  await changeAndSave((now, author) => withAccount(now, author, { next_passphrase: next }));
  const key_slot = await wrap("passphrase", keys.wrapping, account, raw);
  await server.changePassphrase(proof, { name, auth_key: keys.auth, key_slot });
  const words = { passphrase: next, next_passphrase: undefined };
  await changeAndSave((now, author) => withAccount(now, author, words));
}

/** A new code to show; the old one holds until `useNewCode`. */
export async function drawNewCode(): Promise<string> {
  return writtenCode((newSecret ??= drawSecret()));
}

/** After it was typed back or printed: the old code opens nothing any more. */
export async function useNewCode(given: Given = null): Promise<void> {
  if (!newSecret) throw new Refused("not_begun");
  const { account } = signedIn();
  const { proof, raw } = await proven(given);
  const keys = await recoveryKeys(newSecret);
  const key_slot = await wrap("recovery", keys.wrapping, account, raw);
  await server.changeRecovery(proof, { ...recoveringBy(keys), key_slot });
  newSecret = null;
}

/** The account and all that the server has of it; this device keeps its plan. */
export async function deleteAccount(given: Given = null): Promise<void> {
  signedIn();
  try {
    await server.deleteAccount((await proven(given)).proof);
  } catch (error) {
    // An answer that was lost ended the session too: whether the account is there, a sign-in tells.
    if (!isProblem(error, "signed_out") || !(await isGone())) throw error;
  }
  await changeAndSave(withoutAccount);
  await forget();
}

/** This device keeps its plan. Refused("unsent") while the server lacks something, unless sure. */
export async function leave({ isSure = false } = {}): Promise<void> {
  if (backup.value !== "saved" && !isSure) throw new Refused("unsent");
  await server.signOut().catch((error: unknown) => {
    if (!isProblem(error, "signed_out")) throw error;
  });
  await forget();
}

/** Wherever there is one: for "Delete everything", which waits for no server. Never rejects. */
export async function endSession(): Promise<void> {
  if (keptAccount()) await server.signOut().catch(() => undefined);
}

async function forget(): Promise<void> {
  await forgetAccount();
  adopt(null);
}

function signedIn(): KeptAccount {
  const kept = keptAccount();
  if (!kept) throw new Refused("no_account");
  return kept;
}

function named(): string {
  const words = accountWords();
  if (!words) throw new Refused("no_account_name");
  return words.account_name;
}

/** Opens a slot with what was given, so that a wrong secret never counts as a failed try. */
async function proven(given: Given): Promise<Proven> {
  const { account } = signedIn();
  const slots = await server.fetchKeySlots();
  let why: unknown = new Refused("no_secret");
  for (const { kind, keys } of secretsOf(given))
    try {
      const { auth, wrapping } = await keys();
      return {
        proof: server.proofOf(kind, auth),
        raw: await unwrap(slots, kind, wrapping, account),
      };
    } catch (error) {
      why = error;
    }
  throw why;
}

/** One after another: after a change without an answer it is the next passphrase that opens. */
function secretsOf(given: Given): { kind: Secret; keys: () => Promise<SecretKeys> }[] {
  if (given && "code" in given) {
    const keys = async (): Promise<SecretKeys> => recoveryKeys(await readCode(given.code));
    return [{ kind: "recovery", keys }];
  }
  const { passphrase, next_passphrase } = accountWords() ?? {};
  const words = [given?.passphrase ?? passphrase, next_passphrase].filter(
    (one) => one !== undefined,
  );
  return words.map((one) => ({ kind: "passphrase", keys: () => stretchedKeys(named(), one) }));
}

/** Throws what the sign-in was refused with, unless it was that. */
async function isGone(): Promise<boolean> {
  const { passphrase = "" } = accountWords() ?? {};
  const { auth } = await stretchedKeys(named(), passphrase);
  try {
    await server.signIn({ name: named(), auth_key: auth }, thisDevice());
    return false;
  } catch (error) {
    if (!isProblem(error, "sign_in_failed")) throw error;
    return true;
  }
}

const isProblem = (error: unknown, code: string): boolean =>
  error instanceof Problem && error.code === code;
