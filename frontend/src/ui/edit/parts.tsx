// The parts of a plan as the screens list them: the seven sections, then the person's own ones.

import { itemsIn, mainField, type Shown, type Value } from "../../core/plan";
import { OWN, type Field, type Section } from "../../core/sections";
import { photoOf, textOf } from "../../core/value";
import { plan } from "../../state/plan";
import { PHOTOS } from "../elements/photo";
import { PlanText } from "../elements/plan-text";
import { sections, t } from "../elements/words";
import { place } from "../route";

/** The plan that is kept; the same with someone, in larger type; one for someone else, kept nowhere. */
export const mode = () => place.value.path.slice(1) as "edit" | "together" | "blank";

/** `id`: the section of its items. */
export interface Part extends Section {
  /** Whose fields and words it uses: a section's id, "own" for a person's own. */
  template: string;
  title: string;
  subtitle: string;
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

/** The template for own parts is the last of the sections, so these stand last. */
export function parts(): Part[] {
  return sections().flatMap(({ id, fields }) => {
    if (id === OWN) return itemsIn(plan.value, "own_sections").map((own) => ownPart(own, fields));
    const [title, subtitle] = [t(`section.${id}.title`), t(`section.${id}.subtitle`)];
    return { id, template: id, title, subtitle, fields, own: null };
  });
}

function ownPart(own: Shown, fields: Field[]): Part {
  const title = textOf(own.value, "title");
  const name = title.trim() ? title : t("edit.unnamed");
  return { id: own.id, template: OWN, title: name, subtitle: "", fields, own };
}

/** One of ours as it is, a person's own as they typed it. */
export const PartTitle = ({ part: { own, title } }: { part: Part }) =>
  own ? <PlanText text={title} /> : <span>{title}</span>;

export const labelOf = (template: string, field: string) => t(`field.${template}.${field}.label`);

export const choiceWords = (field: string, option: string) => t(`choice.${field}.${option}`);

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
export const isAsked = ({ id, when = {} }: Field, value: Value): boolean =>
  isSet(value[id]) ||
  Object.entries(when).every(([other, wanted]) => [wanted].flat().includes(value[other]));

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
