// What is never sent over what stands at the server: less than there was, too much, another plan.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { eraseItem } from "../../../frontend/src/core/plan-edit";
import { itemsIn } from "../../../frontend/src/core/plan";
import { backedUp, ended, newDevice, plan, refusal, settled, type Device } from "./devices";
import { FakeServer, revisionOf } from "./fake-server";
import { until, write } from "./tabs";

let server: FakeServer;
beforeEach(() => void (server = new FakeServer()));
afterEach(ended);

const revision = (): number => revisionOf(server.accounts[0]!.plans.at(-1)!);

const eraseAll = (device: Device, count: number): void =>
  device.tab.change((now, author) =>
    itemsIn(now, "reasons")
      .slice(0, count)
      .reduce((left, { id }) => eraseItem(left, author, id), now),
  );

test("an empty plan never goes over a full one; one with less than half only when sure", async () => {
  const { device } = await backedUp("a", "b", "c", "d");
  eraseAll(device, 3);
  await device.backUp();
  expect([device.backup.value, device.backupFailure.value]).toEqual(["failed", "too_few"]);
  await device.backUp({ isSure: true });
  expect([device.backup.value, revision()]).toEqual(["saved", 2]);
  eraseAll(device, 1);
  await device.backUp({ isSure: true });
  expect([device.backup.value, device.backupFailure.value]).toEqual(["failed", "empty_plan"]);
  expect(revision()).toBe(2);
});

test("two that would become less than half of what was backed up stay two", async () => {
  const { device, code } = await backedUp("a", "b", "c", "d", "e");
  const databases = indexedDB;
  const other = await newDevice();
  await other.comeBackByCode(code);
  eraseAll(other, 4);
  await other.backUp({ isSure: true });
  vi.stubGlobal("indexedDB", databases);
  write(device.tab, "f");
  await device.backUp();
  expect(await refusal(device.keepBoth())).toBe("too_few");
  expect([device.backup.value, plan(device)]).toEqual(["conflict", [..."abcdef"]]);
});

test("past 256 KiB the backup stops and says so; the device goes on; smaller, it goes on too", async () => {
  const { device } = await backedUp("a");
  write(device.tab, "x".repeat(270_000));
  await device.backUp();
  expect([device.backup.value, device.backupFailure.value]).toEqual(["failed", "too_large"]);
  expect(device.fullness.value).toBeGreaterThan(1);
  await until(() => device.tab.saved.value === "saved");
  device.tab.change((now, author) => eraseItem(now, author, itemsIn(now, "reasons")[1]!.id));
  await device.backUp();
  expect([device.backup.value, revision()]).toEqual(["saved", 2]);
  expect(device.fullness.value).toBeLessThan(0.1);
});

test("a plan begun anew is not put over the one that was backed up", async () => {
  const { device } = await backedUp("a", "b");
  device.tab.change((now) => ({ ...now, items: [] }));
  write(device.tab, "begun anew");
  write(device.tab, "and more");
  await device.backUp();
  expect([device.backup.value, device.backupFailure.value]).toEqual(["conflict", "another_plan"]);
  await device.keepBoth();
  await settled(device);
  expect(plan(device).length).toBe(4);
});
