// The second truth: what the server has of the plan, and how every change gets there.
import { effect, signal } from "@preact/signals";
import { carryOver } from "../core/carry";
import { asPlan, emptyPlan, type Plan } from "../core/plan";
import { catchUp } from "../core/plan-edit";
import { Refused } from "../core/refused";
import { parseStrict } from "../core/strict-json";
import { planKey } from "../crypto/account-keys";
import { fromUtf8 } from "../crypto/bytes";
import { KIND, open, seal } from "../crypto/envelope";
import { sha256 } from "../crypto/primitives";
import { keepAccount, readAccount, renewAccount } from "../device/account";
import type { Bytes, Ids, KeptAccount, Sent } from "../device/account";
import { codeOf } from "../device/database";
import { Problem } from "../server/http";
import { fetchPlan, savePlan } from "../server/plans";
import { accountWords, changeAndSave, contentOf, countItems } from "./account";
import { isSame, type Content } from "./account";
import { opening, plan, role } from "./plan";
import { today } from "./today";

/**
 * "saved" is said of the plan as it stands and of no other. "failed" and "conflict" have their
 * code in `backupFailure`. "unknown" until this device was read, and where it cannot be.
 */
export type Backup = "unknown" | "off" | "pending" | "saved" | "failed" | "conflict" | "signed_out";

export const backup = signal<Backup>("unknown");
/** The day of the last save that the server acknowledged, as 2026-11-22. */
export const backedUpOn = signal<string | null>(null);
export const backupFailure = signal<string | null>(null);
/** How full the largest backup would be, 0 … 1; past 1 it stops. Measured with every save. */
export const fullness = signal(0);

export type Standing = Awaited<ReturnType<typeof openStanding>>;

const SOON = 2_000; // ms after the last change
const FOLLOWING = 10_000; // ms until a tab that does not write looks again
const RETRY = 60_000; // ms
const LARGEST = 256 * 1024 - 4; // bytes of a plan that an envelope holds

let kept: KeptAccount | null = null;
let standing: Standing | null = null; // of a conflict
let acknowledged: Plan | null = null; // known to stand at the server
let trying = Promise.resolve();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Reads what this device keeps, and from then on backs up what changes. Call it once. */
export async function startBackup(): Promise<void> {
  const failed = (error: unknown): string => (backupFailure.value = codeOf(error));
  await readAccount().then((account) => adopt(account), failed);
  addEventListener("online", () => void backUp());
  effect(() => {
    if (plan.value === acknowledged || !role.value || !kept) return; // reads what it wakes by first
    const now = backup.peek(); // or the effect would wake by its own answer
    if (now === "saved" || now === "failed") backup.value = "pending";
    later(opening.value === "none" ? 0 : SOON); // with everything else the account was erased
  });
}

/** The account of this device, or that it has none. */
export function adopt(account: KeptAccount | null, isPlanThere: Plan | null = null): void {
  [kept, standing, acknowledged] = [account, null, isPlanThere];
  clearTimeout(timer);
  if (!account) backup.value = "off";
  else if (backup.value !== "unknown") backup.value = "pending"; // at the start, a look tells
  [backedUpOn.value, backupFailure.value] = [account?.day ?? null, null];
  if (account) void backUp();
}

/** The account that this device is signed in to, or was. */
export const keptAccount = (): KeptAccount | null => kept;

/** Resolves when a try has ended; see `backup`. One runs after another. */
export function backUp({ isSure = false } = {}): Promise<void> {
  return (trying = trying.then(() => tried(isSure)).catch(failed));
}

/** The answer to a conflict: this device gets all that the server has, and then the server all. */
export async function keepBoth(): Promise<void> {
  if (kept && standing) await takeUp(kept, standing);
}

/**
 * This device's plan gets all that stands there, and is backed up there from now on. Refused("too_few")
 * when less than half would come out of what was there, or of what was last acknowledged.
 */
export async function takeUp(ids: Ids & Partial<KeptAccount>, there: Standing): Promise<void> {
  const { plan: theirs, revision, hash, content } = there;
  const known = { items: countItems(theirs), day: today(), ...ids };
  await changeAndSave((mine, author) => {
    catchUp(author, theirs);
    const both = carryOver(emptyPlan(), mine, theirs);
    if (countItems(both) * 2 < known.items) throw new Refused("too_few");
    return both;
  });
  const account = { ...known, revision, hash, content, sent: null };
  await keepAccount(account);
  const now = plan.value;
  adopt(account, isSame((await contentOf(now)).content, content) ? now : null);
}

