// The page's one Trusted Types policy: the addresses of our own workers, and nothing else.

const OURS = /^\/(?:service-worker|assets\/argon2-worker-[0-9a-f]{10})\.js$/;

interface Rules {
  createScriptURL(url: string): string;
}

interface Policies {
  createPolicy(name: string, rules: Rules): Rules;
}

let policy: Rules | undefined;

/** The same address, let through; throws TypeError for any other. */
export function trustedUrl(url: string): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  const rules: Rules = {
    createScriptURL(asked) {
      if (!OURS.test(asked)) throw new TypeError("not our worker");
      return asked;
    },
  };
  policy ??= policies?.createPolicy("keel", rules) ?? rules; // a second of its name is refused
  return policy.createScriptURL(url);
}
