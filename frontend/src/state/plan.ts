// What the app knows of the plan now, as signals; one tab writes, the others follow.
import { effect, signal } from "@preact/signals";
import { carryOver } from "../core/carry";
import { emptyPlan, type Plan } from "../core/plan";
import { catchUp, fadeRemoved, newAuthor, type Author } from "../core/plan-edit";
import { toHex } from "../crypto/bytes";
import { randomBytes } from "../crypto/primitives";
import { database, whenDatabaseEnds } from "../device/connection";
import { codeOf, soon } from "../device/database";
import { eraseEverything } from "../device/erase";
import { readBox, setAside, type Found } from "../device/save-plan";
import { Saving, type Saved, type Told } from "./saving";
import { today } from "./today";
import { joinTabs, takeLock, tell } from "./writer";

export const plan = signal<Plan>(emptyPlan());
type Opening = "opening" | "none" | "open" | "unreadable" | "unavailable";
export const opening = signal<Opening>("opening");
/** "nowhere": a plan in memory only, with words in it; "handed": these are in a file or on paper. */
export const saved = signal<Saved | "nowhere" | "handed">("nothing");
export const role = signal<"writer" | "follower">("follower");
/** Whether the browser promised not to clear this by itself; null while unasked. */
export const persisted = signal<boolean | null>(null);
/** A stable code of what went wrong in opening or saving. */
export const failure = signal<string | null>(null);

const LIMIT = 1900; // ms for opening and reading; past this, the truth is told
const FLUSH_LIMIT = 3000; // ms; a disk that hangs does not hold up the page
const RETRY = 3000; // ms
const LOCK_LIMIT = 150; // ms in line for the lock; then this tab follows until it is granted

let isKept = true;
let isPersistAsked = false;
let author: Author | null = null;
let reading = Promise.resolve();
let again: ReturnType<typeof setTimeout> | undefined;

const told: Told = {
  onState: (state, code) => ([saved.value, failure.value] = [state, code]),
  async onSaved() {
    tell("saved");
    if (isPersistAsked) return;
    isPersistAsked = true; // once a running, after a save: some browsers ask the person
    persisted.value = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
  },
  onConflict: () => void read(),
};
let saving = new Saving(told, emptyPlan());

/** Opens what is there; nothing is written. Call it once, at the start. */
export async function start(): Promise<void> {
  void database(false).catch(() => undefined); // opens while the tabs settle who writes
  whenDatabaseEnds((why) => why === "erased" && forget());
  addEventListener("pagehide", flushAtOnce);
  document.addEventListener("visibilitychange", () => document.hidden && flushAtOnce());
  addEventListener("pageshow", (event) => {
    if (event.persisted && !saving.isUnsaved) void read();
  });
  askBeforeLeaving();
  await soon(joinTabs(tabs), LOCK_LIMIT).catch(() => undefined);
  await reading;
  if (opening.value === "opening") await read();
}

/** A plan for someone else: it is on this page and nowhere else, and gone with it. */
export function startInMemory(): void {
  isKept = false;
  [opening.value, role.value, saved.value] = ["open", "writer", "nowhere"];
  askBeforeLeaving();
  addEventListener("pagehide", () => (plan.value = emptyPlan())); // Back would show it again
}

/** What is in memory only was given to someone; false where the plan is kept. */
export function handedOver(): boolean {
  if (!isKept) saved.value = "handed";
  return !isKept;
}

/** Shown at once, saved within 300 ms. Does nothing while another tab writes or nothing is open. */
export function change(make: (plan: Plan, author: Author) => Plan): void {
  if (!["open", "none"].includes(opening.value) || role.value !== "writer") return;
  author ??= newAuthor(plan.value, () => toHex(randomBytes(16)));
  const made = make(plan.value, author);
  if (made === plan.value) return;
  [plan.value, opening.value] = [made, "open"];
  if (isKept) saving.typed(made);
  else saved.value = "nowhere";
}

