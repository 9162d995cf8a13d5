// What app/content gives: the shape of sections.json, and how a message is asked for.

import type { MessageKey } from "../generated/messages";

/** One that is written out, or one built from a prefix of the data's. */
export type Key =
  | MessageKey
  | `${"section" | "field" | "choice" | "problem" | "lines" | "nudge" | "need"}.${string}`;

export type Say = (key: Key, values?: Record<string, string | number>) => string;

export interface Field {
  id: string;
  kind: "line" | "text" | "choice" | "choices" | "flag" | "date" | "item" | "ways" | "photo";
  main?: boolean;
  options?: string[];
  /** The field is asked for only while another holds this value, or one of these. */
  when?: Record<string, unknown>;
  same_row?: boolean;
}

/** Which sections a plan has, and what an item of each may hold. */
export interface Section {
  id: string;
  fields: Field[];
}

/** The section that serves as the template for a person's own sections. */
export const OWN = "own";
