// Whoever stands on a button that goes away stands beside it afterwards, and not at nothing.

const HOLDS = "a[href], button:not(:disabled), input, select, textarea, [tabindex]";

/** What had the focus last, and all that it stood in, from the inside out. */
let stood: Element[] = [];

function remember(event: FocusEvent): void {
  stood = event.composedPath().filter((one) => one instanceof Element);
}

function standBeside(): void {
  if (!stood[0] || stood[0].isConnected || document.activeElement !== document.body) return;
  const around = stood.find((one) => one.isConnected && one.querySelector(HOLDS));
  stood = [];
  around?.querySelector<HTMLElement>(HOLDS)?.focus({ preventScroll: true });
}

export function keepFocus(within: HTMLElement): void {
  within.addEventListener("focusin", remember);
  new MutationObserver(standBeside).observe(within, { childList: true, subtree: true });
}
