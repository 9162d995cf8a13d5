// A picture of an item: chosen, made small, shown, named in two words, taken away.

import { photoOf } from "../../core/value";
import { role } from "../../state/plan";
import { ChoosePicture } from "../elements/inputs";
import { GrowingText } from "../elements/growing-text";
import { shrink } from "../elements/photo";
import { Picture } from "../elements/picture";
import { Button } from "../elements/touch";
import { t } from "../elements/words";
import { hasRoom, labelOf, type FieldProps } from "./parts";

export function PhotoField({ template, field, value, within, onSet }: FieldProps) {
  const photo = photoOf(value);
  const isWriter = role.value === "writer";
  const id = `${within}-${field.id}`;
  const put = (fields: object) => onSet({ ...(value[field.id] as object | undefined), ...fields });
  return (
    <fieldset class="detail photo">
      <legend>{labelOf(template, field.id)}</legend>
      {photo && <Picture photo={photo} />}
      {!isWriter ? null : photo || hasRoom() ? (
        <ChoosePicture
          id={id}
          words={t(photo ? "photo.change" : "photo.choose")}
          onFile={async (file) => put(await shrink(file))}
        />
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
    </fieldset>
  );
}
