// When the plan is sealed and written: soon after typing, at least every 300 ms, and at the end.
import type { Plan } from "../core/plan";
import { planJson } from "../core/plan-json";
import { Refused } from "../core/refused";
import { toUtf8 } from "../crypto/bytes";
import { drawDeviceKey } from "../crypto/device-seal";
import { randomBytes } from "../crypto/primitives";
import { database, databaseNow } from "../device/connection";
import { codeOf } from "../device/database";
import { checkBase, firstHead, madeReady, savePlan, type Ready } from "../device/save-plan";

const PAUSE = 100; // ms after the last key
const LONGEST = 200; // ms after the first key that is not on disk, however long the typing goes on
const HANDED_OVER = 4; // ms after a frame was begun
const SLOW = 3000; // ms after which a write that does not end is told as failed
const RETRY = 3000; // ms

export type Saved = "nothing" | "typing" | "saving" | "saved" | "failed";

export interface Told {
  onState(saved: Saved, code: string | null): void;
  /** A plan is on disk. */
  onSaved(): void;
  /** Another tab saved since we read: nothing was written. */
  onConflict(): void;
}

/** A plan, and what the next save builds on once this plan is on disk. */
interface Stand {
  plan: Plan;
  head: Ready["head"];
}

/** A save and the plan that it holds; what it builds on is `ready.head`. */
interface Sealed {
  plan: Plan;
  ready: Ready;
}

/** From one reading to the next. Holds back nothing: what is not on disk is tried again. */
export class Saving {
  /** The last that is known to be on disk. */
  onDisk: Stand;
  /** The same, counting a write that has begun. */
  #tip: Stand;
  #told: Told;
  #newest: Plan;
  #key: CryptoKey | undefined;
  #isKeyNew: boolean; // drawn here, and not on disk yet
  #sealed: Sealed | null = null;
  #sealing: Promise<void> | null = null;
  #writing: Promise<boolean> | null = null;
  #latest: Promise<void> | null = null; // the write that holds the plan of `tip`
  /** The connection that read or checked what our saves build on: nothing can go while it is open. */
  #checked = databaseNow();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since: number | null = null; // when the first key came that is not on disk
  #isActive = true;
  #isOver = false; // all began anew: what is left of this one is told to nobody
  /** A write has not ended in its time. It is told once and stays told: no word of saving until it
   *  does end, since what is typed meanwhile waits for the same write. */
  #isHanging = false;

