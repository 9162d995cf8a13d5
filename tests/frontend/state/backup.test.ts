// The second truth: "backed up" is said of what the server acknowledged, and of nothing else.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { today } from "../../../frontend/src/state/today";
import { tamper, whatLies } from "../device/fake-browser";
import { backedUp, ended, newDevice, plan, reopened, settled, type Device } from "./devices";
import { FakeServer, json, problem, revisionOf, type Fault } from "./fake-server";
import { pause, until, write } from "./tabs";

let server: FakeServer;
beforeEach(() => void (server = new FakeServer()));
afterEach(ended);

const saves = (): number => server.asked.filter((line) => line === "PUT /plan").length;
const revision = (): number => revisionOf(server.accounts[0]!.plans.at(-1)!);

/** Two tries at most lie between a lost answer and the truth. */
async function backUpTwice(device: Device): Promise<void> {
  await device.backUp();
  await device.backUp();
}

test("without an account there is none, and nothing is asked", async () => {
  const device = await newDevice();
  write(device.tab, "a");
  await device.backUp();
  expect([device.backup.value, device.backedUpOn.value, server.asked]).toEqual(["off", null, []]);
});

test("from the first letter it is not backed up, and then it is, by itself", async () => {
  const { device } = await backedUp("a");
  write(device.tab, "b");
  expect(device.backup.value).toBe("pending");
  await until(() => device.backup.value === "pending");
  await pause(2100);
  await settled(device);
  expect([saves(), revision()]).toEqual([1, 2]);
});

test("what is as it was is not sent again, in this tab or the next", async () => {
  await backedUp("a");
  const device = await reopened();
  await settled(device);
  expect([device.backedUpOn.value, saves()]).toEqual([today(), 0]);
});

test("what is typed while a save is under way is not called backed up", async () => {
  const { device } = await backedUp("a");
  write(device.tab, "b");
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  server.lie = (_, truth) => held.then(() => truth);
  const saving = device.backUp();
  await until(() => saves() === 1);
  write(device.tab, "c");
  answer();
  await saving;
  expect(device.backup.value).toBe("pending");
  await device.backUp();
  expect([device.backup.value, revision()]).toEqual(["saved", 3]);
});

test("what was erased while a save was under way does not come back with its answer", async () => {
  const { device } = await backedUp("a");
  write(device.tab, "b");
  server.lie = async (_, truth) => {
    await tamper("keys", (keys) => void keys.delete("account"));
    return truth;
  };
  await device.backUp();
  expect([device.backup.value, (await whatLies()).keys?.length]).toEqual(["off", 1]);
});

test.each<[string, Fault]>([
  ["dropped on its way", "dropped"],
  ["saved, with no answer", "answer lost"],
  ["saved, and answered as by no server of ours", json({ revision: 2 })],
])("a save %s is settled with the next, once and not twice", async (_, fault) => {
  const { device } = await backedUp("a");
  write(device.tab, "b");
  server.faults = [fault];
  await device.backUp();
  expect([device.backup.value, device.backedUpOn.value]).toEqual(["failed", today()]);
  await device.backUp();
  expect([device.backup.value, device.backupFailure.value, revision()]).toEqual(["saved", null, 2]);
});

test("what is tried again and again is one save and not many", async () => {
  const { device } = await backedUp("a");
  write(device.tab, "b");
  server.faults = ["answer lost", "dropped", "dropped"];
  for (let n = 0; n < 3; n++) await device.backUp();
  expect(device.keptAccount()?.sent).not.toBeNull();
  await device.backUp();
  expect([device.backup.value, revision()]).toEqual(["saved", 2]);
});

test("words typed after a save that was not answered are not called backed up with it", async () => {
  const { device } = await backedUp("a");
  write(device.tab, "b");
  server.faults = ["answer lost"];
  await device.backUp();
  write(device.tab, "c");
  await device.backUp();
  expect([device.backup.value, revision()]).toEqual(["pending", 2]);
  await device.backUp();
  expect([device.backup.value, revision()]).toEqual(["saved", 3]);
});

test("a save without an answer, then a closed tab and more words: nothing is lost or twice", async () => {
  const { device, code } = await backedUp("a");
  write(device.tab, "b");
  server.faults = ["answer lost"];
  await device.backUp();
  write(device.tab, "c");
  server.faults = ["answer lost"];
  await device.backUp();
  await device.tab.flush();
  const later = await reopened();
  await backUpTwice(later);
  await settled(later);
  expect(revision()).toBe(3);
  const other = await newDevice();
  await other.comeBackByCode(code);
  expect(plan(other)).toEqual(["a", "b", "c"]);
});

