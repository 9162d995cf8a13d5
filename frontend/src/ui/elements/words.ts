// Everything that Python wrote for a page's script: the words, the sections, the lines. They lie in
// the page itself, or in a script before ours that leaves them as `pageData`.

import type { Key, Section } from "../../core/sections";
export type { Key };

export interface LineWay {
  by: string;
  /** What a link leads to: "tel:988", "sms:988", a page. */
  href: string;
  number?: string;
  [more: string]: unknown;
}

export interface Line {
  id: string;
  ways: LineWay[];
  [more: string]: unknown;
}

/** A key's words lie at its parts, one in the other: so they take less to send. */
interface Words {
  [part: string]: string | Words | undefined;
}

interface PageData {
  language: string;
  messages: Words;
  sections: Section[];
  lines: Line[];
  /** Where the file of ideas lies; it changes with every release that changes them. */
  ideas: string;
  /** Where the words to draw a passphrase from lie. */
  drawnWords: string;
}

let data: PageData | undefined;

function written(): Partial<PageData> {
  const beside = (globalThis as { pageData?: Partial<PageData> }).pageData;
  return beside ?? JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");
}

function pageData(): PageData {
  return (data ??= {
    language: "en",
    messages: {},
    sections: [],
    lines: [],
    ideas: "",
    drawnWords: "",
    ...written(),
  });
}

const missed = new Set<string>();

/** A key is never shown to a person: where its words are missing there is nothing, and one line
 *  in the console. A value is put in as it is, even where it holds braces of its own. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const words = find(key);
  if (words === undefined) {
    if (!missed.has(key)) console.error(`no words for ${key}`);
    missed.add(key);
    return "";
  }
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Some fields have a hint and some have none. */
export const has = (key: string): boolean => find(key) !== undefined;

function find(key: string): string | undefined {
  const below = (at: unknown, part: string): unknown => (at as Words | undefined)?.[part];
  return key.split(".").reduce(below, pageData().messages) as string | undefined;
}

export const language = (): string => pageData().language;
export const sections = (): Section[] => pageData().sections;
export const lines = (): Line[] => pageData().lines;
export const ideasAddress = (): string => pageData().ideas;
export const drawnWordsAddress = (): string => pageData().drawnWords;
