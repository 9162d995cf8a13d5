// The plan as plain text: every character of every filled field, in the plan's order.

import { unknownSections, versions } from "./exchange";
import type { Say } from "./key";
import { findItem, itemsIn, mainField, placesIn, type Plan, type Value } from "./plan";
import { OWN, type Field, type Section } from "./sections";
import { isMarked, photoOf, textOf, waysOf } from "./value";

export { exchange } from "./exchange";

/** What the walk through a plan's fields needs to know at every one of them. */
interface Telling {
  plan: Plan;
  section: Section;
  t: Say;
}

const WAYS = {
  call: "export.way.call",
  text: "export.way.text",
  both: "export.way.both",
  other: "export.way.other",
} as const;

/** One line a way, a way's app where it has one: "Discord: sam#4417". */
function waysLines(value: Value, t: Say): string[] {
  return waysOf(value).map(({ by, app, handle, number }) => {
    const label = app || t(WAYS[by]);
    return `${label}: ${[handle, number].filter(Boolean).join(" ")}`;
  });
}

/** A choice by its words; one that this app does not know stays as it was written. */
const choice = (field: Field, option: string, t: Say): string =>
  field.options?.includes(option) ? t(`choice.${field.id}.${option}`) : option;

function fieldText({ plan, t }: Telling, field: Field, value: Value): string {
  const given = value[field.id];
  if (field.kind === "choice") return choice(field, textOf(value, field.id), t);
  if (field.kind === "choices") {
    const options = Array.isArray(given) ? given : [];
    return options
      .filter((option) => typeof option === "string")
      .map((option) => choice(field, option, t))
      .join(", ");
  }
  if (field.kind === "item") {
    const other = findItem(plan, textOf(value, field.id));
    return other ? textOf(other.value, mainField(other.section)) : "";
  }
  return textOf(value, field.id);
}

function fieldLines(telling: Telling, field: Field, value: Value): string[] {
  const { section, t } = telling;
  if (field.kind === "ways") return waysLines(value, t);
  const label = t(`field.${section.id}.${field.id}.label`);
  if (field.kind === "flag") return isMarked(value, field.id) ? [label] : [];
  if (field.kind === "photo") {
    const photo = photoOf(value);
    return photo ? [photo.words ? `${label}: ${photo.words}` : label] : [];
  }
  const text = fieldText(telling, field, value);
  return text === "" ? [] : [`${label}${label.endsWith("?") ? "" : ":"} ${text}`];
}

/** What a newer app wrote beside the fields known here: its words, without a name for them. */
function unknownLines(section: Section, value: Value): string[] {
  const known = section.fields.map(({ id }) => id);
  return Object.keys(value)
    .filter((name) => !known.includes(name) && textOf(value, name) !== "")
    .map((name) => textOf(value, name));
}

function itemLines(telling: Telling, value: Value): string[] {
  const { section } = telling;
  const main = section.fields.find((field) => field.main)!;
  const more = section.fields
    .filter((field) => field !== main)
    .flatMap((field) => fieldLines(telling, field, value));
  const all = [...more, ...unknownLines(section, value)];
  const first = textOf(value, main.id);
  if (first === "" && all.length === 0) return [];
  return [`- ${first}`, ...all.map((line) => `  ${line}`)];
}

function sectionText(telling: Telling, id: string, title: string): string {
  const lines = placesIn(telling.plan, id)
    .flatMap(versions)
    .flatMap((value) => itemLines(telling, value));
  return lines.length > 0 ? [title, ...lines].join("\n") : "";
}

/** `today` is a day, "2026-11-22"; `t` says the words around the person's own. */
export function plainText(plan: Plan, sections: Section[], t: Say, today: string): string {
  const template = sections.find(({ id }) => id === OWN);
  const known = sections
    .filter((section) => section !== template)
    .map((section) =>
      sectionText({ plan, section, t }, section.id, t(`section.${section.id}.title`)),
    );
  const others = [
    ...itemsIn(plan, "own_sections").map(({ id, value }) => [id, textOf(value, "title")] as const),
    ...unknownSections(plan, sections).map((id) => [id, t("export.other")] as const),
  ].map(([id, title]) => {
    const section = template && { ...template, fields: withMain(template.fields, mainField(id)) };
    return section ? sectionText({ plan, section, t }, id, title) : "";
  });
  const head = [t("export.title"), t("export.made", { day: today }), t("export.lines")].join("\n");
  return [head, ...known, ...others].filter(Boolean).join("\n\n") + "\n";
}

/** A section of a newer app may head its items with "name", as contacts do. */
const withMain = (fields: Field[], main: string): Field[] =>
  fields.map((field) => (field.main ? { ...field, id: main } : field));
