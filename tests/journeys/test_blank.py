"""A blank plan for someone else: nothing is stored, a file hands it over, leaving asks first."""

import json
import re
from pathlib import Path

from playwright.sync_api import Dialog, Page, expect

from app.plan.schema import SafetyPlan
from tests.journeys.conftest import Seal, Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone
from tests.journeys.the_plan import ITEMS


def asked(page: Page) -> list[str]:
    """What the browser asks from here on; the person stays."""
    found: list[str] = []

    def stay(dialog: Dialog) -> None:
        found.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return found


def fill_in(page: Page, words: Words) -> None:
    editor = Editor(page, words)
    editor.open("coping_strategies")
    row = editor.add("walk the dog")
    editor.choose(row, "likelihood", "likely")
    page.get_by_role("button", name=words("ideas.show")).click()
    page.locator(".idea").first.click()
    editor.open("support_contacts")
    editor.reach(editor.add("Maya"), "both", number="555-0117")
    expect(page.get_by_text(words("save.nowhere"))).to_be_visible()


def test_nothing_is_stored_and_the_own_plan_stays_out_of_it(
    phone: Phone, words: Words, seal: Seal
) -> None:
    phone.open("/lines")
    seal(phone, ITEMS)
    page = phone.go("/blank")
    phone.wait_for_worker()
    before = phone.storage()
    assert "Maya" not in page.locator("#app").inner_text()
    fill_in(page, words)
    page.locator("a.to-list").click()
    page.get_by_role("button", name=words("blank.hand_over")).click()
    expect(page.locator(".read-main")).to_have_count(3)
    with page.expect_download():
        page.get_by_role("button", name=words("read.text")).click()
    assert phone.storage() == before
    page = phone.go("/read")
    expect(page.locator("#app h1")).to_be_visible()
    assert "555-0117" in page.locator("#app").inner_text()
    assert phone.storage() == before


def test_a_write_would_be_seen(phone: Phone, words: Words) -> None:
    page = phone.open("/edit")
    phone.wait_for_worker()
    before = phone.storage()
    Editor(page, words).open("reasons")
    Editor(page, words).add("the lake")
    Editor(page, words).wait_until_saved()
    assert phone.storage() != before


def test_leaving_asks_until_it_is_in_a_file(phone: Phone, words: Words, tmp_path: Path) -> None:
    page = phone.open("/blank")
    dialogs = asked(page)
    fill_in(page, words)
    page.locator("a.to-list").click()
    page.get_by_role("link", name=words("foot.professionals")).click()
    phone.until(lambda: dialogs == ["beforeunload"])
    expect(page).to_have_url(re.compile("/blank$"))
    page.get_by_role("button", name=words("blank.hand_over")).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=words("read.data")).click()
    download.value.save_as(tmp_path / "plan.json")
    plan = SafetyPlan.model_validate(json.loads((tmp_path / "plan.json").read_text("utf-8")))
    assert plan.format == "safety-plan"
    expect(page.get_by_text(words("save.handed"))).to_be_visible()
    page.locator("a.to-list").click()
    page.get_by_role("link", name=words("foot.professionals")).click()
    page.wait_for_url("**/for-professionals")
    assert dialogs == ["beforeunload"]
    page.go_back()
    expect(page.locator("#app h1")).to_be_visible()
    assert "walk the dog" not in page.locator("#app").inner_text()


def test_a_change_after_the_file_asks_again(phone: Phone, words: Words) -> None:
    page = phone.open("/blank")
    fill_in(page, words)
    page.locator("a.to-list").click()
    page.get_by_role("button", name=words("blank.hand_over")).click()
    with page.expect_download():
        page.get_by_role("button", name=words("read.text")).click()
    expect(page.get_by_text(words("save.handed"))).to_be_visible()
    page.locator("a.to-list").click()
    Editor(page, words).open("reasons")
    Editor(page, words).add("the lake")
    expect(page.get_by_text(words("save.nowhere"))).to_be_visible()


def test_its_title_says_nothing(phone: Phone, words: Words) -> None:
    page = phone.open("/blank")
    fill_in(page, words)
    assert page.title() == "Keel · Blank"
    assert page.url.endswith("/blank")
