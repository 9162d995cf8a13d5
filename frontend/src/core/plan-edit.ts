// Changes to a plan: each gives a new plan that shares every item it did not touch.

import {
  countIn,
  isRecord,
  isRemoved,
  itemOf,
  placesIn,
  setting,
  siblings,
  values,
  type Item,
  type Plan,
  type Value,
} from "./plan";
import { between, isFraction } from "./position";
import { Refused } from "./refused";

/** One running of the app; its counters move with every change. */
export interface Author {
  /** 32 hex, drawn for this running and never used again. */
  replica: string;
  /** Changes made so far. */
  n: number;
  /** At least as high as every place seen. */
  lamport: number;
  /** 32 hex, new each time. */
  newId: () => string;
}

const KEPT_DAYS = 180;
const LATEST = 2 ** 52; // a place claimed later than this leaves no room for one after it
const DEEPEST = 8; // levels inside a value; a sealed plan is refused past 16 in all

/** `newId` draws 16 random bytes as hex; it comes from outside, since core draws nothing. */
export function newAuthor(plan: Plan, newId: () => string): Author {
  const author = { replica: newId(), n: 0, lamport: 0, newId };
  catchUp(author, plan);
  return author;
}

/** After another plan came in: our next place is later than all of its places. */
export function catchUp(author: Author, plan: Plan): void {
  for (const item of plan.items) {
    const lamport = isRecord(item) && Array.isArray(item.pos) ? item.pos[1] : 0;
    if (Number.isSafeInteger(lamport) && lamport < LATEST)
      author.lamport = Math.max(author.lamport, lamport);
  }
}

/** `after`: an item's id, null for first, left out for last. */
export function addItem(
  plan: Plan,
  author: Author,
  section: string,
  value: Value,
  after?: string | null,
  id = author.newId(),
): { plan: Plan; id: string } {
  const ctx: Item["ctx"] = {};
  const item: Item = { id, section, sibs: written(author, ctx, [value]), ctx, pos: ["", 0, ""] };
  const anchor = after === undefined ? (placesIn(plan, section).at(-1)?.id ?? null) : after;
  const moved = placed(plan, author, item, anchor);
  return { plan: withItems(plan, moved, moved.get(id)), id };
}

/** `value` replaces the whole value, and every sibling: spread the old one to keep its fields. */
export function editItem(plan: Plan, author: Author, id: string, value: Value): Plan {
  return rewritten(plan, author, id, () => [value]);
}

/** One field of a live item; undefined, "" and [] take the field away. The rest stays. */
export function setField(plan: Plan, author: Author, id: string, field: string, to: unknown): Plan {
  return rewritten(plan, author, id, (old) => {
    const value = { ...(old.find((one) => !isRemoved(one)) ?? old[0]) };
    if (to === undefined || to === "" || (Array.isArray(to) && !to.length)) delete value[field];
    else value[field] = to;
    return [value];
  });
}

/** The item leaves its list and keeps its text; `today` is a day like 2026-11-22. */
export function removeItem(plan: Plan, author: Author, id: string, today: string): Plan {
  return rewritten(plan, author, id, (old) =>
    old.map((value) => (isRemoved(value) ? value : { ...value, removed_on: today })),
  );
}

/** Back where it stood. */
export function restoreItem(plan: Plan, author: Author, id: string): Plan {
  return rewritten(plan, author, id, (old) => old.map(({ removed_on: _, ...value }) => value));
}

/** Its text goes at once and for good. */
export function eraseItem(plan: Plan, author: Author, id: string): Plan {
  return rewritten(plan, author, id, () => [null]);
}

/** To stand right after another item of its section; null for first. Its words are untouched. */
export function moveItem(plan: Plan, author: Author, id: string, after: string | null): Plan {
  const item = itemOf(plan, id);
  if (!item || after === id) return plan;
  return withItems(plan, placed(plan, author, item, after));
}

