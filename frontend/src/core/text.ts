// The plan as plain text: every character of every filled field, in the plan's order.

import { exchange } from "./exchange";
import { findItem, mainField, type Plan, type Value } from "./plan";
import { OWN, type Field, type Say, type Section } from "./sections";
import { isMarked, photoOf, textOf, waysOf } from "./value";

export { exchange } from "./exchange";

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

/** A field's value as words: a choice by its name (one that this app does not know as it was
 *  written), another item by its own words, and what was typed as it is. */
export function fieldText(plan: Plan, t: Say, field: Field, value: Value): string {
  const given = value[field.id];
  const choice = (option: string): string =>
    field.options?.includes(option) ? t(`choice.${field.id}.${option}`) : option;
  const text = textOf(value, field.id);
  if (field.kind === "choice") return choice(text);
  if (field.kind === "choices") {
    const options = Array.isArray(given) ? given.filter((one) => typeof one === "string") : [];
    return options.map(choice).join(", ");
  }
  if (field.kind !== "item") return text;
  const other = findItem(plan, text);
  return other ? textOf(other.value, mainField(other.section)) : "";
}

function fieldLines(plan: Plan, t: Say, section: Section, field: Field, value: Value): string[] {
  if (field.kind === "ways") return waysLines(value, t);
  const label = t(`field.${section.id}.${field.id}.label`);
  if (field.kind === "flag") return isMarked(value, field.id) ? [label] : [];
  if (field.kind === "photo") {
    const photo = photoOf(value);
    return photo ? [photo.words ? `${label}: ${photo.words}` : label] : [];
  }
  const text = fieldText(plan, t, field, value);
  return text === "" ? [] : [`${label}${label.endsWith("?") ? "" : ":"} ${text}`];
}

/** What a newer app wrote beside the fields known here is told by its words, without a name. */
function itemLines(plan: Plan, t: Say, section: Section, main: string, value: Value): string[] {
  const more = section.fields.filter((field) => !field.main);
  const known = ["id", main, ...more.map(({ id }) => id)];
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  const all = [
    ...more.flatMap((field) => fieldLines(plan, t, section, field, value)),
    ...unknown.map((name) => textOf(value, name)).filter(Boolean),
  ];
  const first = textOf(value, main);
  if (first === "" && all.length === 0) return [];
  return [`- ${first}`, ...all.map((line) => `  ${line}`)];
}

/** `today` is a day, "2026-11-22"; `t` says the words around the person's own. */
export function plainText(plan: Plan, sections: Section[], t: Say, today: string): string {
  const texts = exchange(plan, sections, today).sections.map((told) => {
    const given = sections.find(({ id }) => id === told.id);
    const section = given ?? sections.find(({ id }) => id === OWN)!;
    const named = "title" in told ? textOf(told, "title") : t("export.other");
    const title = given ? t(`section.${told.id}.title`) : named;
    const main = mainField(told.id);
    const lines = told.items.flatMap((value) => itemLines(plan, t, section, main, value));
    return lines.length > 0 ? [title, ...lines].join("\n") : "";
  });
  const head = [t("export.title"), t("export.made", { day: today }), t("export.lines")].join("\n");
  return [head, ...texts].filter(Boolean).join("\n\n") + "\n";
}
