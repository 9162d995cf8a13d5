// What this device keeps, sealed under a key that was drawn on it and cannot be read out again.
import { dataKey, NOBODY, pieceId, type Place, type Sealed } from "./device-open";
import { seal } from "./envelope";
import { KIND } from "./envelope-open";
import { keyOf, randomBytes, sha256 } from "./primitives";
export { joined, openOnDevice, type Sealed } from "./device-open";

type Bytes = Uint8Array<ArrayBuffer>;

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
