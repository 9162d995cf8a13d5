"""Every hostile string in every field of every section, typed on the edit screen.

Which fields there are is read from app/content/sections.json and compared with what the screen
shows: a field that no hostile string is typed into fails here; test_hostile_places.py does the same
for what is no item's field. Kept means: held by the fields, in the plan that is opened from the
device anew, and in the fields after a load, code point for code point. One change is the browser's:
a text field of HTML makes every line break a \\n. A field for a day takes a day, and of these
strings nothing.

How it is typed. Six rows of every field, other strings in each: the field focused, its words
selected, the string put in by the browser as a keyboard or a paste would (`keyboard.insert_text`).
All other rows: the field's value set in the page, then `beforeinput`, `input` and `change` as the
browser sends them, one batch for a field; the app hears the same, but there is no focus and no key.
"""

import base64
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from app.content.sections import SectionField, read_sections
from tests.journeys.conftest import Seal, Words
from tests.journeys.hostile import NOTE, STRINGS, WITH_BREAKS
from tests.journeys.phone import Phone
from tests.journeys.test_hostile import did_run, hostile_value
from tests.journeys.test_pictures import opened_plan, values

STRINGS_TYPED = [*STRINGS, *WITH_BREAKS, NOTE]
SECTIONS = [one.id for one in read_sections().sections]
BEFORE = "before"
BY_KEYBOARD = range(5, len(STRINGS_TYPED), len(STRINGS_TYPED) // 6)
"""Rows that are typed by the browser; their strings differ from field to field."""
MAIN = "main"
SLOTS: dict[str, Callable[[SectionField], list[str]]] = {
    "line": lambda field: [MAIN if field.main else field.id],
    "text": lambda field: [MAIN if field.main else field.id],
    "date": lambda field: [field.id],
    "ways": lambda _: ["number", "app", "handle"],
    "photo": lambda field: [f"{field.id}-words"],
    "choice": lambda _: [],
    "choices": lambda _: [],
    "flag": lambda _: [],
    "item": lambda _: [],
}
"""For every kind of field the places to type in; a new kind has to say here what it takes."""

# Runs in the page. A slot is a place to type in: a field's id, without the key of its row.
HANDS = """globalThis.hands = {
  soon: () => new Promise((done) => setTimeout(done)),
  within: (root) => [...root.querySelectorAll("textarea, [contenteditable], " +
    "input:not([type=checkbox], [type=radio], [type=file])")],
  slot(field) {
    const key = field.closest("[data-line]")?.dataset.line;
    return key ? field.id.slice(key.length + 1).replace(/^way-\\d+-/, "") : field.id; },
  row: (list, at) => [...document.querySelectorAll("#app ul.rows")[list].children].at(at),
  count: (list) => document.querySelectorAll("#app ul.rows")[list].children.length - 1,
  field(list, at, slot) {
    const found = this.within(this.row(list, at)).filter((one) => this.slot(one) === slot);
    if (found.length !== 1) throw new Error(`${found.length} fields ${slot} in row ${at}`);
    return found[0]; },
  unfold(list, rows) {
    for (const at of rows) this.row(list, at).querySelector("[aria-expanded=false]")?.click();
    return this.soon(); },
  point(list, at, slot) {
    const field = this.field(list, at, slot);
    field.focus();
    field.select(); },
  type(field, text) {
    const told = { bubbles: true, composed: true, inputType: "insertText", data: text };
    field.dispatchEvent(new InputEvent("beforeinput", { ...told, cancelable: true }));
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
    set.call(field, text);
    field.dispatchEvent(new InputEvent("input", told));
    field.dispatchEvent(new Event("change", { bubbles: true })); },
  begin(texts) {
    texts.forEach((text, list) => this.type(this.field(list, -1, "main"), text));
    return this.soon(); },
  async titles(texts) {
    for (const [at, text] of texts) {
      document.querySelectorAll(".part-line")[at].click();
      await this.soon();
      this.type(document.getElementById("own-title"), text);
      await this.soon(); } },
  fill(list, slot, texts) {
    for (const [at, text] of texts) this.type(this.field(list, at, slot), text);
    return this.soon(); },
  held(list) {
    const slots = {};
    for (let at = 0; at < this.count(list); at++)
      for (const field of this.within(this.row(list, at)))
        (slots[this.slot(field)] ??= []).push(field.value);
    return slots; },
  outside() {
    const all = this.within(document.getElementById("app"));
    return all.filter((one) => !one.closest("[data-line]")).map((one) => this.slot(one)); },
}; 0"""

Texts = dict[str, list[str]]


def fields_of(section: str) -> tuple[SectionField, ...]:
    return next(one.fields for one in read_sections().sections if one.id == section)


def main_of(section: str) -> str:
    return fields_of(section)[0].id


def slots(section: str) -> list[str]:
    """Every place to type in that an item of the section has."""
    return [slot for field in fields_of(section) for slot in SLOTS[field.kind](field)]


def days(section: str) -> set[str]:
    return {field.id for field in fields_of(section) if field.kind == "date"}


def shifted(strings: Sequence[str], by: int) -> list[str]:
    """Another string for every field of a row: one that went into its neighbour is not its own."""
    return [strings[(at + 31 * by) % len(strings)] for at in range(len(strings))]


def typed(section: str, strings: Sequence[str]) -> Texts:
    """For every slot what is typed, row by row."""
    return {slot: shifted(strings, number) for number, slot in enumerate(slots(section))}


def kept(section: str, texts: Texts) -> Texts:
    """The same as it should be held: with the browser's line breaks, and no day that is none."""
    no_day = days(section)
    return {slot: ["" if slot in no_day else broken(one) for one in texts[slot]] for slot in texts}


def broken(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def differences(wanted: Texts, found: Texts) -> list[str]:
    """Each string that is not what it should be, code point for code point, shortly."""
    assert set(found) == set(wanted), "the fields on the screen are not those of the data"
    assert {slot: len(found[slot]) for slot in found} == {slot: len(wanted[slot]) for slot in found}
    return [
        f"{slot} {row}: {one[:60]!r} for {other[:60]!r}"
        for slot in wanted
        for row, (other, one) in enumerate(zip(wanted[slot], found[slot], strict=True))
        if one != other
    ]


def small_picture() -> dict[str, str]:
    out = BytesIO()
    Image.new("RGB", (1, 1)).save(out, "JPEG")
    data = base64.urlsafe_b64encode(out.getvalue()).decode().rstrip("=")
    return {"type": "image/jpeg", "data": data, "words": BEFORE}


def before(section: str, count: int) -> list[tuple[str, dict[str, object]]]:
    """Items whose every text is still another one; with more pictures than a person may choose."""
    value = hostile_value(section, BEFORE)
    value |= {one.id: small_picture() for one in fields_of(section) if one.kind == "photo"}
    own: list[tuple[str, dict[str, object]]] = [("own_sections", {"title": BEFORE})]
    return [*(own if section == "own" else []), *[(section, value)] * count]


def open_part(phone: Phone, section: str) -> Page:
    """Its lines on the screen, loaded anew; a person's own part comes after ours."""
    page = phone.go("/edit")
    if page.locator("a.to-list").is_visible():  # the part that was open is open again
        page.locator("a.to-list").click()
    page.locator(".part-line").nth(SECTIONS.index(section)).click()
    expect(page.locator("[data-line]").first).to_be_visible()
    page.evaluate(HANDS)
    return page


def type_all(page: Page, texts: Texts, rows_by_keyboard: Sequence[int] = BY_KEYBOARD) -> None:
    """Into every slot of every row of the part that is open."""
    count = len(texts[MAIN])
    by_keyboard = [row for row in rows_by_keyboard if row < count]
    page.evaluate("(rows) => hands.unfold(0, rows)", by_keyboard)
    for slot in texts:
        for row in by_keyboard:
            page.evaluate("([row, slot]) => hands.point(0, row, slot)", [row, slot])
            page.keyboard.insert_text(texts[slot][row])
    page.evaluate("(rows) => hands.unfold(0, rows)", list(range(count)))
    for slot in texts:
        rest = [(row, text) for row, text in enumerate(texts[slot]) if row not in by_keyboard]
        page.evaluate("([slot, rest]) => hands.fill(0, slot, rest)", [slot, rest])


def shown(page: Page, count: int) -> Texts:
    """What the fields hold, all details unfolded."""
    page.evaluate("(count) => hands.unfold(0, [...Array(count).keys()])", count)
    found: Texts = page.evaluate("() => hands.held(0)")
    return found


def saved(page: Page, words: Words) -> None:
    """A thousand fields at once may take longer than what one person types."""
    expect(page.get_by_text(words("save.saved"), exact=True)).to_be_visible(timeout=20_000)


def stored(section: str, plan: dict[str, Any]) -> Texts:
    """The same out of the plan as it lies sealed on the device."""
    home = section
    if section == "own":
        home = next(one["id"] for one in plan["items"] if one["section"] == "own_sections")
    items = values(plan, home)
    return {
        slot: [in_slot(item, slot, main_of(section)) for item in items] for slot in slots(section)
    }


def in_slot(item: dict[str, Any], slot: str, main: str) -> str:
    if slot == MAIN:
        slot = main
    elif slot == "number":
        item = item["ways"][0]
    elif slot in ("app", "handle"):
        item = item["ways"][1]
    elif slot.endswith("-words"):
        item, slot = item[slot.removesuffix("-words")], "words"
    found: str = item.get(slot, "")
    return found


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.timeout(240)
def test_every_field_keeps_and_shows_every_string(
    section: str, phone: Phone, words: Words, seal: Seal, sealing_script: str
) -> None:
    texts = typed(section, STRINGS_TYPED)
    wanted = kept(section, texts)
    count = len(STRINGS_TYPED)
    phone.open("/lines")
    seal(phone, before(section, count))
    page = open_part(phone, section)
    type_all(page, texts)
    assert differences(wanted, shown(page, count)) == []
    assert page.evaluate("() => hands.outside()") == (["own-title"] if section == "own" else [])
    saved(page, words)
    assert differences(wanted, stored(section, opened_plan(phone, sealing_script))) == []
    assert not did_run(page)
    page = open_part(phone, section)
    assert differences(wanted, shown(page, count)) == []
    strange = "script, iframe, object, svg, form:not(.row-words), style"
    assert page.locator(f"[data-line] :is({strange})").count() == 0
    assert not did_run(page)
