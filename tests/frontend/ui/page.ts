// A page as Python makes it, for screens in jsdom: the words, the sections and the lines.
import { BY_PARTS, SECTIONS } from "../core/made-plan";

const LINES = [
  {
    id: "us_988",
    ways: [
      { by: "call", number: "988", href: "tel:988" },
      { by: "text", number: "988", href: "sms:988" },
    ],
  },
];

export function makePage(): HTMLElement {
  document.body.innerHTML = `<main><div id="static">general walk</div><div id="app" data-entry="now"></div></main>`;
  const data = document.createElement("script");
  data.type = "application/json";
  data.id = "page-data";
  const shape = {
    language: "en",
    messages: BY_PARTS,
    sections: SECTIONS,
    lines: LINES,
  };
  data.textContent = JSON.stringify(shape);
  document.body.append(data);
  globalThis.scrollTo = () => undefined;
  return document.getElementById("app")!;
}

/** The control with these words, which must be there once. */
export function control(name: string | RegExp): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>("a, button")].filter((one) => {
    const words = (one.getAttribute("aria-label") ?? one.textContent ?? "").trim();
    return typeof name === "string" ? words === name : name.test(words);
  });
  if (found.length !== 1) throw new Error(`${found.length} controls named ${name}`);
  return found[0]!;
}

export const has = (name: string | RegExp): boolean => {
  try {
    return Boolean(control(name));
  } catch {
    return false;
  }
};

/** Long enough for Preact to draw. */
export const drawn = (): Promise<void> => new Promise((done) => setTimeout(done, 20));
