// Everything that Python wrote for a page's script: the words, the sections, the lines. They lie in
// the page itself, or in a script before ours that leaves them as `pageData`.

import type { Key, Section } from "../../core/sections";
export type { Key };

export interface Line {
  id: string;
  /** `href` is what a link leads to: "tel:988", "sms:988", a page. */
  ways: { by: string; href: string; number?: string }[];
}

interface PageData {
  language?: string;
  /** A key's words lie at its parts, one in the other: so they take less to send. */
  messages?: unknown;
  sections?: Section[];
  lines?: Line[];
  /** Where these files lie; it changes with every release that changes them. */
  ideas?: string;
  drawnWords?: string;
  commonPassphrases?: string;
}

let data: PageData | undefined;

function pageData(): PageData {
  data ??= (globalThis as { pageData?: PageData }).pageData;
  return (data ??= JSON.parse(document.getElementById("page-data")?.textContent ?? "{}"));
}

const missed = new Set<string>();

/** A key is never shown to a person: where its words are missing there is nothing, and one line
 *  in the console. A value is put in as it is, even where it holds braces of its own. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const words = find(key);
  if (words === undefined && !missed.has(key)) {
    missed.add(key);
    console.error(`no words for ${key}`);
  }
  return (words ?? "").replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

/** Some fields have a hint and some have none. */
export const has = (key: string): boolean => find(key) !== undefined;

function find(key: string): string | undefined {
  const below = (at: unknown, part: string) => (at as Record<string, unknown> | undefined)?.[part];
  return key.split(".").reduce(below, pageData().messages) as string | undefined;
}

export const language = (): string => pageData().language ?? "en";
export const sections = (): Section[] => pageData().sections ?? [];
export const lines = (): Line[] => pageData().lines ?? [];
export const addressOf = (file: "ideas" | "drawnWords" | "commonPassphrases"): string =>
  pageData()[file] ?? "";
