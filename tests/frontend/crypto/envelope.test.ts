// The envelope against its vectors, and against damage of every kind.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Refused } from "../../../frontend/src/core/refused";
import { fromBase64url } from "../../../frontend/src/crypto/bytes";
import * as envelope from "../../../frontend/src/crypto/envelope";
import {
  KIND,
  open,
  seal,
  type Expected,
  type Sealing,
} from "../../../frontend/src/crypto/envelope";
import { hkdfKey, randomBytes } from "../../../frontend/src/crypto/primitives";
import { mutations } from "./mutations";
import {
  bad,
  baseKey,
  codeOf,
  expectedOf,
  expectedOfBad,
  good,
  plaintextOf,
  read,
  sealAgain,
} from "./vectors";

const PLAN: Sealing = {
  key: baseKey,
  kind: KIND.plan,
  account: new Uint8Array(16).fill(0xa0),
  object: new Uint8Array(16).fill(0xb1),
  revision: 1,
  parent: new Uint8Array(32),
};
const EXPECTED: Expected = { ...PLAN, minRevision: 1 };

const plan = good[0] ?? expect.fail();
const slot = good.find((one) => one.kind === KIND.slotPin) ?? expect.fail();
const bytesOf = (one: { envelope?: string }): Uint8Array => fromBase64url(one.envelope ?? "");
const hash = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");
const refusal = (bytes: Uint8Array, expected = EXPECTED): Promise<string> =>
  codeOf(envelope, expected, bytes);

test.each(good)("kind $kind, revision $revision is made to the byte and opens", async (one) => {
  const sealed = await sealAgain(envelope, one);
  expect(sealed.length).toBe(one.size);
  expect(hash(sealed)).toBe(one.envelope_sha256);
  if (one.envelope !== undefined) expect(hash(bytesOf(one))).toBe(one.envelope_sha256);
  const opened = await open(await expectedOf(one), sealed);
  expect(hash(opened.plaintext)).toBe(hash(plaintextOf(one)));
  expect(opened).toMatchObject({ revision: one.revision, schema: one.schema });
  expect(Buffer.from(opened.parent).toString("hex")).toBe(one.parent);
});

test.each(bad)("$error: $why", async (one) => {
  expect(await refusal(bytesOf(one), expectedOfBad(one))).toBe(one.error);
});

test("anything over 512 KiB is refused before it is looked at", async () => {
  for (const one of good) {
    const longer = Buffer.concat([await sealAgain(envelope, one), Buffer.alloc(524_288)]);
    expect(await refusal(longer, await expectedOf(one))).toBe("too_large");
  }
  expect(await refusal(new Uint8Array(524_289))).toBe("too_large");
  expect(await refusal(new Uint8Array(524_288))).toBe("not_an_envelope");
});

test("262,141 bytes cannot be sealed", async () => {
  await expect(seal(PLAN, new Uint8Array(262_141))).rejects.toThrow(new Refused("too_large"));
  expect((await seal(PLAN, new Uint8Array(262_140))).length).toBe(144 + 262_144 + 16);
});

