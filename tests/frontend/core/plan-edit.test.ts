// Changes to a plan: each touches one item, keeps every text, and can always be opened again.
import { expect, test } from "vitest";
import {
  findItem,
  itemsIn,
  removedItems,
  setting,
  type Item,
} from "../../../frontend/src/core/plan";
import * as edit from "../../../frontend/src/core/plan-edit";
import { planJson } from "../../../frontend/src/core/plan-json";
import { parseStrict } from "../../../frontend/src/core/strict-json";
import { chance } from "./chance";
import { begun, raw, texts } from "./plans";

test("items stand in the order in which they were added, or where they were put", () => {
  const { plan, author, made } = begun(["a", "b", "c"]);
  expect(texts(plan)).toEqual(["a", "b", "c"]);
  const first = edit.addItem(plan, author, "reasons", { text: "first" }, null).plan;
  expect(texts(first)).toEqual(["first", "a", "b", "c"]);
  const second = edit.addItem(first, author, "reasons", { text: "after a" }, made[0]).plan;
  expect(texts(second)).toEqual(["first", "a", "after a", "b", "c"]);
  expect(texts(plan)).toEqual(["a", "b", "c"]);
});

test("an edit is one new sibling whose ctx covers every dot before it", () => {
  const { plan, author, made } = begun(["a"]);
  const id = made[0] as string;
  const old = raw(plan, id);
  const other = { dot: ["f".repeat(32), 7] as [string, number], value: { text: "elsewhere" } };
  const forked = { ...plan, items: [{ ...old, sibs: [...old.sibs, other] }] };
  expect(findItem(forked, id)).toMatchObject({ conflicted: true, value: { text: "a" } });
  const edited = raw(edit.editItem(forked, author, id, { text: "both" }), id);
  expect(edited.sibs).toEqual([{ dot: [author.replica, 2], value: { text: "both" } }]);
  expect(edited.ctx).toEqual({ [author.replica]: 2, ["f".repeat(32)]: 7 });
  expect(edited.pos).toBe(old.pos);
});

test("what was removed keeps its text, newest first, and comes back to its place", () => {
  const { plan, author, made } = begun(["a", "b", "c"]);
  const [a, b] = made as [string, string];
  const less = edit.removeItem(plan, author, b, "2026-11-20");
  const least = edit.removeItem(less, author, a, "2026-11-22");
  expect(texts(least)).toEqual(["c"]);
  expect(removedItems(least).map(({ value }) => [value.text, value.removed_on])).toEqual([
    ["a", "2026-11-22"],
    ["b", "2026-11-20"],
  ]);
  const back = edit.restoreItem(least, author, b);
  expect(texts(back)).toEqual(["b", "c"]);
  expect(findItem(back, b)?.value).toEqual({ text: "b" });
});

test("after 180 days removed text is gone, a day earlier it is not", () => {
  const { plan, author, made } = begun(["a", "b"]);
  const removed = edit.removeItem(plan, author, made[0] as string, "2026-05-26");
  expect(edit.fadeRemoved(removed, author, "2026-11-21")).toBe(removed);
  const faded = edit.fadeRemoved(removed, author, "2026-11-22");
  expect(raw(faded, made[0] as string).sibs.map(({ value }) => value)).toEqual([null]);
  expect(removedItems(faded)).toEqual([]);
  expect(planJson(faded)).not.toContain('"a"');
  expect(edit.fadeRemoved(faded, author, "2027-11-22")).toBe(faded);
  expect(texts(faded)).toEqual(["b"]);
});

test("a day that is none never lets text fade", () => {
  const { plan, author, made } = begun(["a"]);
  const removed = edit.removeItem(plan, author, made[0] as string, "some day");
  expect(edit.fadeRemoved(removed, author, "2030-01-01")).toBe(removed);
});