/** Text removed 180 days ago or longer goes for good. */
export function fadeRemoved(plan: Plan, author: Author, today: string): Plan {
  for (const { id } of plan.items.filter(isRecord) as unknown as Item[]) {
    const item = itemOf(plan, id);
    const texts = item ? values(item) : [];
    const isFaded = (value: Value): boolean => age(value.removed_on, today) >= KEPT_DAYS;
    if (texts.length && texts.every(isFaded)) plan = eraseItem(plan, author, id);
  }
  return plan;
}

/** A settings item by its name, made if there is none; `fields` are laid over what it holds. */
export function putSetting(plan: Plan, author: Author, name: string, fields: Value): Plan {
  const old = setting(plan, name);
  if (!old) return addItem(plan, author, "settings", { name, ...fields }).plan;
  return editItem(plan, author, old.id, { ...old.value, ...fields });
}

const days = (day: string): number => Date.parse(`${day}T00:00Z`) / 86_400_000;
/** NaN, which is no age, for what is no day. */
const age = (day: unknown, today: string): number =>
  typeof day === "string" ? days(today) - days(day) : NaN;

/** New siblings for these values, counted by the author; `ctx` is widened to cover them. */
function written(author: Author, ctx: Item["ctx"], given: (Value | null)[]): Item["sibs"] {
  return given.map((value) => {
    author.n += 1;
    ctx[author.replica] = author.n;
    return { dot: [author.replica, author.n], value: value && (plain(value) as Value) };
  });
}

/** Puts new values in place of every sibling; `to` gets those that still have their text. */
function rewritten(
  plan: Plan,
  author: Author,
  id: string,
  to: (old: Value[]) => (Value | null)[],
): Plan {
  const item = itemOf(plan, id);
  if (!item) return plan;
  const given = to(values(item));
  if (!given.length) return plan;
  const ctx = { ...item.ctx };
  for (const { dot } of siblings(item)) ctx[dot[0]] = Math.max(countIn(ctx, dot[0]), dot[1]);
  const sibs = written(author, ctx, given);
  return withItems(plan, new Map([[id, { ...item, sibs, ctx }]]));
}

/**
 * The item with a place right after `anchor`, and, where others share the anchor's own
 * fraction, those too: between equal places there is none.
 */
function placed(plan: Plan, author: Author, item: Item, anchor: string | null): Map<string, Item> {
  const others = placesIn(plan, item.section).filter(
    (one) => one.id !== item.id && isFraction(one.pos?.[0]),
  );
  const at = anchor === null ? 0 : others.findIndex((one) => one.id === anchor) + 1;
  const start = at || anchor === null ? at : others.length;
  let last = others[start - 1]?.pos[0] ?? null;
  const tied = others.slice(start).filter((one) => one.pos[0] === last);
  const next = others[start + tied.length]?.pos[0] ?? null;
  author.lamport += 1;
  const moved = new Map<string, Item>();
  for (const one of [item, ...tied]) {
    last = between(last, next);
    moved.set(one.id, { ...one, pos: [last, author.lamport, author.replica] });
  }
  return moved;
}

function withItems(plan: Plan, changed: Map<string, Item>, added?: Item): Plan {
  const items = plan.items.map((item) => {
    const now = isRecord(item) ? changed.get(item.id) : undefined;
    return now && itemOf(plan, item.id) === item ? now : item;
  });
  return { ...plan, items: added ? [...items, added] : items };
}

/**
 * What a sealed plan can hold: half a surrogate pair, which no UTF-8 has, becomes U+FFFD, and
 * undefined fields are left out. Throws Refused "too_deep".
 */
function plain(value: unknown, level = 0): unknown {
  if (typeof value === "string") return wellFormed(value);
  if (typeof value !== "object" || value === null) return value;
  if (level > DEEPEST) throw new Refused("too_deep");
  if (Array.isArray(value)) return value.map((one) => plain(one, level + 1));
  const kept = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(kept.map(([key, one]) => [wellFormed(key), plain(one, level + 1)]));
}

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\uFFFD");
