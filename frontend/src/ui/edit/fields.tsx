// The controls of an item's details, one for each kind of field that sections.json knows.

import type { ComponentChildren } from "preact";
import { findItem, itemsIn, mainField, removedItems } from "../../core/plan";
import type { FieldKind } from "../../core/sections";
import { textOf } from "../../core/value";
import { plan } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { has, t } from "../elements/words";
import type { FieldProps } from "./field-props";
import { choiceWords, isSet, labelOf } from "./parts";
import { PhotoField } from "./photo-field";
import { WaysField } from "./ways-field";

const CONTROLS: Record<FieldKind, (props: FieldProps) => ComponentChildren> = {
  line: Written,
  text: Written,
  choice: Choice,
  choices: Choice,
  flag: Flag,
  date: Day,
  item: AnItem,
  ways: WaysField,
  photo: PhotoField,
};

export function DetailField(props: FieldProps) {
  const Control = CONTROLS[props.field.kind] ?? Written;
  return <Control {...props} />;
}

function Labelled({
  template,
  field,
  within,
  children,
}: FieldProps & { children: ComponentChildren }) {
  const hint = `field.${template}.${field.id}.hint` as const;
  return (
    <div class="detail">
      <label for={`${within}-${field.id}`}>{labelOf(template, field.id)}</label>
      {has(hint) && (
        <p class="hint" id={`${within}-${field.id}-hint`}>
          {t(hint)}
        </p>
      )}
      {children}
    </div>
  );
}

function Written(props: FieldProps) {
  const { template, field, value, within, readOnly, onSet } = props;
  const id = `${within}-${field.id}`;
  const isHinted = has(`field.${template}.${field.id}.hint`);
  return (
    <Labelled {...props}>
      <GrowingText
        id={id}
        rows={field.kind === "text" ? 2 : 1}
        value={textOf(value, field.id)}
        readOnly={readOnly}
        describedBy={isHinted ? `${id}-hint` : undefined}
        onText={(text) => onSet(field.id, text)}
      />
    </Labelled>
  );
}

/** One of a few, as radio buttons that can be cleared, or several of a few, as check boxes. What
 *  another version put there and this one does not know stays. */
function Choice({ template, field, value, within, readOnly, onSet }: FieldProps) {
  const isOne = field.kind === "choice";
  const kept: unknown = value[field.id];
  const held: unknown[] = Array.isArray(kept) ? kept : isSet(kept) ? [kept] : [];
  const put = (option: string, isOn: boolean) => {
    const others = held.filter((one) => one !== option);
    onSet(field.id, isOne ? option : isOn ? [...others, option] : others);
  };
  return (
    <fieldset class="detail">
      <legend>{labelOf(template, field.id)}</legend>
      <div class="choices">
        {(field.options ?? []).map((option) => (
          <label key={option} class="choice">
            <input
              type={isOne ? "radio" : "checkbox"}
              autocomplete="off"
              spellcheck={false}
              translate={false}
              name={`${within}-${field.id}`}
              checked={held.includes(option)}
              disabled={readOnly}
              onChange={(event) => put(option, event.currentTarget.checked)}
            />
            <span>{choiceWords(field.id, option)}</span>
          </label>
        ))}
        {isOne && held.length > 0 && !readOnly && (
          <button type="button" class="link" onClick={() => onSet(field.id, undefined)}>
            {t("edit.clear")}
          </button>
        )}
      </div>
    </fieldset>
  );
}

function Flag({ template, field, value, readOnly, onSet }: FieldProps) {
  return (
    <label class="detail flag">
      <input
        type="checkbox"
        autocomplete="off"
        checked={value[field.id] === true}
        disabled={readOnly}
        onChange={(event) => onSet(field.id, event.currentTarget.checked || undefined)}
      />
      <span>{labelOf(template, field.id)}</span>
    </label>
  );
}

function Day(props: FieldProps) {
  const { field, value, within, readOnly, onSet } = props;
  return (
    <Labelled {...props}>
      <input
        type="date"
        id={`${within}-${field.id}`}
        autocomplete="off"
        value={textOf(value, field.id)}
        readOnly={readOnly}
        onChange={(event) => onSet(field.id, event.currentTarget.value)}
      />
    </Labelled>
  );
}

/** One item of another section, by its words; one removed since is still named while chosen. */
function AnItem(props: FieldProps) {
  const { field, value, within, readOnly, onSet } = props;
  const held = textOf(value, field.id);
  const found = (field.options ?? []).flatMap((section) => itemsIn(plan.value, section));
  const isGone = held !== "" && findItem(plan.value, held) === null;
  const gone = isGone ? removedItems(plan.value).filter(({ id }) => id === held) : [];
  return (
    <Labelled {...props}>
      <select
        id={`${within}-${field.id}`}
        autocomplete="off"
        translate={false}
        disabled={readOnly}
        value={held}
        onChange={(event) => onSet(field.id, event.currentTarget.value)}
      >
        <option value="">{t("edit.nothing_chosen")}</option>
        {[...found, ...gone].map((one) => (
          <option key={one.id} value={one.id} dir="auto">
            {textOf(one.value, mainField(one.section))}
          </option>
        ))}
      </select>
      {found.length === 0 && <p class="hint">{t("edit.none_to_choose")}</p>}
    </Labelled>
  );
}
