// Changing the passphrase and the code, and ending the account: each can be done again.
import { afterEach, beforeEach, expect, test } from "vitest";
import { backedUp, ended, newDevice, plan, refusal, settings, settled } from "./devices";
import { FakeServer, problem } from "./fake-server";
import { write } from "./tabs";

let server: FakeServer;
beforeEach(() => void (server = new FakeServer()));
afterEach(ended);

const NEXT = "five warm words of mine";
const COMMON = "/common.json";

test("a new passphrase: the old one signs nobody in, the new one and the code do", async () => {
  const { device, code } = await backedUp("a");
  const { account_name, passphrase } = device.accountWords()!;
  await device.changePassphrase(NEXT, COMMON);
  await device.backUp();
  await settled(device);
  const one = await newDevice();
  expect(await refusal(one.comeBackByName(account_name, passphrase))).toBe("sign_in_failed");
  expect(await one.comeBackByName(account_name, NEXT)).toBe("done");
  const other = await newDevice();
  expect(await other.comeBackByCode(code)).toBe("done");
  expect(settings(other)).toEqual([{ name: "account", account_name, passphrase: NEXT }]);
});

test("with another passphrase in the plan nothing is sent that would count as a guess", async () => {
  const { device } = await backedUp("a");
  await device.changeAndSave((now, author) =>
    device.withAccount(now, author, { passphrase: "not the one it was" }),
  );
  server.asked = [];
  expect(await refusal(device.changePassphrase(NEXT, COMMON))).toBe("wrong_key_or_altered");
  expect(server.asked).toEqual(["GET /key-slots"]);
});

test("a short one is refused before anything is asked", async () => {
  const { device } = await backedUp("a");
  const asked = server.asked.length;
  expect(await refusal(device.changePassphrase("fourteen chars", COMMON))).toBe("passphrase_short");
  expect(server.asked.length).toBe(asked);
});

test("one that many have chosen is refused however it is written, and so is not knowing", async () => {
  const { device } = await backedUp("a");
  const asked = server.asked.length;
  const written = ["Correct-Horse, Battery Staple!", "correcthorsebatterystaple"];
  for (const next of written)
    expect(await refusal(device.changePassphrase(next, COMMON))).toBe("passphrase_common");
  expect(await refusal(device.changePassphrase(NEXT, "/gone.json"))).toBe("not_loaded");
  server.common = "no base64url!";
  expect(await refusal(device.changePassphrase(NEXT, COMMON))).toBe("bad_base64url");
  expect(server.asked.length).toBe(asked);
  expect(device.accountWords()!.passphrase).not.toBe(NEXT);
});

test.each(["dropped", "answer lost"] as const)(
  "a change whose request is %s leaves both known, and is done again",
  async (fault) => {
    const { device } = await backedUp("a");
    const { account_name } = device.accountWords()!;
    server.faults = ["none", fault];
    expect(await refusal(device.changePassphrase(NEXT, COMMON))).toBe("no_answer");
    expect(device.accountWords()).toMatchObject({ next_passphrase: NEXT });
    await device.changePassphrase("another that they chose then", COMMON);
    expect(settings(device)).toEqual([
      {
        name: "account",
        account_name,
        passphrase: "another that they chose then",
      },
    ]);
    const one = await newDevice();
    expect(await one.comeBackByName(account_name, "another that they chose then")).toBe("done");
  },
);

test("a new code: the old one finds nothing; the new one brings the plan", async () => {
  const { device, code } = await backedUp("a");
  expect(await refusal(device.useNewCode())).toBe("not_begun");
  const next = await device.drawNewCode();
  expect(await device.drawNewCode()).toBe(next);
  server.faults = ["none", "answer lost"];
  expect(await refusal(device.useNewCode())).toBe("no_answer");
  await device.useNewCode();
  const fresh = await newDevice();
  expect(await refusal(fresh.comeBackByCode(code))).toBe("sign_in_failed");
  expect(await fresh.comeBackByCode(next)).toBe("done");
  expect(plan(fresh)).toEqual(["a"]);
});

test("an account that is deleted is gone, and the plan stays here without a word of it", async () => {
  const { device, code } = await backedUp("a");
  await device.deleteAccount();
  expect([device.backup.value, server.accounts, plan(device), settings(device)]).toEqual([
    "off",
    [],
    ["a"],
    [],
  ]);
  const again = await device.beginBackup("/words.json");
  expect(again).not.toBe(code);
  await device.finishBackup();
  await settled(device);
});

test("a deletion without an answer is found out by the next try", async () => {
  const { device } = await backedUp("a");
  server.faults = ["none", "answer lost"];
  expect(await refusal(device.deleteAccount())).toBe("no_answer");
  expect([server.accounts, device.backup.value]).toEqual([[], "saved"]);
  await device.deleteAccount();
  expect([device.backup.value, settings(device)]).toEqual(["off", []]);
});

test("signed out is not deleted: the account stays, and so does the backup's word", async () => {
  const { device } = await backedUp("a");
  server.session = null;
  expect(await refusal(device.deleteAccount())).toBe("signed_out");
  expect([server.accounts.length, settings(device).length]).toEqual([1, 1]);
  server.faults = [problem(403, "proof_failed")];
  expect(await refusal(device.deleteAccount())).toBe("proof_failed");
});

test("nothing is asked by those who sign out; what is unsent holds them back", async () => {
  const { device } = await backedUp("a");
  write(device.tab, "b");
  expect(await refusal(device.leave())).toBe("unsent");
  await device.backUp();
  await device.leave();
  expect([device.backup.value, server.session, plan(device)]).toEqual(["off", null, ["a", "b"]]);
  const asked = server.asked.length;
  write(device.tab, "c");
  await device.backUp();
  expect(server.asked.length).toBe(asked);
});
