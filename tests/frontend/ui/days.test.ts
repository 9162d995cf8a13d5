// Days are the person's own, and shown in words.
import "./browser";
import { expect, test } from "vitest";
import { dayWords, today } from "../../../frontend/src/ui/elements/days";

test("today is the day where the person is, late in the evening too", () => {
  expect(today(new Date(2026, 10, 3, 23, 59))).toBe("2026-11-03");
  expect(today(new Date(2026, 0, 1, 0, 1))).toBe("2026-01-01");
});

test("a day of this year needs no year, another one does, and what is no day stays as it is", () => {
  const now = new Date(2026, 10, 22);
  expect(dayWords("2026-11-03", now)).toBe("Nov 3");
  expect(dayWords("2025-11-03", now)).toBe("Nov 3, 2025");
  expect(dayWords("soon", now)).toBe("soon");
});
