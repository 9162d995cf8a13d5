// A picture of an item: chosen, made small, shown, named in two words, taken away.

import { useState } from "preact/hooks";
import { photoOf } from "../../core/value";
import { plan } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { PHOTOS, shrink } from "../elements/photo";
import { Picture } from "../elements/picture";
import { sections, t } from "../elements/words";
import type { FieldProps } from "./field-props";
import { labelOf, parts, photoCount } from "./parts";

type Said = "" | "photo.working" | "photo.not_a_picture";

export function PhotoField(props: FieldProps) {
  const { template, field, value, within, readOnly, onSet } = props;
  const photo = photoOf(value);
  const id = `${within}-${field.id}`;
  return (
    <fieldset class="detail photo">
      <legend>{labelOf(template, field.id)}</legend>
      {photo && <Picture photo={photo} />}
      {!readOnly && <Choose {...props} />}
      {photo && (
        <>
          <label for={`${id}-words`}>{t("photo.words")}</label>
          <GrowingText
            id={`${id}-words`}
            value={photo.words}
            readOnly={readOnly}
            onText={(words) => onSet(field.id, { ...(value[field.id] as object), words })}
          />
        </>
      )}
      {photo && !readOnly && (
        <button type="button" class="link" onClick={() => onSet(field.id, undefined)}>
          {t("photo.remove")}
        </button>
      )}
    </fieldset>
  );
}

function Choose({ field, value, within, onSet }: FieldProps) {
  const [said, say] = useState<Said>("");
  const photo = photoOf(value);
  const isFull = !photo && photoCount(plan.value, parts(plan.value, sections())) >= PHOTOS;
  if (isFull) return <p class="hint">{t("photo.full")}</p>;
  const take = async (file: File) => {
    say("photo.working");
    try {
      onSet(field.id, { ...((value[field.id] as object) ?? {}), ...(await shrink(file)) });
      say("");
    } catch {
      say("photo.not_a_picture");
    }
  };
  return (
    <>
      <label class="button" for={`${within}-${field.id}`}>
        {photo ? t("photo.change") : t("photo.choose")}
      </label>
      <input
        type="file"
        id={`${within}-${field.id}`}
        class="unseen"
        accept="image/*"
        autocomplete="off"
        onChange={(event) => chosen(event.currentTarget, take)}
      />
      <p class="hint" role="status">
        {said && t(said)}
      </p>
    </>
  );
}

/** Emptied afterwards, so that the same file can be chosen again. */
function chosen(input: HTMLInputElement, take: (file: File) => Promise<void>): void {
  const file = input.files?.[0];
  if (file) void take(file).finally(() => (input.value = ""));
}
