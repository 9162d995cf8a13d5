// One line of a section: its words, the marks beside it, the handle, and the details that fold open under it.

import { useRef, useState } from "preact/hooks";
import type { Value } from "../../core/plan";
import type { Field } from "../../core/sections";
import { textOf } from "../../core/value";
import { role } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { has, t } from "../elements/words";
import { DetailField } from "./fields";
import { arrowStep } from "./moving";
import { isAsked, labelOf, mainOf, marks } from "./parts";

/** What a row asks of its list; one object for as long as the list stands. */
export interface ListActions {
  set(key: string, field: string, to: unknown): void;
  next(key: string): void;
  enter(key: string, value: Value): void;
  leave(key: string): void;
  step(key: string, by: -1 | 1): void;
  drag(event: PointerEvent, key: string): void;
  remove(key: string): void;
}

export interface RowProps {
  lineKey: string;
  isItem: boolean;
  value: Value;
  template: string;
  fields: Field[];
  actions: ListActions;
}

export function Row(props: RowProps) {
  const { lineKey, isItem, value, fields, actions } = props;
  const [isOpen, open] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const readOnly = role.value === "follower";
  const hasDetails = fields.length > 1 && (isItem || fields.some(({ kind }) => kind === "photo"));
  const left = (event: FocusEvent) => {
    if (!row.current?.contains(event.relatedTarget as Node | null)) actions.leave(lineKey);
  };
  return (
    <li
      ref={row}
      class="row"
      data-line={lineKey}
      data-item={isItem}
      onFocusIn={() => actions.enter(lineKey, value)}
      onFocusOut={left}
    >
      <div class="row-top">
        <Words {...props} readOnly={readOnly} />
        {hasDetails && (
          <button
            type="button"
            class="link"
            aria-expanded={isOpen}
            aria-controls={`${lineKey}-details`}
            onClick={() => open(!isOpen)}
          >
            {t("edit.details")}
          </button>
        )}
        {isItem && !readOnly && <Handle lineKey={lineKey} actions={actions} />}
      </div>
      {hasDetails && (
        <div class="details" id={`${lineKey}-details`} hidden={!isOpen}>
          {isOpen && <Details {...props} readOnly={readOnly} />}
          {isOpen && isItem && !readOnly && <Tools lineKey={lineKey} actions={actions} />}
        </div>
      )}
    </li>
  );
}

function Words({
  lineKey,
  isItem,
  value,
  template,
  fields,
  actions,
  readOnly,
}: RowProps & { readOnly: boolean }) {
  const main = mainOf(fields);
  const hint = `field.${template}.${main}.hint` as const;
  const beside = marks(template, fields, value);
  return (
    <div class="row-words">
      <label class="unseen" for={`${lineKey}-main`}>
        {labelOf(template, main)}
      </label>
      <GrowingText
        id={`${lineKey}-main`}
        value={textOf(value, main)}
        readOnly={readOnly}
        placeholder={t(!isItem && fields.length > 1 && has(hint) ? hint : "edit.write")}
        onText={(text) => actions.set(lineKey, main, text)}
        onReturn={() => actions.next(lineKey)}
      />
      {beside.length > 0 && <p class="marks">{beside.join(" · ")}</p>}
    </div>
  );
}

function Details({
  lineKey,
  value,
  template,
  fields,
  actions,
  readOnly,
}: RowProps & { readOnly: boolean }) {
  const asked = fields.filter((field) => !field.main && isAsked(field, value));
  return (
    <>
      {asked.map((field) => (
        <DetailField
          key={field.id}
          template={template}
          field={field}
          value={value}
          within={lineKey}
          readOnly={readOnly}
          onSet={(id, to) => actions.set(lineKey, id, to)}
        />
      ))}
    </>
  );
}

interface Held {
  lineKey: string;
  actions: ListActions;
}

function Handle({ lineKey, actions }: Held) {
  const keyed = (event: KeyboardEvent) => {
    const step = arrowStep(event);
    if (step) actions.step(lineKey, step);
  };
  return (
    <button
      type="button"
      class="handle"
      aria-label={t("edit.move")}
      aria-keyshortcuts="ArrowUp ArrowDown"
      onPointerDown={(event) => actions.drag(event, lineKey)}
      onKeyDown={keyed}
    >
      <span aria-hidden="true" />
    </button>
  );
}

function Tools({ lineKey, actions }: Held) {
  return (
    <div class="row-tools">
      <button type="button" class="link" onClick={() => actions.step(lineKey, -1)}>
        {t("edit.move_up")}
      </button>
      <button type="button" class="link" onClick={() => actions.step(lineKey, 1)}>
        {t("edit.move_down")}
      </button>
      <button type="button" class="link" onClick={() => actions.remove(lineKey)}>
        {t("edit.remove")}
      </button>
    </div>
  );
}
