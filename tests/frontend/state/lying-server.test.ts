// A server that lies: it can refuse, and nothing more; the plan on this device is never touched.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hkdfKey } from "../../../frontend/src/crypto/primitives";
import { KIND, seal } from "../../../frontend/src/crypto/envelope";
import { planJson } from "../../../frontend/src/core/plan-json";
import { planKey } from "../../../frontend/src/crypto/account-keys";
import { fromBase64url, toUtf8 } from "../../../frontend/src/crypto/bytes";
import { wrap } from "../../../frontend/src/crypto/key-slots";
import {
  backedUp,
  ended,
  newDevice,
  plan,
  refusal,
  reopened,
  settled,
  type Device,
} from "./devices";
import { base64url, FakeServer, flipped, json, sealed, type Account } from "./fake-server";
import { write } from "./tabs";

type Bytes = Uint8Array<ArrayBuffer>;

let server: FakeServer;
beforeEach(() => void (server = new FakeServer()));
afterEach(ended);

/** The server's own envelope for an account, of a key that it drew itself. */
async function forged(of: Account, change: object = {}): Promise<Bytes> {
  const [account, object] = [fromBase64url(of.id), fromBase64url(of.object)];
  const parent = new Uint8Array(32);
  const key = await hkdfKey(new Uint8Array(32));
  const sealing = {
    key,
    kind: KIND.plan,
    account,
    object,
    revision: 2,
    parent,
    ...change,
  };
  return seal(sealing, new TextEncoder().encode('{"format":"safety-plan","items":[]}'));
}

/** Another account at the same server, true in itself. */
async function another(): Promise<Account> {
  const mine = server.session;
  await backedUp("another's");
  const other = server.session!;
  server.session = mine;
  return other;
}

const lies: [string, string, (mine: Account) => Promise<Bytes> | Bytes][] = [
  ["a flipped bit", "wrong_key_or_altered", ({ plans }) => flipped(plans[0]!)],
  ["its own plan", "wrong_key_or_altered", (mine) => forged(mine)],
  ["another's plan", "wrong_account", async () => (await another()).plans[0]!],
  ["another object", "wrong_object", (mine) => forged(mine, { object: new Uint8Array(16) })],
  ["a journal for a plan", "wrong_kind", (mine) => forged(mine, { kind: KIND.journal })],
  ["half of it", "truncated", ({ plans }) => plans[0]!.slice(0, 100)],
  ["nothing", "truncated", () => new Uint8Array(0)],
  ["a megabyte", "too_large", () => new Uint8Array(1 << 20)],
  ["words", "not_an_envelope", () => new TextEncoder().encode("no ".repeat(100))],
];

const isPlan = (line: string): boolean => line.endsWith(" /plan");

