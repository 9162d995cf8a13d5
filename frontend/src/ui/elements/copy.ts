// Puts words on the clipboard; says whether it did.

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For browsers that have no clipboard of the newer kind, or refuse it. */
function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const look = { value: text, className: "copy-field", readOnly: true };
  const field = Object.assign(document.createElement("textarea"), look);
  field.setAttribute("aria-hidden", "true");
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return isCopied;
}
