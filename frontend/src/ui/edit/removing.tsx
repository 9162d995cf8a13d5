// Taking away and bringing back: a line with Undo for ten seconds, and Recently removed afterwards.

import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { eraseItem, removeItem, restoreItem, type Author } from "../../core/plan-edit";
import { itemsIn, mainField, removedItems, type Plan, type Shown } from "../../core/plan";
import { textOf } from "../../core/value";
import { change, plan, role } from "../../state/plan";
import { dayWords, today } from "../elements/days";
import { PlanText } from "../elements/plan-text";
import { Button } from "../elements/touch";
import { TwoTouch } from "../elements/step";
import { t } from "../elements/words";
import { barHeight } from "./moving";
import { glimpse, isBlank, parts } from "./parts";

const UNDO_MS = 10_000;

const justRemoved = signal<string[]>([]);
let timer: ReturnType<typeof setTimeout> | undefined;

function showUndo(ids: string[]): void {
  clearTimeout(timer);
  if (!ids.length) leaveUndo();
  justRemoved.value = ids;
  if (ids.length) timer = setTimeout(() => showUndo([]), UNDO_MS);
}

/** The line goes; whoever stood on its button stands at the heading, not at nothing. */
function leaveUndo(): void {
  if (document.activeElement?.closest(".undo"))
    document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}

export function remove(ids: string[]): void {
  const day = today();
  changeEach(ids, (now, author, id) => removeItem(now, author, id, day), ids);
}

/** An own section goes with what is in it, and comes back with it. */
export function removeOwn(section: string): void {
  remove([...itemsIn(plan.value, section).map(({ id }) => id), section]);
}

type Change = (now: Plan, author: Author, id: string) => Plan;

function changeEach(ids: string[], to: Change, toUndo: string[] = []): void {
  change((now, author) => ids.reduce((kept, id) => to(kept, author, id), now));
  showUndo(toUndo);
}

/** An item of an own section brings its section back: without it nothing would show it. */
function restored(now: Plan, author: Author, id: string): Plan {
  const gone = removedItems(now);
  const item = gone.find((one) => one.id === id);
  const home = gone.find((one) => one.id === item?.section);
  const back = home ? restoreItem(now, author, home.id) : now;
  return restoreItem(back, author, id);
}

/** Stands above the crisis bar, which large text makes taller, and never on it. The focus waits at
 *  Undo, since its button is gone. */
export function UndoLine() {
  const line = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const ids = justRemoved.value;
  useLayoutEffect(() => {
    if (!ids.length) return;
    line.current?.style.setProperty("bottom", `${barHeight()}px`);
    if (!document.activeElement || document.activeElement === document.body)
      button.current?.focus({ preventScroll: true });
  }, [ids]);
  return (
    <div class="undo" ref={line} role="status">
      {ids.length > 0 && (
        <p>
          <span>{t("edit.removed")}</span>
          <Button ref={button} words="edit.undo" onClick={() => changeEach(ids, restored)} />
        </p>
      )}
    </div>
  );
}

function RemovedItem({ item, from }: { item: Shown; from: string }) {
  return (
    <li class="removed">
      <p>
        <PlanText text={glimpse(item) || t("edit.no_words")} />
        <span class="marks">
          {from} · {dayWords(textOf(item.value, "removed_on"))}
        </span>
      </p>
      {role.value === "writer" && (
        <Button
          class="button"
          words="edit.restore"
          onClick={() => changeEach([item.id], restored)}
        />
      )}
    </li>
  );
}

export function RecentlyRemoved() {
  const gone = removedItems(plan.value).filter(({ section, value }) => {
    const { removed_on: _, ...rest } = value;
    return section !== "settings" && !isBlank(rest);
  });
  // Where each stood, as words; a section that is removed itself is named too.
  const homes = new Map(parts().map((part) => [part.id, part.title]));
  for (const one of removedItems(plan.value))
    homes.set(one.id, textOf(one.value, mainField(one.section)));
  return (
    <>
      <p class="quiet">{gone.length ? t("edit.removed_about") : t("edit.removed_none")}</p>
      <ul class="removed-list">
        {gone.map((item) => (
          <RemovedItem
            key={item.id}
            item={item}
            from={homes.get(item.section) ?? t("edit.own_part")}
          />
        ))}
      </ul>
      {gone.length > 0 && role.value === "writer" && (
        <TwoTouch
          first="edit.erase"
          about="edit.erase_about"
          second="edit.erase_now"
          back="edit.keep"
          onSecond={() =>
            changeEach(
              gone.map(({ id }) => id),
              eraseItem,
            )
          }
        />
      )}
    </>
  );
}
