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
  const key = role.value === "follower" ? null : WORDS[saved.value];
  const live = isFailed ? "assertive" : isWriting ? "off" : "polite";
  return (
    <p class={`saved-word ${saved.value}`} role="status" aria-live={live}>
      {key && t(key)}
    </p>
  );
}

const WORDS = {
  nothing: null,
  typing: "save.saving",
  saving: "save.saving",
  saved: "save.saved",
  failed: "save.failed",
  nowhere: "blank.nowhere",
  handed: "blank.handed",
} as const;