test("a move changes the place and nothing else", () => {
  const { plan, author, made } = begun(["a", "b", "c"]);
  const [a, , c] = made as [string, string, string];
  const moved = edit.moveItem(plan, author, c, null);
  expect(texts(moved)).toEqual(["c", "a", "b"]);
  expect(raw(moved, c)).toEqual({ ...raw(plan, c), pos: raw(moved, c).pos });
  expect(raw(moved, a)).toBe(raw(plan, a));
  expect(raw(moved, c).pos[1]).toBeGreaterThan(Math.max(...plan.items.map((one) => one.pos[1])));
});

test("items that share a place can still be parted", () => {
  const { plan, author, made } = begun(["a", "b", "c"]);
  const same = {
    ...plan,
    items: plan.items.map((one): Item => ({ ...one, pos: ["i", 1, one.id] })),
  };
  expect(texts(edit.moveItem(same, author, made[2] as string, made[0] as string))).toEqual([
    "a",
    "c",
    "b",
  ]);
  expect(texts(edit.moveItem(same, author, made[0] as string, made[1] as string))).toEqual([
    "b",
    "a",
    "c",
  ]);
});

test("any run of changes keeps the list that a plain list would have", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const next = chance(seed);
    let { plan, author } = begun();
    const list: string[] = [];
    const pick = (): number => Math.floor(next() * (list.length + 1)) - 1;
    for (let i = 0; i < 120; i++) {
      const after = pick();
      const anchor = after < 0 ? null : (list[after] as string);
      const at = pick();
      if (next() < 0.5 || at < 0) {
        const added = edit.addItem(plan, author, "reasons", { text: String(i) }, anchor);
        list.splice(after + 1, 0, added.id);
        plan = added.plan;
      } else if (next() < 0.2) {
        const [gone] = list.splice(at, 1) as [string];
        plan = edit.removeItem(plan, author, gone, "2026-11-22");
      } else {
        const [moving] = list.splice(at, 1) as [string];
        if (moving !== anchor) plan = edit.moveItem(plan, author, moving, anchor);
        list.splice(moving === anchor ? at : anchor ? list.indexOf(anchor) + 1 : 0, 0, moving);
      }
    }
    expect(
      itemsIn(plan, "reasons").map(({ id }) => id),
      `seed ${seed}`,
    ).toEqual(list);
  }
});

test("a cut emoji, deep nesting and undefined can never make a plan that does not open again", () => {
  const { plan, author } = begun();
  const cut = edit.addItem(plan, author, "reasons", {
    text: "a\ud83d",
    "k\udc00": 1,
    gone: undefined,
  }).plan;
  expect(parseStrict(planJson(cut))).toEqual(cut);
  expect(texts(cut)).toEqual(["a\ufffd"]);
  let deep: unknown = "x";
  for (let i = 0; i < 20; i++) deep = [deep];
  expect(() => edit.addItem(plan, author, "reasons", { deep })).toThrow("too_deep");
});

test("setField carries the other fields and takes empty ones away", () => {
  const { plan, author, made } = begun(["a"]);
  const id = made[0] as string;
  const more = edit.setField(plan, author, id, "show_first", true);
  expect(findItem(more, id)?.value).toEqual({ text: "a", show_first: true });
  for (const empty of ["", undefined, []])
    expect(findItem(edit.setField(more, author, id, "show_first", empty), id)?.value).toEqual({
      text: "a",
    });
});

test("settings are found and laid over", () => {
  const { plan, author } = begun();
  const once = edit.putSetting(plan, author, "copies", { text_on: "2026-11-22" });
  const twice = edit.putSetting(once, author, "copies", { json_on: "2026-11-23" });
  expect(setting(twice, "copies")?.value).toEqual({
    name: "copies",
    text_on: "2026-11-22",
    json_on: "2026-11-23",
  });
  expect(twice.items).toHaveLength(1);
  expect(setting(twice, "walk")).toBe(null);
});

test("an id that is not there changes nothing", () => {
  const { plan, author } = begun(["a"]);
  expect(edit.editItem(plan, author, "?", {})).toBe(plan);
  expect(edit.removeItem(plan, author, "?", "2026-11-22")).toBe(plan);
  expect(edit.moveItem(plan, author, "?", null)).toBe(plan);
});
