// Devices with a backup for the tests: each a browser of its own, all at one server.
import { createHash } from "node:crypto";
import { vi } from "vitest";
import { closeDatabase } from "../../../frontend/src/device/connection";
import { itemsIn } from "../../../frontend/src/core/plan";
import { newBrowser, started, texts, until, write, type Browser, type Tab } from "./tabs";

type Backup = typeof import("../../../frontend/src/state/backup");
type Changes = typeof import("../../../frontend/src/state/account-changes");
type Account = typeof import("../../../frontend/src/state/account");

export interface Device extends Backup, Changes, Account {
  tab: Tab;
}

/** Argon2id stands in a worker; here a hash stands for it, since its bytes have their own test. */
class FakeWorker {
  onmessage: (event: { data: unknown }) => void = () => undefined;

  postMessage({ password, salt }: { password: Uint8Array; salt: Uint8Array }): void {
    const stretched = new Uint8Array(createHash("sha256").update(salt).update(password).digest());
    setTimeout(() => this.onmessage({ data: { stretched } }));
  }

  terminate(): void {}
}

/** As on an iPhone in Lockdown Mode: the worker comes, and can do nothing. */
export function withoutWebAssembly(): void {
  class Unable extends FakeWorker {
    override postMessage(): void {
      setTimeout(() => this.onmessage({ data: { code: "no_webassembly" } }));
    }
  }
  vi.stubGlobal("Worker", Unable);
}

let browser: Browser;
const open: Device[] = [];

/** After a test: what was typed is saved before the browser's parts are taken away. */
export async function ended(): Promise<void> {
  for (const device of open.splice(0)) await device.tab.flush();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
}

/** A new browser with nothing in it, and the app in its first tab. */
export async function newDevice(): Promise<Device> {
  closeDatabase();
  browser = newBrowser();
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("ARGON2_WORKER", "/assets/argon2-worker-0123456789.js");
  vi.stubGlobal("location", { hostname: "plan.example" });
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  return opened();
}

/** The app opened anew in the same browser, after its tab was closed. */
export async function reopened(): Promise<Device> {
  browser.locks?.close();
  return opened();
}

async function opened(): Promise<Device> {
  const tab = await started();
  const device: Device = {
    tab,
    ...(await import("../../../frontend/src/state/backup")),
    ...(await import("../../../frontend/src/state/account-changes")),
    ...(await import("../../../frontend/src/state/account")),
  };
  open.push(device);
  await device.startBackup();
  return device;
}

/** A device whose backup is on, and its code. */
export async function backedUp(...items: string[]): Promise<{ device: Device; code: string }> {
  const device = await newDevice();
  for (const text of items) write(device.tab, text);
  const code = await device.beginBackup("/words.json");
  await device.finishBackup();
  await settled(device);
  return { device, code };
}

export const settled = (device: Device): Promise<void> =>
  until(() => device.backup.value === "saved", `saved, not ${device.backup.value}`);

export const plan = (device: Device): unknown[] => texts(device.tab.plan.value);
export const settings = (device: Device): unknown[] =>
  itemsIn(device.tab.plan.value, "settings").map(({ value }) => value);

/** The code that it was refused with; null when it was not. */
export const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: { code?: string }) => error.code ?? error,
  );
