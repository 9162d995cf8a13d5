// The plan for the walk: read once, nothing made, nothing written.
import type { Plan } from "../core/plan";
import { codeOf, database, soon } from "./database";
import { readBox } from "./plan-box";

export type ReadPlan =
  | { state: "none" }
  | { state: "open"; plan: Plan }
  | { state: "unreadable" | "unavailable"; code: string };

const LIMIT = 1900; // ms in all: past this, the truth is told instead

/** Never rejects. */
export function readPlan(): Promise<ReadPlan> {
  return soon(read(), LIMIT).catch((error: unknown) => ({
    state: "unavailable",
    code: codeOf(error),
  }));
}

async function read(): Promise<ReadPlan> {
  const db = await database(false);
  const found = db ? await readBox(db) : ({ state: "none" } as const);
  return found.state === "open" ? { state: "open", plan: found.plan } : found;
}
