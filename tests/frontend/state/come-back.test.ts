// Coming back: by the code alone or by name and passphrase, and never over a plan that is here.
import { afterEach, beforeEach, expect, test } from "vitest";
import { whatLies } from "../device/fake-browser";
import {
  backedUp,
  ended,
  newDevice,
  plan,
  refusal,
  reopened,
  settings,
  settled,
  withoutWebAssembly,
  type Device,
} from "./devices";
import { FakeServer, type Fault } from "./fake-server";
import { write } from "./tabs";

let server: FakeServer;
beforeEach(() => void (server = new FakeServer()));
afterEach(ended);

test("wiped, then the code: the same plan is there, in two requests, and is backed up", async () => {
  const { device, code } = await backedUp("a", "b");
  const words = device.accountWords();
  server.asked = [];
  const fresh = await newDevice();
  expect(await fresh.comeBackByCode(code.toLowerCase().replaceAll("-", " "))).toBe("done");
  await settled(fresh);
  expect(server.asked).toEqual(["POST /recovery-sessions", "GET /plan"]);
  expect([plan(fresh), fresh.accountWords()]).toEqual([["a", "b"], words]);
  const later = await reopened();
  await settled(later);
  expect(plan(later)).toEqual(["a", "b"]);
});

test("by name and passphrase, typed as people do", async () => {
  const { device } = await backedUp("a");
  const { account_name, passphrase } = device.accountWords()!;
  const fresh = await newDevice();
  const typed = account_name.toUpperCase().replaceAll("-", " ");
  const told: boolean[] = [];
  fresh.stretching.subscribe((is) => void told.push(is));
  expect(await fresh.comeBackByName(typed, passphrase)).toBe("done");
  expect([plan(fresh), told]).toEqual([["a"], [false, true, false]]);
});

test("without WebAssembly a passphrase is no way in, and says so; the code is one", async () => {
  const { device, code } = await backedUp("a");
  const { account_name, passphrase } = device.accountWords()!;
  const fresh = await newDevice();
  withoutWebAssembly();
  expect(await refusal(fresh.comeBackByName(account_name, passphrase))).toBe("no_webassembly");
  expect([fresh.stretching.value, fresh.backup.value]).toEqual([false, "off"]);
  expect(await fresh.comeBackByCode(code)).toBe("done");
  expect(plan(fresh)).toEqual(["a"]);
});

test.each<[string, (device: Device, code: string) => Promise<unknown>, string]>([
  ["a typing error", (device, code) => device.comeBackByCode(swapped(code)), "recovery_typo"],
  ["half a code", (device) => device.comeBackByCode("CHJP-CSV8"), "recovery_format"],
  [
    "another's code",
    (device) => device.comeBackByCode("0000-0000-0000-0000-0000-0000-0000-0000-M67V"),
    "sign_in_failed",
  ],
  ["a wrong passphrase", (device) => device.comeBackByName(aName(), "not it"), "sign_in_failed"],
  ["no name", (device) => device.comeBackByName("me", "not it"), "bad_name"],
])("%s is refused and nothing is kept", async (_, come, why) => {
  const { code } = await backedUp("a");
  const fresh = await newDevice();
  expect(await refusal(come(fresh, code))).toBe(why);
  expect([fresh.backup.value, plan(fresh)]).toEqual(["off", []]);
  expect(await indexedDB.databases()).toEqual([]);
});

const aName = (): string => server.accounts[0]!.name;
const swapped = (code: string): string =>
  code.startsWith("0") ? `1${code.slice(1)}` : `0${code.slice(1)}`;

test.each<[string, Fault[]]>([
  ["the sign-in is dropped", ["dropped"]],
  ["its answer is lost", ["answer lost"]],
  ["the plan does not come", ["none", "dropped"]],
])("%s: nothing changed, and the same step brings it", async (_, faults) => {
  const { code } = await backedUp("a");
  const fresh = await newDevice();
  server.faults = faults;
  expect(await refusal(fresh.comeBackByCode(code))).toBe("no_answer");
  expect([fresh.backup.value, plan(fresh)]).toEqual(["off", []]);
  expect(await fresh.comeBackByCode(code)).toBe("done");
  expect(plan(fresh)).toEqual(["a"]);
});

async function withOwnPlan(): Promise<Device> {
  const { code } = await backedUp("from the backup");
  const device = await newDevice();
  write(device.tab, "from here");
  await device.tab.flush();
  expect(await device.comeBackByCode(code)).toBe("asks");
  expect([plan(device), device.backup.value]).toEqual([["from here"], "off"]);
  return device;
}

test("a device that has a plan asks first; yes makes one of both, and backs it up", async () => {
  const device = await withOwnPlan();
  await device.mergeBoth();
  await device.backUp();
  await settled(device);
  expect(plan(device).sort()).toEqual(["from here", "from the backup"]);
  expect(settings(device).length).toBe(1);
  expect(server.accounts[0]!.plans.length).toBe(2);
});

test("no keeps its own plan, signs out, and keeps nothing of the account", async () => {
  const device = await withOwnPlan();
  await device.stayApart();
  expect([plan(device), device.backup.value, server.session]).toEqual([["from here"], "off", null]);
  expect((await whatLies()).keys?.length).toBe(1);
  await device.mergeBoth();
  expect(plan(device)).toEqual(["from here"]);
});

test("what is kept of the account can be read out by nobody: no byte of its key", async () => {
  const { code } = await backedUp("a");
  const fresh = await newDevice();
  await fresh.comeBackByCode(code);
  const kept = (await whatLies()).keys as (CryptoKey | { dataKey: CryptoKey })[];
  const keys = kept.map((one) => (one instanceof CryptoKey ? one : one.dataKey));
  expect(keys.map(({ extractable }) => extractable)).toEqual([false, false]);
});
