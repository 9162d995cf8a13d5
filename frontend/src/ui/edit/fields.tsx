// The controls of an item's details, one for each kind of field that sections.json knows.

import type { VNode } from "preact";
import { itemsIn, mainField, removedItems } from "../../core/plan";
import type { Field } from "../../core/sections";
import { isMarked, photoOf, textOf } from "../../core/value";
import { plan, role } from "../../state/plan";
import { ChoosePicture } from "../elements/inputs";
import { DayInput } from "../elements/inputs";
import { Flag } from "../elements/inputs";
import { GrowingText } from "../elements/growing-text";
import { shrink } from "../elements/photo";
import { Picture } from "../elements/picture";
import { Button } from "../elements/touch";
import { has, t } from "../elements/words";
import { choiceWords, hasRoom, isSet, labelOf, type FieldProps } from "./parts";
import { Ways } from "./ways-field";

/** What is more than one control, in a group with a heading, and how the group looks. */
const GROUPS: Partial<Record<Field["kind"], [look: string, (props: FieldProps) => VNode]>> = {
  choice: ["detail", Choice],
  choices: ["detail", Choice],
  ways: ["detail ways-edit", Ways],
  photo: ["detail photo", PhotoField],
};

export function DetailField(props: FieldProps) {
  const { template, field, value, within, onSet } = props;
  const label = labelOf(template, field.id);
  const [look, Group] = GROUPS[field.kind] ?? [];
  if (Group)
    return (
      <fieldset class={look}>
        <legend>{label}</legend>
        <Group {...props} />
      </fieldset>
    );
  if (field.kind === "flag") {
    const mark = (isOn: boolean) => onSet(isOn || undefined);
    const isOn = isMarked(value, field.id);
    return <Flag class="detail flag" words={label} isSet={isOn} onSet={mark} />;
  }
  const id = `${within}-${field.id}`;
  const hint = `field.${template}.${field.id}.hint` as const;
  const text = textOf(value, field.id);
  return (
    <div class="detail">
      <label for={id}>{label}</label>
      {has(hint) && (
        <p class="hint" id={`${id}-hint`}>
          {t(hint)}
        </p>
      )}
      {field.kind === "date" ? (
        <DayInput id={id} day={text} onDay={onSet} />
      ) : field.kind === "item" ? (
        <AnItem {...{ id, field, onSet }} held={text} />
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
function Choice({ field: { id, kind, options = [] }, value, within, onSet }: FieldProps) {
  const isOne = kind === "choice";
  const readOnly = role.value === "follower";
  const held: unknown[] = isSet(value[id]) ? [value[id]].flat() : [];
  const put = (option: string, isOn: boolean) => {
    const others = held.filter((one) => one !== option);
    onSet(isOne ? option : isOn ? [...others, option] : others);
  };
  return (
    <div class="choices">
      {options.map((option) => (
        <label key={option} class="choice">
          <input
            type={isOne ? "radio" : "checkbox"}
            autocomplete="off"
            spellcheck={false}
            translate={false}
            name={`${within}-${id}`}
            checked={held.includes(option)}
            disabled={readOnly}
            onChange={(event) => put(option, event.currentTarget.checked)}
          />
          <span>{choiceWords(id, option)}</span>
        </label>
      ))}
      {isOne && held.length > 0 && !readOnly && (
        <Button words="edit.clear" onClick={() => onSet(undefined)} />
      )}
    </div>
  );
}

type ItemProps = Pick<FieldProps, "field" | "onSet"> & Record<"id" | "held", string>;

/** One item of the sections in `options`, by its words; one removed since is still named while chosen. */
function AnItem({ id, held, field, onSet }: ItemProps) {
  const found = (field.options ?? []).flatMap((section) => itemsIn(plan.value, section));
  const gone = removedItems(plan.value).filter((one) => one.id === held);
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

/** A picture: chosen, made small, shown, named in two words, taken away. */
function PhotoField({ field, value, within, onSet }: FieldProps) {
  const photo = photoOf(value);
  const isWriter = role.value === "writer";
  const id = `${within}-${field.id}`;
  const put = (fields: object) => onSet({ ...(value[field.id] as object | undefined), ...fields });
  const choose = async (file: File) => put(await shrink(file));
  return (
    <>
      {photo && <Picture photo={photo} />}
      {!isWriter ? null : photo || hasRoom() ? (
        <ChoosePicture id={id} words={t(photo ? "photo.change" : "photo.choose")} onFile={choose} />
      ) : (
        <p class="hint">{t("photo.full")}</p>
      )}
      {photo && (
        <GrowingText
          id={`${id}-words`}
          label={t("photo.words")}
          value={photo.words}
          onText={(words) => put({ words })}
        />
      )}
      {photo && isWriter && <Button words="photo.remove" onClick={() => onSet(undefined)} />}
    </>
  );
}
