// The lines of one section while they are written: items, and the empty lines that become items. They
// are put in another place by handle with a finger or a mouse, by keys, by buttons.

import { findItem, itemOf, itemsIn, type Shown, type Value } from "../../core/plan";
import { addItem, editItem, eraseItem, moveItem, setField } from "../../core/plan-edit";
import { toHex } from "../../crypto/bytes";
import { randomBytes } from "../../crypto/primitives";
import { change, plan } from "../../state/plan";
import { t } from "../elements/words";
import type { Idea } from "../ideas";
import { isBlank, isSet, type Part } from "./parts";
import { barHeight, remove } from "./removing";

/** The same object for as long as it is unchanged. An empty line has the id already that its item
 *  will have, so that its field and the caret stay. */
export type Line = Pick<Shown, "id" | "value">;

const EMPTY: Value = {};
export const newId = (): string => toHex(randomBytes(16));
const emptyLine = (): Line => ({ id: newId(), value: EMPTY });
export const isItem = ({ value }: Line): boolean => value !== EMPTY;

/** False where nothing may be written. */
export function add(id: string, section: string, value: Value, after?: string): boolean {
  change((now, author) => addItem(now, author, section, value, after, id).plan);
  return itemOf(plan.value, id) !== undefined;
}

/** So many places down among the section's items, or up where `by` is below 0; never past an end. */
export function moveIn(section: string, id: string, by: number): void {
  const ids = itemsIn(plan.value, section).map((item) => item.id);
  const from = ids.indexOf(id);
  const to = Math.max(0, Math.min(ids.length - 1, from + by));
  if (from < 0 || to === from) return;
  const others = ids.filter((one) => one !== id);
  change((now, author) => moveItem(now, author, id, others[to - 1] ?? null));
}

/** A line that is left empty goes only then: what was tapped must not move away under the finger. */
const LEAVE_MS = 300;

export class Lines {
  readonly #before = new Map<string, Value>();
  #end = emptyLine();
  #inserted: { line: Line; after: string } | null = null;
  /** Where the line that was moved stands now, in words. */
  said = "";

  /** `redraw` calls what is to be done once the lines are drawn. */
  constructor(
    readonly part: Part,
    readonly redraw: (then?: () => void) => void,
  ) {}

  /** Items in their order, an empty line where return was pressed, and one at the end. */
  all(): Line[] {
    const lines = itemsIn(plan.value, this.part.id).flatMap((item): Line[] =>
      this.#inserted?.after === item.id ? [item, this.#inserted.line] : [item],
    );
    return [...lines, this.#end];
  }

  /** The first thing put into an empty line makes it an item. */
  set(id: string, field: string, to: unknown): void {
    if (itemOf(plan.value, id)) change((now, author) => setField(now, author, id, field, to));
    else if (isSet(to) || (typeof to === "string" && to !== "")) this.#begin(id, { [field]: to });
  }

  /** Return was pressed: a fresh line right below, which is the one at the end after the last. */
  next(id: string): void {
    if (!findItem(plan.value, id)) return;
    const isLast = itemsIn(plan.value, this.part.id).at(-1)?.id === id;
    this.#inserted = isLast ? null : { line: emptyLine(), after: id };
    const fresh = this.#inserted?.line ?? this.#end;
    this.redraw(() => write(fresh.id));
  }

  /** An idea becomes the line at the end; a stand-in for a name is there to be typed over. */
  take({ value, standIn }: Idea): void {
    const { id } = this.#end;
    this.#begin(id, value);
    if (standIn) this.redraw(() => write(id));
  }

  enter({ id, value }: Line): void {
    if (!this.#before.has(id)) this.#before.set(id, value);
  }

  /** Empty lines are no items. A line that was emptied keeps its words in Recently removed. */
  leave(id: string): void {
    setTimeout(() => {
      const focused = document.activeElement?.closest<HTMLElement>("[data-line]");
      if (focused?.dataset.line === id) return;
      if (this.#inserted?.line.id === id) this.#inserted = null;
      this.#drop(id);
      this.#before.delete(id);
      this.redraw();
    }, LEAVE_MS);
  }

  /** What held the focus before the list was put in another order holds it afterwards. */
  move(id: string, by: number): void {
    const held = document.activeElement as HTMLElement | null;
    moveIn(this.part.id, id, by);
    const items = itemsIn(plan.value, this.part.id);
    const place = items.findIndex((item) => item.id === id) + 1;
    this.said = t("edit.moved", { place, of: items.length });
    this.redraw(() => held?.focus({ preventScroll: true }));
  }

  #drop(id: string): void {
    const item = findItem(plan.value, id);
    if (!item || !isBlank(item.value)) return;
    const before = this.#before.get(id);
    if (!before || isBlank(before)) change((now, author) => eraseItem(now, author, id));
    else {
      change((now, author) => editItem(now, author, id, before));
      remove(id);
    }
  }

  #begin(id: string, value: Value): void {
    const after = this.#inserted?.line.id === id ? this.#inserted.after : undefined;
    if (!add(id, this.part.id, value, after)) return;
    if (id === this.#end.id) this.#end = emptyLine();
    else this.#inserted = null;
  }
}

/** The focus goes to a line's words, so that they are typed over. */
function write(id: string): void {
  const field = document.getElementById(`${id}-main`) as HTMLTextAreaElement | null;
  field?.focus();
  field?.select();
}

const EDGE = 90; // px from the top or the bottom of the screen at which the page moves along
const STEP = 12;

/**
 * Begins at the handle of an item's row. The row follows the finger; only when it is let go does
 * the list change, once.
 */
export function drag(event: PointerEvent, move: (by: number) => void): void {
  if (event.button !== 0) return;
  event.preventDefault();
  const handle = event.currentTarget as HTMLElement;
  handle.setPointerCapture(event.pointerId);
  const row = handle.closest<HTMLElement>(".row")!;
  const rows = [...row.parentElement!.querySelectorAll<HTMLElement>("[data-item=true]")];
  const from = rows.indexOf(row);
  const startY = event.clientY + scrollY;
  const ended = new AbortController();
  const { signal } = ended;
  const unmark = () =>
    rows.forEach((one) => one.classList.remove("held", "drop-before", "drop-after"));
  const follow = ({ clientY }: PointerEvent) => {
    if (clientY < EDGE) scrollBy(0, -STEP);
    if (clientY > innerHeight - barHeight() - EDGE) scrollBy(0, STEP);
    row.style.transform = `translateY(${clientY + scrollY - startY}px)`;
    const to = placeAt(clientY, row, rows);
    unmark();
    row.classList.add("held");
    if (to !== from) rows[to]?.classList.add(to < from ? "drop-before" : "drop-after");
  };
  const end = ({ type, clientY, pointerId }: PointerEvent) => {
    if (pointerId !== event.pointerId) return;
    ended.abort();
    const by = placeAt(clientY, row, rows) - from;
    row.style.transform = "";
    unmark();
    if (type === "pointerup" && by !== 0) move(by);
  };
  handle.addEventListener("pointermove", follow, { signal });
  handle.addEventListener("pointerup", end, { signal });
  handle.addEventListener("pointercancel", end, { signal });
}

/** How many of the other rows have their middle above this height. */
function placeAt(y: number, row: HTMLElement, rows: HTMLElement[]): number {
  return rows.filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return one !== row && top + bottom < 2 * y;
  }).length;
}
