// The lines of one section while they are written: items, and the empty lines that become items.

import { eraseItem, editItem, addItem, setField } from "../../core/plan-edit";
import { findItem, itemsIn, type Shown, type Value } from "../../core/plan";
import { change, plan } from "../../state/plan";
import { t } from "../elements/words";
import { drag, moveIn } from "./moving";
import { isBlank, isSet } from "./parts";
import { remove } from "./removing";

export interface Line {
  /** Stays the same while an empty line becomes an item, so that its field and the caret stay. */
  key: string;
  id: string | null;
  value: Value;
}

const EMPTY: Value = {};
/** A line that is left empty goes only then: what was tapped must not move away under the finger. */
const LEAVE_MS = 300;

let drawn = 0;
const newKey = (): string => `line-${(drawn += 1)}`;

/** The new item's id; "" where nothing may be written. */
export function add(section: string, value: Value, after?: string): string {
  let made = "";
  change((now, author) => {
    const added = addItem(now, author, section, value, after);
    made = added.id;
    return added.plan;
  });
  return made;
}

export class Lines {
  readonly #keys = new Map<string, string>();
  readonly #ids = new Map<string, string>();
  readonly #before = new Map<string, Value>();
  #end = newKey();
  #inserted: { key: string; after: string } | null = null;
  /** The line that takes the focus once it is drawn, and whether its words are there to be replaced. */
  toFocus: string | null = null;
  isToReplace = false;
  /** What held the focus before the list was put in another order holds it afterwards. */
  held: HTMLElement | null = null;
  /** Where the line that was moved stands now, in words. */
  said = "";

  constructor(
    readonly section: string,
    readonly redraw: () => void,
  ) {}

  get items(): Shown[] {
    return itemsIn(plan.value, this.section);
  }

  /** Items in their order, an empty line where return was pressed, and one at the end. */
  all(): Line[] {
    const lines = this.items.flatMap(({ id, value }) => {
      const line = { key: this.#keys.get(id) ?? id, id, value };
      return this.#inserted?.after === id ? [line, this.#empty(this.#inserted.key)] : [line];
    });
    return [...lines, this.#empty(this.#end)];
  }

  /** The first thing put into an empty line makes it an item. */
  set(key: string, field: string, to: unknown): void {
    const id = this.#idOf(key);
    if (id) change((now, author) => setField(now, author, id, field, to));
    else if (isSet(to) || (typeof to === "string" && to !== "")) this.#begin(key, { [field]: to });
  }

  /** Return was pressed: a fresh line right below, which is the one at the end after the last. */
  next(key: string): void {
    const id = this.#idOf(key);
    if (!id) return;
    const isLast = this.items.at(-1)?.id === id;
    this.#inserted = isLast ? null : { key: newKey(), after: id };
    this.toFocus = this.#inserted?.key ?? this.#end;
    this.redraw();
  }

  /** An idea becomes the line at the end; a stand-in for a name is chosen, so that typing replaces it. */
  take(value: Value, isStandIn: boolean): void {
    const key = this.#end;
    this.#begin(key, value);
    if (isStandIn) [this.toFocus, this.isToReplace] = [key, true];
    this.redraw();
  }

  enter(key: string, value: Value): void {
    if (!this.#before.has(key)) this.#before.set(key, value);
  }

  /** Empty lines are no items. A line that was emptied keeps its words in Recently removed. */
  leave(key: string): void {
    setTimeout(() => {
      const focused = document.activeElement?.closest<HTMLElement>("[data-line]");
      if (focused?.dataset.line === key) return;
      if (this.#inserted?.key === key) this.#inserted = null;
      this.#drop(key);
      this.#before.delete(key);
      this.redraw();
    }, LEAVE_MS);
  }

  /** One place up or down. */
  step(key: string, by: -1 | 1): void {
    this.#put(key, (from) => from + by);
  }

  drag(key: string, event: PointerEvent): void {
    drag(event, (to) => this.#put(key, () => to));
  }

  remove(key: string): void {
    const id = this.#idOf(key);
    if (id) remove([id]);
  }

  #put(key: string, to: (from: number) => number): void {
    const id = this.#idOf(key);
    if (!id || !findItem(plan.value, id)) return;
    this.held = document.activeElement as HTMLElement | null;
    moveIn(this.section, id, to);
    const place = this.items.findIndex((item) => item.id === id) + 1;
    this.said = t("edit.moved", { place, of: this.items.length });
    this.redraw();
  }

  #drop(key: string): void {
    const id = this.#idOf(key);
    const item = id ? findItem(plan.value, id) : null;
    if (!id || !item || !isBlank(item.value)) return;
    const before = this.#before.get(key);
    if (!before || isBlank(before)) change((now, author) => eraseItem(now, author, id));
    else {
      change((now, author) => editItem(now, author, id, before));
      remove([id]);
    }
  }

  #begin(key: string, value: Value): void {
    const after = this.#inserted?.key === key ? this.#inserted.after : undefined;
    const made = add(this.section, value, after);
    if (!made) return;
    this.#keys.set(made, key);
    this.#ids.set(key, made);
    if (key === this.#end) this.#end = newKey();
    else this.#inserted = null;
  }

  #idOf(key: string): string | null {
    const isEmpty = key === this.#end || key === this.#inserted?.key;
    return this.#ids.get(key) ?? (isEmpty || key.startsWith("line-") ? null : key);
  }

  #empty(key: string): Line {
    return { key, id: null, value: EMPTY };
  }
}