describe("damage", () => {
  test("every flipped bit of a slot is refused", async () => {
    const expected = await expectedOf(slot);
    const opened: number[] = [];
    for (let bit = 0; bit < 8 * slot.size; bit++)
      if ((await refusal(flipped(bytesOf(slot), bit), expected)) === "open") opened.push(bit);
    expect(opened).toEqual([]);
    expect(await refusal(bytesOf(slot), expected)).toBe("open");
  });

  test("flipped bits all over a plan are refused", async () => {
    const expected = await expectedOf(plan);
    const sealed = bytesOf(plan);
    for (let bit = 0; bit < 8 * sealed.length; bit += bit < 8 * 192 ? 1 : 61)
      expect(await refusal(flipped(sealed, bit), expected)).not.toBe("open");
  });

  test("every shorter length is refused", async () => {
    const expected = await expectedOf(slot);
    for (let length = 0; length < slot.size; length++)
      expect(await refusal(bytesOf(slot).subarray(0, length), expected)).toBe(
        length < 160 ? "truncated" : "wrong_key_or_altered",
      );
  });

  /** KEEL_MUTATIONS=100000 is what the soak asks for. */
  test("mutations are refused with the codes that Python gives", { timeout: 180_000 }, async () => {
    const run = read<{
      seed: number;
      bases: number[];
      digests: Record<string, string>;
      first: string;
    }>("mutations-v1.json");
    const count = Number(process.env.KEEL_MUTATIONS ?? 10_000);
    const cases = run.bases.map((at) => good[at] ?? expect.fail());
    const expected = await Promise.all(cases.map(expectedOf));
    const codes: string[] = [];
    for (const { base, damaged } of mutations(cases.map(bytesOf), count, run.seed))
      codes.push(await refusal(damaged, expected[base]));
    expect(codes.slice(0, 2000)).toEqual(run.first.split("\n"));
    expect(hash(codes.join("\n"))).toBe(run.digests[String(count)]);
  });

  test("another key opens nothing", async () => {
    const other = { ...EXPECTED, key: await hkdfKey(randomBytes(32)) };
    expect(await refusal(await seal(PLAN, new Uint8Array(2)), other)).toBe("wrong_key_or_altered");
  });

  test("bytes that change after the call change nothing", async () => {
    const bytes = bytesOf(plan);
    const opening = open(await expectedOf(plan), bytes);
    bytes.fill(0);
    expect(new TextDecoder().decode((await opening).plaintext)).toBe("{}");
  });
});

describe("sealing", () => {
  test("what is sealed opens again, whatever its size", async () => {
    for (const size of [0, 1, 8_187, 8_188, 8_189, 65_532, 262_140]) {
      const plaintext = new Uint8Array(size).map((_, at) => at * 7);
      const sealed = await seal({ ...PLAN, kind: KIND.device, revision: 2 ** 53 - 1 }, plaintext);
      const opened = await open({ ...EXPECTED, kind: KIND.device }, sealed);
      expect(hash(opened.plaintext)).toBe(hash(plaintext));
    }
  });

  test("two seals of one plan share no salt and no ciphertext", async () => {
    const [first, second] = await Promise.all([
      seal(PLAN, new Uint8Array(2)),
      seal(PLAN, new Uint8Array(2)),
    ]);
    expect(first.slice(0, 80)).toEqual(second.slice(0, 80));
    expect(first.slice(80, 112)).not.toEqual(second.slice(80, 112));
    expect(first.slice(144)).not.toEqual(second.slice(144));
  });

  test.each([
    [{ kind: 4 }, "kind_unknown"],
    [{ revision: 0 }, "bad_revision"],
    [{ revision: 2 ** 53 }, "bad_revision"],
    [{ revision: 1.5 }, "bad_revision"],
    [{ schema: 0 }, "bad_schema"],
    [{ schema: 2 }, "newer_schema"],
    [{ kind: KIND.slotPin }, "bad_padding"],
  ])("%o is not sealed: %s", async (wrong, code) => {
    await expect(seal({ ...PLAN, ...wrong }, new Uint8Array(2))).rejects.toThrow(new Refused(code));
  });

  test.each(["account", "object", "parent", "salt"])(
    "%s of another length is our mistake",
    async (name) => {
      const wrong = { ...PLAN, [name]: new Uint8Array(5) };
      await expect(seal(wrong, new Uint8Array(2))).rejects.toThrow(RangeError);
    },
  );

  test("sealing and opening one plan takes less than 5 ms", async () => {
    const plaintext = new Uint8Array(16_000);
    const rounds: number[] = [];
    for (let round = 0; round < 30; round++) {
      const started = performance.now();
      await open(EXPECTED, await seal(PLAN, plaintext));
      rounds.push(performance.now() - started);
    }
    expect(Math.min(...rounds)).toBeLessThan(5);
  });
});

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const made = Uint8Array.from(bytes);
  made[bit >> 3] = (made[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return made;
}
