// Where the person is: the screen by its address, and what is open on it by the browser's history alone.

import { signal } from "@preact/signals";
import { flush } from "../state/plan";

/** The screens of the kept plan: one leads to the other without a load. A blank plan is not among
 *  them; it shares its page, and its memory, with nothing. */
const SCREENS = ["/", "/edit", "/together", "/paper", "/read", "/keep-safe", "/come-back"];

export const REMOVED = "removed";
export const READ_THROUGH = "read_through";
export const CLOSING = "closing";

/** `open` is a section's id, or one of the words above; it never stands in an address, where others
 *  could read it. `turn` is 0 for the first screen after a load, whose focus stays where the
 *  browser put it. */
function here(turn: number) {
  const open: unknown = history.state?.open;
  return { path: location.pathname, open: typeof open === "string" ? open : null, turn };
}

export const place = signal(here(0));

export const arrive = (): void => void (place.value = here(place.value.turn + 1));

/** What was typed is on its way to the device before a screen is left; it never waits longer. */
const settled = (): Promise<unknown> =>
  Promise.race([flush(), new Promise((done) => setTimeout(done, 500))]);

let drawsScreens = true;

/** From now on every link loads its page anew. */
export const loadPlainly = (): void => void (drawsScreens = false);

export function go(path: string, open: string | null = null): void {
  const isSettled = settled();
  if (!isDrawn(path)) return void isSettled.then(() => location.assign(path));
  history.pushState({ open }, "", path);
  arrive();
  scrollTo(0, 0);
}

const isDrawn = (path: string): boolean =>
  drawsScreens &&
  (path === location.pathname || [path, location.pathname].every((one) => SCREENS.includes(one)));

/** A section, or another part of the screen that is open now. */
export const openHere = (open: string | null): void => go(location.pathname, open);

/** Links between screens change the screen; links to pages load them, after what was typed is kept.
 *  A click that means anything but "go there" is left alone. */
export function followLinks(): void {
  addEventListener("popstate", arrive);
  document.addEventListener("click", (event) => {
    const { target, button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event;
    const link = target instanceof Element ? target.closest("a") : null;
    if (link?.origin !== location.origin || link.hash || link.target || link.download) return;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey || defaultPrevented) return;
    event.preventDefault();
    go(link.pathname);
  });
}
