// The controls of an item's details, one for each kind of field that sections.json knows.

import type { ComponentChildren } from "preact";
import { findItem, itemsIn, mainField, removedItems } from "../../core/plan";
import type { Field } from "../../core/sections";
import { isMarked, textOf } from "../../core/value";
import { plan, role } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { DayInput, Flag } from "../elements/inputs";
import { Button } from "../elements/touch";
import { has, t } from "../elements/words";
import { choiceWords, isSet, labelOf, type FieldProps } from "./parts";
import { PhotoField } from "./photo-field";
import { WaysField } from "./ways-field";

const CONTROLS: Record<Field["kind"], (props: FieldProps) => ComponentChildren> = {
  line: Labelled,
  text: Labelled,
  choice: Choice,
  choices: Choice,
  flag: Mark,
  date: Labelled,
  item: Labelled,
  ways: WaysField,
  photo: PhotoField,
};

export function DetailField(props: FieldProps) {
  const Control = CONTROLS[props.field.kind] ?? Labelled;
  return <Control {...props} />;
}

function Labelled({ template, field, value, within, onSet }: FieldProps) {
  const id = `${within}-${field.id}`;
  const hint = `field.${template}.${field.id}.hint` as const;
  const text = textOf(value, field.id);
  return (
    <div class="detail">
      <label for={id}>{labelOf(template, field.id)}</label>
      {has(hint) && (
        <p class="hint" id={`${id}-hint`}>
          {t(hint)}
        </p>
      )}
      {field.kind === "date" ? (
        <DayInput id={id} day={text} onDay={onSet} />
      ) : field.kind === "item" ? (
        <AnItem id={id} held={text} from={field.options ?? []} onSet={onSet} />
      ) : (
        <GrowingText
          id={id}
          rows={field.kind === "text" ? 2 : 1}
          value={text}
          aria-describedby={has(hint) ? `${id}-hint` : undefined}
          onText={onSet}
        />
      )}
    </div>
  );
}

/** One of a few, as radio buttons that can be cleared, or several of a few, as check boxes. What
 *  another version put there and this one does not know stays. */
function Choice({ template, field, value, within, onSet }: FieldProps) {
  const isOne = field.kind === "choice";
  const readOnly = role.value === "follower";
  const kept: unknown = value[field.id];
  const held: unknown[] = Array.isArray(kept) ? kept : isSet(kept) ? [kept] : [];
  const put = (option: string, isOn: boolean) => {
    const others = held.filter((one) => one !== option);
    onSet(isOne ? option : isOn ? [...others, option] : others);
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
          <Button words="edit.clear" onClick={() => onSet(undefined)} />
        )}
      </div>
    </fieldset>
  );
}

function Mark({ template, field, value, onSet }: FieldProps) {
  return (
    <Flag
      class="detail flag"
      words={labelOf(template, field.id)}
      isSet={isMarked(value, field.id)}
      onSet={(isOn) => onSet(isOn || undefined)}
    />
  );
}

interface ItemProps {
  id: string;
  held: string;
  /** Sections whose items can be chosen. */
  from: string[];
  onSet(id: string): void;
}

/** One item of another section, by its words; one removed since is still named while chosen. */
function AnItem({ id, held, from, onSet }: ItemProps) {
  const found = from.flatMap((section) => itemsIn(plan.value, section));
  const isGone = held !== "" && findItem(plan.value, held) === null;
  const gone = isGone ? removedItems(plan.value).filter((one) => one.id === held) : [];
  return (
    <>
      <select
        id={id}
        autocomplete="off"
        translate={false}
        disabled={role.value === "follower"}
        value={held}
        onChange={(event) => onSet(event.currentTarget.value)}
      >
        <option value="">{t("edit.nothing_chosen")}</option>
        {[...found, ...gone].map((one) => (
          <option key={one.id} value={one.id} dir="auto">
            {textOf(one.value, mainField(one.section))}
          </option>
        ))}
      </select>
      {found.length === 0 && <p class="hint">{t("edit.none_to_choose")}</p>}
    </>
  );
}
