// The plan as items, and how it is read: what is live, and in which order.
// Pure; what only other screens ask stands in plan.ts, so that the walk does not carry it.

/** What a person wrote in one item, by field name; unknown fields are carried along. */
export type Value = Record<string, unknown>;

export interface Sibling {
  /** Who wrote it (32 hex, one for each running of the app) and that one's count, from 1. */
  dot: [string, number];
  /** null once its text was let go for good. */
  value: Value | null;
}

export interface Item {
  /** 32 hex. */
  id: string;
  section: string;
  sibs: Sibling[];
  /** Every dot of this item that was seen: the highest count of each replica. */
  ctx: Record<string, number>;
  /** [fraction, lamport, replica] */
  pos: [string, number, string];
}

/** `items` may hold shapes of a newer version: they are skipped when shown and always kept. */
export interface Plan {
  format: "safety-plan";
  version: number;
  items: Item[];
}

/** An item as a screen needs it; the same object for as long as the item is unchanged. */
export interface Shown extends Pick<Item, "id" | "section"> {
  value: Value;
  /** Written in two places at once, both kept. */
  conflicted: boolean;
}

/** Every item of a known shape, by its id and by its section. */
interface Index {
  byId: Map<string, Item>;
  /** In the order of their places, removed ones included. */
  bySection: Map<string, Item[]>;
}

const indexes = new WeakMap<Plan, Index>();
const shownOf = new WeakMap<Item, Shown | null>();

/** A plan, or null when this is none; its items are taken as they are. */
export function asPlan(parsed: unknown): Plan | null {
  const isPlan = isRecord(parsed) && parsed.format === "safety-plan" && Array.isArray(parsed.items);
  return isPlan ? (parsed as unknown as Plan) : null;
}

/** The live items of a section, in order. */
export const itemsIn = (plan: Plan, section: string): Shown[] =>
  placesIn(plan, section).flatMap((item) => shown(item) ?? []);

/** The settings item of this name, or null. */
export const setting = (plan: Plan, name: string): Shown | null =>
  itemsIn(plan, "settings").find((one) => one.value.name === name) ?? null;

/** Every item of a section, removed ones too, in the order of their places. */
export const placesIn = (plan: Plan, section: string): Item[] =>
  indexOf(plan).bySection.get(section) ?? [];

/** Its siblings of a known shape, in the order of their dots. */
export const siblings = (item: Item): Sibling[] =>
  item.sibs.filter(isSibling).sort((a, b) => compare(a.dot[0], b.dot[0]) || a.dot[1] - b.dot[1]);

/** The values that still have their text, in the order of their dots. */
export const values = (item: Item): Value[] =>
  siblings(item).flatMap(({ value }) => (value ? [value] : []));

export const isRemoved = (value: Value): boolean => typeof value.removed_on === "string";

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** True for what `between` in position.ts can make; anything else has no place of its own. */
export const isFraction = (text: unknown): text is string =>
  typeof text === "string" && /^[0-9a-z]*[1-9a-z]$/.test(text);

/** The order of two texts, unit by unit. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isSibling(sib: unknown): sib is Sibling {
  if (!isRecord(sib) || !Array.isArray(sib.dot)) return false;
  const [replica, n] = sib.dot as unknown[];
  const isReplica = typeof replica === "string" && /^[0-9a-f]{32}$/.test(replica);
  return isReplica && Number.isSafeInteger(n) && (sib.value === null || isRecord(sib.value));
}

/** An item whose outer shape is known; one of another shape is neither shown nor changed. */
function isItem(item: unknown): item is Item {
  if (!isRecord(item) || !Array.isArray(item.sibs) || !isRecord(item.ctx)) return false;
  return typeof item.id === "string" && typeof item.section === "string";
}

/** The live item as a screen needs it, or null. */
export function shown(item: Item): Shown | null {
  const known = shownOf.get(item);
  if (known !== undefined) return known;
  const live = values(item).filter((value) => !isRemoved(value));
  const { id, section } = item;
  const made = live[0] ? { id, section, value: live[0], conflicted: live.length > 1 } : null;
  shownOf.set(item, made);
  return made;
}

/** The order of a list: by place, then by who placed it; what has no place comes last. */
function byPlace(a: Item, b: Item): number {
  const [left, right] = [place(a), place(b)];
  const at = left.findIndex((one, n) => one !== right[n]);
  return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1;
}

function place({ id, pos }: Item): (string | number)[] {
  const [fraction, lamport, replica]: unknown[] = Array.isArray(pos) ? pos : [];
  return [
    isFraction(fraction) ? fraction : "~",
    typeof lamport === "number" ? lamport : 0,
    typeof replica === "string" ? replica : "",
    id,
  ];
}

/** Made once for each plan, in one pass: a change costs the same however many sections ask. */
export function indexOf(plan: Plan): Index {
  const known = indexes.get(plan);
  if (known) return known;
  const index: Index = { byId: new Map(), bySection: new Map() };
  for (const item of plan.items) {
    if (!isItem(item) || index.byId.has(item.id)) continue;
    index.byId.set(item.id, item);
    const list = index.bySection.get(item.section);
    if (list) list.push(item);
    else index.bySection.set(item.section, [item]);
  }
  for (const list of index.bySection.values()) list.sort(byPlace);
  indexes.set(plan, index);
  return index;
}
