// An account's steps: it is begun, come back to, changed, ended; each can be done again.
import { Refused } from "../core/refused";
import { newAuthor } from "../core/plan-edit";
import type { SecretKeys } from "../crypto/account-keys";
import { fromBase64url, toBase64url, toHex } from "../crypto/bytes";
import { drawName, drawPassphrase } from "../crypto/draw";
import { unwrap, wrap } from "../crypto/key-slots";
import { checkNew, readName } from "../crypto/passphrase";
import { keyOf, randomBytes, sha256 } from "../crypto/primitives";
import { drawSecret, readCode, recoveryKeys, writtenCode } from "../crypto/recovery-code";
import { forgetAccount, keepUnfinished, readUnfinished, renewAccount } from "../device/account";
import { codeOf } from "../device/database";
import * as server from "../server/accounts";
import { getJson } from "../server/http";
import { etagOf, fetchPlan } from "../server/plans";
import { accountWords, changeAndSave, commonOnes, contentOf, countItems, isSame } from "./account";
import { stretchedKeys, thisDevice, withAccount, withoutAccount } from "./account";
import { adopt, backup, keptAccount, openStanding, sealPlan, takeUp } from "./backup";
import { flush, plan } from "./plan";

const COUNT = 7776; // of the words to draw from: a list that was cut short gives weak words
const NAMES = 3; // drawn ahead: one may be taken

let found: Parameters<typeof takeUp> | null = null; // come back to, and not taken up so far
let newSecret: Uint8Array | null = null; // of a new code that was shown

/** All that one account is made of, bytes as base64url; the same each time a step is done again. */
type Begun = ReturnType<typeof draw>;

/**
 * The one code to show, the same until the backup is on. `words` is where the list to draw from
 * lies. Rejects with Refused: `empty_plan`, `not_loaded`, `bad_words`, or the device's own.
 */
export async function beginBackup(words: string): Promise<string> {
  if (!countItems(plan.value)) throw new Refused("empty_plan");
  await flush();
  let begun = await readBegun();
  if (!begun) await keepUnfinished((begun = draw(wordsIn(await getJson(words)))));
  return writtenCode(fromBase64url(begun.secret));
}

/**
 * After the code was typed back or printed. Rejects and leaves the plan as it was (`no_answer`,
 * or the server's code); it can be done again until it resolves: then the backup is on.
 */
export async function finishBackup(): Promise<void> {
  const begun = await readBegun();
  if (!begun) throw new Refused("not_begun");
  try {
    await send(begun);
  } catch (error) {
    const names = begun.names.slice(1);
    if (codeOf(error) !== "name_taken" || !names.length) throw error;
    await keepUnfinished({ ...begun, names });
    await finishBackup();
  }
}

async function send(begun: Begun): Promise<void> {
  const [account, object] = [fromBase64url(begun.account), fromBase64url(begun.object)];
  const [name = ""] = begun.names;
  const passphrase = await stretchedKeys(name, begun.passphrase);
  const recovery = await recoveryKeys(fromBase64url(begun.secret));
  const raw = fromBase64url(begun.data_key);
  const key_slots = [await wrap(passphrase, account, raw), await wrap(recovery, account, raw)];
  const ids = { account, object, dataKey: await keyOf(raw) };
  const words = { account_name: name, passphrase: begun.passphrase };
  const author = newAuthor(plan.value, () => toHex(randomBytes(16)));
  const { bytes } = await contentOf(withAccount(plan.value, author, words));
  const envelope = await sealPlan(ids, 1, new Uint8Array(32), bytes);
  const etag = await server.register({
    account_id: account,
    ...server.named(name, passphrase),
    ...server.recovering(recovery),
    device: thisDevice(),
    key_slots,
    plan: { object_id: object, envelope },
  });
  const isOurs = etag === etagOf({ revision: 1, hash: await sha256(envelope) });
  const there = isOurs ? envelope : await fetchPlan(); // of an earlier try
  await takeUp(ids, await openStanding(ids, there));
}

function draw(words: string[]) {
  const bytes = (count: number): string => toBase64url(randomBytes(count));
  return {
    account: bytes(16),
    object: bytes(16),
    data_key: bytes(32),
    secret: toBase64url(drawSecret()),
    names: Array.from({ length: NAMES }, () => drawName(words)),
    passphrase: drawPassphrase(words),
  };
}

function wordsIn(given: unknown): string[] {
  const isWord = (word: unknown): word is string =>
    typeof word === "string" && /^[a-z]{3,9}$/.test(word);
  const words = Array.isArray(given) ? [...new Set<unknown>(given)].filter(isWord) : [];
  if (words.length < COUNT) throw new Refused("bad_words");
  return words;
}

const readBegun = async (): Promise<Begun | null> => (await readUnfinished()) as Begun | null;

/** "asks": this device has a plan, and the person says whether the two become one. */
export type CameBack = "done" | "asks";

/** Rejects with Refused: `recovery_format`, `recovery_typo`, `sign_in_failed`, `no_answer`, … */
export async function comeBackByCode(typed: string): Promise<CameBack> {
  const keys = await recoveryKeys(await readCode(typed));
  return enter(keys, await server.recover({ ...server.recovering(keys), device: thisDevice() }));
}

/** Rejects with Refused: `bad_name`, `bad_passphrase`, `sign_in_failed`, `no_answer`, … */
export async function comeBackByName(typed: string, passphrase: string): Promise<CameBack> {
  const name = readName(typed);
  const keys = await stretchedKeys(name, passphrase);
  return enter(keys, await server.signIn({ ...server.named(name, keys), device: thisDevice() }));
}

/** Yes: the plan of this device and the one from the backup become one, nothing is left out. */
export async function mergeBoth(): Promise<void> {
  if (found) await takeUp(...found);
  found = null;
}

/** No: this device keeps its own plan and nothing of the account. */
export async function stayApart(): Promise<void> {
  found = null;
  await server.signOut();
}

async function enter(keys: SecretKeys, { account, slots }: server.Welcome): Promise<CameBack> {
  const dataKey = await keyOf(await unwrap(keys, account, slots));
  const kept = keptAccount();
  if (kept && isSame(kept.account, account)) {
    adopt(await renewAccount({ ...kept, dataKey }));
    return "done";
  }
  const envelope = await fetchPlan();
  // A new device takes the object id of the first plan that opens.
  const ids = { account, object: envelope.slice(24, 40), dataKey };
  found = [ids, await openStanding(ids, envelope)];
  if (plan.value.items.length) return "asks";
  await mergeBoth();
  return "done";
}

/** Every other device is signed out. `list` is of those that many have chosen. Rejects with Refused:
 *  `passphrase_short`, `passphrase_common`, `no_answer`, … */
export async function changePassphrase(next: string, list: string): Promise<void> {
  await checkNew(next, () => commonOnes(list));
  const { account, name, proof, raw } = await proven();
  const keys = await stretchedKeys(name, next);
  // Kept first: if no answer comes, one of the two signs in, and both are known.
  await write({ next_passphrase: next });
  const key_slot = await wrap(keys, account, raw);
  await server.changeSecret("passphrase", proof, { ...server.named(name, keys), key_slot });
  await write({ passphrase: next, next_passphrase: undefined });
}

const write = (words: Parameters<typeof withAccount>[2]): Promise<void> =>
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
  const deleting = proven().then(({ proof }) => server.deleteAccount(proof));
  // An answer that was lost ended the session too: whether the account is there, a sign-in tells.
  if (!(await unless("signed_out", deleting)) && !(await isGone())) throw new Refused("signed_out");
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
function known() {
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
