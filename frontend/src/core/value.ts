// Reading one item's value, whatever shape it came in: what is a string is shown, the rest is left.

import { isRecord, type Value } from "./plan-items";
import type { Section } from "./sections";

export type { Value as Values } from "./plan-items";

export interface Way extends Record<"number" | "app" | "handle", string> {
  by: "call" | "text" | "both" | "other";
}

export type Photo = Record<"type" | "data" | "words", string>;

/** Numbers count as text: a phone number may have come in as one. */
const asText = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

export const textOf = (value: Value, field: string): string => asText(value[field]);

export const isMarked = (value: Value, field: string): boolean => value[field] === true;

/** The ways to reach someone that hold anything; a way that does not say by what takes both. */
export function waysOf(value: Value): Way[] {
  const ways = Array.isArray(value.ways) ? value.ways.filter(isRecord) : [];
  const read = ways.map((way): Way => ({
    by: way.by === "call" || way.by === "text" || way.by === "other" ? way.by : "both",
    number: asText(way.number),
    app: asText(way.app),
    handle: asText(way.handle),
  }));
  return read.filter(({ number, app, handle }) => (number + app + handle).trim());
}

export function photoOf(value: Value): Photo | null {
  const photo = value.photo;
  if (!isRecord(photo) || !asText(photo.data)) return null;
  return { type: asText(photo.type), data: asText(photo.data), words: asText(photo.words) };
}

/** Does the item hold anything to show? One that was only opened and left does not. */
export function isFilled(value: Value, section: Section): boolean {
  return section.fields.some(({ id, kind }) => {
    if (kind === "ways") return waysOf(value).length > 0;
    if (kind === "photo") return photoOf(value) !== null;
    return ["line", "text"].includes(kind) && textOf(value, id).trim() !== "";
  });
}
