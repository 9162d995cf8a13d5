// What the plan itself says of its account, and the keys made from what a person knows.
import { signal } from "@preact/signals";
import { eraseItem, putSetting, type Author } from "../core/plan-edit";
import { indexOf, setting, shown, type Plan } from "../core/plan";
import { planJson } from "../core/plan-json";
import { Refused } from "../core/refused";
import type { SecretKeys } from "../crypto/account-keys";
import { fromBase64url, toUtf8 } from "../crypto/bytes";
import { sealExport } from "../crypto/export-file";
import { passphraseKeys, type Stretch } from "../crypto/passphrase";
import { sha256 } from "../crypto/primitives";
import type { Bytes } from "../device/account";
import { stretch } from "../device/stretch";
import { getJson } from "../server/http";
import { change, flush, plan, role, saved, takeOver } from "./plan";

const SETTING = "account";

/** In the plan, so that whoever opens it by the recovery code can set a new passphrase. */
export type AccountWords = {
  account_name: string;
  passphrase: string;
  /** Sent to the server, with no answer yet: the one above may not sign in any more. */
  next_passphrase?: string | undefined;
};

/** While a passphrase is stretched, which takes a phone a second or several; how far nobody knows. */
export const stretching = signal(false);

export const accountWords = (of: Plan = plan.value): AccountWords | null =>
  (setting(of, SETTING)?.value as AccountWords | undefined) ?? null;

/** The plan with these words of its account laid over the former ones. */
export const withAccount = (of: Plan, author: Author, words: Partial<AccountWords>): Plan =>
  putSetting(of, author, SETTING, words);

export function withoutAccount(of: Plan, author: Author): Plan {
  const found = setting(of, SETTING);
  return found ? eraseItem(of, author, found.id) : of;
}

/** Puts a change in the plan and on this device's disk; Refused("not_saved_here") where it cannot. */
export async function changeAndSave(make: (plan: Plan, author: Author) => Plan): Promise<void> {
  if (role.value !== "writer") await takeOver();
  let isMade = false;
  change((now, author) => ((isMade = true), make(now, author)));
  await flush();
  if (!isMade || saved.value === "failed") throw new Refused("not_saved_here");
}

/** How many items of the person's own a plan shows. */
export const countItems = (of: Plan): number =>
  [...indexOf(of).byId.values()].filter((one) => one.section !== "settings" && shown(one)).length;

export type Content = Awaited<ReturnType<typeof contentOf>>;

/** A plan as it is sealed, SHA-256 of that, and how many items of the person's own it shows. */
export async function contentOf(of: Plan) {
  const bytes = toUtf8(planJson(of));
  return { bytes, content: await sha256(bytes), items: countItems(of) };
}

/** Argon2id in the worker; `stretching` says so meanwhile. */
const stretched: Stretch = (password, salt) => {
  stretching.value = true;
  return stretch(password, salt).finally(() => (stretching.value = false));
};

export const stretchedKeys = (name: string, passphrase: string): Promise<SecretKeys> =>
  passphraseKeys(location.hostname, name, passphrase, stretched);

/** Hashes of passphrases that many have chosen; `list` is where they lie. Refused("not_loaded"). */
export const commonOnes = async (list: string): Promise<Uint8Array> =>
  fromBase64url(String(await getJson(list)));

/** A whole `.keel` file; `json` is the plan as exchange() gives it. Rejects as sealExport does. It is
 *  made without a network too: then no list says what others have chosen. */
export function lockedFile(passphrase: string, list: string, json: string): Promise<Bytes> {
  const common = () => commonOnes(list).catch(() => new Uint8Array());
  return sealExport(passphrase, common, toUtf8(json), stretched);
}

export const isSame = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => byte === right[at]);

/** What the server's list of devices will call this one. */
export function thisDevice(): "phone" | "tablet" | "computer" {
  if (!matchMedia("(pointer: coarse)").matches) return "computer";
  return matchMedia("(min-width: 600px) and (min-height: 600px)").matches ? "tablet" : "phone";
}
