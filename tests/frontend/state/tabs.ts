// Tabs of one browser for the tests: each its own copy of the app, sharing disk, locks and channel.
import { vi } from "vitest";
import { addItem } from "../../../frontend/src/core/plan-edit";
import { itemsIn, type Plan } from "../../../frontend/src/core/plan";
import { freshDatabase } from "../device/fake-browser";

type State = typeof import("../../../frontend/src/state/plan");

export interface Tab extends State {
  /** Window and document events of this tab alone. */
  page: EventTarget;
}

interface Held {
  end: () => void;
  lost: (reason: unknown) => void;
}

/** Web Locks for one name: a holder, a line, steal and abort. */
export class FakeLocks {
  private holder: Held | null = null;
  private line: (() => void)[] = [];

  request(
    _: string,
    options: LockOptions,
    work: (lock: object | null) => Promise<unknown>,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        const held: Held = { end: () => this.end(held), lost: reject };
        this.holder = held;
        void Promise.resolve()
          .then(() => work({}))
          .then(resolve, reject)
          .finally(held.end);
      };
      options.signal?.addEventListener("abort", () => {
        this.line = this.line.filter((one) => one !== grant);
        reject(new DOMException("", "AbortError"));
      });
      if (options.steal) {
        this.holder?.lost(new DOMException("", "AbortError"));
        grant();
      } else if (this.holder) this.line.push(grant);
      else grant();
    });
  }

  private end(held: Held): void {
    if (this.holder !== held) return;
    this.holder = null;
    this.line.shift()?.();
  }

  /** The tab that holds the lock is closed. */
  close(): void {
    this.holder?.end();
  }
}

export interface Browser {
  locks: FakeLocks | undefined;
  persistAsked: number;
}

const RealChannel = globalThis.BroadcastChannel;
const channels: BroadcastChannel[] = [];
let count = 0;

/** Tabs of an earlier test hear nothing any more. */
function ownChannels(): void {
  for (const channel of channels.splice(0)) channel.close();
  const mine = ++count;
  class OwnChannel extends RealChannel {
    constructor(name: string) {
      super(`${mine} ${name}`);
      channels.push(this);
    }

    override postMessage(message: unknown): void {
      if (channels.includes(this)) super.postMessage(message);
    }
  }
  vi.stubGlobal("BroadcastChannel", OwnChannel);
}

/** A new browser with nothing in it. */
export function newBrowser({ hasLocks = true } = {}): Browser {
  freshDatabase();
  ownChannels();
  const browser: Browser = { locks: hasLocks ? new FakeLocks() : undefined, persistAsked: 0 };
  const storage = { persist: async () => (browser.persistAsked++, true) };
  vi.stubGlobal("navigator", { locks: browser.locks, storage });
  return browser;
}

/** A tab that is open but has not begun. */
export async function newTab(): Promise<Tab> {
  vi.resetModules();
  const state = await import("../../../frontend/src/state/plan");
  return { ...state, page: new EventTarget() };
}

/** Starts a tab with events of its own. */
export async function started(tab?: Tab): Promise<Tab> {
  const one = tab ?? (await newTab());
  vi.stubGlobal("document", one.page);
  for (const name of ["addEventListener", "removeEventListener"] as const)
    vi.stubGlobal(name, one.page[name].bind(one.page));
  await one.start();
  return one;
}

export function write(tab: Tab, text: string): void {
  tab.change((plan, author) => addItem(plan, author, "reasons", { text }).plan);
}

export const texts = (plan: Plan): unknown[] =>
  itemsIn(plan, "reasons").map(({ value }) => value.text);

/** What a new process would read: nothing but what lies on disk. */
export async function onDisk(): Promise<unknown> {
  vi.resetModules();
  const { readPlan } = await import("../../../frontend/src/device/read-plan");
  const found = await readPlan();
  return found.state === "open" ? texts(found.plan) : found.state;
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until it holds; throws after two seconds. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  why = String(holds),
): Promise<void> {
  const end = performance.now() + 2000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`never: ${why}`);
    await pause(5);
  }
}

export const isSaved = (tab: Tab) => (): boolean => tab.saved.value === "saved";

/** Asks `fault` at every transaction for writing, which fails when an error comes back. */
export function failWrites(fault: () => DOMException | null): void {
  const real = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...given
  ) {
    const error = given[1] === "readwrite" ? fault() : null;
    if (error) throw error;
    return real.apply(this, given);
  });
}
