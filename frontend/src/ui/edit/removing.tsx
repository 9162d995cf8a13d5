// Taking away and bringing back: a line with Undo for ten seconds, and Recently removed afterwards.

import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { itemOf, itemsIn, removedItems, type Plan } from "../../core/plan";
import { eraseItem, removeItem, restoreItem, type Author } from "../../core/plan-edit";
import { textOf } from "../../core/value";
import { change, plan, role } from "../../state/plan";
import { dayWords, today } from "../elements/days";
import { PlanText } from "../elements/plan-text";
import { Button } from "../elements/touch";
import { TwoTouch } from "../elements/two-touch";
import { t } from "../elements/words";
import { barHeight } from "./moving";
import { glimpse, isBlank, parts } from "./parts";
import { Stage } from "./stage";

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
  const day = today();
  const ids = [...itemsIn(plan.value, id).map((item) => item.id), id];
  changeEach(ids, (now, author, one) => removeItem(now, author, one, day), ids);
}

type Change = (now: Plan, author: Author, id: string) => Plan;

function changeEach(ids: string[], to: Change, toUndo: string[] = []): void {
  change((now, author) => ids.reduce((kept, id) => to(kept, author, id), now));
  showUndo(toUndo);
}

/** An item of an own section brings its section back: without it nothing would show it. */
function restored(now: Plan, author: Author, id: string): Plan {
  const section = itemOf(now, id)?.section;
  const home = removedItems(now).find((one) => one.id === section);
  return restoreItem(home ? restoreItem(now, author, home.id) : now, author, id);
}

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
          <Button words="edit.undo" onClick={() => changeEach(ids, restored)} />
        </p>
      )}
    </div>
  );
}

export function RecentlyRemoved() {
  const removed = removedItems(plan.value);
  const gone = removed.filter(
    ({ section, value }) => section !== "settings" && !isBlank({ ...value, removed_on: null }),
  );
  // Where each stood, as words; a section that is removed itself is named too.
  const homes = new Map(parts().map((part) => [part.id, part.title]));
  for (const { id, value } of removed) homes.set(id, textOf(value, "title"));
  const isWriter = role.value === "writer";
  const eraseAll = () =>
    changeEach(
      gone.map(({ id }) => id),
      eraseItem,
    );
  return (
    <Stage title={t("edit.recently_removed")}>
      <p class="quiet">{t(gone.length ? "edit.removed_about" : "edit.removed_none")}</p>
      <ul class="removed-list">
        {gone.map((item) => (
          <li key={item.id} class="removed">
            <p>
              <PlanText text={glimpse(item) || t("edit.no_words")} />
              <span class="marks">
                {homes.get(item.section) ?? t("edit.own_part")} ·{" "}
                {dayWords(textOf(item.value, "removed_on"))}
              </span>
            </p>
            {isWriter && (
              <Button
                class="button"
                words="edit.restore"
                onClick={() => changeEach([item.id], restored)}
              />
            )}
          </li>
        ))}
      </ul>
      {gone.length > 0 && isWriter && (
        <TwoTouch
          first="edit.erase"
          about="edit.erase_about"
          second="edit.erase_now"
          back="edit.keep"
          onSecond={eraseAll}
        />
      )}
    </Stage>
  );
}
