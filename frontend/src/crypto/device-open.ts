// What this device keeps, opened: the half of device-seal.ts that the way to the plan needs.
import { joined } from "./bytes";
import { KIND, open, refuse } from "./envelope-open";
import { derivedKey, sha256, type Bytes } from "./primitives";

/** One envelope, and more of them only where the plan is larger than a piece may be. */
export interface Sealed {
  /** SHA-256 of this one is the parent of the next revision. */
  envelope: Bytes;
  more: Bytes[];
}

/** The device's own copies belong to no account. */
export const NOBODY = new Uint8Array(16);

/** Throws Refused with an envelope's code; `wrong_parent` when the pieces are not of one chain. */
export async function openOnDevice(
  deviceKey: CryptoKey,
  { object, revision }: { object: Uint8Array; revision: number },
  { envelope, more }: Sealed,
): Promise<Bytes> {
  const key = await dataKey(deviceKey);
  const pieces: Bytes[] = [];
  let before: Bytes | undefined;
  for (const [at, bytes] of [envelope, ...more].entries()) {
    const expected = { key, kind: KIND.device, account: NOBODY, minRevision: revision };
    const piece = await open({ ...expected, object: await pieceId(object, at) }, bytes);
    if (piece.revision !== revision) refuse("rollback");
    if (before && !piece.parent.every((byte, i) => byte === before?.[i])) refuse("wrong_parent");
    before = more.length ? await sha256(bytes) : before;
    pieces.push(piece.plaintext);
  }
  return joined(pieces);
}

/** Of the piece at this place in a plan's chain: the first has the plan's own. */
export const pieceId = async (object: Uint8Array, at: number): Promise<Uint8Array> =>
  at ? (await sha256(joined([object, Uint8Array.of(at)]))).slice(0, 16) : object;

const dataKeys = new WeakMap<CryptoKey, Promise<CryptoKey>>();

/** data/device, derived once a running. */
export function dataKey(deviceKey: CryptoKey): Promise<CryptoKey> {
  let key = dataKeys.get(deviceKey);
  if (!key) dataKeys.set(deviceKey, (key = derivedKey(deviceKey, "safety-plan/v1/data/device")));
  return key;
}
