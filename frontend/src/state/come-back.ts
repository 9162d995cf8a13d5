// Coming back to a plan: by the recovery code alone, or by name and passphrase.
import type { Plan } from "../core/plan";
import { keyOf } from "../crypto/account-keys";
import { unwrap, type Secret } from "../crypto/key-slots";
import { readName } from "../crypto/passphrase";
import { readCode, recoveryKeys } from "../crypto/recovery-code";
import { keepAccount, renewAccount, type KeptAccount } from "../device/account";
import { recover, signIn, signOut, type Welcome } from "../server/accounts";
import { fetchPlan } from "../server/plans";
import { contentOf, countItems, isSame } from "./account";
import { recoveringBy, stretchedKeys, thisDevice, today } from "./account";
import { adopt, compare, keptAccount, openStanding, takeIn } from "./backup";
import { plan } from "./plan";

/** "asks": this device has a plan, and the person says whether the two become one. */
export type CameBack = "done" | "asks";

let found: { account: KeptAccount; plan: Plan } | null = null;

/** Rejects with Refused: `recovery_format`, `recovery_typo`, `sign_in_failed`, `no_answer`, … */
export async function comeBackByCode(typed: string): Promise<CameBack> {
  const keys = await recoveryKeys(await readCode(typed));
  return enter("recovery", keys.wrapping, await recover(recoveringBy(keys), thisDevice()));
}

/** Rejects with Refused: `bad_name`, `bad_passphrase`, `sign_in_failed`, `no_answer`, … */
export async function comeBackByName(typed: string, passphrase: string): Promise<CameBack> {
  const name = readName(typed);
  const { auth, wrapping } = await stretchedKeys(name, passphrase);
  return enter("passphrase", wrapping, await signIn({ name, auth_key: auth }, thisDevice()));
}

/** Yes: the plan of this device and the one from the backup become one, nothing is left out. */
export async function mergeBoth(): Promise<void> {
  if (found) await take(found.account, found.plan);
}

/** No: this device keeps its own plan and nothing of the account. */
export async function stayApart(): Promise<void> {
  found = null;
  await signOut();
}

async function enter(kind: Secret, wrapping: CryptoKey, welcome: Welcome): Promise<CameBack> {
  const { account, slots } = welcome;
  const raw = await unwrap(slots, kind, wrapping, account);
  const dataKey = await keyOf(raw);
  const envelope = await fetchPlan();
  const known = keptAccount();
  const isKnown = known !== null && isSame(known.account, account);
  // A new device takes the object id of the first plan that opens.
  const object = isKnown ? known.object : envelope.slice(24, 40);
  const { plan: theirs, ...mark } = await openStanding({ account, object, dataKey }, envelope);
  if (isKnown) {
    const same = { ...known, dataKey };
    await renewAccount(same);
    adopt(same);
    await compare(envelope);
    return "done";
  }
  const { hash, content, revision } = mark;
  const items = countItems(theirs);
  const ids = { account, object, dataKey };
  const kept = { ...ids, hash, content, revision, day: today(), items, sending: [] };
  found = { account: kept, plan: theirs };
  if (plan.value.items.length) return "asks";
  await take(kept, theirs);
  return "done";
}

async function take(account: KeptAccount, theirs: Plan): Promise<void> {
  await takeIn(theirs, account.items);
  await keepAccount(account);
  found = null;
  const { content } = await contentOf(plan.value);
  adopt(account, isSame(content, account.content) ? plan.value : null);
}
