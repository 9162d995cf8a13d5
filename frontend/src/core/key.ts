// Which keys a message can have, and how it is asked for.

import type { MessageKey } from "../generated/messages";

/** One that is written out, or one built from a prefix of the data's. */
export type Key =
  | MessageKey
  | `${"section" | "field" | "choice" | "problem" | "lines" | "nudge" | "need"}.${string}`;

export type Say = (key: Key, values?: Record<string, string | number>) => string;
