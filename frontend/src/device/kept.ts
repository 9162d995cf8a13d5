// Everything that Keel keeps on this device, and when each is erased; erasing follows this list.

/**
 * No localStorage, no sessionStorage, no file: what is not listed is not kept. With a backup there
 * is one cookie more, which no script can read or erase: signing out asks the server to. Each is
 * erased by "Delete everything on this device", and some are earlier.
 *
 * `where` is the kind of place that the browser gives it, and `name` its name there: a cache's and
 * a worker's stand for all that begin with it.
 */
export const KEPT = [
  // Holds the four stores below.
  { where: "database", name: "keel" },
  // The device key, not readable. With a backup its key, not readable, its account's number, the
  // last save and the next, sealed, and of which day; what a backup begun and not finished needs,
  // sealed. Those of a backup are erased by signing out.
  { where: "store", name: "keys" },
  // The plan as last saved and as saved before that, sealed. Erased two saves later.
  { where: "store", name: "plan" },
  // The numbers of the last hundred saves, without times. Erased a hundred saves later.
  { where: "store", name: "revisions" },
  // Sealed bytes that would not open, five at most. Erased when five newer ones came.
  { where: "store", name: "aside" },
  // The service worker. Before its cache, which it would fill again.
  { where: "worker", name: "/" },
  // Keel's own pages and scripts, nothing of the person. Erased with the next release.
  { where: "cache", name: "keel-" },
] as const;
