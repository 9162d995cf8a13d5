// When the plan is sealed and written: soon after typing, at least every 300 ms, and at the end.
import type { Plan } from "../core/plan";
import { Refused } from "../core/refused";
import { planJson } from "../core/plan-json";
import { randomBytes } from "../crypto/primitives";
import { toUtf8 } from "../crypto/bytes";
import { drawDeviceKey } from "../crypto/device-seal";
import { database, databaseNow } from "../device/connection";
import { codeOf } from "../device/database";
import type { Head } from "../device/save-plan";
import { checkBase, firstHead, madeReady, savePlan, type Ready } from "../device/save-plan";

const PAUSE = 100; // ms after the last key
const LONGEST = 200; // ms after the first key that is not on disk, however long the typing goes on
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

/** A save and the plan that it holds. */
interface Sealed {
  plan: Plan;
  head: Head;
  ready: Ready;
}

/** Holds back nothing: what is not on disk stays in memory and is tried again. */
export class Saving {
  /** The newest plan, typed or read. */
  private newest: Plan | null = null;
  /** What is on disk, and what the next save builds on when all that was begun has ended. */
  private onDisk: Plan | null = null;
  private confirmed: Head | null = null;
  /** The same, counting a write that has begun. */
  private begunPlan: Plan | null = null;
  private tip: Head | null = null;
  private key: Promise<CryptoKey> | null = null;
  private isKeyNew = false; // drawn here, and not on disk yet
  private running = 0; // counts beginnings: what an earlier one began is not ours any more
  private sealed: Sealed | null = null;
  private sealing: Promise<void> | null = null;
  private writing: Promise<void> | null = null;
  private latest: Promise<void> | null = null; // the write that holds `begunPlan`
  /** The connection that read or checked what our saves build on: nothing can go while it is open. */
  private checked: IDBDatabase | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since: number | null = null; // when the first key came that is not on disk
  private isActive = false;
  private isHanging = false; // a write has not ended in its time: no word of saving until it does

  constructor(private readonly told: Told) {}

  /** After a reading: `plan` is what is on disk; without a key and a head, nothing is there yet. */
  begin(plan: Plan, key: CryptoKey | null, head: Head | null): void {
    this.stop();
    this.newest = this.onDisk = this.begunPlan = plan;
    this.key = key && Promise.resolve(key);
    this.isKeyNew = !key;
    this.checked = databaseNow();
    this.running += 1;
    this.writing = this.latest = null;
    this.since = null;
    this.isHanging = false;
    this.confirmed = this.tip = head ?? firstHead(randomBytes(16));
    this.isActive = true;
  }

  /** Nothing is written from here on; what was typed stays in memory. */
  stop(): void {
    clearTimeout(this.timer);
    this.isActive = false;
    this.sealed = null;
  }

  get isUnsaved(): boolean {
    return this.newest !== this.onDisk;
  }

  /** The last plan known to be on disk. */
  get base(): Plan | null {
    return this.onDisk;
  }

  get hasSaved(): boolean {
    return (this.confirmed?.revision ?? 0) > 0;
  }

  typed(plan: Plan): void {
    this.newest = plan;
    this.since ??= performance.now();
    if (!this.isHanging) this.told.onState("typing", null);
    this.sealSoon();
    this.schedule();
  }

  /** Resolves when what was typed so far is on disk, or when a try failed. */
  async flush(): Promise<void> {
    while (this.isActive && this.isUnsaved) if (!(await this.save())) return;
  }

  /** As much as can be done before the page is gone: what is sealed is asked for at once. */
  flushAtOnce(): void {
    const db = databaseNow();
    if (this.isActive && db && this.sealed && this.sealed.head === this.tip) {
      const { sealed } = this;
      this.told.onState("saving", null);
      void this.ended(this.write(sealed, () => savePlan(db, sealed.ready)));
    }
    void this.flush();
  }

  /** After the frame that shows the key: sealing a large plan takes longer than drawing a letter. */
  private sealSoon(): void {
    const frame = globalThis.requestAnimationFrame ?? setTimeout;
    const seal = (): void => void this.seal().catch(() => undefined); // told when a save is tried
    frame(() => setTimeout(seal));
  }

  /** Seals whatever is newest until nothing newer came while sealing. */
  private seal(): Promise<void> {
    return (this.sealing ??= this.sealNewest().finally(() => (this.sealing = null)));
  }

