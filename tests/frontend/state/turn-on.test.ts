// Turning the backup on: one request, repeatable at every step, and until then the plan is as it was.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readLetters } from "../../../frontend/src/crypto/recovery-code";
import { today } from "../../../frontend/src/state/today";
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
  type Device,
} from "./devices";
import { FakeServer, json, problem, type Fault } from "./fake-server";
import { write } from "./tabs";

let server: FakeServer;
beforeEach(() => void (server = new FakeServer()));
afterEach(ended);

async function begun(): Promise<{ device: Device; code: string }> {
  const device = await newDevice();
  write(device.tab, "canary-walk");
  return { device, code: await device.beginBackup("/words.json") };
}

test("one request begins it; then the plan is backed up today, and says who it is", async () => {
  const { device, code } = await backedUp("canary-walk");
  expect(server.asked).toEqual(["POST /accounts"]);
  expect([device.backup.value, device.backedUpOn.value]).toEqual(["saved", today()]);
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
  const [account] = server.accounts;
  expect(settings(device)).toEqual([
    {
      name: "account",
      account_name: account!.name,
      passphrase: expect.stringMatching(/^(\w+ ){5}\w+$/),
    },
  ]);
  expect(account!.slots.map(({ kind }) => kind).sort()).toEqual(["passphrase", "recovery"]);
});

test("what travels holds no word of the plan, no passphrase and no code", async () => {
  const bodies: string[] = [];
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    bodies.push(path, JSON.stringify(init.headers ?? {}), String(init.body ?? ""));
    return real(path, init);
  });
  const { device, code } = await backedUp("canary-walk");
  const { passphrase } = device.accountWords()!;
  for (const secret of ["canary-walk", passphrase, code, code.replaceAll("-", "")])
    expect(bodies.filter((body) => body.includes(secret))).toEqual([]);
});

test("the code is shown, and two groups of it typed back, before anything is sent", async () => {
  const { device, code } = await begun();
  expect(server.asked).toEqual([]);
  expect(settings(device)).toEqual([]);
  const groups = code.split("-");
  expect(readLetters(` ${groups[2]!.toLowerCase()} `)).toBe(groups[2]);
});

test("a tab closed before it is done: the same code is shown again, and nothing was sent", async () => {
  const { code } = await begun();
  const later = await reopened();
  expect(await later.beginBackup("/words.json")).toBe(code);
  expect([later.backup.value, plan(later), settings(later)]).toEqual(["off", ["canary-walk"], []]);
  await later.finishBackup();
  await settled(later);
  expect(server.accounts.length).toBe(1);
});

test("what is kept of it until then is sealed", async () => {
  const { code } = await begun();
  const text = JSON.stringify(await whatLies(), (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
  expect(text).toContain("SPE1");
  for (const secret of ["data_key", "passphrase", code]) expect(text).not.toContain(secret);
});

test.each<[string, Fault[], string]>([
  ["a dropped connection", ["dropped"], "no_answer"],
  ["an answer that is lost", ["answer lost"], "no_answer"],
  ["a server that fails", [problem(503, "unavailable")], "unavailable"],
  [
    "a portal's page",
    [new Response("<p>Sign in", { headers: { "content-type": "text/html" } })],
    "no_answer",
  ],
  ["another's account", [json({ account_id: "AAAAAAAAAAAAAAAAAAAAAA" }, 201)], "bad_answer"],
  ["no account", [json([], 201)], "bad_answer"],
  ["signups that are closed", [problem(403, "signups_closed")], "signups_closed"],
])("%s leaves the plan as it was, and the step is done again", async (_, faults, code) => {
  const { device } = await begun();
  server.faults = faults;
  expect(await refusal(device.finishBackup())).toBe(code);
  expect([device.backup.value, settings(device), plan(device)]).toEqual([
    "off",
    [],
    ["canary-walk"],
  ]);
  await device.finishBackup();
  await settled(device);
  expect(server.accounts.length).toBe(1);
  expect(settings(device).length).toBe(1);
});

test("an answer that comes too late is none: three seconds, and the step is done again", async () => {
  const { device } = await begun();
  server.faults = ["late"];
  const start = performance.now();
  expect(await refusal(device.finishBackup())).toBe("no_answer");
  expect(performance.now() - start).toBeLessThan(4000);
  await device.finishBackup();
  await settled(device);
  expect(server.accounts.length).toBe(1);
});

test("an answer lost, the tab closed, the plan changed: the next try finds its own account", async () => {
  const { device, code } = await begun();
  server.faults = ["answer lost"];
  await refusal(device.finishBackup());
  write(device.tab, "written later");
  await device.tab.flush();
  const later = await reopened();
  expect(await later.beginBackup("/words.json")).toBe(code);
  await later.finishBackup();
  await settled(later);
  expect(server.accounts.length).toBe(1);
  expect(server.accounts[0]!.plans.length).toBe(2);
  expect(settings(later).length).toBe(1);
  const other = await newDevice();
  expect(await other.comeBackByCode(code)).toBe("done");
  expect(plan(other)).toEqual(["canary-walk", "written later"]);
});

test("a name that is taken is drawn anew without a word", async () => {
  const { device } = await begun();
  server.faults = [problem(409, "name_taken")];
  await device.finishBackup();
  await settled(device);
  expect(device.accountWords()?.account_name).toBe(server.accounts[0]!.name);
});

test("there is nothing to back up in an empty plan, and no drawing from a list cut short", async () => {
  const device = await newDevice();
  expect(await refusal(device.beginBackup("/words.json"))).toBe("empty_plan");
  write(device.tab, "a");
  expect(await refusal(device.beginBackup("/nothing.json"))).toBe("not_loaded");
  const all = server.words as string[];
  for (const bad of [all.slice(1), all.map(() => "abc"), "words", null]) {
    server.words = bad;
    expect(await refusal(device.beginBackup("/words.json"))).toBe("bad_words");
  }
  expect(await refusal(device.finishBackup())).toBe("not_begun");
});
