// Putting a line in another place: by handle with a finger or a mouse, by keys, by buttons.

import { itemsIn } from "../../core/plan";
import { moveItem } from "../../core/plan-edit";
import { change, plan } from "../../state/plan";

/** `to` tells the place among the section's items that it should have, from the one that it has. */
export function moveIn(section: string, id: string, to: (from: number) => number): void {
  const ids = itemsIn(plan.value, section).map((item) => item.id);
  const from = ids.indexOf(id);
  const place = Math.max(0, Math.min(ids.length - 1, to(from)));
  if (from < 0 || place === from) return;
  const others = ids.filter((one) => one !== id);
  change((now, author) => moveItem(now, author, id, others[place - 1] ?? null));
}

/** How high the crisis bar stands now. */
export const barHeight = (): number =>
  document.querySelector<HTMLElement>(".bar")?.offsetHeight ?? 0;

interface Drag {
  row: HTMLElement;
  rows: HTMLElement[];
  from: number;
  startY: number;
}

const EDGE = 90; // px from the top or the bottom of the screen at which the page moves along
const STEP = 12;

/**
 * Begins at the handle of an item's row. The row follows the finger; only when it is let go does
 * the list change, once.
 */
export function drag(event: PointerEvent, drop: (to: number) => void): void {
  const handle = event.currentTarget as HTMLElement;
  const rows = [...handle.closest(".rows")!.querySelectorAll<HTMLElement>("[data-item=true]")];
  const row = handle.closest<HTMLElement>(".row")!;
  if (event.button !== 0) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const held: Drag = { row, rows, from: rows.indexOf(row), startY: event.clientY + scrollY };
  const move = (moved: PointerEvent) => follow(held, moved.clientY);
  const end = (ended: PointerEvent) => {
    handle.removeEventListener("pointermove", move);
    const to = placeAt(held, ended.clientY);
    row.style.transform = "";
    for (const one of rows) one.classList.remove("held", "drop-before", "drop-after");
    if (ended.type === "pointerup" && to !== held.from) drop(to);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
}

function follow(held: Drag, y: number): void {
  if (y < EDGE) scrollBy(0, -STEP);
  if (y > innerHeight - barHeight() - EDGE) scrollBy(0, STEP);
  held.row.classList.add("held");
  held.row.style.transform = `translateY(${y + scrollY - held.startY}px)`;
  const to = placeAt(held, y);
  held.rows.forEach((row, index) => {
    row.classList.toggle("drop-before", index === to && to < held.from);
    row.classList.toggle("drop-after", index === to && to > held.from);
  });
}

/** How many of the other rows have their middle above this height. */
function placeAt({ row, rows }: Drag, y: number): number {
  return rows.filter((one) => {
    const { top, height } = one.getBoundingClientRect();
    return one !== row && top + height / 2 < y;
  }).length;
}
