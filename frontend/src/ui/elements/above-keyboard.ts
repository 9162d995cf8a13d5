// Lifts the crisis bar above a keyboard that lies over the page instead of making it smaller (iOS).

export function stayAboveKeyboard(): void {
  const [root, view] = [document.documentElement, visualViewport!];
  /** By the pixels of the page's foot that it covers; a page that is zoomed in is left alone. */
  const lift = (): void => {
    const covered = view.scale > 1.01 ? 0 : root.clientHeight - view.height - view.offsetTop;
    root.style.setProperty("--keyboard", `${Math.round(Math.max(0, covered))}px`);
  };
  view.addEventListener("resize", lift);
  view.addEventListener("scroll", lift);
}
