// The lines of one section while they are written: items, and the empty lines that become items.

import { findItem, itemsIn, type Shown, type Value } from "../../core/plan";
import { addItem, editItem, eraseItem, setField } from "../../core/plan-edit";
import { toHex } from "../../crypto/bytes";
import { randomBytes } from "../../crypto/primitives";
import { change, plan } from "../../state/plan";
import { t } from "../elements/words";
import { moveIn } from "./moving";
import { isBlank, isSet } from "./parts";
import { remove } from "./removing";

/** The same object for as long as it is unchanged. An empty line has the id already that its item
 *  will have, so that its field and the caret stay. */
export type Line = Pick<Shown, "id" | "value">;

const EMPTY: Value = {};
const emptyLine = (): Line => ({ id: toHex(randomBytes(16)), value: EMPTY });
export const isItem = ({ value }: Line): boolean => value !== EMPTY;

/** A line that is left empty goes only then: what was tapped must not move away under the finger. */
const LEAVE_MS = 300;

/** The new item's id, drawn here unless it is given; "" where nothing may be written. */
export function add(section: string, value: Value, after?: string, id?: string): string {
  let made = "";
  change((now, author) => {
    const added = addItem(now, author, section, value, after, id);
    made = added.id;
    return added.plan;
  });
  return made;
}

export class Lines {
  readonly #before = new Map<string, Value>();
  #end = emptyLine();
  #inserted: { line: Line; after: string } | null = null;
  /** Where the line that was moved stands now, in words. */
  said = "";

  /** `redraw` calls what is to be done once the lines are drawn. */
  constructor(
    readonly section: string,
    readonly redraw: (then?: () => void) => void,
  ) {}

  /** Items in their order, an empty line where return was pressed, and one at the end. */
  all(): Line[] {
    const lines = itemsIn(plan.value, this.section).flatMap((item): Line[] =>
      this.#inserted?.after === item.id ? [item, this.#inserted.line] : [item],
    );
    return [...lines, this.#end];
  }

  /** The first thing put into an empty line makes it an item. */
  set(id: string, field: string, to: unknown): void {
    if (id !== this.#end.id && id !== this.#inserted?.line.id)
      change((now, author) => setField(now, author, id, field, to));
    else if (isSet(to) || (typeof to === "string" && to !== "")) this.#begin(id, { [field]: to });
  }

  /** Return was pressed: a fresh line right below, which is the one at the end after the last. */
  next(id: string): void {
    if (!findItem(plan.value, id)) return;
    const isLast = itemsIn(plan.value, this.section).at(-1)?.id === id;
    this.#inserted = isLast ? null : { line: emptyLine(), after: id };
    const fresh = this.#inserted?.line ?? this.#end;
    this.redraw(() => fieldOf(fresh.id)?.focus());
  }

  /** An idea becomes the line at the end; a stand-in for a name is chosen, so that typing replaces it. */
  take(value: Value, isStandIn: boolean): void {
    const { id } = this.#end;
    this.#begin(id, value);
    if (!isStandIn) return;
    this.redraw(() => {
      fieldOf(id)?.focus();
      fieldOf(id)?.select();
    });
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
    moveIn(this.section, id, by);
    const items = itemsIn(plan.value, this.section);
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
    if (!add(this.section, value, after, id)) return;
    if (after) this.#inserted = null;
    else this.#end = emptyLine();
  }
}

const fieldOf = (id: string) => document.getElementById(`${id}-main`) as HTMLTextAreaElement | null;
