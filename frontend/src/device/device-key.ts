// The key of this device: drawn with the first save, kept as a key that no page can read out.
import { asked } from "./database";

const NAME = "device";

/** From a transaction that covers "keys"; undefined where none was drawn or its shape is wrong. */
export async function readDeviceKey(transaction: IDBTransaction): Promise<CryptoKey | undefined> {
  const key: unknown = await asked(transaction.objectStore("keys").get(NAME));
  return key instanceof CryptoKey && !key.extractable ? key : undefined;
}

/** Never over another key: the whole transaction is undone (`changed_elsewhere`) instead. */
export function keepDeviceKey(transaction: IDBTransaction, key: CryptoKey): void {
  transaction.objectStore("keys").add(key, NAME);
}
