"""Whatever is typed is kept as typed and shown as typed, in every field, and never runs."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from app.content.sections import read_sections
from tests.journeys.conftest import Seal, Words
from tests.journeys.editor import Editor
from tests.journeys.hostile import NOTE, STRINGS, WITH_BREAKS
from tests.journeys.phone import Phone

ALL = [*STRINGS, *WITH_BREAKS]
SECTIONS = [one.id for one in read_sections().sections]
Item = tuple[str, dict[str, object]]


def hostile_value(section: str, text: str) -> dict[str, object]:
    """An item of the section with this text in every field that takes words."""
    fields = next(one.fields for one in read_sections().sections if one.id == section)
    value: dict[str, object] = {
        field.id: text for field in fields if field.kind in ("line", "text")
    }
    if any(field.id == "obstacles" for field in fields):
        value["likelihood"] = "unlikely"
    if any(field.kind == "ways" for field in fields):
        value["ways"] = [
            {"by": "both", "number": text},
            {"by": "other", "app": text, "handle": text},
        ]
    return value


def hostile_items(strings: list[str]) -> list[Item]:
    """Every string in every field of every section, a person's own among them."""
    given = [(one, hostile_value(one, text)) for one in SECTIONS for text in strings]
    return [("own_sections", {"title": strings[0]}), *given]


def did_run(page: Page) -> bool:
    ran: bool = page.evaluate("() => globalThis.__ran !== undefined")
    return ran


def texts(page: Page, selector: str) -> list[str]:
    """What elements say, or what fields hold, exactly."""
    found: list[str] = page.locator(selector).evaluate_all(
        "(all) => all.map((one) => 'value' in one ? one.value : one.textContent)"
    )
    return found


@pytest.mark.timeout(240)
def test_every_string_is_kept_as_typed(phone: Phone, words: Words) -> None:
    """Typed by the screen into one section, a line each, and still so after a new start."""
    page = phone.open("/edit")
    editor = Editor(page, words)
    editor.open("coping_strategies")
    typed = [text for text in STRINGS if text.strip()]
    for text in typed:
        field = page.locator("[data-line] textarea").last
        field.fill(text)
        field.press("Enter")
    editor.wait_until_saved()
    assert texts(page, "[data-item=true] textarea") == typed
    phone.close()
    page = phone.open("/edit")
    Editor(page, words).open("coping_strategies")
    assert texts(page, "[data-item=true] textarea") == typed
    assert not did_run(page)


@pytest.mark.timeout(240)
def test_every_string_in_every_field_is_shown_as_it_is(
    phone: Phone, words: Words, seal: Seal, tmp_path: Path
) -> None:
    phone.open("/lines")
    seal(phone, hostile_items(ALL))
    page = phone.go("/")
    expect(page.get_by_role("link", name=words("front.now"))).to_be_visible()
    assert not did_run(page)
    read_shows_them(phone.go("/read"))
    exports_hold_them(page, words, tmp_path)
    edit_holds_them(phone.go("/edit"), words)
    walk_shows_them(phone.go("/now"))
    assert not did_run(page)


def read_shows_them(page: Page) -> None:
    """`/read` says each of them once for every field; nothing else becomes of them."""
    expect(page.locator("#app h1")).to_be_visible()
    shown = set(texts(page, "#app [translate=no]"))
    assert [text for text in ALL if text.strip() and text not in shown] == []
    assert page.locator("#app :is(script, iframe, object, embed, form, svg, style)").count() == 0
    hrefs: list[str] = page.locator("a").evaluate_all("(all) => all.map((one) => one.protocol)")
    assert set(hrefs) <= {"http:", "tel:", "sms:", "https:"}
    assert not did_run(page)


def exports_hold_them(page: Page, words: Words, folder: Path) -> None:
    data: dict[str, Any] = json.loads(download(page, words("read.data"), folder))
    inner = strings(data)
    missing = [text for text in ALL if text.strip() and inner.count(text) < len(SECTIONS)]
    assert missing == []
    plain = download(page, words("read.text"), folder)
    lost = [
        line
        for text in ALL
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if line.strip() and line.strip() not in plain
    ]
    assert lost == []


def download(page: Page, button: str, folder: Path) -> str:
    with page.expect_download() as found:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path.read_bytes().decode("utf-8")


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in strings(one)]


def edit_holds_them(page: Page, words: Words) -> None:
    """Every field of the fullest section, its details unfolded."""
    editor = Editor(page, words)
    editor.open("support_contacts")
    page.locator("[data-line] button[aria-controls]").evaluate_all(
        "(all) => all.forEach((one) => one.click())"
    )
    page.wait_for_timeout(300)
    wanted = [text.replace("\r\n", "\n").replace("\r", "\n") for text in ALL]
    held = texts(page, "[data-line] textarea")
    assert [text for text in wanted if held.count(text) < 6] == []
    strange = "script, iframe, img, svg, form:not(.row-words)"
    assert page.locator(f"[data-line] :is({strange})").count() == 0
    assert not did_run(page)


def walk_shows_them(page: Page) -> None:
    """Every step to the end, its heading as it was written."""
    expect(page.locator("#app h1")).to_be_visible()
    headings: list[str] = page.evaluate(
        """async () => { const seen = []; const soon = () => new Promise((d) => setTimeout(d));
        for (let step = 0; step < 3000; step++) {
          seen.push(document.querySelector("#app h1").textContent);
          const next = document.querySelector(".walk-foot > button:last-child");
          if (!next) return seen;
          next.click(); await soon(); }
        return seen; }"""
    )
    shown = {trimmed(heading) for heading in headings}
    assert [text for text in ALL if text.strip() and trimmed(text) not in shown] == []
    assert not did_run(page)


def trimmed(text: str) -> str:
    """Without what stands around it and is not seen; a browser counts the first mark in."""
    return text.strip().strip("\ufeff")


def test_a_string_that_ran_would_be_seen(phone: Phone) -> None:
    page = phone.open("/lines")
    page.evaluate("() => { globalThis.__ran = 1; }")
    assert did_run(page)


def test_markup_that_was_let_in_is_stopped_and_reported(phone: Phone) -> None:
    """The second wall: were one ever put into a page as markup, the policy stops it and says so."""
    page = phone.open("/lines")
    for attempt in (
        "(text) => { document.body.innerHTML = text; }",
        "(text) => { document.createElement('img').setAttribute('onerror', text); }",
        "(text) => { document.createRange().createContextualFragment(text); }",
        "(text) => { document.createElement('script').text = text; }",
    ):
        with pytest.raises(Error, match="Trusted"):
            page.evaluate(attempt, STRINGS[4])
    assert not did_run(page)
    assert any("KEEL-CSP" in fault for fault in phone.faults)
    phone.faults.clear()


def test_a_note_of_ten_thousand_letters_is_kept_and_sent_on(
    phone: Phone, words: Words, seal: Seal
) -> None:
    page = phone.open("/edit")
    editor = Editor(page, words)
    editor.open("support_contacts")
    maya = editor.add("Maya")
    editor.reach(maya, "both", number="1-800-FLOWERS")
    label = words("field.support_contacts.message.label")
    editor.unfold(maya).get_by_label(label, exact=True).fill(NOTE)
    editor.wait_until_saved()
    page = phone.go("/now")
    expect(page.locator("#app h1")).to_have_text("Maya")
    assert texts(page, "main blockquote") == [NOTE]
    call = page.get_by_role("link", name=words("way.call", name="Maya"))
    assert call.get_attribute("href") == "tel:18003569377"
    expect(page.get_by_text("1-800-FLOWERS", exact=True)).to_be_visible()
