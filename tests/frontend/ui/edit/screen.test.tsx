// The editor as its data drives it: every field has a control, and nothing that was written is lost.
import "../browser";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeState, press, sections, settled, show, type, writePage } from "../a-screen";

const state = vi.hoisted(() => ({ now: {} as Record<string, unknown> }));
vi.mock("../../../../frontend/src/state/plan", () => state.now);
Object.assign(state.now, fakeState());
const fake = state.now as unknown as ReturnType<typeof fakeState>;

const { emptyPlan, findItem, itemsIn, mainField, removedItems } =
  await import("../../../../frontend/src/core/plan");
const { Edit } = await import("../../../../frontend/src/ui/edit/screen");
const { go } = await import("../../../../frontend/src/ui/route");

vi.stubGlobal("scrollTo", () => undefined);

beforeEach(() => {
  writePage();
  history.replaceState(null, "", "/edit");
  fake.plan.value = emptyPlan();
  fake.role.value = "writer";
});

async function openSection(id: string): Promise<HTMLElement> {
  go("/edit", id);
  return show(<Edit />);
}

const words = (app: Element) =>
  [...app.querySelectorAll(".row-words textarea")] as HTMLTextAreaElement[];
const enter = (field: Element, more = {}) =>
  field.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }),
  );

/** What is wrong with the fields within, told by their ids. */
function faults(within: Element): string[] {
  const fields = [...within.querySelectorAll("input, textarea, select")] as HTMLInputElement[];
  return fields.flatMap((field) => {
    const wrong: string[] = [];
    if (field.getAttribute("autocomplete") !== "off") wrong.push("autocomplete");
    if (!field.labels?.length) wrong.push("label");
    if (field instanceof HTMLTextAreaElement) {
      if (field.getAttribute("spellcheck") !== "false") wrong.push("spellcheck");
      if (field.getAttribute("translate") !== "no") wrong.push("translate");
      if (field.dir !== "auto") wrong.push("dir");
      if (field.hasAttribute("maxlength")) wrong.push("maxlength");
      if (!field.getAttribute("autocapitalize")) wrong.push("autocapitalize");
    }
    return wrong.map((what) => `${field.id || field.name}: ${what}`);
  });
}

test("the check of fields sees a field that the browser may read along", () => {
  const app = writePage();
  app.innerHTML =
    '<textarea id="bare" maxlength="5"></textarea><input id="open" autocomplete="on">';
  expect(faults(app)).toEqual([
    "bare: autocomplete",
    "bare: label",
    "bare: spellcheck",
    "bare: translate",
    "bare: dir",
    "bare: maxlength",
    "bare: autocapitalize",
    "open: autocomplete",
    "open: label",
  ]);
});

for (const section of sections) {
  test(`every field of ${section.id} has its control, left alone by the browser`, async () => {
    const isOwn = section.id === "own";
    const place = isOwn ? fake.put("own_sections", { title: "Songs" }) : section.id;
    fake.put(place, { [mainField(place)]: "something", likelihood: "unlikely" });
    const app = await openSection(place);
    await press(app, "Details");
    const controls: Record<string, string> = {
      line: "textarea",
      text: "textarea",
      choice: "input[type=radio]",
      choices: "input[type=checkbox]",
      flag: "input[type=checkbox]",
      date: "input[type=date]",
      item: "select",
      ways: "select",
      photo: "input[type=file]",
    };
    for (const field of section.fields.filter(({ main }) => !main)) {
      const label = await labelOf(section.id, field.id);
      const part = [...app.querySelectorAll(".detail")].find((one) =>
        one.textContent?.includes(label),
      );
      expect(part?.querySelector(controls[field.kind]!), `${section.id}.${field.id}`).toBeTruthy();
    }
    expect(faults(app)).toEqual([]);
  });
}

async function labelOf(section: string, field: string): Promise<string> {
  const { t } = await import("../../../../frontend/src/ui/elements/words");
  return t(`field.${section}.${field}.label`);
}

test("what is typed is kept exactly, in the order of the lines", async () => {
  const hostile = ["  <img src=x onerror=alert(1)> ", "שלום 👩‍👩‍👧‍👦\u202e", "x".repeat(10240)];
  const app = await openSection("warning_signs");
  for (const text of hostile) {
    await type(words(app).at(-1)!, text);
    enter(words(app).at(-2)!);
    await settled();
  }
  expect(itemsIn(fake.plan.value, "warning_signs").map(({ value }) => value.text)).toEqual(hostile);
  expect(words(app).map(({ value }) => value)).toEqual([...hostile, ""]);
});

test("an empty line becomes an item in the same field, so that the caret stays", async () => {
  const app = await openSection("reasons");
  const field = words(app)[0]!;
  await type(field, "B");
  expect(words(app)[0]).toBe(field);
  expect(document.activeElement).toBe(field);
});

test("return in the middle makes a line right below it", async () => {
  for (const text of ["one", "two"]) fake.put("warning_signs", { text });
  const app = await openSection("warning_signs");
  words(app)[0]!.focus();
  enter(words(app)[0]!);
  await settled();
  expect(document.activeElement).toBe(words(app)[1]);
  await type(words(app)[1]!, "one and a half");
  expect(itemsIn(fake.plan.value, "warning_signs").map(({ value }) => value.text)).toEqual([
    "one",
    "one and a half",
    "two",
  ]);
});

test("the return that chooses a character, and shift with return, end no line", async () => {
  fake.put("warning_signs", { text: "one" });
  fake.put("warning_signs", { text: "two" });
  const app = await openSection("warning_signs");
  enter(words(app)[0]!, { isComposing: true });
  enter(words(app)[0]!, { shiftKey: true });
  await settled();
  expect(words(app)).toHaveLength(3);
});

