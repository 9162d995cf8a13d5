// Registers the service worker, once what the person came for is on the screen.

const WORKER = "/service-worker.js";

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string };
}

/** The page's one Trusted Types policy, which lets this one address through and nothing else. */
function trusted(url: string): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  const rules = {
    createScriptURL(asked: string) {
      if (asked !== WORKER) throw new TypeError("not our worker");
      return asked;
    },
  };
  return (policies?.createPolicy("keel", rules) ?? rules).createScriptURL(url);
}

/** A browser that refuses (a private window, storage switched off) still shows the plan. */
export async function registerWorker(): Promise<void> {
  try {
    const options = { updateViaCache: "none" } as const;
    const registered = await navigator.serviceWorker.register(trusted(WORKER), options);
    registered.active?.postMessage("here"); // it looks whether all that it keeps is still there
  } catch (error) {
    console.warn("no service worker", error);
  }
}