  private async sealNewest(): Promise<void> {
    while (this.isActive && this.newest && this.tip && this.newest !== this.begunPlan) {
      const { newest: plan, tip: head } = this;
      if (this.sealed?.plan === plan && this.sealed.head === head) return;
      const isNew = this.isKeyNew && !head.revision;
      const key = await (this.key ??= this.drawn());
      const ready = await madeReady(key, head, toUtf8(planJson(plan)), isNew);
      if (this.isActive && this.tip === head) this.sealed = { plan, head, ready };
    }
  }

  /** A key that could not be drawn is drawn again with the next try. */
  private drawn(): Promise<CryptoKey> {
    return drawDeviceKey().catch((error: unknown) => {
      this.key = null;
      throw error;
    });
  }

  private schedule(delay?: number): void {
    clearTimeout(this.timer);
    const left = (this.since ?? 0) + LONGEST - performance.now();
    this.timer = setTimeout(() => void this.save(), delay ?? Math.max(0, Math.min(PAUSE, left)));
  }

  /** One write of the newest that is sealed; false if it failed. */
  private async save(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.writing) {
      await this.writing;
      return true;
    }
    this.told.onState("saving", null);
    return this.ended(this.tryTwice());
  }

  /** Tells how a write ended, unless all began anew meanwhile; false if it failed. */
  private ended(write: Promise<void>): Promise<boolean> {
    const { running } = this;
    const slow = setTimeout(() => running === this.running && this.hang(), SLOW);
    const isOurs = (): boolean => {
      clearTimeout(slow);
      if (running !== this.running) return false;
      this.isHanging = false;
      return true;
    };
    const told = write.then(
      () => isOurs() && this.afterSave(),
      (error: unknown) => isOurs() && this.afterFailure(codeOf(error)),
    );
    const mine: Promise<void> = told.then(() => {
      if (this.writing === mine) this.writing = null; // not one that began meanwhile
    });
    this.writing = mine;
    return mine.then(() => told);
  }

  /** Told once, and it stays told: what is typed meanwhile waits for the same write. */
  private hang(): void {
    if (!this.isActive) return;
    this.isHanging = true;
    this.told.onState("failed", "database_slow");
  }

  /** A connection that was closed under us is opened anew, once. */
  private async tryTwice(): Promise<void> {
    try {
      await this.writeSealed();
    } catch (error) {
      if (!["database_closed", "database_failed"].includes(codeOf(error))) throw error;
      await this.writeSealed();
    }
  }

  private async writeSealed(): Promise<void> {
    const db = (await database(!this.tip?.revision)) ?? (await this.startOver());
    if (this.sealed?.head !== this.tip)
      await this.seal().catch(() => Promise.reject(new Refused("not_sealed")));
    const head = this.tip;
    if (db && db !== this.checked && this.sealed?.head === head) {
      await checkBase(db, this.sealed.ready);
      this.checked = db;
    }
    const { sealed } = this; // by now perhaps a newer one
    if (db && head && sealed?.head === head)
      return this.write(sealed, () => savePlan(db, sealed.ready));
    if (!this.latest) throw new Refused("stopped");
    return this.latest; // the page was about to go, and it was written then
  }

  /** The browser dropped the database while we had the plan open: it is kept once more. */
  private startOver(): Promise<IDBDatabase | null> {
    this.confirmed = this.tip = firstHead(randomBytes(16));
    this.sealed = null;
    this.isKeyNew = true;
    return database(true);
  }

  private write(sealed: Sealed, put: () => Promise<void>): Promise<void> {
    return (this.latest = this.put(sealed, put));
  }

  private async put({ plan, ready }: Sealed, put: () => Promise<void>): Promise<void> {
    [this.tip, this.begunPlan, this.sealed] = [ready.next, plan, null];
    this.since = this.newest === plan ? null : performance.now();
    const { running } = this;
    void this.seal().catch(() => undefined);
    try {
      await put();
    } catch (error) {
      if (running !== this.running) return;
      [this.tip, this.begunPlan, this.sealed] = [this.confirmed, this.onDisk, null];
      throw error;
    }
    if (running !== this.running) return;
    [this.confirmed, this.onDisk] = [ready.next, plan];
    if (this.tip.revision < ready.next.revision) [this.tip, this.begunPlan] = [ready.next, plan];
  }

  private afterSave(): boolean {
    this.told.onSaved();
    if (!this.isUnsaved) this.told.onState("saved", null);
    else if (this.isActive) {
      this.told.onState("typing", null);
      this.schedule();
    }
    return true;
  }

  private afterFailure(code: string): boolean {
    if (!this.isActive) return false;
    this.told.onState("failed", code);
    if (code === "changed_elsewhere") this.told.onConflict();
    else this.schedule(RETRY);
    return false;
  }
}
