// The crisis bar stays above a keyboard that covers the page, and where it was without one.
import "./browser";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stayAboveKeyboard } from "../../../frontend/src/ui/elements/above-keyboard";

const view = Object.assign(new EventTarget(), { height: 667, offsetTop: 0, scale: 1 });
const lifted = () => document.documentElement.style.getPropertyValue("--keyboard");

beforeEach(() => {
  vi.stubGlobal("visualViewport", view);
  vi.spyOn(document.documentElement, "clientHeight", "get").mockReturnValue(667);
  Object.assign(view, { height: 667, offsetTop: 0, scale: 1 });
  stayAboveKeyboard();
});

afterEach(() => vi.unstubAllGlobals());

test("a keyboard of 300 pixels lifts it by 300, and it comes down again", () => {
  view.height = 367;
  view.dispatchEvent(new Event("resize"));
  expect(lifted()).toBe("300px");
  view.height = 667;
  view.dispatchEvent(new Event("resize"));
  expect(lifted()).toBe("0px");
});

test("a page scrolled under the keyboard is lifted by what is still covered", () => {
  Object.assign(view, { height: 367, offsetTop: 120 });
  view.dispatchEvent(new Event("scroll"));
  expect(lifted()).toBe("180px");
});

test("zooming in is no keyboard", () => {
  Object.assign(view, { height: 333, scale: 2 });
  view.dispatchEvent(new Event("resize"));
  expect(lifted()).toBe("0px");
});
