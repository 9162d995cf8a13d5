// The page's one Trusted Types policy: the addresses of our own workers, and nothing else.

const OURS = /^\/(?:service-worker|assets\/argon2-worker-[0-9a-f]{10})\.js$/;

const rules = {
  createScriptURL(url: string): string {
    if (!OURS.test(url)) throw new TypeError("not our worker");
    return url;
  },
};

declare global {
  var trustedTypes: { createPolicy(name: string, given: typeof rules): typeof rules } | undefined;
}

let policy: typeof rules | undefined;

/** The same address, let through; throws TypeError for any other. */
export function trustedUrl(url: string): string {
  policy ??= globalThis.trustedTypes?.createPolicy("keel", rules) ?? rules; // a second is refused
  return policy.createScriptURL(url);
}
