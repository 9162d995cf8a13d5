// The account's keys against the vectors: passphrase, recovery code, data key, and their slots.
import { expect, test } from "vitest";
import { planKey, secretKeys } from "../../../frontend/src/crypto/account-keys";
import { toHex } from "../../../frontend/src/crypto/bytes";
import { unwrap, wrap } from "../../../frontend/src/crypto/key-slots";
import * as passphrase from "../../../frontend/src/crypto/passphrase";
import { derive, hkdfKey, keyOf } from "../../../frontend/src/crypto/primitives";
import * as recovery from "../../../frontend/src/crypto/recovery-code";
import { fromHex } from "./hex";
import { read } from "./vectors";

interface Stretched extends Record<
  "host" | "account_name" | "passphrase" | "salt" | "stretched" | "auth_key" | "wrapping_key",
  string
> {}
interface Code extends Record<"secret" | "code" | "lookup" | "auth_key" | "wrapping_key", string> {}

const words = read<{ vectors: Stretched[] }>("passphrase-v1.json").vectors;
const codes = read<{
  codes: Code[];
  accepted: string[];
  refused: { code: string; error: string }[];
}>("recovery-code-v1.json");
const keys = read<Record<string, string>>("keys-v1.json");

/** Two keys that cannot be read out are one when they derive the same. */
const shown = async (key: CryptoKey): Promise<string> => toHex(await derive(key, "test"));
const same = async (key: CryptoKey, hex: string): Promise<void> =>
  expect(await shown(key)).toBe(await shown(await hkdfKey(fromHex(hex))));
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    ({ code }: { code: string }) => code,
  );

test.each(words)("a passphrase and a name give the vectors' keys: $account_name", async (one) => {
  const stretch = async (_: Uint8Array, salt: Uint8Array): Promise<Uint8Array> => {
    expect(toHex(salt)).toBe(one.salt);
    return fromHex(one.stretched);
  };
  const { host, account_name: name } = one;
  const made = await passphrase.passphraseKeys(host, name, one.passphrase, stretch);
  expect(toHex(made.auth)).toBe(one.auth_key);
  await same(made.wrapping, one.wrapping_key);
  expect(made.wrapping.extractable).toBe(false);
});

test("nothing of a passphrase is trimmed; too long, empty and ill-formed ones are refused", () => {
  expect(passphrase.normalised("é")).toEqual(passphrase.normalised("é"));
  expect(passphrase.normalised(" a ")).not.toEqual(passphrase.normalised("a"));
  expect(passphrase.normalised("🌊".repeat(1024)).length).toBe(4096);
  for (const bad of ["", "a".repeat(1025), "\ud800"])
    expect(() => passphrase.normalised(bad)).toThrow("bad_passphrase");
});

test("a name is read as it is typed, and anything else is none", () => {
  expect(passphrase.readName("  Quiet Maple–4821 ")).toBe("quiet-maple-4821");
  for (const bad of ["quiet-maple", "qu-maple-4821", "quiet-maple-48211", "quiet-máple-4821", ""])
    expect(() => passphrase.readName(bad)).toThrow("bad_name");
});

test.each(codes.codes)("a recovery code gives the vectors' keys: $code", async (one) => {
  const secret = await recovery.readCode(one.code);
  expect(toHex(secret)).toBe(one.secret);
  expect(await recovery.writtenCode(secret)).toBe(one.code);
  const made = await recovery.recoveryKeys(secret);
  expect([toHex(made.lookup), toHex(made.auth)]).toEqual([one.lookup, one.auth_key]);
  await same(made.wrapping, one.wrapping_key);
});

test.each(codes.accepted)("is read however it is typed: %j", async (typed) => {
  expect(toHex(await recovery.readCode(typed))).toBe(codes.codes[0]?.secret);
});

test("letters that look alike are one, wherever they stand", async () => {
  const zeros = codes.codes[1]!; // 0000-0000-… in all eight groups of its secret
  for (const letter of ["O", "o"]) {
    const typed = zeros.code.replaceAll("0", letter);
    expect(toHex(await recovery.readCode(typed))).toBe(zeros.secret);
  }
  expect(recovery.readLetters("iIlL-oO01")).toBe("11110001");
});

test.each(codes.refused)("$code is refused as $error, and is not told back", async (one) => {
  const refusal = await recovery.readCode(one.code).catch((error: Error) => error);
  expect(refusal).toMatchObject({ code: one.error });
  expect(String((refusal as Error).message)).not.toContain(one.code);
});

test("the plan's key is data/plan of the data key, and neither can be read out", async () => {
  const dataKey = await keyOf(fromHex(keys.data_key as string));
  await same(await planKey(dataKey), keys["data/plan"] as string);
  expect([dataKey.extractable, (await planKey(dataKey)).extractable]).toEqual([false, false]);
});

test("a slot opens with its own secret alone, for its own account and kind", async () => {
  const [ours, other] = [
    await hkdfKey(new Uint8Array(32)),
    await hkdfKey(fromHex("01".repeat(32))),
  ];
  const wrapping = (await secretKeys(ours, "passphrase")).wrapping;
  const account = new Uint8Array(16).fill(7);
  const raw = fromHex("ab".repeat(32));
  const slot = await wrap({ kind: "passphrase", wrapping }, account, raw);
  expect(slot.envelope.length).toBe(192);
  expect(await unwrap({ kind: "passphrase", wrapping }, account, [slot])).toEqual(raw);
  const open = (kind: "passphrase" | "recovery", by: CryptoKey, of: Uint8Array, one = slot) =>
    codeOf(unwrap({ kind, wrapping: by }, of, [one]));
  expect(await open("recovery", wrapping, account)).toBe("no_slot");
  expect(await open("recovery", wrapping, account, { ...slot, kind: "recovery" })).toBe(
    "wrong_kind",
  );
  expect(await open("passphrase", other, account)).toBe("wrong_key_or_altered");
  expect(await open("passphrase", wrapping, new Uint8Array(16))).toBe("wrong_account");
  const moved = { ...slot, id: new Uint8Array(16) as Uint8Array<ArrayBuffer> };
  expect(await open("passphrase", wrapping, account, moved)).toBe("wrong_object");
});
