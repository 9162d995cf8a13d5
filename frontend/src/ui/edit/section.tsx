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
import { DetailField } from "./fields";
import { ShowIdeas } from "./ideas";
import { isItem, Lines, type Line } from "./lines";
import { drag } from "./moving";
import { isAsked, labelOf, marks, type Part } from "./parts";
import { remove } from "./removing";

interface SectionProps {
  part: Part;
  /** "prompts": while nothing is written, questions stand under the line too. */
  ideas: "none" | "ideas" | "prompts";
}

export function SectionLines({ part, ideas }: SectionProps) {
  const [{ then }, redraw] = useState<{ then: (() => void) | undefined }>({ then: undefined });
  const lines = useMemo(() => new Lines(part.id, (then) => redraw({ then })), [part.id]);
  const draw = useMemo(() => rowsOf(part, lines), [lines]);
  const isWriter = role.value === "writer";
  const shown = lines.all().filter((line) => isItem(line) || isWriter);
  useLayoutEffect(() => then?.(), [then]);
  return (
    <>
      <ul class="rows">{shown.map(draw)}</ul>
      <p class="unseen" role="status">
        {lines.said}
      </p>
      {ideas !== "none" && !part.own && isWriter && (
        <ShowIdeas
          part={part}
          hasPrompts={ideas === "prompts"}
          onTake={({ value, standIn }) => lines.take(value, standIn === true)}
        />
      )}
    </>
  );
}

/** An unchanged line is given as the very same element, which Preact passes over: with 500 lines
 *  a key pressed draws one. */
function rowsOf(part: Part, lines: Lines): (line: Line) => VNode {
  const drawn = new WeakMap<Line, VNode>();
  return (line) => {
    const row = drawn.get(line) ?? <Row key={line.id} {...{ part, lines, line }} />;
    drawn.set(line, row);
    return row;
  };
}

interface Props {
  part: Part;
  line: Line;
  lines: Lines;
}

function Row(props: Props) {
  const { part, line, lines } = props;
  const { id } = line;
  const [isOpen, open] = useState(false);
  const isChangeable = isItem(line) && role.value === "writer";
  const hasPhoto = part.fields.some(({ kind }) => kind === "photo");
  const hasDetails = part.fields.length > 1 && (isItem(line) || hasPhoto);
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
        <Words {...props} />
        {hasDetails && (
          <Button
            aria-expanded={isOpen}
            aria-controls={`${id}-details`}
            aria-describedby={`${id}-main`}
            words="edit.details"
            onClick={() => open(!isOpen)}
          />
        )}
        {isChangeable && <Handle {...props} />}
      </div>
      {hasDetails && (
        <div class="details" id={`${id}-details`} hidden={!isOpen}>
          {isOpen && <Details {...props} />}
          {isOpen && isChangeable && <Tools {...props} />}
        </div>
      )}
    </li>
  );
}

function Words({ part, line, lines }: Props) {
  const { id, value } = line;
  const { template, fields } = part;
  const main = mainField(part.id);
  const hint = `field.${template}.${main}.hint` as const;
  const beside = marks(part, value);
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

const Details = ({ part: { template, fields }, line: { id, value }, lines }: Props) =>
  fields
    .filter((field) => !field.main && isAsked(field, value))
    .map((field) => (
      <DetailField
        key={field.id}
        {...{ template, field, value }}
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
