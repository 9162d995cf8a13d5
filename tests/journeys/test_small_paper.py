"""On small paper: pages the size of a pocket, and a card for a wallet."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Seal, Words
from tests.journeys.phone import Phone
from tests.journeys.the_plan import ITEMS

MM = 96 / 25.4  # CSS pixels
POINTS = 72 / 25.4  # of paper, a millimetre
ASKED = """() => { globalThis.asked = [];
  globalThis.print = () => { asked.push(document.documentElement.dataset.paper);
    dispatchEvent(new Event("afterprint")); }; }"""
LONG = [
    ("reasons", {"text": "every single one of these many words " * 9, "show_first": True}),
    *[("coping_strategies", {"text": "a calm thing with a long name " * 9})] * 3,
    *[("support_contacts", {"name": "Someone " * 30, "ways": [{"by": "call", "number": "5" * 90}]})]
    * 3,
]


def reading(phone: Phone, seal: Seal, items: object) -> Page:
    phone.open("/lines")
    seal(phone, items)  # type: ignore[arg-type]
    return phone.go("/read")


def on_paper(page: Page, kind: str) -> None:
    page.evaluate("(kind) => { document.documentElement.dataset.paper = kind; }", kind)
    page.emulate_media(media="print")


def test_each_way_to_print_asks_for_its_paper_and_leaves_nothing_behind(
    phone: Phone, seal: Seal, words: Words
) -> None:
    page = reading(phone, seal, ITEMS)
    page.evaluate(ASKED)
    for key in ("read.print", "read.pocket", "read.card"):
        page.get_by_role("button", name=words(key), exact=True).click()
    assert page.evaluate("() => asked") == ["page", "pocket", "card"]
    assert page.locator("html").get_attribute("data-paper") is None
    expect(page.get_by_text(words("read.printed"))).to_be_visible()


def test_pages_for_a_pocket_are_small_and_whole(phone: Phone, seal: Seal) -> None:
    page = reading(phone, seal, ITEMS)
    expect(page.locator(".card")).to_be_hidden()
    on_paper(page, "pocket")
    paper = page.pdf(prefer_css_page_size=True)
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", paper)[0])
    assert (width, height) == pytest.approx((105 * POINTS, 148 * POINTS), abs=2)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2
    for _, value in ITEMS:
        expect(page.get_by_text(str(value.get("text") or value["name"])).first).to_be_visible()


@pytest.mark.parametrize("items", [ITEMS, LONG], ids=["as it is", "too long"])
def test_a_card_holds_what_comes_first_and_the_number(
    phone: Phone, seal: Seal, words: Words, items: list[tuple[str, dict[str, object]]]
) -> None:
    page = reading(phone, seal, items)
    on_paper(page, "card")
    card = page.locator(".card")
    box = card.bounding_box()
    assert box
    assert (box["width"], box["height"]) == pytest.approx((85.6 * MM, 54 * MM), abs=1)
    line = card.get_by_text(words("read.line"))
    expect(line).to_be_visible()
    foot = line.bounding_box()
    assert foot
    assert foot["y"] + foot["height"] <= box["y"] + box["height"], "988 is not on the card"
    expect(page.locator(".read-parts")).to_be_hidden()
    if items is ITEMS:
        assert not card.evaluate("(one) => one.scrollHeight > one.clientHeight")
        for text in ("Biscuit, my dog", "walk the dog", "Maya", "555-0117", "Grandma", "555-0142"):
            expect(card.get_by_text(text, exact=True)).to_be_visible()
