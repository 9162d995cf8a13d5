// Lifts the crisis bar above a keyboard that lies over the page instead of making it smaller (iOS).

/** Pixels of the page's foot that the keyboard covers; a page that is zoomed in is left alone. */
function covered(view: VisualViewport): number {
  if (view.scale > 1.01) return 0;
  return Math.max(0, document.documentElement.clientHeight - view.height - view.offsetTop);
}

export function stayAboveKeyboard(): void {
  const view = globalThis.visualViewport;
  if (!view) return;
  const lift = (): void =>
    document.documentElement.style.setProperty("--keyboard", `${Math.round(covered(view))}px`);
  view.addEventListener("resize", lift);
  view.addEventListener("scroll", lift);
}
