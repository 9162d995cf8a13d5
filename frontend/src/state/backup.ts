// The second truth: what the server has of the plan, and how every change gets there.
import { effect, signal } from "@preact/signals";
import { asPlan, type Plan } from "../core/plan";
import { Refused } from "../core/refused";
import { parseStrict } from "../core/strict-json";
import { planKey } from "../crypto/account-keys";
import { fromUtf8 } from "../crypto/bytes";
import { KIND, open, seal } from "../crypto/envelope";
import { sha256 } from "../crypto/primitives";
import { readAccount, renewAccount, type KeptAccount, type Mark } from "../device/account";
import { codeOf } from "../device/database";
import { Problem } from "../server/http";
import { fetchPlan, savePlan } from "../server/plans";
import { accountWords, changeAndSave, contentOf, countItems } from "./account";
import { isSame, merged, today } from "./account";
import { opening, plan, role } from "./plan";

type Bytes = Uint8Array<ArrayBuffer>;

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

/** What stands at the server, opened, where it is not what this device left there. */
export interface Standing extends Mark {
  revision: number;
  plan: Plan;
  parent: Uint8Array;
}

const SOON = 2_000; // ms after the last change
const FOLLOWING = 10_000; // ms
const [FIRST_RETRY, LAST_RETRY] = [15_000, 600_000]; // ms
const LARGEST = 256 * 1024 - 4; // bytes of a plan that an envelope holds
const REMEMBERED = 50; // saves without an answer

let kept: KeptAccount | null = null;
let standing: Standing | null = null; // of a conflict
let last: { envelope: Bytes; base: number; mark: Mark } | null = null; // sent as it was, if unchanged
let acknowledged: Plan | null = null; // known to stand at the server
let running: Promise<void> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let retry = FIRST_RETRY;
let isWatching = false;
let isAskedAgain = false; // while one ran

/** Reads what this device keeps, and from then on backs up what changes. After the plan's start. */
export async function startBackup(): Promise<void> {
  try {
    adopt(await readAccount());
  } catch (error) {
    backupFailure.value = codeOf(error);
  }
  if (isWatching) return;
  isWatching = true;
  addEventListener("online", () => void backUp());
  effect(() => {
    const isOther = plan.value !== acknowledged && role.value !== null;
    if (opening.value === "none") void readAgain();
    else if (kept && isOther) changed();
  });
}

/** The account of this device, or that it has none. */
export function adopt(account: KeptAccount | null, isPlanThere: Plan | null = null): void {
  [kept, standing, last, acknowledged] = [account, null, null, isPlanThere];
  clearTimeout(timer);
  backup.value = account ? "pending" : "off";
  backedUpOn.value = account?.day ?? null;
  backupFailure.value = null;
  if (account) void backUp();
}

/** The account that this device is signed in to, or was. */
export const keptAccount = (): KeptAccount | null => kept;

/** Resolves when a try has ended; see `backup`. One runs at a time. */
export function backUp({ isSure = false } = {}): Promise<void> {
  isAskedAgain = running !== null;
  return (running ??= tried(isSure).finally(() => {
    running = null;
    if (isAskedAgain) later(SOON);
  }));
}

/** The answer to a conflict: this device gets all that the server has, and then the server all. */
export async function keepBoth(): Promise<void> {
  if (!kept || !standing) return;
  const { plan: theirs, revision, hash, content } = standing;
  await takeIn(theirs, kept.items);
  const account = { ...kept, revision, hash, content, sending: [], items: countItems(theirs) };
  await renewAccount(account);
  adopt(account);
}

/** Merges what the server has into this device's plan; it may not come out as half of `items`. */
export async function takeIn(theirs: Plan, items: number): Promise<void> {
  await changeAndSave((mine, author) => {
    const both = merged(mine, theirs, author);
    if (countItems(both) * 2 < items) throw new Refused("too_few");
    return both;
  });
}

/** What was fetched against what this device remembers: already ours, or a conflict. */
export async function compare(envelope: Bytes): Promise<void> {
  if (!kept) return;
  const hash = await sha256(envelope);
  if (isSame(hash, kept.hash)) return;
  const ours = kept.sending.find((sent) => isSame(sent.hash, hash));
  if (ours) return acknowledge(ours);
  const found = await openStanding(kept, envelope);
  [standing, backup.value, backupFailure.value] = [found, "conflict", doubt(kept, found)];
}

/** Throws Refused with an envelope's code, `bad_json` or `bad_plan`; nothing it says is acted on. */
export async function openStanding(
  { account, object, dataKey }: Pick<KeptAccount, "account" | "object" | "dataKey">,
  envelope: Bytes,
): Promise<Standing> {
  const expected = { key: await planKey(dataKey), kind: KIND.plan, account, object };
  const { plaintext, revision, parent } = await open({ ...expected, minRevision: 1 }, envelope);
  const found = asPlan(parseStrict(fromUtf8(plaintext)));
  if (!found) throw new Refused("bad_plan");
  const mark = { hash: await sha256(envelope), content: await sha256(plaintext) };
  return { ...mark, plan: found, revision, parent };
}

