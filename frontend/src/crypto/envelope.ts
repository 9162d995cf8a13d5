// The envelope: the one format of all sealed bytes (docs/protocol.md, "The envelope").
import { joined, toUtf8 } from "./bytes";
import { BUCKETS, HEAD, LENGTH, NEWEST_SCHEMA, PREFIX, SLOT, type Expected } from "./envelope-open";
import { isKnown, isSlot, keysOf, refuse } from "./envelope-open";
import { aesSeal, randomBytes, type Bytes } from "./primitives";
export { KIND, open, type Expected, type Opened } from "./envelope-open";

const MAGIC = toUtf8("SPE1");

/** Account and object are 16 bytes; the account is zeros for shares, exports and device copies. */
export interface Sealing extends Omit<Expected, "minRevision"> {
  schema?: number;
  /** 1 … 2^53-1. */
  revision: number;
  /** SHA-256 of the whole previous envelope; 32 zeros at revision 1. */
  parent: Uint8Array;
  /** 32 bytes; given only by tests: a salt used twice for one revision gives the same key. */
  salt?: Uint8Array;
}

/** Throws Refused: kind_unknown, bad_revision, bad_schema, newer_schema, too_large, bad_padding. */
export async function seal(sealing: Sealing, plaintext: Uint8Array): Promise<Bytes> {
  const prefix = writeHead(sealing);
  const padded = pad(sealing.kind, plaintext);
  prefix.set(fit(sealing.salt ?? randomBytes(32), 32), HEAD);
  const [key, nonce, commitment] = await keysOf(sealing.key, prefix);
  prefix.set(commitment, PREFIX - 32);
  return joined([prefix, await aesSeal(key, nonce, prefix, padded)]);
}

/** Bytes 0 … 144, salt and commitment still to come. */
function writeHead(sealing: Sealing): Bytes {
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

function pad(kind: number, plaintext: Uint8Array): Uint8Array {
  if (isSlot(kind)) return plaintext.length === SLOT ? plaintext : refuse("bad_padding");
  const bucket = BUCKETS.find((size) => plaintext.length + LENGTH <= size) ?? refuse("too_large");
  const padded = new Uint8Array(bucket);
  new DataView(padded.buffer).setUint32(0, plaintext.length);
  padded.set(plaintext, LENGTH);
  return padded;
}

function fit(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new RangeError(`${length} bytes expected`);
  return bytes;
}