/**
 * What stands at the server, opened; `hash` is of its envelope, `content` of the plan's bytes. Throws
 * Refused with an envelope's code, `bad_json` or `bad_plan`; nothing it says is acted on.
 */
export async function openStanding(ids: Ids, envelope: Bytes) {
  const { account, object, dataKey } = ids;
  const expected = { key: await planKey(dataKey), kind: KIND.plan, account, object };
  const { plaintext, revision, parent } = await open({ ...expected, minRevision: 1 }, envelope);
  const found = asPlan(parseStrict(fromUtf8(plaintext)));
  if (!found) throw new Refused("bad_plan");
  const content = await sha256(plaintext);
  return { plan: found, revision, parent, hash: await sha256(envelope), content };
}

/** A plan's bytes as this revision at the server; `parent` is the hash of the one before. */
export async function sealPlan(ids: Ids, revision: number, parent: Bytes, bytes: Bytes) {
  const { account, object, dataKey } = ids;
  const key = await planKey(dataKey);
  return seal({ key, kind: KIND.plan, account, object, revision, parent }, bytes);
}

function later(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void backUp(), ms);
}

async function tried(isSure: boolean): Promise<void> {
  clearTimeout(timer);
  if (!kept || standing) return;
  const account = await readAccount(); // another tab may have saved since, or erased it
  if (!account) return adopt(null);
  know(account);
  if (opening.value === "open") await save(account, plan.value, isSure);
}

async function save(account: KeptAccount, now: Plan, isSure: boolean): Promise<void> {
  const made = await contentOf(now);
  fullness.value = made.bytes.length / LARGEST;
  if (isSame(made.content, account.content)) return told(now);
  if (backup.value === "unknown") backup.value = "pending";
  if (role.value !== "writer") return later(FOLLOWING); // the tab that writes backs up
  if (!accountWords(now))
    return differs(await openStanding(account, await fetchPlan()), "another_plan");
  const sent = account.sent ?? (await sealed(account, made, isSure));
  const there = await savePlan(sent.envelope, account);
  if (there && !isSame(there, sent.envelope)) {
    const found = await openStanding(account, there);
    if (isSame(found.hash, account.hash)) throw new Refused("bad_answer");
    return differs(found, doubt(account, found));
  }
  const { envelope, ...rest } = sent;
  const [hash, revision] = [await sha256(envelope), account.revision + 1];
  know(await renewAccount({ ...account, ...rest, hash, revision, day: today(), sent: null }));
  told(isSame(sent.content, made.content) ? now : null);
}

/** Kept before it goes, and it goes again as it was until it is answered: so it is known again. */
async function sealed(account: KeptAccount, made: Content, isSure: boolean): Promise<Sent> {
  const { bytes, content, items } = made;
  if (account.items && !items) throw new Refused("empty_plan");
  if (items * 2 < account.items && !isSure) throw new Refused("too_few");
  const envelope = await sealPlan(account, account.revision + 1, account.hash, bytes);
  const sent = { envelope, content, items };
  know(await renewAccount({ ...account, sent }));
  return sent;
}

function know(account: KeptAccount): void {
  [kept, backedUpOn.value] = [account, account.day];
}

/** What stands there is neither ours nor what it was: nothing is sent until the person says. */
function differs(found: Standing, why: string): void {
  [standing, backup.value, backupFailure.value] = [found, "conflict", why];
}

/** Why it is not what was left there: in the words of the protocol. */
function doubt(known: KeptAccount, { revision, parent }: Standing): string {
  const ahead = revision - known.revision;
  if (ahead < 0) return "rollback";
  const isFork = ahead === 0 || (ahead === 1 && !isSame(parent, known.hash));
  return isFork ? "fork" : "changed_elsewhere";
}

/** This plan stands at the server; what was typed since does not yet. */
function told(now: Plan | null): void {
  acknowledged = now;
  [backup.value, backupFailure.value] = [plan.value === now ? "saved" : "pending", null];
  if (plan.value !== now) later(SOON);
}

function failed(error: unknown): void {
  const code = codeOf(error);
  if (code === "account_erased") return adopt(null);
  [backup.value, backupFailure.value] = [code === "signed_out" ? code : "failed", code];
  const { status = 500, retryAfter = null } = error instanceof Problem ? error : {};
  if (status === 429 || status >= 500) later(Math.max(RETRY, (retryAfter ?? 0) * 1000));
}
