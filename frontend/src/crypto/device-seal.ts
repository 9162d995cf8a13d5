// What this device keeps, sealed under a key that was drawn on it and cannot be read out again.
import { dataKey, NOBODY, pieceId, type Sealed } from "./device-open";
import { seal, type Sealing } from "./envelope";
import { KIND } from "./envelope-open";
import { keyOf, randomBytes, sha256, type Bytes } from "./primitives";
export { openOnDevice, type Sealed } from "./device-open";

/**
 * Plaintext bytes of a piece. Chromium writes a record over 64 KiB beside its database, which takes
 * a page that lives on (seen); an envelope of 64 KiB is just over that, one of 32 well under.
 */
const PIECE = 32 * 1024 - 4;

/** 32 random bytes as a key; the bytes themselves are wiped and kept nowhere. */
export const drawDeviceKey = (): Promise<CryptoKey> => keyOf(randomBytes(32));

/**
 * A larger plan is cut into pieces, each an envelope with an object id of its own and the piece
 * before it as parent, so that none can be left out, swapped or taken from another revision.
 */
export async function sealOnDevice(
  deviceKey: CryptoKey,
  { object, revision, parent: former }: Pick<Sealing, "object" | "revision" | "parent">,
  plaintext: Uint8Array,
): Promise<Sealed> {
  const place = { key: await dataKey(deviceKey), kind: KIND.device, account: NOBODY, revision };
  const sealPiece = async (at: number, parent: Uint8Array): Promise<Bytes> => {
    const piece = plaintext.subarray(at * PIECE, (at + 1) * PIECE);
    return seal({ ...place, object: await pieceId(object, at), parent }, piece);
  };
  const envelope = await sealPiece(0, former);
  const more: Bytes[] = [];
  for (let at = 1; at * PIECE < plaintext.length; at++)
    more.push(await sealPiece(at, await sha256(more.at(-1) ?? envelope)));
  return { envelope, more };
}