/** Why what stands there is not what was left: in the words of the protocol. */
function doubt(known: KeptAccount, { revision, parent }: Standing): string {
  if (revision < known.revision) return "rollback";
  const isNext = revision === known.revision + 1;
  const isFork = revision === known.revision || (isNext && !isSame(parent, known.hash));
  return isFork ? "fork" : "changed_elsewhere";
}

function changed(): void {
  const now = backup.peek(); // or the effect would wake by its own answer
  if (now === "saved" || now === "failed") backup.value = "pending";
  later(SOON);
}

function later(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void backUp(), ms);
}

/** Everything was erased, or a plan begins anew: is the account still here? */
async function readAgain(): Promise<void> {
  if (kept && !(await readAccount().catch(() => kept))) adopt(null);
}

async function tried(isSure: boolean): Promise<void> {
  clearTimeout(timer);
  if (!kept || opening.value !== "open" || standing) return;
  try {
    kept = await readAccount(); // another tab may have saved since
    if (!kept) return adopt(null);
    backedUpOn.value = kept.day;
    await (role.value === "writer" ? save(plan.value, isSure) : follow(plan.value));
    retry = FIRST_RETRY;
  } catch (error) {
    failed(error instanceof Problem ? error : new Refused(codeOf(error)));
  }
}

/** Another tab backs up; this one looks how far it is. */
async function follow(now: Plan): Promise<void> {
  const { content } = await contentOf(now);
  if (kept && isSame(content, kept.content)) told(now);
  else later(FOLLOWING);
}

async function save(now: Plan, isSure: boolean): Promise<void> {
  if (!kept) return;
  const { bytes, content } = await contentOf(now);
  fullness.value = bytes.length / LARGEST;
  if (isSame(content, kept.content)) return told(now);
  if (!accountWords(now)) return compareAnew(); // not the plan that was backed up
  const items = countItems(now);
  if (kept.items && !items) throw new Refused("empty_plan");
  if (items * 2 < kept.items && !isSure) throw new Refused("too_few");
  const { envelope, mark } = await sealed(kept, bytes, content);
  const there = await savePlan(envelope, kept);
  if (there && isSame(await sha256(there), kept.hash)) throw new Refused("bad_answer");
  if (there) await compare(there);
  else await acknowledge(mark, items);
  if (isSame(kept.content, content)) told(now);
  else if (!standing) later(SOON);
}

/** What was sent and not answered goes again as it was, so that it can be known by its hash. */
async function sealed(account: KeptAccount, bytes: Bytes, content: Bytes) {
  const base = account.revision;
  if (last && last.base === base && isSame(last.mark.content, content)) return last;
  const place = { account: account.account, object: account.object, revision: base + 1 };
  const key = await planKey(account.dataKey);
  const envelope = await seal({ key, kind: KIND.plan, ...place, parent: account.hash }, bytes);
  const mark = { hash: await sha256(envelope), content };
  await remember({ ...account, sending: [...account.sending, mark].slice(-REMEMBERED) });
  return (last = { envelope, base, mark });
}

/** The server has it on its disk: it is the base of the next save. */
async function acknowledge({ hash, content }: Mark, items = kept?.items ?? 0): Promise<void> {
  if (!kept) return;
  const day = today();
  const revision = kept.revision + 1;
  await remember({ ...kept, hash, content, revision, day, items, sending: [] });
  backedUpOn.value = day;
}

async function remember(account: KeptAccount): Promise<void> {
  await renewAccount(account);
  kept = account;
}

async function compareAnew(): Promise<void> {
  const found = await openStanding(kept as KeptAccount, await fetchPlan());
  [standing, backup.value, backupFailure.value] = [found, "conflict", "another_plan"];
}

/** The plan that was sealed stands at the server; what was typed meanwhile does not yet. */
function told(now: Plan): void {
  acknowledged = now;
  backup.value = plan.value === now ? "saved" : "pending";
  backupFailure.value = null;
  if (plan.value !== now) later(SOON);
}

function failed(error: Refused): void {
  if (error.code === "account_erased") return adopt(null);
  const { status = 0, retryAfter = null } = error instanceof Problem ? error : {};
  backup.value = error.code === "signed_out" ? "signed_out" : "failed";
  backupFailure.value = error.code;
  const isPassing = ["no_answer", "bad_answer"].includes(error.code);
  if (!isPassing && status !== 429 && status < 500) return; // a change tries again
  later(Math.max(retry, (retryAfter ?? 0) * 1000));
  retry = Math.min(retry * 2, LAST_RETRY);
}
