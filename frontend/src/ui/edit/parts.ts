// The parts of a plan as the screens list them: the seven sections, then the person's own ones.

import { itemsIn, mainField, type Shown, type Value } from "../../core/plan";
import { OWN, type Field, type Section } from "../../core/sections";
import { photoOf, textOf } from "../../core/value";
import { plan } from "../../state/plan";
import { PHOTOS } from "../elements/photo";
import { sections, t } from "../elements/words";

export interface Part {
  /** The section of its items. */
  id: string;
  /** Whose fields and words it uses: a section's id, "own" for a person's own. */
  template: string;
  title: string;
  subtitle: string;
  fields: Field[];
  /** The item that holds the title of an own section. */
  own: Shown | null;
}

/** What every control of the editor is given: a field, what the item holds, and how to change it. */
export interface FieldProps {
  template: string;
  field: Field;
  value: Value;
  /** Begins the ids of its inputs. */
  within: string;
  /** undefined, "" or [] takes the field away. */
  onSet(to: unknown): void;
}

export function parts(): Part[] {
  const given = sections().filter((section) => section.id !== OWN);
  const template = sections().find((section) => section.id === OWN);
  const own = template ? itemsIn(plan.value, "own_sections") : [];
  return [...given.map(givenPart), ...own.map((one) => ownPart(one, template!))];
}

function givenPart({ id, fields }: Section): Part {
  const [title, subtitle] = [t(`section.${id}.title`), t(`section.${id}.subtitle`)];
  return { id, template: id, title, subtitle, fields, own: null };
}

function ownPart(own: Shown, { fields }: Section): Part {
  const title = textOf(own.value, "title").trim() ? textOf(own.value, "title") : t("edit.unnamed");
  return { id: own.id, template: OWN, title, subtitle: "", fields, own };
}

export const labelOf = (template: string, field: string): string =>
  t(`field.${template}.${field}.label`);

export const choiceWords = (field: string, option: string): string =>
  t(`choice.${field}.${option}`);

/** An item's own words; "a picture" where it has one and no words; "" where it has neither. */
export const glimpse = ({ section, value }: Shown): string =>
  textOf(value, mainField(section)).trim() || (photoOf(value) ? t("photo.one") : "");

/** Does a field hold anything? */
export function isSet(value: unknown): boolean {
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false;
}

/** A line that was opened and left: nothing in any field, known or not. */
export const isBlank = (value: Value): boolean => !Object.values(value).some(isSet);

/** Asked for by its condition; or it was filled when the condition held, and nothing is hidden. */
export function isAsked({ id, when }: Field, value: Value): boolean {
  if (isSet(value[id])) return true;
  return Object.entries(when ?? {}).every(([other, wanted]) =>
    (Array.isArray(wanted) ? wanted : [wanted]).includes(value[other]),
  );
}

/** What stands beside an item's line, as words: choices made and marks set. */
export function marks({ template, fields }: Part, value: Value): string {
  const found = fields.map(({ id, kind, options, same_row }) => {
    const held = value[id];
    if (!same_row) return "";
    if (kind === "flag") return held === true && labelOf(template, id);
    return typeof held === "string" && options?.includes(held) && choiceWords(id, held);
  });
  return found.filter(Boolean).join(" · ");
}

/** A plan holds four pictures at most, that of the paper among them. */
export const hasRoom = (): boolean =>
  [...parts().map(({ id }) => id), "settings"]
    .flatMap((section) => itemsIn(plan.value, section))
    .filter(({ value }) => photoOf(value)).length < PHOTOS;
