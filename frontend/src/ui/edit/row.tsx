// One line of a section: its words, the marks beside it, the handle, and the details that fold open under it.

import { useState } from "preact/hooks";
import { mainField } from "../../core/plan";
import { textOf } from "../../core/value";
import { role } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { Button } from "../elements/touch";
import { has, t } from "../elements/words";
import { DetailField } from "./fields";
import type { Line, Lines } from "./lines";
import { isAsked, labelOf, marks, type Part } from "./parts";

interface Props {
  part: Part;
  line: Line;
  lines: Lines;
}

export function Row(props: Props) {
  const { part, line, lines } = props;
  const { key, id, value } = line;
  const [isOpen, open] = useState(false);
  const isChangeable = id !== null && role.value === "writer";
  const hasPhoto = part.fields.some(({ kind }) => kind === "photo");
  const hasDetails = part.fields.length > 1 && (id !== null || hasPhoto);
  return (
    <li
      class="row"
      data-line={key}
      data-item={id !== null}
      onFocusIn={() => lines.enter(key, value)}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) lines.leave(key);
      }}
    >
      <div class="row-top">
        <Words {...props} />
        {hasDetails && (
          <Button
            aria-expanded={isOpen}
            aria-controls={`${key}-details`}
            aria-describedby={`${key}-main`}
            words="edit.details"
            onClick={() => open(!isOpen)}
          />
        )}
        {isChangeable && <Handle {...props} />}
      </div>
      {hasDetails && (
        <div class="details" id={`${key}-details`} hidden={!isOpen}>
          {isOpen && <Details {...props} />}
          {isOpen && isChangeable && <Tools {...props} />}
        </div>
      )}
    </li>
  );
}

function Words({ part, line: { key, id, value }, lines }: Props) {
  const { template, fields } = part;
  const main = mainField(part.id);
  const hint = `field.${template}.${main}.hint` as const;
  const beside = marks(part, value);
  // A form of its own: Chromium looks at every field of a form, or at all that stand in none,
  // with each key (seen: 3 ms of a key's 8 with 40 lines).
  return (
    <form class="row-words">
      <label class="unseen" for={`${key}-main`}>
        {labelOf(template, main)}
      </label>
      <GrowingText
        id={`${key}-main`}
        value={textOf(value, main)}
        placeholder={t(id === null && fields.length > 1 && has(hint) ? hint : "edit.write")}
        onText={(text) => lines.set(key, main, text)}
        onReturn={() => lines.next(key)}
      />
      {beside && <p class="marks">{beside}</p>}
    </form>
  );
}

const Details = ({ part: { template, fields }, line: { key, value }, lines }: Props) =>
  fields
    .filter((field) => !field.main && isAsked(field, value))
    .map((field) => (
      <DetailField
        key={field.id}
        {...{ template, field, value }}
        within={key}
        onSet={(to) => lines.set(key, field.id, to)}
      />
    ));

function Handle({ line: { key }, lines }: Props) {
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    lines.step(key, event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <Button
      class="handle"
      aria-label={t("edit.move")}
      aria-describedby={`${key}-main`}
      aria-keyshortcuts="ArrowUp ArrowDown"
      onPointerDown={(event) => lines.drag(key, event)}
      onKeyDown={keyed}
    >
      <span aria-hidden="true" />
    </Button>
  );
}

const Tools = ({ line: { key }, lines }: Props) => (
  <div class="row-tools">
    <Button words="edit.move_up" onClick={() => lines.step(key, -1)} />
    <Button words="edit.move_down" onClick={() => lines.step(key, 1)} />
    <Button words="edit.remove" onClick={() => lines.remove(key)} />
  </div>
);
