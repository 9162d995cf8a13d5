// Where the person is: the screen by its address, and what is open on it by the browser's history alone.

import { signal } from "@preact/signals";
import { flush } from "../state/plan";

/** The screens of the kept plan: one leads to the other without a load. A blank plan is not among
 *  them; it shares its page, and its memory, with nothing. */
const SCREENS = ["/", "/edit", "/together", "/paper", "/read", "/keep-safe", "/come-back"];

/** `open` is a section's id, or one of the words below; it never stands in an address, where others
 *  could read it. */
export interface Place {
  path: string;
  open: string | null;
  /** 0 for the first screen after a load, whose focus stays where the browser put it. */
  turn: number;
}

export const REMOVED = "removed";
export const READ_THROUGH = "read_through";
export const CLOSING = "closing";

let turn = 0;
const here = (): Place => ({ path: location.pathname, open: openIn(history.state), turn });

export const place = signal<Place>(here());

function openIn(state: unknown): string | null {
  const open = (state as { open?: unknown } | null)?.open;
  return typeof open === "string" ? open : null;
}

/** What was typed is on its way to the device before a screen is left; it never waits longer. */
const settled = (): Promise<unknown> =>
  Promise.race([flush(), new Promise((done) => setTimeout(done, 500))]);

let drawsScreens = true;

/** From now on every link loads its page anew. */
export function loadPlainly(): void {
  drawsScreens = false;
}

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

export function arrive(): void {
  turn += 1;
  place.value = here();
}

/** A link within the app, when the click means nothing but "go there". */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || !isPlain || event.altKey || event.defaultPrevented) return null;
  const isOurs = link.origin === location.origin && !link.hash && !link.target && !link.download;
  return isOurs ? link : null;
}

/** Links between screens change the screen; links to pages load them, after what was typed is kept. */
export function followLinks(): void {
  addEventListener("popstate", arrive);
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (!link) return;
    event.preventDefault();
    go(link.pathname);
  });
}
