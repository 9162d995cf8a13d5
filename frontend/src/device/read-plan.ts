// The plan box, opened: the newest of its two slots that holds; for the walk in one go, nothing made.
import { asPlan, type Plan } from "../core/plan-items";
import { Refused } from "../core/refused";
import { parseStrict } from "../core/strict-json";
import { fromUtf8, joined } from "../crypto/bytes";
import { openOnDevice, type Sealed } from "../crypto/device-open";
import { sha256 } from "../crypto/primitives";
import { readOnce, type BoxStores, type Kept } from "./box-stores";
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

type Opened =
  | { state: "none" }
  | { state: "open"; plan: Plan; kept: Kept; /** of a newer slot */ code?: string }
  | { state: "unreadable"; code: string };

/** The newest plan that holds. */
export async function openBox({ key, slots, last }: BoxStores): Promise<Opened> {
  if (!slots.length && !last) return { state: "none" };
  let code: string | undefined;
  for (const kept of slots.sort((a, b) => Number(b?.revision) - Number(a?.revision)))
    try {
      return { state: "open", plan: await openKept(key, kept), kept, ...(code && { code }) };
    } catch (error) {
      code ??= error instanceof Refused ? error.code : "bad_slot";
    }
  return { state: "unreadable", code: code ?? "plan_missing" };
}

/** SHA-256 over every sealed byte of a slot. */
export const checksumOf = ({ envelope, more }: Sealed): Promise<Uint8Array> =>
  sha256(more.length ? joined([envelope, ...more]) : envelope);

async function openKept(key: CryptoKey | undefined, kept: Kept): Promise<Plan> {
  const sum = await checksumOf(kept);
  if (!sum.every((byte, at) => byte === kept.checksum[at])) throw new Refused("bad_checksum");
  if (!key) throw new Refused("no_device_key");
  const plan = asPlan(parseStrict(fromUtf8(await openOnDevice(key, kept, kept))));
  if (!plan) throw new Refused("bad_plan");
  return plan;
}
