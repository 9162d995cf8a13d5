// The recovery code: 20 random bytes as nine groups of four letters, the last of which checks them.
import { Refused } from "../core/refused";
import { LABEL, secretKeys, type SecretKeys } from "./account-keys";
import { toUtf8 } from "./bytes";
import { derive, hkdfKey, randomBytes, sha256, type Bytes } from "./primitives";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no I, L, O, U
const WHOLE = new RegExp(`^[${ALPHABET}]{36}$`);
const LETTERS = 32; // of the secret, before the four that check it

/** Also what finds the account: 16 bytes. */
export type RecoveryKeys = SecretKeys & { lookup: Bytes };

export const drawSecret = (): Bytes => randomBytes(20);

/** As it is shown and printed: "CHJP-CSV8-…". */
export async function writtenCode(secret: Uint8Array): Promise<string> {
  const letters = base32(secret) + (await checkLetters(secret));
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/**
 * White space, dashes and case do not matter, and letters that look alike are one. Throws
 * Refused: `recovery_format`, or `recovery_typo` when the letters do not check.
 */
export async function readCode(typed: string): Promise<Bytes> {
  const letters = readLetters(typed);
  if (!WHOLE.test(letters)) throw new Refused("recovery_format");
  const values = [...letters.slice(0, LETTERS)].map((letter) => ALPHABET.indexOf(letter));
  const bits = values.map((value) => value.toString(2).padStart(5, "0")).join("");
  const secret = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
  if (letters.slice(LETTERS) !== (await checkLetters(secret))) throw new Refused("recovery_typo");
  return secret;
}

/** One group typed back, as a shown one is read; for comparing. */
export function readLetters(typed: string): string {
  const letters = typed.replace(/[\s\p{Pd}\u2212]+/gu, "").toUpperCase();
  return letters.replace(/O/g, "0").replace(/[IL]/g, "1");
}

export async function recoveryKeys(secret: Uint8Array): Promise<RecoveryKeys> {
  const base = await hkdfKey(secret);
  const lookup = await derive(base, `${LABEL}recovery/lookup`, 16);
  return { lookup, ...(await secretKeys(base, "recovery")) };
}

async function checkLetters(secret: Uint8Array): Promise<string> {
  const label = toUtf8(`${LABEL}recovery-check\0`);
  return base32(await sha256(Uint8Array.of(...label, ...secret))).slice(0, 4);
}

/** Whole letters only: bits that fill none are left out. */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[parseInt(five, 2)]).join("");
}
