// A field for a person's own words: as tall as what is in it, kept exactly as typed, left alone by the browser.

import type { ComponentProps } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { role } from "../../state/plan";

interface Props extends Omit<ComponentProps<"textarea">, "label"> {
  id: string;
  value: string;
  /** Stands before it, unless one stands elsewhere. */
  label?: string;
  /** When given, the return key calls it and makes no new line (Shift and return does). */
  onReturn?: () => void;
  onText(text: string): void;
}

const growsByItself = (): boolean => globalThis.CSS?.supports?.("field-sizing", "content") ?? false;

function fit(field: HTMLTextAreaElement | null): void {
  if (!field || growsByItself()) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

/** The return key that chooses among suggested characters is not one that ends the line. */
function returned(event: KeyboardEvent, onReturn: (() => void) | undefined): void {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !onReturn) return;
  event.preventDefault();
  onReturn();
}

/** A tab that only follows shows it and changes nothing. */
export function GrowingText({ label, onReturn, onText, ...more }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => fit(field.current), [more.value]);
  return (
    <>
      {label && <label for={more.id}>{label}</label>}
      <textarea
        ref={field}
        class="growing"
        rows={1}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        translate={false}
        autocapitalize="sentences"
        enterkeyhint={onReturn ? "next" : "enter"}
        readOnly={role.value === "follower"}
        {...more}
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => returned(event, onReturn)}
      />
    </>
  );
}
