// The shape of app/content/sections.json: which sections a plan has and what an item of each may hold.

export type FieldKind =
  "line" | "text" | "choice" | "choices" | "flag" | "date" | "item" | "ways" | "photo";

export interface Field {
  id: string;
  kind: FieldKind;
  main?: boolean;
  options?: string[];
  /** The field is asked for only while another holds this value, or one of these. */
  when?: Record<string, unknown>;
  same_row?: boolean;
}

export interface Section {
  id: string;
  fields: Field[];
}

/** The section that serves as the template for a person's own sections. */
export const OWN = "own";
