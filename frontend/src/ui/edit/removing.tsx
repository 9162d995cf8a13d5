// Taking away and bringing back, with a line to undo it for ten seconds.

import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { itemOf, itemsIn, removedItems, type Plan } from "../../core/plan";
import { eraseItem, removeItem, restoreItem, type Author } from "../../core/plan-edit";
import { change, plan } from "../../state/plan";
import { today } from "../elements/days";
import { Button } from "../elements/touch";
import { t } from "../elements/words";

const UNDO_MS = 10_000;

const justRemoved = signal<string[]>([]);
let timer: ReturnType<typeof setTimeout> | undefined;

/** When the line goes, whoever stood on its button stands at the heading, not at nothing. */
function showUndo(ids: string[]): void {
  clearTimeout(timer);
  justRemoved.value = ids;
  if (ids.length) timer = setTimeout(showUndo, UNDO_MS, []);
  else if (document.activeElement?.closest(".undo"))
    document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}

/** An own section goes with what is in it, and comes back with it. */
export function remove(id: string): void {
  const ids = [...itemsIn(plan.value, id).map((item) => item.id), id];
  changeEach(ids, (now, author, one) => removeItem(now, author, one, today()), ids);
}

function changeEach(ids: string[], to: typeof eraseItem, toUndo: string[] = []): void {
  change((now, author) => ids.reduce((kept, id) => to(kept, author, id), now));
  showUndo(toUndo);
}

/** An item of an own section brings its section back: without it nothing would show it. */
function restored(now: Plan, author: Author, id: string): Plan {
  const section = itemOf(now, id)?.section;
  const home = removedItems(now).find((one) => one.id === section);
  return restoreItem(home ? restoreItem(now, author, home.id) : now, author, id);
}

export const erase = (ids: string[]): void => changeEach(ids, eraseItem);
export const restore = (ids: string[]): void => changeEach(ids, restored);

/** How high the crisis bar stands now. */
export const barHeight = (): number =>
  document.querySelector<HTMLElement>(".bar")?.offsetHeight ?? 0;

/** Stands above the crisis bar, which large text makes taller, and never on it. The focus waits at
 *  Undo, since its button is gone. */
export function UndoLine() {
  const line = useRef<HTMLDivElement>(null);
  const ids = justRemoved.value;
  useLayoutEffect(() => {
    if (!ids.length) return;
    line.current!.style.bottom = `${barHeight()}px`;
    if (!document.activeElement || document.activeElement === document.body)
      line.current!.querySelector("button")!.focus({ preventScroll: true });
  }, [ids]);
  return (
    <div class="undo" ref={line} role="status">
      {ids.length > 0 && (
        <p>
          <span>{t("edit.removed")}</span>
          <Button words="edit.undo" onClick={() => restore(ids)} />
        </p>
      )}
    </div>
  );
}
