// A page as Python makes it, with the real words and sections, and a plan that is kept in memory only.

import { BY_PARTS } from "../core/made-plan";
import { readFileSync } from "node:fs";
import { signal } from "@preact/signals";
import { render, type ComponentChild } from "preact";
import { emptyPlan, type Plan, type Value } from "../../../frontend/src/core/plan";
import { addItem, newAuthor, type Author } from "../../../frontend/src/core/plan-edit";

const read = (path: string): string =>
  readFileSync(new URL(`../../../app/content/${path}`, import.meta.url), "utf8");

export const sections = JSON.parse(read("sections.json")).sections as {
  id: string;
  fields: { id: string; kind: string; main?: boolean }[];
}[];

/** Stands in for state/plan: shows a change at once, saves nothing. */
export function fakeState() {
  let drawn = 0;
  const newId = () => (drawn += 1).toString(16).padStart(32, "0");
  const author: Author = newAuthor(emptyPlan(), newId);
  const plan = signal<Plan>(emptyPlan());
  /** How often everything was to be deleted, and what is to be left over. */
  const erasing = { asked: 0, left: [] as string[] };
  return {
    plan,
    opening: signal("open"),
    saved: signal("nothing"),
    role: signal("writer"),
    persisted: signal<boolean | null>(null),
    failure: signal<string | null>(null),
    erasing,
    flush: async () => undefined,
    takeOver: async () => undefined,
    startAnew: async () => undefined,
    async deleteEverything() {
      erasing.asked += 1;
      return erasing.left;
    },
    handedOver: () => false,
    change(make: (now: Plan, by: Author) => Plan) {
      plan.value = make(plan.value, author);
    },
    /** Puts an item into the plan, as if it had always been there; its id. */
    put(section: string, value: Value): string {
      const added = addItem(plan.value, author, section, value);
      plan.value = added.plan;
      return added.id;
    },
  };
}

/** jsdom has no `spellcheck`; browsers reflect it in the attribute. */
function reflectSpellcheck(): void {
  if ("spellcheck" in HTMLElement.prototype) return;
  Object.defineProperty(HTMLElement.prototype, "spellcheck", {
    get(this: HTMLElement) {
      return this.getAttribute("spellcheck") !== "false";
    },
    set(this: HTMLElement, to: boolean) {
      this.setAttribute("spellcheck", String(to));
    },
  });
}

export function writePage(): HTMLElement {
  const data = { language: "en", messages: BY_PARTS, sections };
  reflectSpellcheck();
  document.body.innerHTML = '<nav class="bar"></nav><main><div id="app"></div></main>';
  const script = document.createElement("script");
  script.type = "application/json";
  script.id = "page-data";
  script.textContent = JSON.stringify(data);
  document.body.append(script);
  return document.getElementById("app")!;
}

/** Long enough for signals, effects and a focus that moves afterwards. */
export const settled = (ms = 30) => new Promise((done) => setTimeout(done, ms));

export async function show(screen: ComponentChild): Promise<HTMLElement> {
  const app = document.getElementById("app")!;
  render(null, app);
  render(screen, app);
  await settled();
  return app;
}

export async function type(field: Element, text: string): Promise<void> {
  const input = field as HTMLTextAreaElement;
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await settled();
}

export function button(within: Element, words: string): HTMLButtonElement {
  const found = [...within.querySelectorAll("button")].find((one) => one.textContent === words);
  if (!found) throw new Error(`no button "${words}" in: ${within.textContent}`);
  return found;
}

export async function press(within: Element, words: string): Promise<void> {
  button(within, words).click();
  await settled();
}
