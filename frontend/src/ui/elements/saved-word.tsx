// Two truths in quiet words at one place: what this device has saved, and what is backed up.

import { useEffect, useState } from "preact/hooks";
import { backedUpOn, backup, fullness } from "../../state/backup";
import { opening, role, saved } from "../../state/plan";
import { dayWords } from "./days";
import { Link } from "./touch";
import { t } from "./words";

const isWritten = (element: Element | null): boolean =>
  element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;

/** A voice is not raised after every word: while someone writes only a failure is read aloud. */
function useIsWriting(): boolean {
  const [isWriting, set] = useState(false);
  useEffect(() => {
    const look = () => set(isWritten(document.activeElement));
    const events = ["focusin", "focusout"] as const;
    const later = () => setTimeout(look);
    for (const event of events) document.addEventListener(event, later);
    return () => {
      for (const event of events) document.removeEventListener(event, later);
    };
  }, []);
  return isWriting;
}

export function SavedWord() {
  const isWriting = useIsWriting();
  const isFailed = saved.value === "failed";
  const live = isFailed ? "assertive" : isWriting ? "off" : "polite";
  const there = backedUp();
  const isInNeed = ["failed", "conflict", "signed_out"].includes(backup.value);
  return (
    <div class="truths">
      <p class={`saved-word ${saved.value}`} role="status" aria-live={live}>
        {savedHere()}
      </p>
      {there && (
        <p class="saved-word">
          {there} {isInNeed && <Link href="/keep-safe" words="backup.why" />}
          {isAlmostFull() && t("backup.almost")}
        </p>
      )}
    </div>
  );
}

/** Beside a backup the first truth is never left out: a plan that was opened lies on the device. */
export function savedHere(): string {
  if (role.value === "follower") return "";
  const isThere = saved.value === "nothing" && opening.value === "open" && backedUp() !== "";
  const key = isThere ? "save.saved" : WORDS[saved.value];
  return key ? t(key) : "";
}

/** Empty where there is no backup, and while nobody knows yet. */
export function backedUp(): string {
  const now = backup.value;
  if (now === "unknown" || now === "off") return "";
  if (now === "saved") return t("backup.saved", { day: dayWords(backedUpOn.value ?? "") });
  return t(now === "pending" ? "backup.pending" : "backup.not");
}

export const isAlmostFull = (): boolean => fullness.value > 0.85;

const WORDS = {
  nothing: null,
  typing: "save.saving",
  saving: "save.saving",
  saved: "save.saved",
  failed: "save.failed",
  nowhere: "blank.nowhere",
  handed: "blank.handed",
} as const;
