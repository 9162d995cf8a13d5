// What is touched: a link where it leads somewhere, a button where it does something here.

import type { ComponentProps } from "preact";
import { t, type Key } from "./words";

/** What stands on it, unless it is given between the tags. */
type Words = { words?: Key };

export const Link = ({ words, children, ...more }: ComponentProps<"a"> & Words) => (
  <a class="link" {...more}>
    {words ? t(words) : children}
  </a>
);

/** Looks like a link, unless its class says otherwise. */
export const Button = ({ words, children, ...more }: ComponentProps<"button"> & Words) => (
  <button type="button" class="link" {...more}>
    {words ? t(words) : children}
  </button>
);
