// Ideas, questions and the script: one file of words beside the page, fetched when first asked for.

import { signal } from "@preact/signals";
import type { Value } from "../core/plan";
import { getJson } from "../server/http";
import { addressOf } from "./elements/words";

export interface Idea {
  /** The item that it becomes. */
  value: Value;
  /** Its place in `sources`, from 1. */
  source: number;
  /** Its name only stands for one: it is there to be typed over. */
  standIn?: boolean;
}

export interface Ideas {
  /** Without a title where the section has no kinds. */
  groups: { title: string; ideas: Idea[] }[];
  sources: string[];
}

interface File {
  ideas: Record<string, Ideas>;
  prompts: Record<string, string[]>;
  /** What to ask once, what to ask of each item, and when to stop. */
  script: Record<string, Record<"once" | "each" | "stop", string[]>>;
}

export const file = signal<File | null>(null);
export const isFailed = signal(false);

/** Asked for again only where it did not come. */
export async function fetchIdeas(): Promise<void> {
  if (file.value) return;
  isFailed.value = false;
  try {
    file.value = (await getJson(addressOf("ideas"))) as File;
  } catch {
    isFailed.value = true;
  }
}
