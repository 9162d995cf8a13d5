// Taking away and bringing back: a line with Undo for ten seconds, and Recently removed afterwards.

import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { eraseItem, removeItem, restoreItem, type Author } from "../../core/plan-edit";
import { itemsIn, mainField, removedItems, type Plan, type Shown } from "../../core/plan";
import { photoOf, textOf } from "../../core/value";
import { change, plan, role } from "../../state/plan";
import { dayWords, today } from "../elements/days";
import { PlanText } from "../elements/plan-text";
import { TwoTouch } from "../elements/two-touch";
import { sections, t } from "../elements/words";
import { isBlank, parts } from "./parts";

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
  change((now, author) => ids.reduce((kept, id) => removeItem(kept, author, id, day), now));
  showUndo(ids);
}

/** An own section goes with what is in it, and comes back with it. */
export function removeOwn(section: string): void {
  remove([...itemsIn(plan.value, section).map(({ id }) => id), section]);
}

export function restore(ids: string[]): void {
  change((now, author) => ids.reduce((kept, id) => restored(kept, author, id), now));
  showUndo([]);
}

/** An item of an own section brings its section back: without it nothing would show it. */
function restored(now: Plan, author: Author, id: string): Plan {
  const gone = removedItems(now);
  const item = gone.find((one) => one.id === id);
  const home = gone.find((one) => one.id === item?.section);
  const back = home ? restoreItem(now, author, home.id) : now;
  return restoreItem(back, author, id);
}

/** How high the crisis bar stands now; large text makes it taller. */
function barHeight(): number {
  return document.querySelector<HTMLElement>(".bar")?.offsetHeight ?? 0;
}

/** Stands above the crisis bar and never on it. The focus waits at Undo, since its button is gone. */
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
          <button ref={button} type="button" class="link" onClick={() => restore(ids)}>
            {t("edit.undo")}
          </button>
        </p>
      )}
    </div>
  );
}

const wordsOf = ({ section, value }: Shown): string => textOf(value, mainField(section));

function RemovedItem({ item, from }: { item: Shown; from: string }) {
  const words = wordsOf(item).trim() || (photoOf(item.value) ? t("photo.one") : t("edit.no_words"));
  return (
    <li class="removed">
      <p>
        <PlanText text={words} />
        <span class="marks">
          {from} · {dayWords(textOf(item.value, "removed_on"))}
        </span>
      </p>
      {role.value === "writer" && (
        <button type="button" class="button" onClick={() => restore([item.id])}>
          {t("edit.restore")}
        </button>
      )}
    </li>
  );
}

/** Where it stood, as words; a section that is removed itself is named too. */
function homes(now: Plan): (item: Shown) => string {
  const titles = new Map(parts(now, sections()).map((part) => [part.id, part.title]));
  for (const gone of removedItems(now)) titles.set(gone.id, wordsOf(gone));
  return (item) => titles.get(item.section) ?? t("edit.own_part");
}

export function RecentlyRemoved() {
  const gone = removedItems(plan.value).filter(({ section, value }) => {
    const { removed_on: _, ...rest } = value;
    return section !== "settings" && !isBlank(rest);
  });
  const from = homes(plan.value);
  return (
    <>
      <p class="quiet">{gone.length ? t("edit.removed_about") : t("edit.removed_none")}</p>
      <ul class="removed-list">
        {gone.map((item) => (
          <RemovedItem key={item.id} item={item} from={from(item)} />
        ))}
      </ul>
      {gone.length > 0 && role.value === "writer" && (
        <TwoTouch
          first={t("edit.erase")}
          about={t("edit.erase_about")}
          second={t("edit.erase_now")}
          back={t("edit.keep")}
          onSecond={() => eraseNow(gone.map(({ id }) => id))}
        />
      )}
    </>
  );
}

function eraseNow(ids: string[]): void {
  change((now, author) => ids.reduce((kept, id) => eraseItem(kept, author, id), now));
  showUndo([]);
}
