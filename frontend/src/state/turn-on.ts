// Turning the backup on: everything is drawn here, one code is shown, and one request begins it.
import { Refused } from "../core/refused";
import { newAuthor, type Author } from "../core/plan-edit";
import { isRecord, type Plan } from "../core/plan";
import { parseStrict } from "../core/strict-json";
import { drawDataKey, keyOf, planKey, type SecretKeys } from "../crypto/account-keys";
import { fromBase64url, fromUtf8, toBase64url, toHex, toUtf8 } from "../crypto/bytes";
import { drawName, drawPassphrase } from "../crypto/draw";
import { KIND, seal } from "../crypto/envelope";
import { wrap } from "../crypto/key-slots";
import { randomBytes, sha256 } from "../crypto/primitives";
import { drawSecret, readLetters, recoveryKeys, writtenCode } from "../crypto/recovery-code";
import { keepAccount, keepUnfinished, readUnfinished } from "../device/account";
import { register } from "../server/accounts";
import { getJson, Problem } from "../server/http";
import { etagOf, fetchPlan } from "../server/plans";
import { changeAndSave, contentOf, countItems, stretchedKeys } from "./account";
import { accountWords, recoveringBy, thisDevice, today, withAccount } from "./account";
import { adopt, openStanding } from "./backup";
import { flush, plan } from "./plan";

const COUNT = 7776; // of the words to draw from: a list that was cut short gives weak words
const NAMES = 3; // drawn ahead: one may be taken

/** All that one account is made of; the same each time a step is done again. */
interface Begun {
  account: string;
  object: string;
  data_key: string;
  secret: string;
  names: string[];
  passphrase: string;
  /** Who writes the account's words into the plan, and the item that they become. */
  replica: string;
  item: string;
}

let begun: Begun | null = null;
let code = "";
let keys: SecretKeys | null = null; // of names[0]; stretching takes seconds

/** Whether a backup was begun here and not finished: its code is then shown again. */
export async function hasBegun(): Promise<boolean> {
  return begun !== null || (await readUnfinished()) !== null;
}

/**
 * The one code to show, the same until the backup is on. `words` is where the list to draw from
 * lies. Rejects with Refused: `empty_plan`, `not_loaded`, `bad_words`, or the device's own.
 */
export async function beginBackup(words: string): Promise<string> {
  if (!countItems(plan.value)) throw new Refused("empty_plan");
  await flush();
  const known = begun ?? (await readBegun());
  const made = known ?? draw(wordsIn(await getJson(words)));
  if (!known) await keepBegun(made);
  code = await writtenCode(fromBase64url(made.secret));
  begun = made;
  return code;
}

/** Whether this is what stands in the code's group, 0 … 8, as it was typed back. */
export function isTypedBack(group: number, typed: string): boolean {
  return code !== "" && readLetters(typed) === code.split("-")[group];
}

/**
 * After the code was typed back or printed. Rejects and leaves the plan as it was (`no_answer`,
 * or the server's code); it can be done again until it resolves: then the backup is on.
 */
export async function finishBackup(): Promise<void> {
  begun ??= await readBegun();
  if (!begun) throw new Refused("not_begun");
  await flush();
  try {
    await send(begun);
  } catch (error) {
    const isTaken = error instanceof Problem && error.code === "name_taken";
    if (!isTaken || begun.names.length < 2) throw error;
    begun = { ...begun, names: begun.names.slice(1) };
    keys = null;
    await keepBegun(begun);
    await send(begun);
  }
  [begun, keys, code] = [null, null, ""];
}

async function send(given: Begun): Promise<void> {
  const [account, object] = [fromBase64url(given.account), fromBase64url(given.object)];
  const [name = ""] = given.names;
  keys ??= await stretchedKeys(name, given.passphrase);
  const recovering = await recoveryKeys(fromBase64url(given.secret));
  const raw = fromBase64url(given.data_key);
  const slots = [
    await wrap("passphrase", keys.wrapping, account, raw),
    await wrap("recovery", recovering.wrapping, account, raw),
  ];
  const dataKey = await keyOf(raw);
  const first = withWords(plan.value, given);
  const sealing = { key: await planKey(dataKey), kind: KIND.plan, account, object, revision: 1 };
  const { bytes, content } = await contentOf(first);
  const envelope = await seal({ ...sealing, parent: new Uint8Array(32) }, bytes);
  const etag = await register({
    account_id: account,
    name,
    auth_key: keys.auth,
    ...recoveringBy(recovering),
    device: thisDevice(),
    key_slots: slots,
    plan: { object_id: object, envelope },
  });
  const ids = { account, object, dataKey };
  const ours = { hash: await sha256(envelope), content };
  const isOurs = etag === etagOf({ revision: 1, ...ours });
  const there = isOurs ? ours : await openStanding(ids, await fetchPlan()); // of an earlier try
  await changeAndSave((now) => withWords(now, given));
  const { hash, content: stands } = there;
  const kept = { ...ids, hash, content: stands, revision: 1, day: today(), sending: [] };
  const whole = { ...kept, items: countItems(plan.value) };
  await keepAccount(whole);
  adopt(whole);
}

/** The same item, by the same author, however often it is written. */
function withWords(of: Plan, { names, passphrase, replica, item }: Begun): Plan {
  const words = { account_name: names[0] ?? "", passphrase };
  if (accountWords(of)?.account_name === words.account_name) return of;
  const author: Author = { ...newAuthor(of, () => replica), newId: () => item };
  return withAccount(of, author, words);
}

function draw(words: string[]): Begun {
  const id = (): string => toBase64url(randomBytes(16));
  return {
    account: id(),
    object: id(),
    data_key: toBase64url(drawDataKey()),
    secret: toBase64url(drawSecret()),
    names: Array.from({ length: NAMES }, () => drawName(words)),
    passphrase: drawPassphrase(words),
    replica: toHex(randomBytes(16)),
    item: toHex(randomBytes(16)),
  };
}

function wordsIn(given: unknown): string[] {
  const isWord = (word: unknown): word is string =>
    typeof word === "string" && /^[a-z]{3,9}$/.test(word);
  const words = Array.isArray(given) ? [...new Set<unknown>(given)].filter(isWord) : [];
  if (words.length < COUNT) throw new Refused("bad_words");
  return words;
}

const keepBegun = (given: Begun): Promise<void> => keepUnfinished(toUtf8(JSON.stringify(given)));

async function readBegun(): Promise<Begun | null> {
  const bytes = await readUnfinished();
  const given = bytes && parseStrict(fromUtf8(bytes));
  return isRecord(given) ? (given as unknown as Begun) : null;
}
