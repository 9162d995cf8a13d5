// A section while it is edited: its lines, like a list on paper, each with its marks, its handle,
// and the details that fold open under it.

import type { VNode } from "preact";
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { mainField } from "../../core/plan";
import { textOf } from "../../core/value";
import { role } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { Button } from "../elements/touch";
import { has, t } from "../elements/words";
import { place } from "../route";
import { DetailField } from "./fields";
import { ShowIdeas } from "./ideas";
import { drag, isItem, Lines, type Line } from "./lines";
import { isAsked, labelOf, marks, type Part } from "./parts";
import { remove } from "./removing";

export function SectionLines({ part }: { part: Part }) {
  const [{ then }, redraw] = useState<{ then: (() => void) | undefined }>({ then: undefined });
  const lines = useMemo(() => new Lines(part, (then) => redraw({ then })), [part.id]);
  const draw = useMemo(() => rowsOf(lines), [lines]);
  const isWriter = role.value === "writer";
  const shown = lines.all().filter((line) => isItem(line) || isWriter);
  useLayoutEffect(() => then?.(), [then]);
  return (
    <>
      <ul class="rows">{shown.map(draw)}</ul>
      <p class="unseen" role="status">
        {lines.said}
      </p>
      {place.value.path !== "/paper" && !part.own && isWriter && <ShowIdeas lines={lines} />}
    </>
  );
}

/** An unchanged line is given as the very same element, which Preact passes over: with 500 lines
 *  a key pressed draws one. */
function rowsOf(lines: Lines): (line: Line) => VNode {
  const drawn = new WeakMap<Line, VNode>();
  return (line) => {
    const row = drawn.get(line) ?? <Row key={line.id} line={line} lines={lines} />;
    drawn.set(line, row);
    return row;
  };
}

interface Props {
  line: Line;
  lines: Lines;
}

function Row({ line, lines }: Props) {
  const { id } = line;
  const { fields } = lines.part;
  const [isOpen, open] = useState(false);
  const isChangeable = isItem(line) && role.value === "writer";
  const hasPhoto = fields.some(({ kind }) => kind === "photo");
  const hasDetails = fields.length > 1 && (isItem(line) || hasPhoto);
  return (
    <li
      class="row"
      data-line={id}
      data-item={isItem(line)}
      onFocusIn={() => lines.enter(line)}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) lines.leave(id);
      }}
    >
      <div class="row-top">
        <Words {...{ line, lines }} />
        {hasDetails && (
          <Button
            aria-expanded={isOpen}
            aria-controls={`${id}-details`}
            aria-describedby={`${id}-main`}
            words="edit.details"
            onClick={() => open(!isOpen)}
          />
        )}
        {isChangeable && <Handle {...{ line, lines }} />}
      </div>
      {hasDetails && (
        <div class="details" id={`${id}-details`} hidden={!isOpen}>
          {isOpen && <Details {...{ line, lines }} />}
          {isOpen && isChangeable && <Tools {...{ line, lines }} />}
        </div>
      )}
    </li>
  );
}

function Words({ line, lines }: Props) {
  const { id, value } = line;
  const { id: section, template, fields } = lines.part;
  const main = mainField(section);
  const hint = `field.${template}.${main}.hint` as const;
  const beside = marks(lines.part, value);
  // A form of its own: Chromium looks at every field of a form, or at all that stand in none,
  // with each key (seen: 3 ms of a key's 8 with 40 lines).
  return (
    <form class="row-words">
      <label class="unseen" for={`${id}-main`}>
        {labelOf(template, main)}
      </label>
      <GrowingText
        id={`${id}-main`}
        value={textOf(value, main)}
        placeholder={t(!isItem(line) && fields.length > 1 && has(hint) ? hint : "edit.write")}
        onText={(text) => lines.set(id, main, text)}
        onReturn={() => lines.next(id)}
      />
      {beside && <p class="marks">{beside}</p>}
    </form>
  );
}

const Details = ({ line: { id, value }, lines }: Props) =>
  lines.part.fields
    .filter((field) => !field.main && isAsked(field, value))
    .map((field) => (
      <DetailField
        key={field.id}
        {...{ field, value }}
        template={lines.part.template}
        within={id}
        onSet={(to) => lines.set(id, field.id, to)}
      />
    ));

function Handle({ line: { id }, lines }: Props) {
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    lines.move(id, event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <Button
      class="handle"
      aria-label={t("edit.move")}
      aria-describedby={`${id}-main`}
      aria-keyshortcuts="ArrowUp ArrowDown"
      onPointerDown={(event) => drag(event, (by) => lines.move(id, by))}
      onKeyDown={keyed}
    >
      <span aria-hidden="true" />
    </Button>
  );
}

const Tools = ({ line: { id }, lines }: Props) => (
  <div class="row-tools">
    <Button words="edit.move_up" onClick={() => lines.move(id, -1)} />
    <Button words="edit.move_down" onClick={() => lines.move(id, 1)} />
    <Button words="edit.remove" onClick={() => remove(id)} />
  </div>
);
