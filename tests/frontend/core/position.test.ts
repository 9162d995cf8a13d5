// Places in a list: always between, never ending in "0", short even in long lists.
import { expect, test } from "vitest";
import { chance } from "./chance";
import { isFraction } from "../../../frontend/src/core/plan";
import { between } from "../../../frontend/src/core/position";

type Between = typeof between;

/** Inserts `count` times wherever `at` says; throws unless the list stays in order. */
function filled(make: Between, count: number, at: (length: number) => number): string[] {
  const list: string[] = [];
  for (let i = 0; i < count; i++) {
    const where = at(list.length);
    list.splice(where, 0, make(list[where - 1] ?? null, list[where] ?? null));
  }
  list.forEach((one, i) => {
    if (!isFraction(one)) throw new Error(`not a place: ${one}`);
    if (i && !((list[i - 1] as string) < one)) throw new Error(`out of order: ${one}`);
  });
  return list;
}

const longest = (list: string[]): number => Math.max(...list.map((one) => one.length));

test("a thousand places at random spots stay in order, for two hundred seeds", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const next = chance(seed);
    const list = filled(between, 200, (length) => Math.floor(next() * (length + 1)));
    expect(longest(list)).toBeLessThan(24);
  }
});

test("the check sees a place that is not between", () => {
  const halfWrong: Between = (before, after) =>
    after ? between(before, null) : between(before, after);
  expect(() => filled(halfWrong, 50, () => 0)).toThrow("out of order");
});

test("500 items added at the end, or at the start, have short places", () => {
  expect(longest(filled(between, 500, (length) => length))).toBeLessThanOrEqual(2);
  expect(longest(filled(between, 500, () => 0))).toBeLessThanOrEqual(4);
  expect(longest(filled(between, 5000, (length) => length))).toBeLessThanOrEqual(6);
});

test("inserting at one spot again and again grows by a letter about every fifth time", () => {
  expect(longest(filled(between, 200, (length) => Math.min(1, length)))).toBeLessThan(60);
});

test("where there is no place, it says so", () => {
  expect(() => between("b", "b")).toThrow(RangeError);
  expect(() => between("c", "b")).toThrow(RangeError);
});

test.each(["a0", "", "A", null, 3])("%s is no place", (not) => {
  expect(isFraction(not)).toBe(false);
});

test("tight neighbours still have a place between them", () => {
  for (const [low, high] of [
    ["a", "a01"],
    ["az", "b"],
    ["a", "a1"],
    ["0001", "001"],
    ["zz", "zz1"],
  ]) {
    const made = between(low as string, high as string);
    expect(low! < made && made < high! && isFraction(made), `${low} ${made} ${high}`).toBe(true);
  }
});
