// A field for a person's own words: as tall as what is in it, kept exactly as typed, left alone by the browser.

import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  id: string;
  value: string;
  rows?: number;
  readOnly?: boolean;
  placeholder?: string | undefined;
  describedBy?: string | undefined;
  inputMode?: "text" | "tel";
  /** Names and handles keep the case they are typed in. */
  capitals?: "sentences" | "off";
  /** When given, the return key calls it and makes no new line (Shift and return does). */
  onReturn?: (() => void) | undefined;
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

export function GrowingText(props: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => fit(field.current), [props.value]);
  return (
    <textarea
      ref={field}
      id={props.id}
      class="growing"
      rows={props.rows ?? 1}
      value={props.value}
      dir="auto"
      autocomplete="off"
      spellcheck={false}
      translate={false}
      autocapitalize={props.capitals ?? "sentences"}
      inputMode={props.inputMode ?? "text"}
      enterkeyhint={props.onReturn ? "next" : "enter"}
      readOnly={props.readOnly ?? false}
      placeholder={props.placeholder}
      aria-describedby={props.describedBy}
      onInput={(event) => props.onText(event.currentTarget.value)}
      onKeyDown={(event) => returned(event, props.onReturn)}
    />
  );
}
