// The plan for the walk: read once, nothing made, nothing written.
import type { Plan } from "../core/plan";
import { openBox } from "./box-open";
import { readOnce, type BoxStores } from "./box-stores";
import { codeOf, soon } from "./database";

export type ReadPlan =
  | { state: "none" }
  | { state: "open"; plan: Plan }
  | { state: "unreadable" | "unavailable"; code: string };

const LIMIT = 1900; // ms in all: past this, the truth is told instead

/** Never rejects. */
export function readPlan(): Promise<ReadPlan> {
  const failed = (error: unknown): ReadPlan => ({ state: "unavailable", code: codeOf(error) });
  return soon(read(), LIMIT).catch(failed);
}

async function read(): Promise<ReadPlan> {
  const stores = await readEarly().catch(readOnce);
  const found = stores ? await openBox(stores) : ({ state: "none" } as const);
  return found.state === "open" ? { state: "open", plan: found.plan } : found;
}

/** What early.ts asked for while the page was still read: taken once, and only if it answers. */
async function readEarly(): Promise<BoxStores | null> {
  const early = globalThis.earlyStores;
  globalThis.earlyStores = undefined;
  if (!early) throw early;
  return soon(early);
}
