// What changes an account or ends it: each with a fresh proof, and each can be done again.
import { Refused } from "../core/refused";
import { unwrap, wrap } from "../crypto/key-slots";
import { checkNew } from "../crypto/passphrase";
import { drawSecret, recoveryKeys, writtenCode } from "../crypto/recovery-code";
import { forgetAccount, type KeptAccount } from "../device/account";
import { codeOf } from "../device/database";
import * as server from "../server/accounts";
import { accountWords, changeAndSave, stretchedKeys, thisDevice } from "./account";
import { withAccount, withoutAccount, type AccountWords } from "./account";
import { adopt, backup, keptAccount } from "./backup";

let newSecret: Uint8Array<ArrayBuffer> | null = null;

/** Every other device is signed out. Rejects with Refused: `passphrase_short`, `no_answer`, … */
export async function changePassphrase(next: string): Promise<void> {
  checkNew(next);
  const { account, name, proof, raw } = await proven();
  const keys = await stretchedKeys(name, next);
  // Kept first: if no answer comes, one of the two signs in, and both are known.
  await write({ next_passphrase: next });
  const key_slot = await wrap(keys, account, raw);
  await server.changeSecret("passphrase", proof, { ...server.named(name, keys), key_slot });
  await write({ passphrase: next, next_passphrase: undefined });
}

const write = (words: Partial<AccountWords>): Promise<void> =>
  changeAndSave((now, author) => withAccount(now, author, words));

/** A new code to show; the old one holds until `useNewCode`. */
export async function drawNewCode(): Promise<string> {
  return writtenCode((newSecret ??= drawSecret()));
}

/** After it was typed back or printed: the old code opens nothing any more. */
export async function useNewCode(): Promise<void> {
  if (!newSecret) throw new Refused("not_begun");
  const { account, proof, raw } = await proven();
  const keys = await recoveryKeys(newSecret);
  const key_slot = await wrap(keys, account, raw);
  await server.changeSecret("recovery", proof, { ...server.recovering(keys), key_slot });
  newSecret = null;
}

/** The account and all that the server has of it; this device keeps its plan. */
export async function deleteAccount(): Promise<void> {
  try {
    await server.deleteAccount((await proven()).proof);
  } catch (error) {
    // An answer that was lost ended the session too: whether the account is there, a sign-in tells.
    if (codeOf(error) !== "signed_out" || !(await isGone())) throw error;
  }
  await changeAndSave(withoutAccount);
  await forget();
}

/** This device keeps its plan. Refused("unsent") while the server lacks something, unless sure. */
export async function leave({ isSure = false } = {}): Promise<void> {
  if (backup.value !== "saved" && !isSure) throw new Refused("unsent");
  await unless("signed_out", server.signOut());
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

/** The account and its words; Refused("no_account") where this device or its plan knows none. */
function known(): KeptAccount & AccountWords {
  const [kept, words] = [keptAccount(), accountWords()];
  if (!kept || !words) throw new Refused("no_account");
  return { ...kept, ...words };
}

/** Opens a slot first, so that a wrong passphrase never counts as a failed try. After a change
 *  without an answer it is the next passphrase that opens. */
async function proven() {
  const { account, account_name: name, passphrase, next_passphrase: next } = known();
  const slots = await server.fetchKeySlots();
  const opened = async (by: string) => {
    const proof = await stretchedKeys(name, by);
    return { account, name, proof, raw: await unwrap(proof, account, slots) };
  };
  return next ? opened(passphrase).catch(() => opened(next)) : opened(passphrase);
}

async function isGone(): Promise<boolean> {
  const { account_name: name, passphrase } = known();
  const keys = await stretchedKeys(name, passphrase);
  const body = { ...server.named(name, keys), device: thisDevice() };
  return (await unless("sign_in_failed", server.signIn(body))) === undefined;
}

/** Undefined where it was refused with this code. */
const unless = <T>(code: string, work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (codeOf(error) !== code) throw error;
    return undefined;
  });