/** Resolves when what was typed so far is on disk, or could not be saved (see `saved`). */
export const flush = (): Promise<void> => soon(flushed(), FLUSH_LIMIT).catch(() => undefined);

/** Where a reading came between, what saves is another one by now, and has what was typed. */
async function flushed(): Promise<void> {
  const begun = saving;
  await begun.flush();
  if (begun !== saving) await flushed();
}

/** As much as can be done before the page is gone. */
function flushAtOnce(): void {
  saving.flushAtOnce();
  void flushed();
}

/** Makes this tab the one that writes; the other saves first, if it still answers. */
export const takeOver = (): Promise<void> => takeLock();

/** Only where the plan could not be opened: its bytes are kept aside, then a new one may begin. */
export async function startAnew(): Promise<void> {
  if (opening.value !== "unreadable" || role.value !== "writer") return;
  await database(false)
    .then((db) => db && setAside(db))
    .then(read, (error: unknown) => void (failure.value = codeOf(error)));
}

/** The names of what could not be erased; empty when everything is gone. Works without a network. */
export async function deleteEverything(): Promise<string[]> {
  saving.stop();
  tell("erased"); // first, so that no other tab saves in between
  const left = await eraseEverything();
  tell("erased");
  if (left.includes("database keel")) await read();
  else forget();
  return left;
}

const tabs = {
  async onGranted(isStillOurs: () => boolean): Promise<void> {
    await read();
    if (!isStillOurs()) return;
    role.value = "writer";
    change((now, by) => fadeRemoved(now, by, today()));
  },
  onLost(): void {
    role.value = "follower";
    saving.stop();
    if (saving.isUnsaved) [saved.value, failure.value] = ["failed", "changed_elsewhere"];
  },
  async onAsked(): Promise<void> {
    await flushed();
    tabs.onLost();
  },
  onSaved(): void {
    if (role.value === "follower" && !saving.isUnsaved) void read();
  },
  onErased: forget,
};

/** Reads what is on disk; what was typed here and is not there yet is carried over to it. */
const read = (): Promise<void> => (reading = reading.then(readOnce));

async function readOnce(): Promise<void> {
  clearTimeout(again);
  try {
    take(
      await soon(
        database(false).then((db) => db && readBox(db)),
        LIMIT,
      ),
    );
  } catch (error) {
    if (opening.value === "open") return; // what is on screen is still the newest that we know
    [opening.value, failure.value] = ["unavailable", codeOf(error)];
    again = setTimeout(() => void read(), RETRY);
  }
}

/** Null: there is no database, or not any more. */
function take(found: Found | null): void {
  // Another tab emptied the database that we saved into.
  if (found?.state === "none" && saving.onDisk.head.revision) return forget();
  const open = found?.state === "open" ? found : null;
  const isNewer = found?.state === "open" && found.code === "newer_schema";
  if (found?.state === "unreadable" || isNewer) {
    saving.stop();
    [opening.value, failure.value] = ["unreadable", found.code ?? null];
    return;
  }
  const there = open?.plan ?? emptyPlan();
  const now = saving.isUnsaved ? carryOver(saving.onDisk.plan, plan.value, there) : there;
  saving.end();
  saving = new Saving(told, there, found?.key, open?.head);
  plan.value = now;
  opening.value = open || now.items.length ? "open" : "none";
  if (author) catchUp(author, now);
  if (now !== there) saving.typed(now);
  else failure.value = null;
}

/** Everything was erased, here or in another tab. */
function forget(): void {
  saving.end();
  saving = new Saving(told, emptyPlan());
  [plan.value, opening.value, saved.value] = [emptyPlan(), "none", "nothing"];
  [failure.value, persisted.value, author] = [null, null, null];
}

function askBeforeLeaving(): void {
  const ask = (event: Event): void => event.preventDefault();
  effect(() => {
    const isInMemory = saved.value === "nowhere" && plan.value.items.length > 0;
    if (isInMemory || ["typing", "saving", "failed"].includes(saved.value))
      addEventListener("beforeunload", ask);
    else removeEventListener("beforeunload", ask);
  });
}
