// A plan box for the tests: plans by name, saved and read as the app does.
import { emptyPlan, type Plan } from "../../../frontend/src/core/plan";
import { planJson } from "../../../frontend/src/core/plan-json";
import { Refused } from "../../../frontend/src/core/refused";
import { toUtf8 } from "../../../frontend/src/crypto/bytes";
import { drawDeviceKey } from "../../../frontend/src/crypto/device-seal";
import { closeDatabase, database } from "../../../frontend/src/device/connection";
import type { Kept } from "../../../frontend/src/device/box-stores";
import * as box from "../../../frontend/src/device/save-plan";
import { readBox, type Found, type Head } from "../../../frontend/src/device/save-plan";
import { freshDatabase, tamper, whatLies } from "./fake-browser";
export const object = new Uint8Array(16).fill(3);
export let key: CryptoKey;

/** An empty disk and a new key. */
export async function freshBox(): Promise<void> {
  closeDatabase();
  freshDatabase();
  key = await drawDeviceKey();
}

const planNamed = (name: string): Plan => ({ ...emptyPlan(), name }) as Plan;
export const nameOf = (found: Found): unknown =>
  found.state === "open" ? (found.plan as unknown as { name: string }).name : found;
export const db = async (): Promise<IDBDatabase> => (await database(true)) as IDBDatabase;
export const look = async (): Promise<Found> => readBox(await db());
export const bytesOf = (name: string): Uint8Array => toUtf8(planJson(planNamed(name)));

export async function save(head: Head, name: string): Promise<Head> {
  const ready = await box.madeReady(key, head, bytesOf(name), !head.revision);
  await box.savePlan(await db(), ready);
  return ready.next;
}

export async function saved(...names: string[]): Promise<Head> {
  let head = box.firstHead(object);
  for (const name of names) head = await save(head, name);
  return head;
}

export const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof Refused ? error.code : error),
  );

export async function rot(slot: number, change: (kept: Kept) => void): Promise<void> {
  const kept = (await whatLies()).plan?.find((one) => (one as Kept).slot === slot) as Kept;
  change(kept);
  await tamper("plan", (store) => store.put(kept));
}
