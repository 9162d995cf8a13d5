// Putting a line in another place: by handle with a finger or a mouse, by keys, by buttons.

import { itemsIn } from "../../core/plan";
import { moveItem } from "../../core/plan-edit";
import { change, plan } from "../../state/plan";

/** So many places down among the section's items, or up where `by` is below 0; never past an end. */
export function moveIn(section: string, id: string, by: number): void {
  const ids = itemsIn(plan.value, section).map((item) => item.id);
  const from = ids.indexOf(id);
  const to = Math.max(0, Math.min(ids.length - 1, from + by));
  if (from < 0 || to === from) return;
  const others = ids.filter((one) => one !== id);
  change((now, author) => moveItem(now, author, id, others[to - 1] ?? null));
}

/** How high the crisis bar stands now. */
export const barHeight = (): number =>
  document.querySelector<HTMLElement>(".bar")?.offsetHeight ?? 0;

const EDGE = 90; // px from the top or the bottom of the screen at which the page moves along
const STEP = 12;

/**
 * Begins at the handle of an item's row. The row follows the finger; only when it is let go does
 * the list change, once.
 */
export function drag(event: PointerEvent, move: (by: number) => void): void {
  const handle = event.currentTarget as HTMLElement;
  const row = handle.closest<HTMLElement>(".row")!;
  const rows = [...row.parentElement!.querySelectorAll<HTMLElement>("[data-item=true]")];
  if (event.button !== 0) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const from = rows.indexOf(row);
  const startY = event.clientY + scrollY;
  const others = rows.filter((one) => one !== row);
  const placeAt = (y: number) => others.filter((one) => middleOf(one) < y).length;
  const follow = ({ clientY }: PointerEvent) => {
    scrollAlong(clientY);
    row.style.transform = `translateY(${clientY + scrollY - startY}px)`;
    const to = placeAt(clientY);
    unmark(rows);
    row.classList.add("held");
    if (to !== from) rows[to]?.classList.add(to < from ? "drop-before" : "drop-after");
  };
  const end = ({ type, clientY }: PointerEvent) => {
    handle.removeEventListener("pointermove", follow);
    const by = placeAt(clientY) - from;
    row.style.transform = "";
    unmark(rows);
    if (type === "pointerup" && by !== 0) move(by);
  };
  handle.addEventListener("pointermove", follow);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
}

function scrollAlong(y: number): void {
  if (y < EDGE) scrollBy(0, -STEP);
  if (y > innerHeight - barHeight() - EDGE) scrollBy(0, STEP);
}

function middleOf(row: HTMLElement): number {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

function unmark(rows: HTMLElement[]): void {
  for (const one of rows) one.classList.remove("held", "drop-before", "drop-after");
}