test("a field that is unknown here survives an edit of its item and of its ways", async () => {
  const id = fake.put("support_contacts", {
    name: "Maya",
    later: { kept: true },
    ways: [{ by: "both", number: "555-0117", later: "kept" }],
  });
  const app = await openSection("support_contacts");
  await type(words(app)[0]!, "Maya R.");
  await press(app, "Details");
  await type(app.querySelector("[id$=-number]")!, "555-0118");
  expect(findItem(fake.plan.value, id)?.value).toEqual({
    name: "Maya R.",
    later: { kept: true },
    ways: [{ by: "both", number: "555-0118", later: "kept" }],
  });
});

test("a field that depends on another appears with it, and is never hidden while it is filled", async () => {
  const id = fake.put("coping_strategies", { text: "walk the dog" });
  const app = await openSection("coping_strategies");
  await press(app, "Details");
  expect(app.querySelector("[id$=-obstacles]")).toBeNull();
  (app.querySelectorAll("input[type=radio]")[1] as HTMLInputElement).click();
  await settled();
  await type(app.querySelector("textarea[id$=-obstacles]")!, "rain");
  (app.querySelectorAll("input[type=radio]")[0] as HTMLInputElement).click();
  await settled();
  expect(findItem(fake.plan.value, id)?.value).toMatchObject({
    likelihood: "likely",
    obstacles: "rain",
  });
  expect(app.querySelector("textarea[id$=-obstacles]")).not.toBeNull();
});

test("a line left empty is no item, and one that was emptied keeps its words in Recently removed", async () => {
  fake.put("warning_signs", { text: "staying in bed" });
  const app = await openSection("warning_signs");
  await type(words(app)[1]!, "x");
  await type(words(app)[1]!, "");
  words(app)[0]!.focus();
  await settled(400);
  expect(itemsIn(fake.plan.value, "warning_signs")).toHaveLength(1);
  expect(removedItems(fake.plan.value)).toEqual([]);
  await type(words(app)[0]!, "");
  words(app)[0]!.blur();
  await settled(400);
  expect(itemsIn(fake.plan.value, "warning_signs")).toEqual([]);
  expect(removedItems(fake.plan.value).map(({ value }) => value.text)).toEqual(["staying in bed"]);
  await press(app, "Undo");
  expect(words(app).map(({ value }) => value)).toEqual(["staying in bed", ""]);
});

test("moving a line keeps the focus where it was and touches no words", async () => {
  for (const text of ["one", "two", "three"]) fake.put("reasons", { text });
  const app = await openSection("reasons");
  const handle = app.querySelectorAll<HTMLElement>(".handle")[0]!;
  handle.focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) {
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await settled();
  }
  expect(words(app).map(({ value }) => value)).toEqual(["two", "one", "three", ""]);
  expect(document.activeElement).toBe(handle);
});

test("an own section goes with what is in it and comes back with it", async () => {
  const own = fake.put("own_sections", { title: "Songs" });
  fake.put(own, { text: "the slow one" });
  const app = await openSection(own);
  await press(app, "Remove this part");
  expect(itemsIn(fake.plan.value, "own_sections")).toEqual([]);
  await press(app, "Undo");
  expect(itemsIn(fake.plan.value, own).map(({ value }) => value.text)).toEqual(["the slow one"]);
  expect(itemsIn(fake.plan.value, "own_sections")[0]?.value.title).toBe("Songs");
});

test("the walk begins with one own section at most", async () => {
  const first = fake.put("own_sections", { title: "Songs", walk_first: true });
  const second = fake.put("own_sections", { title: "Faith" });
  const app = await openSection(second);
  app.querySelector<HTMLInputElement>(".own-part input[type=checkbox]")!.click();
  await settled();
  expect(findItem(fake.plan.value, first)?.value.walk_first).toBeUndefined();
  expect(findItem(fake.plan.value, second)?.value.walk_first).toBe(true);
});

test("a tab that follows shows the words and changes none", async () => {
  fake.put("support_contacts", { name: "Maya", ways: [{ by: "both", number: "555" }] });
  fake.role.value = "follower";
  const app = await openSection("support_contacts");
  await press(app, "Details");
  expect(app.textContent).toContain("open in another tab");
  const open = [...app.querySelectorAll<HTMLInputElement>("textarea, input, select")].filter(
    (field) => !field.disabled && !field.readOnly,
  );
  expect(open).toEqual([]);
});

test("a tab that follows before there is any plan says why, and how to write here", async () => {
  fake.role.value = "follower";
  fake.opening.value = "none";
  const app = await openSection("reasons");
  fake.opening.value = "open";
  expect(app.textContent).toContain("open in another tab");
});

test("ways of a shape not known here break nothing and are kept", async () => {
  const odd = [null, "555-0100", { by: "both", number: "555-0117" }];
  const id = fake.put("support_contacts", { name: "Maya", ways: odd });
  const app = await openSection("support_contacts");
  await press(app, "Details");
  const number = [...app.querySelectorAll("textarea")].find(({ id }) => id.endsWith("-number"))!;
  expect(number.value).toBe("555-0117");
  await type(number, "555-0118");
  const kept = findItem(fake.plan.value, id)?.value.ways;
  expect(kept).toEqual([{ by: "both", number: "555-0118" }, null, "555-0100"]);
});

test("no address and no title holds a word or an id of the plan", async () => {
  const own = fake.put("own_sections", { title: "Songs" });
  await openSection(own);
  expect(location.pathname + location.search + location.hash).toBe("/edit");
  expect(document.title).toBe("Keel · Edit");
});
