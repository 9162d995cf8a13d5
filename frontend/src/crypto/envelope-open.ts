// The envelope, opened: the half of envelope.ts that the way to the plan needs, and what both share.
import { Refused } from "../core/refused";
import { aesOpen, derive, type Bytes } from "./primitives";
import { joined, toUtf8 } from "./bytes";

export const KIND = {
  plan: 1,
  journal: 2,
  share: 3,
  slotPassphrase: 16,
  slotRecovery: 17,
  slotPasskey: 18,
  slotPin: 19,
  export: 32,
  device: 33,
} as const;

export const NEWEST_SCHEMA = 1;
export const HEAD = 80; // what the keys are bound to: everything before the salt
export const PREFIX = 144; // head, salt, commitment: what the tag is bound to
const TAG = 16;
const LARGEST = 512 * 1024; // of a whole envelope that is looked at
export const SLOT = 32; // a slot's plaintext: a bare key
export const BUCKETS = [8, 16, 32, 64, 128, 256].map((kib) => kib * 1024);
export const LENGTH = 4; // the plaintext's own length, before it in its bucket
const MAGIC = toUtf8("SPE1");
const LABEL = toUtf8("safety-plan/v1/env\0");

/** What the caller knows already: nothing that an envelope says of itself is acted on. */
export interface Expected {
  key: CryptoKey;
  kind: number;
  account: Uint8Array;
  object: Uint8Array;
  minRevision: number;
}

export type Opened = Awaited<ReturnType<typeof open>>;

export const isKnown = (kind: number) => Object.values<number>(KIND).includes(kind);

/** A way to unlock, whose plaintext is a bare key. */
export const isSlot = (kind: number) => kind >> 2 === 4;

export function refuse(code: string): never {
  throw new Refused(code);
}

/**
 * The checks stand in the order of docs/protocol.md, each with its code; the bytes are copied
 * first, so that nobody can change them between a check and their use.
 */
export async function open(expected: Expected, given: Uint8Array) {
  if (given.length < PREFIX + TAG) refuse("truncated");
  if (given.length > LARGEST) refuse("too_large");
  const bytes = new Uint8Array(given);
  const { schema, revision, slotShaped } = readHead(expected, bytes);
  const [key, nonce, commitment] = await keysOf(expected.key, bytes);
  if (!isSame(commitment, bytes.subarray(PREFIX - 32, PREFIX))) refuse("wrong_key_or_altered");
  const opening = aesOpen(key, nonce, bytes.subarray(0, PREFIX), bytes.subarray(PREFIX));
  const padded = await opening.catch(() => refuse("wrong_key_or_altered"));
  const plaintext = isSlot(expected.kind) ? slotKey(padded, slotShaped) : unpad(padded);
  if (schema === 0) refuse("bad_schema");
  if (schema > NEWEST_SCHEMA) refuse("newer_schema");
  return { plaintext, revision, parent: bytes.slice(48, HEAD), schema };
}

/** What can be refused without any key, in its order. */
function readHead(expected: Expected, bytes: Bytes) {
  const view = new DataView(bytes.buffer);
  if (!isSame(bytes.subarray(0, 4), MAGIC)) refuse("not_an_envelope");
  if (bytes[4] !== 1) refuse("suite_not_allowed");
  const kind = view.getUint8(5);
  if (!isKnown(kind)) refuse("kind_unknown");
  const revision = Number(view.getBigUint64(40));
  if (!Number.isSafeInteger(revision) || revision < 1) refuse("bad_revision");
  if (kind !== expected.kind) refuse("wrong_kind");
  if (!isSame(bytes.subarray(8, 24), expected.account)) refuse("wrong_account");
  if (!isSame(bytes.subarray(24, 40), expected.object)) refuse("wrong_object");
  if (revision < expected.minRevision) refuse("rollback");
  const slotShaped = revision === 1 && bytes.subarray(48, HEAD).every((byte) => byte === 0);
  return { schema: view.getUint16(6), revision, slotShaped };
}

/** Key 32, nonce 12 and commitment 32, all bound to every byte of the head and to the salt. */
export async function keysOf(base: CryptoKey, prefix: Uint8Array) {
  const info = joined([LABEL, prefix.subarray(0, HEAD)]);
  const okm = await derive(base, info, 76, prefix.slice(HEAD, HEAD + 32));
  return [okm.subarray(0, 32), okm.subarray(32, 44), okm.subarray(44)] as const;
}

function unpad(padded: Bytes): Bytes {
  if (!BUCKETS.includes(padded.length)) refuse("bad_padding");
  const end = LENGTH + new DataView(padded.buffer).getUint32(0);
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) refuse("bad_padding");
  return padded.slice(LENGTH, end);
}

const slotKey = (plaintext: Bytes, slotShaped: boolean): Bytes =>
  slotShaped && plaintext.length === SLOT ? plaintext : refuse("bad_padding");

/** In constant time for equal lengths. */
function isSame(left: Uint8Array, right: Uint8Array): boolean {
  let difference = left.length ^ right.length;
  left.forEach((byte, at) => (difference |= byte ^ (right[at] ?? 0)));
  return difference === 0;
}
