"""For other eyes and hands: forced colours, large text, paper, and a focus that is never lost."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone
from tests.journeys.the_plan import ITEMS

LARGE = "addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize='225%')"
COLOURS = """(one) => { const { color, backgroundColor, outlineColor, forcedColorAdjust } =
  getComputedStyle(one); return [color, backgroundColor, outlineColor, forcedColorAdjust]; }"""
# Words that stand on the paper smaller than 12 points, or as nothing at all.
SMALL_PRINT = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.checkVisibility() && one.matches(":not(.unseen, [role=status])")
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    && parseFloat(getComputedStyle(one).fontSize) < 16)
  .map((one) => one.textContent)"""
CUT = """() => { const step = document.querySelector(".walk-step");
  return step.scrollHeight > step.clientHeight + 1; }"""


def with_plan(phone: Phone, seal: Seal) -> Page:
    phone.open("/lines")
    seal(phone, ITEMS)
    return phone.page


def shown(phone: Phone, path: str) -> Page:
    phone.go(path).locator("#app h1").wait_for()
    return phone.page


def test_forced_colours_show_the_lamp_and_the_focus(phones: MakePhone, seal: Seal) -> None:
    """The system lays its ground behind a link's words, which then are white on white."""
    phone = phones(forced_colors="active")
    with_plan(phone, seal)
    for path in ("/", "/now"):
        lamp = shown(phone, path).locator(".lamp").first
        lamp.focus()
        color, ground, ring, adjust = lamp.evaluate(COLOURS)
        canvas = phone.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert color != ground
        assert ground != canvas
        assert ring != canvas
        assert adjust == "none"


def test_in_large_text_a_few_words_are_seen_whole(phone: Phone, seal: Seal, words: Words) -> None:
    with_plan(phone, seal)
    phone.context.add_init_script(LARGE)
    page = shown(phone, "/now")
    onward = page.get_by_role("button", name=words("walk.next"), exact=True)
    for _ in range(3):
        assert not page.evaluate(CUT)
        bar = page.locator(".bar").bounding_box()
        box = onward.bounding_box()
        assert bar
        assert box
        assert box["y"] + box["height"] <= bar["y"], "the way on is not on the screen"
        onward.click()


def test_the_plan_is_one_page_of_paper_in_large_type(phone: Phone, seal: Seal) -> None:
    with_plan(phone, seal)
    page = shown(phone, "/read")
    for size in ("Letter", "A4"):
        paper = page.pdf(format=size)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.emulate_media(media="print")
    assert page.evaluate(SMALL_PRINT) == []


def test_the_focus_is_never_lost(phone: Phone, seal: Seal, words: Words) -> None:
    with_plan(phone, seal)
    page = shown(phone, "/edit")
    enter(page, words("edit.not_now"))
    expect(page.locator("#app h1")).to_be_focused()
    shown(phone, "/keep-safe")
    enter(page, words("keep.delete"))
    expect(page.get_by_text(words("keep.delete_about"))).to_be_focused()
    expect(page.get_by_role("button", name=words("keep.delete_now"))).to_be_in_viewport(ratio=1)
    enter(page, words("keep.keep_it"))
    expect(page.get_by_role("button", name=words("keep.delete"))).to_be_focused()


def enter(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).press("Enter")


def test_a_button_beside_a_line_says_whose_it_is(phone: Phone, seal: Seal, words: Words) -> None:
    """As a screen reader is told: twenty buttons of one name are twenty different ones."""
    page = with_plan(phone, seal)
    phone.go("/edit")
    Editor(page, words).open("coping_strategies")
    tree = phone.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    told = [
        (node["name"].get("value"), node.get("description", {}).get("value"))
        for node in tree["nodes"]
        if node.get("role", {}).get("value") == "button"
    ]
    for line in ("walk the dog", "my calm playlist"):
        assert {(words("edit.details"), line), (words("edit.move"), line)} <= set(told)
