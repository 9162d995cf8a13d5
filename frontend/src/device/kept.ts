// Everything that Keel keeps on this device, and when each is erased; erasing follows this list.

export interface KeptHere {
  /** What kind of place the browser gives it. */
  where: "database" | "store" | "cache" | "worker";
  /** Its name there; a cache's and a worker's stand for all that begin with it. */
  name: string;
  holds: string;
  erased: string;
}

const BY_HAND = "Delete everything on this device";

/**
 * No localStorage, no sessionStorage, no file: what is not listed is not kept. With a backup there
 * is one cookie more, which no script can read or erase: signing out asks the server to.
 */
export const KEPT: readonly KeptHere[] = [
  { where: "database", name: "keel", holds: "the four stores below", erased: BY_HAND },
  {
    where: "store",
    name: "keys",
    holds:
      "the device key, not readable; with a backup its key, not readable, its account's number, " +
      "and which save it has of which day; what a backup begun and not finished needs, sealed",
    erased: `the backup's by signing out; ${BY_HAND}`,
  },
  {
    where: "store",
    name: "plan",
    holds: "the plan as last saved and as saved before that, sealed",
    erased: `two saves later; ${BY_HAND}`,
  },
  {
    where: "store",
    name: "revisions",
    holds: "the numbers of the last hundred saves, without times",
    erased: `a hundred saves later; ${BY_HAND}`,
  },
  {
    where: "store",
    name: "aside",
    holds: "sealed bytes that would not open, five at most",
    erased: `when five newer ones came; ${BY_HAND}`,
  },
  // Before its cache, which it would fill again.
  { where: "worker", name: "/", holds: "the service worker", erased: BY_HAND },
  {
    where: "cache",
    name: "keel-",
    holds: "Keel's own pages and scripts, nothing of the person",
    erased: `with the next release; ${BY_HAND}`,
  },
];
