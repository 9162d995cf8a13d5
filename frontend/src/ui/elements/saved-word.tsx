// Where what was typed is now, in one quiet word at one place; it says "saved" only when it is.

import { useEffect, useState } from "preact/hooks";
import { role, saved } from "../../state/plan";
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
  return (
    <p class={isFailed ? "saved-word saved-failed" : "saved-word"} role="status" aria-live={live}>
      {words()}
    </p>
  );
}

function words(): string {
  if (role.value === "follower") return "";
  if (saved.value === "saved") return t("save.saved");
  if (saved.value === "failed") return t("save.failed");
  return saved.value === "nothing" ? "" : t("save.saving");
}
