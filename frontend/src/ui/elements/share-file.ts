// Hands a file to the person: the share sheet where the platform wants that, else a download.

import { copyText } from "./copy";

type Content = string | Uint8Array<ArrayBuffer>;

/** "copied": there was no way to hand over a file, so its text lies on the clipboard. */
export type Handed = "shared" | "saved" | "copied" | "cancelled" | "failed";

/** In an installed iPhone app a download link opens the file with no way back. */
const isInstalledApple = (): boolean => "standalone" in navigator && navigator.standalone === true;

/** Call it straight from a tap: a share sheet opens for nothing else. */
export async function shareOrSave(name: string, type: string, content: Content): Promise<Handed> {
  const isText = typeof content === "string";
  const file = new File([content], name, { type: isText ? `${type};charset=utf-8` : type });
  const wantsSheet = isInstalledApple() || matchMedia("(pointer: coarse)").matches;
  const shared = wantsSheet ? await share({ files: [file] }) : "failed";
  if (shared !== "failed") return shared;
  if (!isInstalledApple()) return save(file);
  return isText && (await copyText(content)) ? "copied" : "failed";
}

async function share(files: ShareData): Promise<Handed> {
  try {
    if (!navigator.canShare?.(files)) return "failed";
    await navigator.share(files);
    return "shared";
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? "cancelled" : "failed";
  }
}

function save(file: File): Handed {
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return "saved";
}
