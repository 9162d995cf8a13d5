// The parts of a plan as the screens list them: the seven sections, then the person's own ones.

import { itemsIn, type Plan, type Shown, type Value } from "../../core/plan";
import { OWN, type Field, type Section } from "../../core/sections";
import { photoOf, textOf } from "../../core/value";
import { t } from "../elements/words";

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

export function parts(plan: Plan, sections: Section[]): Part[] {
  const given = sections.filter((section) => section.id !== OWN).map(givenPart);
  const template = sections.find((section) => section.id === OWN);
  const own = template ? itemsIn(plan, "own_sections").map((one) => ownPart(one, template)) : [];
  return [...given, ...own];
}

function givenPart({ id, fields }: Section): Part {
  const [title, subtitle] = [t(`section.${id}.title`), t(`section.${id}.subtitle`)];
  return { id, template: id, title, subtitle, fields, own: null };
}

function ownPart(own: Shown, { fields }: Section): Part {
  const title = textOf(own.value, "title").trim() ? textOf(own.value, "title") : t("edit.unnamed");
  return { id: own.id, template: OWN, title, subtitle: "", fields, own };
}

export const mainOf = (fields: Field[]): string =>
  (fields.find((field) => field.main) ?? fields[0])?.id ?? "text";

export const labelOf = (template: string, field: string): string =>
  t(`field.${template}.${field}.label`);

export const choiceWords = (field: string, option: string): string =>
  t(`choice.${field}.${option}`);

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
export function marks(template: string, fields: Field[], value: Value): string[] {
  return fields
    .filter((field) => field.same_row)
    .flatMap(({ id, kind, options }) => {
      const held = value[id];
      if (kind === "flag") return held === true ? [labelOf(template, id)] : [];
      return typeof held === "string" && options?.includes(held) ? [choiceWords(id, held)] : [];
    });
}

/** Pictures in the whole plan, that of the paper too; the plan holds at most four. */
export const photoCount = (plan: Plan, all: Part[]): number =>
  [...all.map(({ id }) => id), "settings"]
    .flatMap((section) => itemsIn(plan, section))
    .filter(({ value }) => photoOf(value)).length;
