// One writing tab: who holds the Web Lock "keel-plan" writes, the other tabs follow.

const NAME = "keel-plan";
const PATIENCE = 1000; // ms; a holder that does not answer in time loses the lock

type Message = "saved" | "erased" | "release" | "released";

export interface Listener {
  /** We may write now, unless the lock was taken from us again while we made ready. */
  onGranted(isStillOurs: () => boolean): Promise<void>;
  /** We may not write any more: stop at once. */
  onLost(): void;
  /** Another tab would like to write: save what is left, then let go. */
  onAsked(): Promise<void>;
  /** Another tab saved. */
  onSaved(): void;
  /** Another tab erased everything. */
  onErased(): void;
}

let channel: BroadcastChannel | undefined;
let listener: Listener;
let holding: symbol | null = null; // our present hold of the lock
let answered: (() => void) | null = null; // a holder said that it let go
let waiting: AbortController | null = null; // our place in the queue

/**
 * Gets in line. Resolves once this tab writes, which in a second tab may be never; where there are
 * no locks, every tab does. A page just left holds its lock for a moment longer, so nobody gives
 * up at the first look.
 */
export async function joinTabs(to: Listener): Promise<void> {
  listener = to;
  channel = globalThis.BroadcastChannel && new BroadcastChannel(NAME);
  channel?.addEventListener("message", ({ data }) => void hear(data.type));
  if (navigator.locks) await queue();
  else await listener.onGranted(() => true);
}

/** Tells the other tabs; ours does not hear it. */
export const tell = (type: Message): void => channel?.postMessage({ type });

/** Asks the holder to save and let go, then takes the lock, answered or not. */
export async function takeLock(): Promise<void> {
  if (holding || !navigator.locks) return listener.onGranted(() => true);
  waiting?.abort();
  const answer = new Promise<void>((resolve) => (answered = resolve));
  tell("release");
  await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  await hold({ steal: true });
}

/** Waits in line: when the writing tab is closed, the next one writes. */
function queue(): Promise<void> {
  waiting = new AbortController();
  return hold({ signal: waiting.signal });
}

/** Resolves once we hold the lock and the listener is ready to write. */
function hold(options: LockOptions): Promise<void> {
  const mine = Symbol();
  return new Promise((resolve) => {
    const held = async (): Promise<void> => {
      holding = mine;
      await listener.onGranted(() => holding === mine);
      resolve();
      await new Promise<never>(() => undefined); // until the tab ends or another steals it
    };
    const lost = (): void => {
      if (holding !== mine) return;
      holding = null;
      listener.onLost();
      void queue();
    };
    navigator.locks.request(NAME, options, held).catch(lost);
  });
}

async function hear(type: Message): Promise<void> {
  if (type === "saved") listener.onSaved();
  else if (type === "erased") listener.onErased();
  else if (type === "released") answered?.();
  else if (holding) {
    await listener.onAsked();
    tell("released"); // whoever asked steals the lock itself, so that no third tab comes between
  }
}
