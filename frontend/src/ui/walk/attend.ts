// What the walk heeds while it is open: keys, a screen that would go dark, a page left alone.

import { back, next } from "../../core/walk";
import type { Go, Move } from "./controls";

/** Left alone for so long (in ms), it begins anew: another hour asks for other steps. */
const LEFT_ALONE = 2 * 60 * 60 * 1000;

export function attend(go: Go, begin: Move, until: AbortSignal): void {
  let hiddenAt = Infinity;
  const onKey = (event: KeyboardEvent) => {
    const move = askedBy(event);
    if (!move) return;
    event.preventDefault();
    if (move === "stop") location.assign("/");
    else go(move);
  };
  const onChange = () => {
    if (document.visibilityState === "hidden") hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > LEFT_ALONE) go(begin);
    void keepAwake(until);
  };
  document.addEventListener("keydown", onKey, { signal: until });
  document.addEventListener("visibilitychange", onChange, { signal: until });
  void keepAwake(until);
}

/** Right and Enter go on, left goes back, Escape stops; where the page is read from the right, the
 *  arrows change their sides. On a link or a button Enter belongs to that link or button. */
function askedBy(event: KeyboardEvent): Move | "stop" | undefined {
  const { key, target, altKey, ctrlKey, metaKey, shiftKey, isComposing } = event;
  if (altKey || ctrlKey || metaKey || shiftKey || isComposing) return undefined;
  if (key === "Escape") return "stop";
  const isOnControl = target instanceof Element && target.closest("a, button") !== null;
  if (key === "Enter") return isOnControl || event.repeat ? undefined : next;
  const [left, right] = document.dir === "rtl" ? [next, back] : [back, next];
  if (key === "ArrowLeft") return left;
  return key === "ArrowRight" ? right : undefined;
}

/** Where the browser can: it refuses while the page is hidden, and lets go by itself when it is, so
 *  that it is asked anew. */
async function keepAwake(until: AbortSignal): Promise<void> {
  try {
    const lock = await navigator.wakeLock.request("screen");
    const release = () => void lock.release().catch(() => undefined);
    if (until.aborted) release();
    else until.addEventListener("abort", release);
  } catch {
    // none here, hidden, or the battery is low: the screen rests as it always does
  }
}
