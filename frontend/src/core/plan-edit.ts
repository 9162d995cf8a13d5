// Changes to a plan: each gives a new plan that shares every item it did not touch.

import { countIn, indexOf, isFraction, isRecord, isRemoved, itemOf } from "./plan";
import { placesIn, setting, siblings, values, type Item, type Plan, type Value } from "./plan";
import { between } from "./position";
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
  const longer = { ...plan, items: [...plan.items, item] };
  return { plan: withItems(longer, placed(plan, author, item, anchor)), id };
}

/** `value` replaces the whole value, and every sibling: spread the old one to keep its fields. */
export const editItem = (plan: Plan, author: Author, id: string, value: Value): Plan =>
  rewritten(plan, author, id, () => [value]);

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
export const removeItem = (plan: Plan, author: Author, id: string, today: string): Plan =>
  rewritten(plan, author, id, (old) =>
    old.map((value) => (isRemoved(value) ? value : { ...value, removed_on: today })),
  );

/** Back where it stood. */
export const restoreItem = (plan: Plan, author: Author, id: string): Plan =>
  rewritten(plan, author, id, (old) => old.map(({ removed_on: _, ...value }) => value));

/** Its text goes at once and for good. */
export const eraseItem = (plan: Plan, author: Author, id: string): Plan =>
  rewritten(plan, author, id, () => [null]);

/** To stand right after another item of its section; null for first. Its words are untouched. */
export function moveItem(plan: Plan, author: Author, id: string, after: string | null): Plan {
  const item = itemOf(plan, id);
  if (!item || after === id) return plan;
  return withItems(plan, placed(plan, author, item, after));
}

/** Text removed 180 days ago or longer goes for good. */
export function fadeRemoved(plan: Plan, author: Author, today: string): Plan {
  const isFaded = (value: Value): boolean =>
    isRemoved(value) && days(today) - days(String(value.removed_on)) >= KEPT_DAYS;
  for (const [id, item] of indexOf(plan).byId) {
    const texts = values(item);
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

/** NaN for what is no day: it is never old enough. */
const days = (day: string): number => Date.parse(`${day}T00:00Z`) / 86_400_000;

/** New siblings for these values, counted by the author; `ctx` is widened to cover them. */
function written(author: Author, ctx: Item["ctx"], given: (Value | null)[]): Item["sibs"] {
  return given.map((value) => {
    author.n += 1;
    ctx[author.replica] = author.n;
    return { dot: [author.replica, author.n], value: value && (plain(value) as Value) };
  });
}

/** Gets the values that still have their text, and gives those to stand in their place. */
type Change = (old: Value[]) => (Value | null)[];

/** Puts new values in place of every sibling. */
function rewritten(plan: Plan, author: Author, id: string, to: Change): Plan {
  const item = itemOf(plan, id);
  if (!item) return plan;
  const given = to(values(item));
  if (!given.length) return plan;
  const ctx = { ...item.ctx };
  for (const { dot } of siblings(item)) ctx[dot[0]] = Math.max(countIn(ctx, dot[0]), dot[1]);
  const sibs = written(author, ctx, given);
  return withItems(plan, new Map([[item, { ...item, sibs, ctx }]]));
}

/**
 * The item with a place right after `anchor`, and, where others share the anchor's own
 * fraction, those too: between equal places there is none.
 */
function placed(plan: Plan, author: Author, item: Item, anchor: string | null): Map<Item, Item> {
  const isOther = (one: Item): boolean => one.id !== item.id && isFraction(one.pos?.[0]);
  const others = placesIn(plan, item.section).filter(isOther);
  const found = others.findIndex((one) => one.id === anchor);
  const start = anchor === null ? 0 : found < 0 ? others.length : found + 1;
  let last = others[start - 1]?.pos[0] ?? null;
  const tied = others.slice(start).filter((one) => one.pos[0] === last);
  const next = others[start + tied.length]?.pos[0] ?? null;
  author.lamport += 1;
  const moved = new Map<Item, Item>();
  for (const one of [item, ...tied]) {
    last = between(last, next);
    moved.set(one, { ...one, pos: [last, author.lamport, author.replica] });
  }
  return moved;
}

/** Every other item stays the very same object. */
function withItems(plan: Plan, changed: Map<Item, Item>): Plan {
  return { ...plan, items: plan.items.map((item) => changed.get(item) ?? item) };
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
