// From a passphrase and a name to the keys that sign in and that open the passphrase's slot.
import { Refused } from "../core/refused";
import { LABEL, secretKeys, type SecretKeys } from "./account-keys";
import { toUtf8 } from "./bytes";
import { keyOf, sha256 } from "./primitives";

const SHORTEST = 15; // code points of one that is chosen now
const LONGEST = 1024; // code points, before NFKC
const NAME = /^[a-z]{3,9}-[a-z]{3,9}-[0-9]{4}$/;

/** Argon2id of suite 1; see device/stretch. */
export type Stretch = (password: Uint8Array, salt: Uint8Array) => Promise<Uint8Array>;

/**
 * `host` is as in the address, without a port; `name` as readName gives it. Throws
 * Refused("bad_passphrase"): empty, too long, or half a surrogate pair in it.
 */
export async function passphraseKeys(
  host: string,
  name: string,
  passphrase: string,
  stretch: Stretch,
): Promise<SecretKeys> {
  const stretched = await stretch(normalised(passphrase), await saltOf(host, name));
  return secretKeys(await keyOf(stretched), "passphrase");
}

/** The client's own sum, so that no server can choose it: 16 bytes. */
async function saltOf(host: string, name: string): Promise<Uint8Array> {
  const lower = toUtf8(host.toLowerCase());
  const label = toUtf8(`${LABEL}pw-salt\0`);
  const length = [lower.length >> 8, lower.length & 255];
  return (await sha256(Uint8Array.of(...label, ...length, ...lower, ...toUtf8(name)))).slice(0, 16);
}

/** Of one that is chosen now: rejects with Refused("passphrase_short") under 15 characters, and with
 *  Refused("passphrase_common") where many have chosen it. `read` gives the first four bytes of
 *  each one's hash, folded as in app/content/common_passphrases.py; what it rejects with is told. */
export async function checkNew(passphrase: string, read: () => Promise<Uint8Array>): Promise<void> {
  if ([...passphrase].length < SHORTEST) throw new Refused("passphrase_short");
  const common = await read();
  const folded = passphrase.normalize("NFKC").toLowerCase();
  const hash = await sha256(toUtf8(folded.replace(/[^\p{L}\p{N}]/gu, "")));
  for (let at = 0; at < common.length; at += 4)
    if ([0, 1, 2, 3].every((n) => hash[n] === common[at + n]))
      throw new Refused("passphrase_common");
}

/** NFKC and nothing else: what was typed is neither trimmed nor folded. */
export function normalised(passphrase: string): Uint8Array {
  if (!passphrase || [...passphrase].length > LONGEST || /\p{Cs}/u.test(passphrase))
    throw new Refused("bad_passphrase");
  return toUtf8(passphrase.normalize("NFKC"));
}

/** An account's name as a person types it: any case, spaces for hyphens. Throws Refused("bad_name"). */
export function readName(typed: string): string {
  const lower = typed.trim().toLowerCase();
  const name = lower.replace(/[\s\p{Pd}]+/gu, "-");
  if (!NAME.test(name)) throw new Refused("bad_name");
  return name;
}
