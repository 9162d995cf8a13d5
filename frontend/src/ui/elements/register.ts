// Registers the service worker, once what the person came for is on the screen.

import { trustedUrl } from "../../device/trusted-url";

const WORKER = "/service-worker.js";

/** A browser that refuses (a private window, storage switched off) still shows the plan. */
export async function registerWorker(): Promise<void> {
  try {
    const options = { updateViaCache: "none" } as const;
    const registered = await navigator.serviceWorker.register(trustedUrl(WORKER), options);
    registered.active?.postMessage("here"); // it looks whether all that it keeps is still there
  } catch (error) {
    console.warn("no service worker", error);
  }
}
