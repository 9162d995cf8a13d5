// The walk by keyboard: right and Enter go on, left goes back, Escape stops.

export interface Ways {
  next(): void;
  back(): void;
  stop(): void;
}

const hasModifier = (event: KeyboardEvent): boolean =>
  event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;

/** On a link or a button Enter belongs to that link or button. */
const isOnControl = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.closest("a, button") !== null;

/** What a key asks for; where the page is read from the right, the arrows change their sides. */
export function asked(event: KeyboardEvent, isFromRight: boolean): keyof Ways | null {
  if (hasModifier(event) || event.isComposing) return null;
  if (event.key === "Escape") return "stop";
  if (event.key === "Enter") return isOnControl(event) || event.repeat ? null : "next";
  if (event.key === (isFromRight ? "ArrowLeft" : "ArrowRight")) return "next";
  return event.key === (isFromRight ? "ArrowRight" : "ArrowLeft") ? "back" : null;
}

/** Returns what stops listening. */
export function listen(ways: Ways): () => void {
  const onKey = (event: KeyboardEvent) => {
    const way = asked(event, document.dir === "rtl");
    if (!way) return;
    event.preventDefault();
    ways[way]();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
