// Bytes to text and back, strictly: each value has one spelling, and any other is refused.
import { Refused } from "../core/refused";

/** One run of bytes from several. */
export function joined(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");
}

/** Throws Refused("bad_base64url"), also on padding and on spare bits that are not zero. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (/[^\w-]/.test(text) || text.length % 4 === 1) throw new Refused("bad_base64url");
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
  if (toBase64url(bytes) !== text) throw new Refused("bad_base64url");
  return bytes;
}

/** Text to UTF-8; throws Refused("bad_utf8") on half a surrogate pair, which has no UTF-8. */
export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  if (/\p{Cs}/u.test(text)) throw new Refused("bad_utf8");
  return new TextEncoder().encode(text);
}

/** UTF-8 to text, every byte kept (a byte order mark too); throws Refused("bad_utf8"). */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused("bad_utf8");
  }
}
