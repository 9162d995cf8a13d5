// A picture of an item: chosen, made small, shown, named in two words, taken away.

import { photoOf } from "../../core/value";
import { plan } from "../../state/plan";
import { ChoosePicture } from "../elements/choose-picture";
import { GrowingText } from "../elements/growing-text";
import { PHOTOS, shrink } from "../elements/photo";
import { Picture } from "../elements/picture";
import { sections, t } from "../elements/words";
import type { FieldProps } from "./field-props";
import { labelOf, parts, photoCount } from "./parts";

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
  const photo = photoOf(value);
  const isFull = !photo && photoCount(plan.value, parts(plan.value, sections())) >= PHOTOS;
  if (isFull) return <p class="hint">{t("photo.full")}</p>;
  return (
    <ChoosePicture
      id={`${within}-${field.id}`}
      words={photo ? t("photo.change") : t("photo.choose")}
      onFile={async (file) =>
        onSet(field.id, { ...((value[field.id] as object) ?? {}), ...(await shrink(file)) })
      }
    />
  );
}
