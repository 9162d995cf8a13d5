"""Ideas in a section: only when asked for, taken by one touch, gone by themselves; or missing."""

import pytest
from playwright.sync_api import Page, expect

from app.content.suggestions import read_suggestions
from tests.journeys.conftest import MakePhone, Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone
from tests.journeys.server import Server
from tests.journeys.test_by_keyboard import lines, tab_to
from tests.journeys.test_pages import axe, is_wider_than_the_screen, small_targets


def opened(phone: Phone, words: Words, section: str) -> Page:
    page = phone.open("/edit")
    Editor(page, words).open(section)
    return page


def ask(page: Page, words: Words) -> None:
    page.get_by_role("button", name=words("ideas.show")).tap()


def test_ideas_are_shown_only_when_asked_for_and_close_when_one_is_taken(
    phone: Phone, words: Words
) -> None:
    page = opened(phone, words, "coping_strategies")
    expect(page.get_by_text(words("prompt.coping_strategies.1"))).to_be_visible()
    assert page.locator(".idea").count() == 0
    ask(page, words)
    known = read_suggestions().of("coping_strategies")
    expect(page.locator(".idea")).to_have_count(len(known))
    sources = page.locator(".sources li").count()
    marks = page.locator(".idea sup").all_inner_texts()
    assert {int(mark) for mark in marks} == set(range(1, sources + 1))
    first = page.locator(".idea").first
    text = first.evaluate("(one) => one.firstChild.data")
    first.tap()
    expect(page.locator(".idea")).to_have_count(0)
    assert lines(page) == [text]
    expect(page.get_by_role("button", name=words("ideas.show"))).to_be_focused()
    expect(page.get_by_text(words("prompt.coping_strategies.1"))).to_be_hidden()
    ask(page, words)
    expect(page.locator(".idea")).to_have_count(len(known) - 1)
    Editor(page, words).wait_until_saved()


def test_a_stand_in_for_a_person_is_typed_over(phone: Phone, words: Words) -> None:
    page = opened(phone, words, "support_contacts")
    ask(page, words)
    page.locator(".idea").first.tap()
    assert lines(page) == [words("idea." + read_suggestions().of("support_contacts")[0].id)]
    page.keyboard.type("Maya")
    assert lines(page) == ["Maya"]


def test_ideas_of_one_kind_stand_under_its_name(phone: Phone, words: Words) -> None:
    page = opened(phone, words, "distractions")
    ask(page, words)
    groups = page.locator(".ideas section:not(.sources) h2")
    expect(groups).to_have_text([words("choice.kind.person"), words("choice.kind.place")])
    place = page.locator(".ideas section").nth(1).locator(".idea").first
    place.tap()
    expect(page.locator("[data-item=true] .marks")).to_contain_text(words("choice.kind.place"))


def test_ideas_are_taken_by_keys_alone(phone: Phone, words: Words) -> None:
    page = opened(phone, words, "reasons")
    expect(page.locator(".prompts")).to_be_visible()
    tab_to(page, words("ideas.show"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert len(lines(page)) == 1
    expect(page.get_by_role("button", name=words("ideas.show"))).to_be_focused()


def test_without_a_network_ideas_come_from_what_is_kept(
    phone: Phone, words: Words, server: Server
) -> None:
    phone.open("/lines")
    phone.go("/edit")
    phone.wait_for_worker()
    server.stop()
    phone.is_offline = True
    page = phone.go("/edit")
    Editor(page, words).open("reasons")
    ask(page, words)
    expect(page.locator(".idea").first).to_be_visible()


def test_where_they_do_not_come_it_is_said_and_the_editor_goes_on(
    phones: MakePhone, words: Words
) -> None:
    phone = phones(service_workers="block")
    phone.is_offline = True
    phone.start()
    phone.context.route("**/assets/ideas*", lambda route: route.abort())
    phone.go("/edit")
    editor = Editor(phone.page, words)
    editor.open("reasons")
    ask(phone.page, words)
    expect(phone.page.get_by_text(words("ideas.failed"))).to_be_visible()
    editor.add("the lake")
    editor.wait_until_saved()
    phone.context.unroute("**/assets/ideas*")
    phone.page.get_by_role("button", name=words("ideas.again")).tap()
    expect(phone.page.locator(".idea").first).to_be_visible()


def test_a_page_is_not_asked_to_load_ideas_that_nobody_asked_for(phone: Phone) -> None:
    page = phone.open("/edit")
    expect(page.locator("#app h1")).to_be_visible()
    phone.wait_for_worker()
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name)")
    assert loaded
    assert not [one for one in loaded if "ideas" in one]


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 375), ("light", 1100)])
def test_the_list_of_ideas_is_sound(
    phones: MakePhone, words: Words, scheme: str, width: int
) -> None:
    phone = phones(color_scheme=scheme, viewport={"width": width, "height": 667})
    page = opened(phone, words, "warning_signs")
    ask(page, words)
    expect(page.locator(".idea").first).to_be_visible()
    assert axe(page) == []
    assert small_targets(page) == []
    assert not is_wider_than_the_screen(page)
