// The words that Python wrote into the page, and what happens where one is missing.
import "./browser";
import { beforeEach, expect, test, vi } from "vitest";
import { makePage } from "./page";

beforeEach(() => {
  vi.resetModules();
  makePage();
});

const words = () => import("../../../frontend/src/ui/elements/words");

test("words are read once, with their values put in", async () => {
  const { t, language, sections, lines } = await words();
  expect(t("way.call", { name: "Maya" })).toBe("Call Maya");
  document.getElementById("page-data")!.remove();
  expect(t("way.copy")).toBe("Copy");
  expect(language()).toBe("en");
  expect(sections().length).toBeGreaterThan(6);
  expect(lines()[0]!.id).toBe("us_988");
});

test("a value is put in as it is, also where it looks like a place", async () => {
  const { t } = await words();
  expect(t("way.call", { name: "{name} $& <b>" })).toBe("Call {name} $& <b>");
});

test("a missing key is nothing to a person and one line in the console", async () => {
  const { t } = await words();
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect([t("nudge.nowhere"), t("nudge.nowhere")]).toEqual(["", ""]);
  expect(log).toHaveBeenCalledTimes(1);
});

test("a page without its data is without words, not broken", async () => {
  document.getElementById("page-data")!.remove();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { t, sections, lines } = await words();
  expect([t("way.copy"), sections(), lines()]).toEqual(["", [], []]);
});
