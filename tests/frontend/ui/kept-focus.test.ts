// Where the focus goes when what held it is taken off the screen.

import "./browser";
import { afterEach, expect, test } from "vitest";
import { keepFocus } from "../../../frontend/src/ui/elements/kept-focus";

const drawn = () => new Promise((done) => setTimeout(done));

function page(html: string): HTMLElement {
  document.body.innerHTML = `<div id="app">${html}</div>`;
  const app = document.getElementById("app")!;
  keepFocus(app);
  return app;
}

const find = (selector: string) => document.querySelector<HTMLElement>(selector)!;

afterEach(() => {
  document.body.innerHTML = "";
});

test("it goes to the nearest thing that can hold it", async () => {
  page(`<h1 tabindex="-1">My plan</h1>
    <fieldset><p><button id="gone">Clear</button></p><input id="beside"></fieldset>`);
  find("#gone").focus();
  find("#gone").parentElement!.remove();
  await drawn();
  expect(document.activeElement).toBe(find("#beside"));
});

test("where nothing is beside it, it goes to the heading", async () => {
  page(`<h1 tabindex="-1">My plan</h1><aside><button id="gone">Not now</button></aside>`);
  find("#gone").focus();
  find("aside").remove();
  await drawn();
  expect(document.activeElement).toBe(find("h1"));
});

test("a screen that placed the focus itself is left alone", async () => {
  page(`<h1 tabindex="-1">My plan</h1><p><button id="gone">Remove</button></p><input id="undo">`);
  find("#gone").focus();
  find("p").remove();
  find("#undo").focus();
  await drawn();
  expect(document.activeElement).toBe(find("#undo"));
});

test("somebody who stands nowhere is not moved", async () => {
  const app = page(`<h1 tabindex="-1">My plan</h1><button id="still">Edit</button><p>words</p>`);
  find("#still").focus();
  find("#still").blur();
  app.querySelector("p")!.remove();
  await drawn();
  expect(document.activeElement).toBe(document.body);
});