/** What stands at the server, whatever is asked of the plan. */
function standing(envelope: Bytes): void {
  server.lie = (line, truth) => {
    if (!isPlan(line)) return truth;
    const answer = sealed(flipped(new Uint8Array(200), 47), line.startsWith("PUT") ? 412 : 200);
    return new Response(envelope, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

test.each(lies)(
  "to a save: %s is told as %s, is not taken in, and is not written over",
  async (_, code, make) => {
    const { device } = await backedUp("a");
    const databases = indexedDB;
    const envelope = await make(server.accounts[0]!);
    vi.stubGlobal("indexedDB", databases);
    standing(envelope);
    write(device.tab, "b");
    const before = server.asked.length;
    await device.backUp();
    expect([device.backup.value, device.backupFailure.value]).toEqual(["failed", code]);
    expect(server.asked.length).toBe(before + 1);
    expect(plan(device)).toEqual(["a", "b"]);
  },
);

test.each(lies.filter(([, code]) => code !== "wrong_object"))(
  "to a new device: %s is told as %s, and nothing is kept",
  async (_, code, make) => {
    const { code: recovery } = await backedUp("a");
    standing(await make(server.accounts[0]!));
    const fresh = await newDevice();
    expect(await refusal(fresh.comeBackByCode(recovery))).toBe(code);
    expect([plan(fresh), fresh.backup.value]).toEqual([[], "off"]);
    expect(await indexedDB.databases()).toEqual([]);
  },
);

test.each<[string, string, (other: Account, mine: Account) => Promise<object> | object]>([
  [
    "another's account and slots",
    "wrong_key_or_altered",
    ({ id, slots }) => ({ account_id: id, key_slots: slots }),
  ],
  [
    "another's slots",
    "wrong_account",
    ({ slots }, { id }) => ({ account_id: id, key_slots: slots }),
  ],
  [
    "another's number",
    "wrong_account",
    ({ id }, { slots }) => ({ account_id: id, key_slots: slots }),
  ],
  ["no slots", "no_slot", (_, { id }) => ({ account_id: id, key_slots: [] })],
  ["a number cut short", "bad_answer", () => ({ account_id: "AAAA", key_slots: [] })],
  ["slots that are none", "bad_answer", (_, { id }) => ({ account_id: id, key_slots: ["x"] })],
  ["nonsense", "bad_answer", () => [1]],
  [
    "a slot of its own",
    "wrong_key_or_altered",
    async (_, { id }) => {
      const key = await hkdfKey(new Uint8Array(32));
      const slot = await wrap(
        { kind: "recovery", wrapping: key },
        fromBase64url(id),
        new Uint8Array(32),
      );
      const written = {
        kind: "recovery",
        id: base64url(slot.id),
        envelope: base64url(slot.envelope),
      };
      return { account_id: id, key_slots: [written] };
    },
  ],
])("to a sign-in: %s is told as %s, and nothing is kept", async (_, why, make) => {
  const { code } = await backedUp("a");
  const mine = server.accounts[0]!;
  const body = await make(await another(), mine);
  server.lie = (line, truth) => (line === "POST /recovery-sessions" ? json(body, 201) : truth);
  const fresh = await newDevice();
  expect(await refusal(fresh.comeBackByCode(code))).toBe(why);
  expect([plan(fresh), fresh.backup.value]).toEqual([[], "off"]);
});

/** Three revisions stand at the server, and a fourth is typed. */
async function ahead(): Promise<Device> {
  const { device } = await backedUp("a");
  for (const text of ["b", "c"]) {
    write(device.tab, text);
    await device.backUp();
  }
  write(device.tab, "d");
  return device;
}

async function mends(device: Device, code: string): Promise<void> {
  await device.backUp();
  expect([device.backup.value, device.backupFailure.value]).toEqual(["conflict", code]);
  expect(plan(device)).toEqual(["a", "b", "c", "d"]);
  await device.keepBoth();
  await settled(device);
  expect(plan(device)).toEqual(["a", "b", "c", "d"]);
}

test("an older revision is told once, loses nothing, and the plan goes on from there", async () => {
  const device = await ahead();
  server.accounts[0]!.plans.pop();
  await mends(device, "rollback");
  expect(server.accounts[0]!.plans.length).toBe(3);
  const later = await reopened();
  await settled(later);
});

test.each([
  ["the same number", 3],
  ["the next upon another parent", 4],
])("another branch is told: %s", async (_, revision) => {
  const device = await ahead();
  const account = server.accounts[0]!;
  account.plans = [...account.plans.slice(0, revision - 1), await branch(device, revision)];
  await mends(device, "fork");
});

/** What a device that never saw ours would send as this revision. */
async function branch(device: Device, revision: number): Promise<Bytes> {
  const { account, object, dataKey } = device.keptAccount()!;
  const place = {
    account,
    object,
    revision,
    parent: new Uint8Array(32).fill(1),
  };
  const key = await planKey(dataKey);
  return seal({ key, kind: KIND.plan, ...place }, toUtf8(planJson(device.tab.plan.value)));
}

test("a replay of what it was last told is no news, and is not taken for an answer", async () => {
  const { device } = await backedUp("a");
  standing(server.accounts[0]!.plans[0]!);
  write(device.tab, "b");
  await device.backUp();
  expect([device.backup.value, device.backupFailure.value]).toEqual(["failed", "bad_answer"]);
  server.lie = null;
  await device.backUp();
  expect(device.backup.value).toBe("saved");
});

test("saying that it saved, of other bytes, is not believed", async () => {
  const { device } = await backedUp("a");
  server.lie = (line, truth) =>
    line === "PUT /plan" ? json({ revision: 2 }, 200, { ETag: '"2-0000000000000000"' }) : truth;
  write(device.tab, "b");
  await device.backUp();
  expect([device.backup.value, device.backupFailure.value]).toEqual(["failed", "bad_answer"]);
});
