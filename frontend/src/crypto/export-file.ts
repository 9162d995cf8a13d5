// The locked file that a person takes out of the browser (docs/protocol.md, "Export").
import { LABEL } from "./account-keys";
import { joined, toUtf8 } from "./bytes";
import { NOBODY } from "./device-open";
import { KIND, seal } from "./envelope";
import { checkNew, normalised, type Stretch } from "./passphrase";
import { derivedKey, keyOf, randomBytes, sha256 } from "./primitives";

const BEGINNING = toUtf8("SPX1\u0001"); // and Argon2id's suite 1

/**
 * A whole file, which `python -m app open` opens; `plaintext` is the plan as JSON in UTF-8. Throws
 * Refused: what checkNew is refused with, `bad_passphrase`, `too_large`, and what `stretch` is refused with.
 */
export async function sealExport(
  passphrase: string,
  common: () => Promise<Uint8Array>,
  plaintext: Uint8Array,
  stretch: Stretch,
) {
  await checkNew(passphrase, common);
  const salt = randomBytes(16);
  const base = await keyOf(await stretch(normalised(passphrase), salt));
  const key = await derivedKey(base, `${LABEL}export/kek`);
  const head = joined([BEGINNING, salt]);
  const object = (await sha256(head)).slice(0, 16);
  const place = { account: NOBODY, object, revision: 1, parent: new Uint8Array(32) };
  return joined([head, await seal({ key, kind: KIND.export, ...place }, plaintext)]);
}