test.each<[string, Fault]>([
  ["a network that is away", "dropped"],
  ["a server that is down", problem(503, "unavailable")],
  ["a full disk there", problem(507, "storage_full")],
  ["a portal that says no", new Response("no", { status: 401 })],
])(
  "%s is told as failed, never as signed out, and the plan is on this device",
  async (_, fault) => {
    const { device } = await backedUp("a");
    write(device.tab, "b");
    server.faults = [fault];
    await device.backUp();
    expect(device.backup.value).toBe("failed");
    await until(() => device.tab.saved.value === "saved");
    expect(plan(device)).toEqual(["a", "b"]);
  },
);

test.each<[string, number, Record<string, string>, number[]]>([
  ["when the server said", 429, { "Retry-After": "90" }, [90_000]],
  ["in a minute where it said nothing", 503, {}, [60_000]],
  ["with the next change where the server will never have it", 422, {}, []],
])("a save that was refused goes again %s", async (_, status, headers, waits) => {
  const { device } = await backedUp("a");
  write(device.tab, "b");
  server.faults = [problem(status, "a_code", headers)];
  const later = vi.spyOn(globalThis, "setTimeout");
  await device.backUp();
  expect(device.backup.value).toBe("failed");
  expect(later.mock.calls.map(([, ms]) => ms).filter((ms = 0) => ms > 30_000)).toEqual(waits);
});

test("a session that ended is told; signing in again goes on where it was", async () => {
  const { device } = await backedUp("a");
  server.session = null;
  write(device.tab, "b");
  await device.backUp();
  expect(device.backup.value).toBe("signed_out");
  const { account_name, passphrase } = device.accountWords()!;
  expect(await device.comeBackByName(account_name, passphrase)).toBe("done");
  await settled(device);
  expect([revision(), server.accounts.length]).toEqual([2, 1]);
});

async function elsewhere(code: string, text: string): Promise<void> {
  const other = await newDevice();
  await other.comeBackByCode(code);
  write(other.tab, text);
  await other.backUp();
}

test("another device's save is told, both stay, and one touch makes them one", async () => {
  const { device, code } = await backedUp("a");
  const databases = indexedDB;
  await elsewhere(code, "from there");
  vi.stubGlobal("indexedDB", databases);
  write(device.tab, "from here");
  await device.backUp();
  expect([device.backup.value, device.backupFailure.value]).toEqual([
    "conflict",
    "changed_elsewhere",
  ]);
  await device.backUp();
  expect([revision(), plan(device)]).toEqual([2, ["a", "from here"]]);
  await device.keepBoth();
  await settled(device);
  expect(revision()).toBe(3);
  expect(plan(device).sort()).toEqual(["a", "from here", "from there"]);
});

test("delete everything takes the account along, and nothing is sent after it", async () => {
  const { device } = await backedUp("a");
  write(device.tab, "b");
  await device.endSession();
  expect(await device.tab.deleteEverything()).toEqual([]);
  await until(() => device.backup.value === "off");
  await device.backUp();
  expect([saves(), server.session, server.accounts[0]!.plans.length]).toEqual([0, null, 1]);
  expect((await reopened()).backup.value).toBe("off");
});

test("opened anew, it says nothing until it has looked: never that what is backed up is not", async () => {
  await backedUp("a");
  const device = await reopened();
  const said: string[] = [];
  const end = device.backup.subscribe((value) => said.push(value));
  await settled(device);
  end();
  expect(said).toEqual(["unknown", "saved"]);
});

test("opened anew with what the server lacks, it says so before the server is asked", async () => {
  const { device: before } = await backedUp("a");
  write(before.tab, "b");
  await before.tab.flush();
  server.lie = () => new Promise(() => undefined);
  const device = await reopened();
  await until(() => device.backup.value === "pending");
  expect(plan(device)).toEqual(["a", "b"]);
  await until(() => saves() === 1, "asked, and of this server: not of the next test's");
});

test("a following tab says what the writing one reached", async () => {
  const { device: writer } = await backedUp("a");
  const { started } = await import("./tabs");
  const follower = await started();
  const state = await import("../../../frontend/src/state/backup");
  await state.startBackup();
  await until(() => state.backup.value === "saved");
  write(writer.tab, "b");
  await writer.tab.flush();
  await until(() => plan({ tab: follower } as Device).length === 2);
  await state.backUp();
  expect([state.backup.value, saves()]).toEqual(["pending", 0]);
  await writer.backUp();
  await state.backUp();
  expect([state.backup.value, saves()]).toEqual(["saved", 1]);
});
