// A section while it is edited: its lines, like a list on paper.

import type { VNode } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { itemsIn } from "../../core/plan";
import { plan, role } from "../../state/plan";
import { t } from "../elements/words";
import { ShowIdeas } from "./ideas";
import { Lines, type Line } from "./lines";
import { drag, moveTo } from "./moving";
import type { Part } from "./parts";
import { remove } from "./removing";
import { Row, type ListActions } from "./row";

/** What held the focus before the list was put in another order holds it afterwards. */
function useKeptFocus() {
  const held = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (held.current?.isConnected && document.activeElement !== held.current)
      held.current.focus({ preventScroll: true });
    held.current = null;
  });
  return () => {
    held.current = document.activeElement as HTMLElement | null;
  };
}

function useActions(part: Part, lines: Lines, list: { current: HTMLUListElement | null }) {
  const keepFocus = useKeptFocus();
  const [said, say] = useState("");
  const actions = useMemo<ListActions>(() => {
    const items = () => itemsIn(plan.value, part.id);
    const ids = () => items().map(({ id }) => id);
    const idOf = (key: string) => ids().find((id) => lines.keyOf(id) === key);
    const put = (key: string, to: number) => {
      const id = idOf(key);
      if (!id) return;
      keepFocus();
      moveTo(ids(), id, to);
      say(t("edit.moved", { place: ids().indexOf(id) + 1, of: ids().length }));
    };
    const rows = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-item=true]") ?? [])];
    return {
      set: (key, field, to) => lines.set(key, field, to),
      next: (key) => lines.next(key, items()),
      enter: (key, value) => lines.enter(key, value),
      leave: (key) => lines.leave(key),
      step: (key, by) => put(key, ids().indexOf(idOf(key) ?? "") + by),
      drag: (event, key) => drag(event, rows(), (to) => put(key, to)),
      remove: (key) => remove([idOf(key)].filter((id) => id !== undefined)),
    };
  }, [part.id]);
  return { actions, said };
}

/** An unchanged line is given as the very same element, which Preact passes over: with 500 lines
 *  a key pressed draws one. */
function useRows(part: Part, actions: ListActions): (line: Line) => VNode {
  return useMemo(() => {
    const drawn = new Map<string, { line: Line; row: VNode }>();
    return (line) => {
      const had = drawn.get(line.key);
      if (had?.line.id === line.id && had.line.value === line.value) return had.row;
      const { template, fields } = part;
      const { key, value } = line;
      const isItem = line.id !== null;
      const row = <Row key={key} lineKey={key} {...{ isItem, value, template, fields, actions }} />;
      drawn.set(key, { line, row });
      return row;
    };
  }, [part.id, actions]);
}

interface Props {
  part: Part;
  /** "prompts": while nothing is written, questions stand under the line too. */
  ideas: "none" | "ideas" | "prompts";
}

export function SectionLines({ part, ideas }: Props) {
  const [, redraw] = useState(0);
  const lines = useMemo(() => new Lines(part.id, () => redraw((n) => n + 1)), [part.id]);
  const list = useRef<HTMLUListElement>(null);
  const { actions, said } = useActions(part, lines, list);
  const items = itemsIn(plan.value, part.id);
  const draw = useRows(part, actions);
  const shown = lines.all(items).filter(({ id }) => id !== null || role.value === "writer");
  useLayoutEffect(() => {
    if (!lines.toFocus) return;
    const field = document.getElementById(`${lines.toFocus}-main`) as HTMLTextAreaElement | null;
    field?.focus();
    if (lines.isToReplace) field?.select();
    [lines.toFocus, lines.isToReplace] = [null, false];
  });
  return (
    <>
      <ul class="rows" ref={list}>
        {shown.map(draw)}
      </ul>
      <p class="unseen" role="status">
        {said}
      </p>
      {ideas !== "none" && !part.own && role.value === "writer" && (
        <ShowIdeas
          part={part}
          items={items}
          hasPrompts={ideas === "prompts"}
          onTake={({ value, standIn }) => lines.take(value, standIn === true)}
        />
      )}
    </>
  );
}
