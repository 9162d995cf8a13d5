// What the plan itself says of its account, and the keys made from what a person knows.
import { signal } from "@preact/signals";
import { catchUp, eraseItem, putSetting, type Author } from "../core/plan-edit";
import { carryOver } from "../core/carry";
import { emptyPlan, itemsIn, setting, type Plan, type Value } from "../core/plan";
import { planJson } from "../core/plan-json";
import { Refused } from "../core/refused";
import type { SecretKeys } from "../crypto/account-keys";
import { toUtf8 } from "../crypto/bytes";
import { passphraseKeys } from "../crypto/passphrase";
import { sha256 } from "../crypto/primitives";
import type { RecoveryKeys } from "../crypto/recovery-code";
import { stretch } from "../device/stretch";
import type { Device, Recovering } from "../server/accounts";
import { change, flush, plan, role, saved, takeOver } from "./plan";

type Bytes = Uint8Array<ArrayBuffer>;

const SETTING = "account";

/** In the plan, so that whoever opens it by the recovery code can set a new passphrase. */
export interface AccountWords {
  account_name: string;
  passphrase: string;
  /** Sent to the server, with no answer yet: the one above may not sign in any more. */
  next_passphrase?: string | undefined;
}

/** 0 … 1 while a passphrase is stretched, which takes a phone a second or several; else null. */
export const stretching = signal<number | null>(null);

export function accountWords(of: Plan = plan.value): AccountWords | null {
  return (setting(of, SETTING)?.value as AccountWords | undefined) ?? null;
}

/** The plan with these words of its account laid over the former ones. */
export function withAccount(of: Plan, author: Author, words: Partial<AccountWords>): Plan {
  return putSetting(of, author, SETTING, words as Value);
}

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

/** Everything that either plan has; both are of one account. */
export function merged(mine: Plan, theirs: Plan, author: Author): Plan {
  catchUp(author, theirs);
  return carryOver(emptyPlan(), mine, theirs);
}

/** How many items of the person's own a plan shows. */
export function countItems(of: Plan): number {
  const sections = new Set(of.items.map((item) => String(item?.section)));
  sections.delete("settings");
  return [...sections].reduce((sum, section) => sum + itemsIn(of, section).length, 0);
}

/** The plan as it is sealed, and SHA-256 of that. */
export async function contentOf(of: Plan): Promise<{ bytes: Bytes; content: Bytes }> {
  const bytes = toUtf8(planJson(of));
  return { bytes, content: await sha256(bytes) };
}

/** Argon2id in the worker; `stretching` tells how far. */
export async function stretchedKeys(name: string, passphrase: string): Promise<SecretKeys> {
  const onProgress = (progress: number): void => void (stretching.value = progress);
  const host = location.hostname;
  try {
    return await passphraseKeys({ host, name, passphrase }, (password, salt) =>
      stretch(password, salt, { onProgress }),
    );
  } finally {
    stretching.value = null;
  }
}

export const recoveringBy = ({ lookup, auth }: RecoveryKeys): Recovering => ({
  recovery_lookup: lookup,
  recovery_auth: auth,
});

export const isSame = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => byte === right[at]);

/** What the server's list of devices will call this one. */
export function thisDevice(): Device {
  if (!matchMedia("(pointer: coarse)").matches) return "computer";
  return matchMedia("(min-width: 600px) and (min-height: 600px)").matches ? "tablet" : "phone";
}

/** Where the person is, as 2026-11-22. */
export function today(now = new Date()): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}
