// Putting a line in another place: by handle with a finger or a mouse, by keys, by buttons.

import { moveItem } from "../../core/plan-edit";
import { change } from "../../state/plan";

/** `to` is the place counted among `ids`, the list as it stands. */
export function moveTo(ids: string[], id: string, to: number): void {
  const from = ids.indexOf(id);
  const place = Math.max(0, Math.min(ids.length - 1, to));
  if (from < 0 || place === from) return;
  const others = ids.filter((one) => one !== id);
  change((plan, author) => moveItem(plan, author, id, others[place - 1] ?? null));
}

interface Drag {
  row: HTMLElement;
  rows: HTMLElement[];
  from: number;
  startY: number;
}

const EDGE = 90; // px from the top or the bottom of the screen at which the page moves along
const STEP = 12;

/**
 * Begins at the handle. `rows` are the list's rows that can be changed places with, in order.
 * The row follows the finger; only when it is let go does the list change, once.
 */
export function drag(event: PointerEvent, rows: HTMLElement[], drop: (to: number) => void): void {
  const handle = event.currentTarget as HTMLElement;
  const row = rows.find((one) => one.contains(handle));
  if (!row || event.button !== 0) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const held: Drag = { row, rows, from: rows.indexOf(row), startY: event.clientY + scrollY };
  const move = (moved: PointerEvent) => follow(held, moved.clientY);
  const end = (ended: PointerEvent) => {
    handle.removeEventListener("pointermove", move);
    const to = placeAt(held, ended.clientY);
    letGo(held);
    if (ended.type === "pointerup" && to !== held.from) drop(to);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
}

function follow(held: Drag, y: number): void {
  const bar = document.querySelector<HTMLElement>(".bar")?.offsetHeight ?? 0;
  if (y < EDGE) scrollBy(0, -STEP);
  if (y > innerHeight - bar - EDGE) scrollBy(0, STEP);
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

function letGo({ row, rows }: Drag): void {
  row.style.transform = "";
  for (const one of rows) one.classList.remove("held", "drop-before", "drop-after");
}

/** Arrow keys at the handle: one place up or down; anything else is left alone. */
export function arrowStep(event: KeyboardEvent): -1 | 0 | 1 {
  const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
  if (step) event.preventDefault();
  return step;
}
