// Turning the backup on: everything is drawn here, one code is shown, and one request begins it.
import { Refused } from "../core/refused";
import { newAuthor } from "../core/plan-edit";
import { fromBase64url, toBase64url, toHex } from "../crypto/bytes";
import { drawName, drawPassphrase } from "../crypto/draw";
import { wrap } from "../crypto/key-slots";
import { keyOf, randomBytes, sha256 } from "../crypto/primitives";
import { drawSecret, recoveryKeys, writtenCode } from "../crypto/recovery-code";
import { keepUnfinished, readUnfinished } from "../device/account";
import { codeOf } from "../device/database";
import { named, recovering, register } from "../server/accounts";
import { getJson } from "../server/http";
import { etagOf, fetchPlan } from "../server/plans";
import { contentOf, countItems, stretchedKeys, thisDevice, withAccount } from "./account";
import { openStanding, sealPlan, takeUp } from "./backup";
import { flush, plan } from "./plan";

const COUNT = 7776; // of the words to draw from: a list that was cut short gives weak words
const NAMES = 3; // drawn ahead: one may be taken

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
  const etag = await register({
    account_id: account,
    ...named(name, passphrase),
    ...recovering(recovery),
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
