// Files out: the share sheet where the platform wants it, a download elsewhere, never a dead end.
import "./browser";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { shareOrSave } from "../../../frontend/src/ui/elements/share-file";

interface Platform {
  touch?: boolean;
  installedApple?: boolean;
  canShare?: boolean;
  share?: () => Promise<void>;
  clipboard?: boolean;
}

const clicked: HTMLAnchorElement[] = [];

function on({ touch, installedApple, canShare, share, clipboard }: Platform) {
  Object.assign(globalThis, { matchMedia: () => ({ matches: touch === true }) });
  Object.assign(navigator, {
    standalone: installedApple,
    canShare: () => canShare === true,
    share: share ?? (() => Promise.resolve()),
    clipboard: clipboard ? { writeText: () => Promise.resolve() } : undefined,
  });
}

const hand = () => shareOrSave("keel-2026-11-22.txt", "text/plain", "My plan 💛");
const refuse = (name: string) => () => Promise.reject(new DOMException("no", name));

beforeEach(() => {
  clicked.length = 0;
  URL.createObjectURL = () => "blob:made";
  URL.revokeObjectURL = vi.fn();
  document.execCommand = () => false;
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    clicked.push(this);
  });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("on a desk it is a download, and its address is let go later", async () => {
  on({ canShare: true });
  expect(await hand()).toBe("saved");
  expect(clicked[0]!.download).toBe("keel-2026-11-22.txt");
  expect(document.querySelector("a")).toBeNull();
  expect(URL.revokeObjectURL).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(URL.revokeObjectURL).toHaveBeenCalledWith("blob:made");
});

test("on a phone it goes through the share sheet, as one file with its words", async () => {
  const share = vi.fn((_: ShareData) => Promise.resolve());
  on({ touch: true, canShare: true, share: share as never });
  expect(await hand()).toBe("shared");
  const file = share.mock.calls[0]![0].files![0]!;
  expect([file.name, file.type, file.size]).toEqual([
    "keel-2026-11-22.txt",
    "text/plain;charset=utf-8",
    new TextEncoder().encode("My plan 💛").length,
  ]);
  expect(clicked).toHaveLength(0);
});

test("a share that the person closed is no failure, and nothing is saved behind it", async () => {
  on({ touch: true, canShare: true, share: refuse("AbortError") });
  expect(await hand()).toBe("cancelled");
  expect(clicked).toHaveLength(0);
});

test.each([
  ["that cannot share this file", { canShare: false }],
  ["that refuses to share", { canShare: true, share: refuse("NotAllowedError") }],
])("a phone %s downloads it", async (_, platform) => {
  on({ touch: true, ...platform });
  expect(await hand()).toBe("saved");
});

test("an installed iPhone app never gets a download link: its words go to the clipboard", async () => {
  on({ touch: true, installedApple: true, canShare: false, clipboard: true });
  expect(await hand()).toBe("copied");
  expect(clicked).toHaveLength(0);
});

test("where even that is refused the truth is told", async () => {
  on({ touch: true, installedApple: true, canShare: true, share: refuse("NotAllowedError") });
  expect(await hand()).toBe("failed");
  expect(clicked).toHaveLength(0);
});
