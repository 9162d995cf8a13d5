// What is said of saving: what this device has, what is backed up, and that another tab writes now.

import { signal } from "@preact/signals";
import { backedUpOn, backup, fullness } from "../../state/backup";
import { opening, role, saved, takeOver } from "../../state/plan";
import { dayWords } from "./days";
import { Button, Link } from "./touch";
import { t } from "./words";

/** A voice is not raised after every word: while someone writes only a failure is read aloud. */
const isWriting = signal(false);
const WRITTEN = "input:focus, textarea:focus";
const look = () => (isWriting.value = document.querySelector(WRITTEN) !== null);
for (const event of ["focusin", "focusout"]) addEventListener(event, () => setTimeout(look));

/** Two truths in quiet words at one place. */
export function SavedWord() {
  const live = saved.value === "failed" ? "assertive" : isWriting.value ? "off" : "polite";
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

const HERE = {
  typing: "save.saving",
  saving: "save.saving",
  saved: "save.saved",
  failed: "save.failed",
  nowhere: "save.nowhere",
  handed: "save.handed",
} as const;

/** Beside a backup the first truth is never left out: a plan that was opened lies on the device. */
export function savedHere(): string {
  if (role.value === "follower") return "";
  const now = saved.value;
  if (now === "nothing") return opening.value === "open" && backedUp() ? t("save.saved") : "";
  return t(HERE[now]);
}

/** Empty where there is no backup, and while nobody knows yet. */
export function backedUp(): string {
  const now = backup.value;
  if (now === "unknown" || now === "off") return "";
  if (now === "saved") return t("backup.saved", { day: dayWords(backedUpOn.value ?? "") });
  return t(now === "pending" ? "backup.pending" : "backup.not");
}

export const isAlmostFull = (): boolean => fullness.value > 0.85;

/** Two tabs never write at once: this one shows what the other writes, until it is asked to. */
export function Follower() {
  if (role.value === "writer" || opening.value === "opening") return null;
  return (
    <div class="notice">
      <p>{t("edit.elsewhere")}</p>
      <Button class="button" words="edit.here" onClick={() => void takeOver()} />
    </div>
  );
}
