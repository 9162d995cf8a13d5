// What one tab changed, carried over to a plan that another tab saved meanwhile: no text is lost.
import { countIn, isRecord, siblings, type Item, type Plan, type Sibling } from "./plan";

/** `base` is what `mine` grew from; items that are the same object in both were not changed. */
export function carryOver(base: Plan, mine: Plan, theirs: Plan): Plan {
  const untouched = new Set<unknown>(base.items);
  const changed = new Map<string, Item>();
  for (const item of mine.items)
    if (!untouched.has(item) && isRecord(item)) changed.set(item.id, item);
  if (!changed.size) return theirs;
  const items = theirs.items.map((item) => {
    const ours = isRecord(item) ? changed.get(item.id) : undefined;
    if (!ours) return item;
    changed.delete(item.id);
    return joinedItem(ours, item);
  });
  return { ...theirs, items: [...items, ...changed.values()] };
}

/** A sibling stays if both have it, or if the other never saw it; the later move wins. */
function joinedItem(ours: Item, theirs: Item): Item {
  const known = siblings(theirs);
  const has = (all: Sibling[], { dot }: Sibling): boolean =>
    all.some((one) => one.dot[0] === dot[0] && one.dot[1] === dot[1]);
  const unseen = (ctx: Item["ctx"], { dot }: Sibling): boolean => dot[1] > countIn(ctx, dot[0]);
  const own = siblings(ours).filter((sib) => has(known, sib) || unseen(theirs.ctx, sib));
  const other = known.filter((sib) => !has(own, sib) && unseen(ours.ctx, sib));
  const ctx = { ...theirs.ctx };
  for (const replica of Object.keys(ours.ctx))
    ctx[replica] = Math.max(countIn(ctx, replica), countIn(ours.ctx, replica));
  const isLater = ours.pos[1] - theirs.pos[1] || (ours.pos[2] > theirs.pos[2] ? 1 : -1);
  const pos = isLater > 0 ? ours.pos : theirs.pos;
  return { ...theirs, ...ours, sibs: [...own, ...other], ctx, pos };
}
