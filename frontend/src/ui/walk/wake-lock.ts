// Keeps the screen awake while the walk is open and seen, where the browser can.

/** Returns what ends it. A browser lets go by itself when the page is hidden: it is asked anew. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isOver = false;
  const ask = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (isOver) await lock.release();
    } catch {
      lock = undefined; // none here, or the battery is low: the screen rests as it always does
    }
  };
  const onVisible = () => void ask();
  document.addEventListener("visibilitychange", onVisible);
  void ask();
  return () => {
    isOver = true;
    document.removeEventListener("visibilitychange", onVisible);
    lock?.release().catch(() => undefined);
  };
}
