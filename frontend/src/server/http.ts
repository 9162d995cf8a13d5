// The one place that asks the server for anything. The service worker answers first, from what it keeps.

import { Refused } from "../core/refused";

/** Raises Refused("not_loaded") for no network, for another answer than 200, and for what is no JSON. */
export async function getJson(path: string): Promise<unknown> {
  try {
    const response = await fetch(path, { credentials: "omit" });
    if (response.ok) return await response.json();
  } catch {
    // no network, or cut off half way: the same to whoever asked
  }
  throw new Refused("not_loaded");
}
