// Every primitive that Keel uses, and the only file that touches the browser's own cryptography.

export type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes as WebCrypto wants them typed; ours never lie in shared memory. */
const plain = (bytes: Uint8Array): Bytes => bytes as Bytes;

export const randomBytes = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));

export const sha256 = async (bytes: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", plain(bytes)));

/** A key that only makes other keys: no page can read its bytes again. */
export const hkdfKey = (raw: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", plain(raw), "HKDF", false, ["deriveBits"]);

/** HKDF-SHA-256; a text `info` is taken as UTF-8, `length` is in bytes. */
export async function derive(
  key: CryptoKey,
  info: string | Uint8Array,
  length = 32,
  salt: Uint8Array = new Uint8Array(0),
): Promise<Bytes> {
  const label = typeof info === "string" ? new TextEncoder().encode(info) : info;
  const how = { name: "HKDF", hash: "SHA-256", salt: plain(salt), info: plain(label) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8));
}

/** The bytes as a key; they themselves are wiped. */
export async function keyOf(raw: Uint8Array): Promise<CryptoKey> {
  const key = await hkdfKey(raw);
  raw.fill(0);
  return key;
}

/** A key made from another, under a label of its own. */
export const derivedKey = async (key: CryptoKey, label: string): Promise<CryptoKey> =>
  keyOf(await derive(key, label));

const aes =
  (use: "encrypt" | "decrypt") =>
  async (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, given: Uint8Array) => {
    const made = await crypto.subtle.importKey("raw", plain(key), "AES-GCM", false, [use]);
    const how = { name: "AES-GCM", iv: plain(nonce), additionalData: plain(aad) };
    return new Uint8Array(await crypto.subtle[use](how, made, plain(given)));
  };

/** AES-256-GCM: ciphertext, then the 16-byte tag. One key seals once. */
export const aesSeal = aes("encrypt");

/** Rejects (with WebCrypto's own error) when the tag does not hold. */
export const aesOpen = aes("decrypt");