  /** After a reading: `newest` is what is on disk; without a key and a head, nothing is there yet. */
  constructor(told: Told, newest: Plan, key?: CryptoKey, head = firstHead(randomBytes(16))) {
    [this.#told, this.#newest, this.#key] = [told, newest, key];
    this.#isKeyNew = !key;
    this.onDisk = this.#tip = { plan: newest, head };
  }

  /** Nothing is written from here on; what was typed stays in memory. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#isActive = false;
    this.#sealed = null;
  }

  /** Another one goes on from here. */
  end(): void {
    this.stop();
    this.#isOver = true;
  }

  get isUnsaved(): boolean {
    return this.#newest !== this.onDisk.plan;
  }

  typed(plan: Plan): void {
    this.#newest = plan;
    this.#since ??= performance.now();
    if (!this.#isHanging) this.#told.onState("typing", null);
    // After the frame that shows the key, when it has been handed over: sealing a large plan takes
    // longer than drawing a letter.
    const frame = globalThis.requestAnimationFrame ?? setTimeout;
    frame(() => setTimeout(() => void this.#seal().catch(() => undefined), HANDED_OVER));
    this.#schedule();
  }

  /** Resolves when what was typed so far is on disk, or when a try failed. */
  async flush(): Promise<void> {
    while (this.#isActive && this.isUnsaved) if (!(await this.#save())) return;
  }

  /** What is sealed is asked for before this returns. */
  flushAtOnce(): void {
    const db = databaseNow();
    if (!this.#isActive || !db || !this.#sealedOnTip) return;
    this.#told.onState("saving", null);
    void this.#ended((this.#latest = this.#put(db, this.#sealedOnTip)));
  }

  /** What is sealed and builds on the newest that was begun. */
  get #sealedOnTip(): Sealed | null {
    return this.#sealed?.ready.head === this.#tip.head ? this.#sealed : null;
  }

  /** Seals whatever is newest until nothing newer came while sealing. Where it is done ahead, what
   *  it fails by is told when a save is tried. */
  #seal(): Promise<void> {
    return (this.#sealing ??= this.#sealNewest().finally(() => (this.#sealing = null)));
  }

  async #sealNewest(): Promise<void> {
    while (this.#isActive && this.#newest !== this.#tip.plan) {
      const [plan, tip] = [this.#newest, this.#tip];
      if (this.#sealedOnTip?.plan === plan) return;
      const isNew = this.#isKeyNew && !tip.head.revision;
      this.#key ??= await drawDeviceKey();
      const ready = await madeReady(this.#key, tip.head, toUtf8(planJson(plan)), isNew);
      if (this.#isActive && this.#tip === tip) this.#sealed = { plan, ready };
    }
  }

  #schedule(delay?: number): void {
    clearTimeout(this.#timer);
    const left = (this.#since ?? 0) + LONGEST - performance.now();
    this.#timer = setTimeout(() => void this.#save(), delay ?? Math.max(0, Math.min(PAUSE, left)));
  }

  /** One write of the newest that is sealed; false if it failed. */
  async #save(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#writing) return this.#writing.then(() => true);
    this.#told.onState("saving", null);
    const tried = this.#writeSealed().catch((error: unknown) => {
      if (!["database_closed", "database_failed"].includes(codeOf(error))) throw error;
      return this.#writeSealed(); // a connection that was closed under us is opened anew, once
    });
    return this.#ended(tried);
  }

  /** Tells how a write ended; false if it failed. */
  #ended(write: Promise<void>): Promise<boolean> {
    const slow = setTimeout(() => {
      this.#isHanging = this.#isActive;
      if (this.#isActive) this.#told.onState("failed", "database_slow");
    }, SLOW);
    const told: Promise<boolean> = write
      .then(
        () => this.#afterSave(),
        (error: unknown) => this.#afterFailure(codeOf(error)),
      )
      .finally(() => {
        clearTimeout(slow);
        if (this.#writing === told) this.#writing = null; // not one that began meanwhile
      });
    return (this.#writing = told);
  }

  async #writeSealed(): Promise<void> {
    const db = (await database(!this.#tip.head.revision)) ?? (await this.#startOver());
    if (!this.#sealedOnTip)
      await this.#seal().catch(() => Promise.reject(new Refused("not_sealed")));
    const tip = this.#tip;
    if (db && db !== this.#checked && this.#sealedOnTip) {
      await checkBase(db, this.#sealedOnTip.ready);
      this.#checked = db;
    }
    const sealed = this.#tip === tip && this.#sealedOnTip; // by now perhaps a newer one
    if (db && sealed) return (this.#latest = this.#put(db, sealed));
    if (!this.#latest) throw new Refused("stopped");
    return this.#latest; // the page was about to go, and it was written then
  }

  /** The browser dropped the database while we had the plan open: it is kept once more. */
  #startOver(): Promise<IDBDatabase | null> {
    this.onDisk = this.#tip = { plan: this.onDisk.plan, head: firstHead(randomBytes(16)) };
    this.#isKeyNew = true;
    return database(true);
  }

  async #put(db: IDBDatabase, { plan, ready }: Sealed): Promise<void> {
    const made = (this.#tip = { plan, head: ready.next });
    this.#sealed = null;
    this.#since = this.#newest === plan ? null : performance.now();
    void this.#seal().catch(() => undefined);
    await savePlan(db, ready).catch((error: unknown) => {
      this.#tip = this.onDisk;
      throw error;
    });
    this.onDisk = made;
    if (this.#tip.head.revision < made.head.revision) this.#tip = made;
  }

  #afterSave(): boolean {
    this.#isHanging = false;
    if (this.#isOver) return false;
    this.#told.onSaved();
    if (!this.isUnsaved) this.#told.onState("saved", null);
    else if (this.#isActive) {
      this.#told.onState("typing", null);
      this.#schedule();
    }
    return true;
  }

  #afterFailure(code: string): boolean {
    this.#isHanging = false;
    if (!this.#isActive) return false;
    this.#told.onState("failed", code);
    if (code === "changed_elsewhere") this.#told.onConflict();
    else this.#schedule(RETRY);
    return false;
  }
}
