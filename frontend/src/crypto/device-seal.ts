// What this device keeps, sealed under a key that was drawn on it and cannot be read out again.
import { Refused } from "../core/refused";
import { KIND, open, seal } from "./envelope";
import { derive, hkdfKey, randomBytes, sha256 } from "./primitives";

type Bytes = Uint8Array<ArrayBuffer>;

/** One envelope, and more of them only where the plan is larger than an envelope may be. */
export interface Sealed {
  /** SHA-256 of this one is the parent of the next revision. */
  envelope: Bytes;
  more: Bytes[];
}

/** Which plan, which revision of it, and what it follows: SHA-256 of the former envelope. */
export interface Place {
  /** 16 random bytes. */
  object: Uint8Array;
  revision: number;
  parent: Uint8Array;
}

const PIECE = 256 * 1024 - 4; // plaintext bytes that fit the largest envelope
const NOBODY = new Uint8Array(16); // the device's own copies belong to no account

/** 32 random bytes as a key; the bytes themselves are wiped and kept nowhere. */
export async function drawDeviceKey(): Promise<CryptoKey> {
  return wiped(randomBytes(32));
}

/**
 * A larger plan is cut into pieces, each an envelope with an object id of its own and the piece
 * before it as parent, so that none can be left out, swapped or taken from another revision.
 */
export async function sealOnDevice(
  deviceKey: CryptoKey,
  { object, revision, parent }: Place,
  plaintext: Uint8Array,
): Promise<Sealed> {
  const key = await dataKey(deviceKey);
  const sealPiece = async (at: number, before: Uint8Array): Promise<Bytes> =>
    seal(
      {
        key,
        kind: KIND.device,
        account: NOBODY,
        object: await pieceId(object, at),
        revision,
        parent: before,
      },
      plaintext.subarray(at * PIECE, (at + 1) * PIECE),
    );
  const envelope = await sealPiece(0, parent);
  const more: Bytes[] = [];
  for (let at = 1; at * PIECE < plaintext.length; at++)
    more.push(await sealPiece(at, await sha256(more.at(-1) ?? envelope)));
  return { envelope, more };
}

/** Throws Refused with an envelope's code; `wrong_parent` when the pieces are not of one chain. */
export async function openOnDevice(
  deviceKey: CryptoKey,
  { object, revision }: Omit<Place, "parent">,
  { envelope, more }: Sealed,
): Promise<Bytes> {
  const key = await dataKey(deviceKey);
  const pieces: Bytes[] = [];
  let before: Bytes | undefined;
  for (const [at, bytes] of [envelope, ...more].entries()) {
    const expected = { key, kind: KIND.device, account: NOBODY, minRevision: revision };
    const piece = await open({ ...expected, object: await pieceId(object, at) }, bytes);
    if (piece.revision !== revision) throw new Refused("rollback");
    if (before && !piece.parent.every((byte, i) => byte === before?.[i]))
      throw new Refused("wrong_parent");
    before = more.length ? await sha256(bytes) : before;
    pieces.push(piece.plaintext);
  }
  return joined(pieces);
}

/** One run of bytes from several. */
export function joined(pieces: Uint8Array[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

async function pieceId(object: Uint8Array, at: number): Promise<Uint8Array> {
  return at ? (await sha256(joined([object, Uint8Array.of(at)]))).slice(0, 16) : object;
}

const dataKeys = new WeakMap<CryptoKey, Promise<CryptoKey>>();

/** data/device, derived once a running. */
function dataKey(deviceKey: CryptoKey): Promise<CryptoKey> {
  let key = dataKeys.get(deviceKey);
  if (!key)
    dataKeys.set(deviceKey, (key = derive(deviceKey, "safety-plan/v1/data/device").then(wiped)));
  return key;
}

async function wiped(raw: Bytes): Promise<CryptoKey> {
  const key = await hkdfKey(raw);
  raw.fill(0);
  return key;
}
