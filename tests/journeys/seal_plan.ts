// For tests alone: seals a plan on the device by the app's own save path, without driving the screen.

import { emptyPlan, type Value } from "../../frontend/src/core/plan.ts";
import { addItem, newAuthor } from "../../frontend/src/core/plan-edit.ts";
import { toHex, toUtf8 } from "../../frontend/src/crypto/bytes.ts";
import { drawDeviceKey } from "../../frontend/src/crypto/device-seal.ts";
import { randomBytes } from "../../frontend/src/crypto/primitives.ts";
import { closeDatabase, database } from "../../frontend/src/device/connection.ts";
import { readPlan } from "../../frontend/src/device/read-plan.ts";
import { firstHead, madeReady, savePlan } from "../../frontend/src/device/save-plan.ts";

/** Items as [section, value] in their order; only where no plan is kept yet. Returns their ids.
 *  "own" as a section is the own section that was named last. */
export async function sealItems(items: [string, Value][]): Promise<string[]> {
  let plan = emptyPlan();
  const author = newAuthor(plan, () => toHex(randomBytes(16)));
  let own = "";
  const ids = items.map(([section, value]) => {
    const added = addItem(plan, author, section === "own" ? own : section, value);
    plan = added.plan;
    if (section === "own_sections") own = added.id;
    return added.id;
  });
  await seal(JSON.stringify(plan));
  return ids;
}

async function seal(text: string): Promise<void> {
  const db = await database(true);
  const head = firstHead(randomBytes(16));
  const ready = await madeReady(await drawDeviceKey(), head, toUtf8(text), true);
  await savePlan(db!, ready);
  closeDatabase();
}

/** Milliseconds to seal the plan's bytes, and to read and open them again; medians of `rounds`. */
export async function sealAndOpen(text: string, rounds: number): Promise<[number, number]> {
  const key = await drawDeviceKey();
  const sealing: number[] = [];
  const opening: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await madeReady(key, firstHead(randomBytes(16)), toUtf8(text), true);
    sealing.push(performance.now() - start);
    const half = performance.now();
    await readPlan();
    opening.push(performance.now() - half);
  }
  return [median(sealing), median(opening)];
}

const median = (all: number[]): number => [...all].sort((a, b) => a - b)[all.length >> 1]!;

/** The plan as it lies on the device, as JSON. */
export async function openedPlan(): Promise<string> {
  const read = await readPlan();
  return JSON.stringify(read.state === "open" ? read.plan : { items: [] });
}
