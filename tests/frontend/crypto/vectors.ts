// Reading the vectors, and one run over all of them that any implementation can be put through.
import { readFileSync } from "node:fs";
import { fromBase64url, toUtf8 } from "../../../frontend/src/crypto/bytes";
import type { Expected, Opened, Sealing } from "../../../frontend/src/crypto/envelope";
import { hkdfKey } from "../../../frontend/src/crypto/primitives";
import { fromHex } from "./hex";

export interface Implementation {
  seal(sealing: Sealing, plaintext: Uint8Array): Promise<Uint8Array>;
  open(expected: Expected, bytes: Uint8Array): Promise<Opened>;
}

export interface Good {
  kind: number;
  schema: number;
  account: string;
  object: string;
  revision: number;
  parent: string;
  salt: string;
  base_key: string;
  plaintext?: string;
  plaintext_hex?: string;
  plaintext_repeat?: [string, number];
  size: number;
  envelope_sha256: string;
  envelope?: string;
}

export interface Bad {
  error: string;
  why: string;
  expect: { kind: number; account: string; object: string; min_revision: number };
  envelope: string;
}

export function read<Shape>(name: string): Shape {
  return JSON.parse(
    readFileSync(new URL(`../../vectors/${name}`, import.meta.url), "utf8"),
  ) as Shape;
}

const given = read<{ base_key: string; good: Good[]; bad: Bad[] }>("envelope-v1.json");
export const good = given.good;
export const bad = [...given.bad, ...read<{ bad: Bad[] }>("refused-v1.json").bad];
export const baseKey = await hkdfKey(fromHex(given.base_key));

export function plaintextOf(one: Good): Uint8Array {
  if (one.plaintext_hex !== undefined) return fromHex(one.plaintext_hex);
  const [letter, times] = one.plaintext_repeat ?? [one.plaintext ?? "", 1];
  return toUtf8(letter.repeat(times));
}

export async function sealAgain({ seal }: Implementation, one: Good): Promise<Uint8Array> {
  const sealing: Sealing = {
    key: await hkdfKey(fromHex(one.base_key)),
    kind: one.kind,
    schema: one.schema,
    account: fromHex(one.account),
    object: fromHex(one.object),
    revision: one.revision,
    parent: fromHex(one.parent),
    salt: fromHex(one.salt),
  };
  return seal(sealing, plaintextOf(one));
}

/** What whoever sealed this good one would expect. */
export async function expectedOf(one: Good): Promise<Expected> {
  return {
    key: await hkdfKey(fromHex(one.base_key)),
    kind: one.kind,
    account: fromHex(one.account),
    object: fromHex(one.object),
    minRevision: one.revision,
  };
}

export function expectedOfBad({ expect }: Bad): Expected {
  return {
    key: baseKey,
    kind: expect.kind,
    account: fromHex(expect.account),
    object: fromHex(expect.object),
    minRevision: expect.min_revision,
  };
}

/** "open", or the code of the refusal; an error without a code is let through. */
export async function codeOf(
  { open }: Implementation,
  expected: Expected,
  bytes: Uint8Array,
): Promise<string> {
  try {
    await open(expected, bytes);
    return "open";
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if ((error as Error).name !== "Refused" || typeof code !== "string") throw error;
    return code;
  }
}

/** The bad ones that this implementation opens, or refuses for another reason. */
export async function wrongRefusals(implementation: Implementation): Promise<string[]> {
  const found: string[] = [];
  for (const one of bad) {
    const code = await codeOf(implementation, expectedOfBad(one), fromBase64url(one.envelope));
    if (code !== one.error) found.push(`${one.why}: ${code}, not ${one.error}`);
  }
  return found;
}
