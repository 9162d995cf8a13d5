// Coming back to a plan: by the recovery code alone, or by name and passphrase.
import type { SecretKeys } from "../crypto/account-keys";
import { unwrap } from "../crypto/key-slots";
import { readName } from "../crypto/passphrase";
import { keyOf } from "../crypto/primitives";
import { readCode, recoveryKeys } from "../crypto/recovery-code";
import { renewAccount, type Ids } from "../device/account";
import { named, recover, recovering, signIn, signOut, type Welcome } from "../server/accounts";
import { fetchPlan } from "../server/plans";
import { isSame, stretchedKeys, thisDevice } from "./account";
import { adopt, keptAccount, openStanding, takeUp, type Standing } from "./backup";
import { plan } from "./plan";

/** "asks": this device has a plan, and the person says whether the two become one. */
export type CameBack = "done" | "asks";

let found: { ids: Ids; there: Standing } | null = null;

/** Rejects with Refused: `recovery_format`, `recovery_typo`, `sign_in_failed`, `no_answer`, … */
export async function comeBackByCode(typed: string): Promise<CameBack> {
  const keys = await recoveryKeys(await readCode(typed));
  return enter(keys, await recover({ ...recovering(keys), device: thisDevice() }));
}

/** Rejects with Refused: `bad_name`, `bad_passphrase`, `sign_in_failed`, `no_answer`, … */
export async function comeBackByName(typed: string, passphrase: string): Promise<CameBack> {
  const name = readName(typed);
  const keys = await stretchedKeys(name, passphrase);
  return enter(keys, await signIn({ ...named(name, keys), device: thisDevice() }));
}

/** Yes: the plan of this device and the one from the backup become one, nothing is left out. */
export async function mergeBoth(): Promise<void> {
  if (found) await takeUp(found.ids, found.there);
  found = null;
}

/** No: this device keeps its own plan and nothing of the account. */
export async function stayApart(): Promise<void> {
  found = null;
  await signOut();
}

async function enter(keys: SecretKeys, { account, slots }: Welcome): Promise<CameBack> {
  const dataKey = await keyOf(await unwrap(keys, account, slots));
  const known = keptAccount();
  if (known && isSame(known.account, account)) {
    await renewAccount({ ...known, dataKey });
    adopt({ ...known, dataKey });
    return "done";
  }
  const envelope = await fetchPlan();
  const object = envelope.slice(24, 40); // a new device takes that of the first plan that opens
  const ids = { account, object, dataKey };
  found = { ids, there: await openStanding(ids, envelope) };
  if (plan.value.items.length) return "asks";
  await mergeBoth();
  return "done";
}
