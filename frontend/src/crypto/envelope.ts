// The envelope: the one format of all sealed bytes (docs/protocol.md, "The envelope").
import { Refused } from "../core/refused";
import { aesOpen, aesSeal, derive, randomBytes } from "./primitives";
import { toUtf8 } from "./bytes";

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

const NEWEST_SCHEMA = 1;
const HEAD = 80; // what the keys are bound to: everything before the salt
const PREFIX = 144; // head, salt, commitment: what the tag is bound to
const TAG = 16;
const LARGEST = 512 * 1024; // of a whole envelope that is looked at
const SLOT = 32; // a slot's plaintext: a bare key
const BUCKETS = [8, 16, 32, 64, 128, 256].map((kib) => kib * 1024);
const LENGTH = 4; // the plaintext's own length, before it in its bucket
const MAGIC = toUtf8("SPE1");
const LABEL = toUtf8("safety-plan/v1/env\0");

export interface Sealing {
  /** HKDF key; see hkdfKey in primitives. */
  key: CryptoKey;
  kind: number;
  schema?: number;
  /** 16 bytes; zeros for shares, exports and the device's own copies. */
  account: Uint8Array;
  /** 16 bytes. */
  object: Uint8Array;
  /** 1 … 2^53-1. */
  revision: number;
  /** SHA-256 of the whole previous envelope; 32 zeros at revision 1. */
  parent: Uint8Array;
  /** 32 bytes; given only by tests: a salt used twice for one revision gives the same key. */
  salt?: Uint8Array;
}

/** What the caller knows already: nothing that an envelope says of itself is acted on. */
export interface Expected {
  key: CryptoKey;
  kind: number;
  account: Uint8Array;
  object: Uint8Array;
  minRevision: number;
}

export interface Opened {
  plaintext: Uint8Array<ArrayBuffer>;
  revision: number;
  parent: Uint8Array<ArrayBuffer>;
  schema: number;
}

const isSlot = (kind: number): boolean => kind >> 2 === 4;

function refuse(code: string): never {
  throw new Refused(code);
}

/** Throws Refused: kind_unknown, bad_revision, bad_schema, newer_schema, too_large, bad_padding. */
export async function seal(
  sealing: Sealing,
  plaintext: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const prefix = writeHead(sealing);
  const padded = pad(sealing.kind, plaintext);
  prefix.set(fit(sealing.salt ?? randomBytes(32), 32), HEAD);
  const [key, nonce, commitment] = await keysOf(sealing.key, prefix);
  prefix.set(commitment, PREFIX - 32);
  const sealed = await aesSeal(key, nonce, prefix, padded);
  const envelope = new Uint8Array(PREFIX + sealed.length);
  envelope.set(prefix);
  envelope.set(sealed, PREFIX);
  return envelope;
}

/**
 * The checks stand in the order of docs/protocol.md, each with its code; the bytes are copied
 * first, so that nobody can change them between a check and their use.
 */
export async function open(expected: Expected, given: Uint8Array): Promise<Opened> {
  if (given.length < PREFIX + TAG) refuse("truncated");
  if (given.length > LARGEST) refuse("too_large");
  const bytes = new Uint8Array(given);
  const { schema, revision, slotShaped } = readHead(expected, bytes);
  const [key, nonce, commitment] = await keysOf(expected.key, bytes);
  if (!isSame(commitment, bytes.subarray(PREFIX - 32, PREFIX))) refuse("wrong_key_or_altered");
  const padded = await aesOpen(key, nonce, bytes.subarray(0, PREFIX), bytes.subarray(PREFIX)).catch(
    () => refuse("wrong_key_or_altered"),
  );
  const plaintext = isSlot(expected.kind) ? slotKey(padded, slotShaped) : unpad(padded);
  if (schema === 0) refuse("bad_schema");
  if (schema > NEWEST_SCHEMA) refuse("newer_schema");
  return { plaintext, revision, parent: bytes.slice(48, HEAD), schema };
}

function isKnown(kind: number): boolean {
  return Object.values<number>(KIND).includes(kind);
}

/** Bytes 0 … 144, salt and commitment still to come. */
function writeHead(sealing: Sealing): Uint8Array<ArrayBuffer> {
  const { kind, schema = NEWEST_SCHEMA, revision } = sealing;
  if (!isKnown(kind)) refuse("kind_unknown");
  if (!Number.isSafeInteger(revision) || revision < 1) refuse("bad_revision");
  if (!Number.isInteger(schema) || schema < 1) refuse("bad_schema");
  if (schema > NEWEST_SCHEMA) refuse("newer_schema");
  const head = new Uint8Array(PREFIX);
  const view = new DataView(head.buffer);
  head.set(MAGIC);
  view.setUint16(4, 256 + kind); // suite 1, then the kind
  view.setUint16(6, schema);
  head.set(fit(sealing.account, 16), 8);
  head.set(fit(sealing.object, 16), 24);
  view.setBigUint64(40, BigInt(revision));
  head.set(fit(sealing.parent, 32), 48);
  return head;
}

/** What can be refused without any key, in its order. */
function readHead(expected: Expected, bytes: Uint8Array<ArrayBuffer>) {
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
async function keysOf(
  base: CryptoKey,
  prefix: Uint8Array,
): Promise<[Uint8Array, Uint8Array, Uint8Array]> {
  const info = new Uint8Array(LABEL.length + HEAD);
  info.set(LABEL);
  info.set(prefix.subarray(0, HEAD), LABEL.length);
  const okm = await derive(base, info, 76, prefix.slice(HEAD, HEAD + 32));
  return [okm.subarray(0, 32), okm.subarray(32, 44), okm.subarray(44)];
}

function pad(kind: number, plaintext: Uint8Array): Uint8Array {
  if (isSlot(kind)) return plaintext.length === SLOT ? plaintext : refuse("bad_padding");
  const bucket = BUCKETS.find((size) => plaintext.length + LENGTH <= size) ?? refuse("too_large");
  const padded = new Uint8Array(bucket);
  new DataView(padded.buffer).setUint32(0, plaintext.length);
  padded.set(plaintext, LENGTH);
  return padded;
}

function unpad(padded: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!BUCKETS.includes(padded.length)) refuse("bad_padding");
  const end = LENGTH + new DataView(padded.buffer).getUint32(0);
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) refuse("bad_padding");
  return padded.slice(LENGTH, end);
}

function slotKey(plaintext: Uint8Array<ArrayBuffer>, slotShaped: boolean): Uint8Array<ArrayBuffer> {
  return slotShaped && plaintext.length === SLOT ? plaintext : refuse("bad_padding");
}

function fit(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new RangeError(`${length} bytes expected`);
  return bytes;
}

/** In constant time for equal lengths. */
function isSame(left: Uint8Array, right: Uint8Array): boolean {
  let difference = left.length ^ right.length;
  left.forEach((byte, at) => (difference |= byte ^ (right[at] ?? 0)));
  return difference === 0;
}
