// What each entry stands on: a service worker, and a way out where drawing fails.

import { Component } from "preact";
import { trustedUrl } from "../../device/trusted-url";

const WORKER = "/service-worker.js";

/** Once what the person came for is on the screen. A browser that refuses (a private window, storage
 *  switched off) still shows the plan. */
export async function registerWorker(): Promise<void> {
  try {
    const options = { updateViaCache: "none" } as const;
    const registered = await navigator.serviceWorker.register(trustedUrl(WORKER), options);
    registered.active?.postMessage("here"); // it looks whether all that it keeps is still there
  } catch (error) {
    console.warn("no service worker", error);
  }
}

/** A fault while drawing is handed on, and leaves nothing half drawn. */
export class Safely extends Component<{ onFault(error: unknown): void }, { isBroken?: boolean }> {
  static override getDerivedStateFromError = () => ({ isBroken: true });

  override componentDidCatch = (error: unknown) => this.props.onFault(error);

  override render({ children }: this["props"], { isBroken }: this["state"]) {
    return isBroken ? null : children;
  }
}
