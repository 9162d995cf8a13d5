// One tab writes and the others follow; the pen goes over whole, and nothing typed is lost.
import { afterEach, expect, test, vi } from "vitest";
import {
  failWrites,
  isSaved,
  newBrowser,
  onDisk,
  pause,
  started,
  texts,
  until,
  write,
} from "./tabs";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a second tab follows: it shows what the first saves and changes nothing", async () => {
  newBrowser();
  const first = await started();
  write(first, "a");
  await first.flush();
  const second = await started();
  expect([second.role.value, texts(second.plan.value)]).toEqual(["follower", ["a"]]);
  write(second, "not taken");
  expect(texts(second.plan.value)).toEqual(["a"]);
  write(first, "b");
  await until(() => texts(second.plan.value).length === 2, "the follower sees b");
  expect(await onDisk()).toEqual(["a", "b"]);
});

test("taking over: the first saves what was typed, lets go, and the second goes on from there", async () => {
  newBrowser();
  const first = await started();
  const second = await started();
  write(first, "typed just now");
  const began = performance.now();
  await second.takeOver();
  expect(performance.now() - began).toBeLessThan(900);
  expect([first.role.value, second.role.value]).toEqual(["follower", "writer"]);
  expect(texts(second.plan.value)).toEqual(["typed just now"]);
  write(first, "no");
  write(second, "yes");
  await second.flush();
  await until(() => texts(first.plan.value).length === 2, "the first follows");
  expect(await onDisk()).toEqual(["typed just now", "yes"]);
  await first.takeOver();
  write(first, "back");
  await first.flush();
  expect(await onDisk()).toEqual(["typed just now", "yes", "back"]);
});

test("two tabs that take over at the same moment: one of them writes", async () => {
  newBrowser();
  const [first, second, third] = [await started(), await started(), await started()];
  write(first!, "a");
  await first!.flush();
  await Promise.all([second!.takeOver(), third!.takeOver()]);
  await pause(100);
  const roles = [first, second, third].map((tab) => tab!.role.value);
  expect(roles.filter((role) => role === "writer")).toHaveLength(1);
});

test("of three tabs the one that asked writes, not the one that waited longest", async () => {
  newBrowser();
  const tabs = [await started(), await started(), await started()];
  await tabs[2]!.takeOver();
  expect(tabs.map((tab) => tab.role.value)).toEqual(["follower", "follower", "writer"]);
});

test("when the writing tab is closed, a waiting one reads anew and writes", async () => {
  const browser = newBrowser();
  const first = await started();
  const second = await started();
  write(first, "a");
  await first.flush();
  browser.locks?.close();
  await until(() => second.role.value === "writer");
  write(second, "b");
  await second.flush();
  expect(await onDisk()).toEqual(["a", "b"]);
});

test("a tab that does not answer loses the lock after a second, stops, and what it held is not lost", async () => {
  newBrowser();
  const frozen = await started();
  write(frozen, "a");
  await frozen.flush();
  let isFrozen = true;
  const second = await started();
  const real = globalThis.BroadcastChannel.prototype.postMessage;
  vi.spyOn(BroadcastChannel.prototype, "postMessage").mockImplementation(function (
    this: BroadcastChannel,
    message,
  ) {
    if (!(isFrozen && (message as { type: string }).type === "release")) real.call(this, message);
  });
  failWrites(() => (isFrozen ? new DOMException("", "QuotaExceededError") : null));
  write(frozen, "held in memory");
  await until(() => frozen.saved.value === "failed");
  await second.takeOver();
  isFrozen = false;
  expect([frozen.role.value, frozen.saved.value]).toEqual(["follower", "failed"]);
  expect(frozen.failure.value).toBe("changed_elsewhere");
  write(second, "b");
  await second.flush();
  await pause(3200);
  expect(await onDisk()).toEqual(["a", "b"]);
  expect(texts(frozen.plan.value)).toEqual(["a", "held in memory"]);
  await frozen.takeOver();
  await until(isSaved(frozen));
  expect(((await onDisk()) as string[]).sort()).toEqual(["a", "b", "held in memory"]);
});

test("without Web Locks two tabs that both write lose nothing of each other", async () => {
  newBrowser({ hasLocks: false });
  const first = await started();
  const second = await started();
  expect([first.role.value, second.role.value]).toEqual(["writer", "writer"]);
  write(first, "a");
  write(second, "b");
  write(first, "c");
  await until(async () => ((await onDisk()) as string[]).length === 3, "all three on disk");
  expect(((await onDisk()) as string[]).sort()).toEqual(["a", "b", "c"]);
});

test("after the page comes back from the back-forward cache it reads anew", async () => {
  newBrowser();
  const first = await started();
  const second = await started();
  write(first, "a");
  await first.flush();
  await until(() => texts(second.plan.value).length === 1, "follows");
  const post = vi
    .spyOn(BroadcastChannel.prototype, "postMessage")
    .mockImplementation(() => undefined);
  write(first, "b");
  await first.flush();
  expect(texts(second.plan.value)).toEqual(["a"]);
  second.page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  await until(() => texts(second.plan.value).length === 2, "read anew");
  post.mockRestore();
});
