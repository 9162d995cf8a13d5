// A server in memory that answers by the protocol, and a road to it that can lose things.
import { createHash } from "node:crypto";
import { vi } from "vitest";
import { fromBase64url, toBase64url } from "../../../frontend/src/crypto/bytes";

type Bytes = Uint8Array<ArrayBuffer>;
type Json = Record<string, unknown>;

export interface Slot {
  id: string;
  kind: string;
  envelope: string;
}

export interface Account {
  id: string;
  name: string;
  auth: string;
  lookup: string;
  recovery: string;
  slots: Slot[];
  object: string;
  plans: Bytes[];
}

/** What happens on the road to one request; "late" is answered when nobody waits any more. */
export type Fault = "none" | "dropped" | "answer lost" | "late" | Response;

export const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
export const revisionOf = (envelope: Uint8Array): number =>
  Number(new DataView(envelope.buffer, envelope.byteOffset).getBigUint64(40));
export const etagOf = (envelope: Uint8Array): string =>
  `"${revisionOf(envelope)}-${sha256(envelope).toString("hex").slice(0, 16)}"`;

export class FakeServer {
  accounts: Account[] = [];
  /** Whose cookie this browser holds. */
  session: Account | null = null;
  /** "PUT /plan", in their order; those that did not arrive are not here. */
  asked: string[] = [];
  /** For the next requests, one each; then all is well. */
  faults: Fault[] = [];
  /** What a liar says in place of the truth. */
  lie: ((asked: string, truth: Response) => Response | Promise<Response>) | null = null;

  constructor() {
    vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => this.fetch(path, init));
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    if (!path.startsWith("/api/v1")) return this.file(path);
    const fault = this.faults.shift() ?? "none";
    if (fault === "dropped") throw new TypeError("Failed to fetch");
    if (fault instanceof Response) return fault;
    const line = `${init.method ?? "GET"} ${path.slice(7)}`;
    this.asked.push(line);
    const truth = this.answer(line, init);
    if (fault === "answer lost") throw new TypeError("Failed to fetch");
    if (fault === "late") return hung(init.signal as AbortSignal);
    return this.lie ? this.lie(line, truth) : truth;
  }

  words: unknown = Array.from({ length: 7776 }, (_, n) => {
    const letters = [...n.toString(26).padStart(3, "0")].map((one) => parseInt(one, 26));
    const word = letters.map((letter) => String.fromCharCode(97 + letter)).join("");
    return n % 3 ? word : `${word}xyz`;
  });

  /** Passphrases that many have chosen, as their list has them. */
  common: unknown = toBase64url(sha256(Buffer.from("correcthorsebatterystaple")).subarray(0, 4));

  private file(path: string): Response {
    if (path === "/words.json") return json(this.words);
    return path === "/common.json" ? json(this.common) : problem(404, "not_found");
  }

  private answer(line: string, { headers, body }: RequestInit): Response {
    const sent = headers as Record<string, string>;
    if (!line.startsWith("GET") && sent.Keel !== "1") return problem(403, "cross_site");
    if (line === "PUT /plan") return this.put(body as Bytes, sent["If-Match"] ?? "");
    const given = (typeof body === "string" ? JSON.parse(body) : {}) as Json;
    if (line === "POST /accounts") return this.register(given);
    if (line === "POST /sessions")
      return this.welcome(({ name, auth }) => name === given.name && auth === given.auth_key);
    if (line === "POST /recovery-sessions")
      return this.welcome(
        ({ lookup, recovery }) =>
          lookup === given.recovery_lookup && recovery === given.recovery_auth,
      );
    return this.asMember(line, given, sent.Authorization);
  }

  private register(given: Json): Response {
    const { account_id, name, auth_key, key_slots, plan } = given as Record<string, string>;
    const { object_id, envelope } = plan as unknown as Record<string, string>;
    const known = this.accounts.find((one) => one.name === name);
    if (known && (known.id !== account_id || known.auth !== auth_key))
      return problem(409, "name_taken");
    if (!known)
      this.accounts.push({
        id: account_id!,
        name: name!,
        auth: auth_key!,
        lookup: String(given.recovery_lookup),
        recovery: String(given.recovery_auth),
        slots: key_slots as unknown as Slot[],
        object: object_id!,
        plans: [fromBase64url(envelope!)],
      });
    this.session = known ?? this.accounts.at(-1)!;
    return json({ account_id }, 201, {
      ETag: etagOf(this.session.plans.at(-1)!),
    });
  }

  private welcome(isIt: (account: Account) => boolean): Response {
    const found = this.accounts.find(isIt);
    if (!found) return problem(401, "sign_in_failed");
    this.session = found;
    return json({ account_id: found.id, key_slots: found.slots }, 201);
  }

  private put(envelope: Bytes, base: string): Response {
    if (!this.session) return problem(401, "signed_out");
    const current = this.session.plans.at(-1)!;
    if (base !== etagOf(current)) return sealed(current, 412);
    if (revisionOf(envelope) !== revisionOf(current) + 1) return problem(422, "wrong_revision");
    if (!sha256(current).equals(envelope.subarray(48, 80))) return problem(422, "wrong_parent");
    this.session.plans.push(envelope);
    return json({ revision: revisionOf(envelope) }, 200, {
      ETag: etagOf(envelope),
    });
  }

  private asMember(line: string, given: Json, proof = ""): Response {
    const { session } = this;
    if (!session) return problem(401, "signed_out");
    if (line === "GET /plan") return sealed(session.plans.at(-1)!, 200);
    if (line === "GET /key-slots") return json(session.slots);
    if (line === "DELETE /sessions/current") return this.ended();
    const proofs = [`Keel-Passphrase ${session.auth}`, `Keel-Recovery ${session.recovery}`];
    if (!proofs.includes(proof)) return problem(403, proof ? "proof_failed" : "proof_needed");
    if (line === "DELETE /account") {
      this.accounts = this.accounts.filter((one) => one !== session);
      return this.ended();
    }
    const slot = given.key_slot as Slot;
    session.slots = [...session.slots.filter(({ kind }) => kind !== slot.kind), slot];
    if (line === "POST /account/passphrase") session.auth = String(given.auth_key);
    else
      [session.lookup, session.recovery] = [given.recovery_lookup, given.recovery_auth].map(
        String,
      ) as [string, string];
    return new Response(null, { status: 204 });
  }

  private ended(): Response {
    this.session = null;
    return new Response(null, { status: 204 });
  }
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const type = { "content-type": "application/json" };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...type, ...headers },
  });
}

export const sealed = (envelope: Uint8Array, status: number): Response =>
  new Response(envelope as Bytes, {
    status,
    headers: {
      "content-type": "application/octet-stream",
      ETag: etagOf(envelope),
    },
  });

export function problem(status: number, code: string, more: Record<string, string> = {}): Response {
  const body = { type: "", title: "", status, code, request_id: "0" };
  const headers = { "content-type": "application/problem+json", ...more };
  return new Response(JSON.stringify(body), { status, headers });
}

export const flipped = (envelope: Uint8Array, at = 200): Bytes => {
  const copy = new Uint8Array(envelope);
  copy[at]! ^= 1;
  return copy;
};

export const base64url = toBase64url;

function hung(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
  );
}
