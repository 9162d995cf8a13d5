"""Together on one device: the script beside each part, few taps and words, a day to look again."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Figure
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone
from tests.journeys.server import Server
from tests.journeys.test_pages import axe, is_wider_than_the_screen, small_targets
from tests.journeys.the_plan import ITEMS

MOST_TAPS, MOST_WORDS = 70, 1400
SECTIONS = (
    *("warning_signs", "coping_strategies", "distractions", "support_contacts"),
    *("professional_contacts", "environment_safety", "reasons"),
)
# What the script asks for beside an item's words, by the labels of its fields.
WRITTEN = {
    "support_contacts": ("edit.way.number",),
    "professional_contacts": ("edit.way.number",),
    "environment_safety": (
        "field.environment_safety.helper.label",
        "field.environment_safety.by_when.label",
    ),
}
COUNT = """() => { window.__taps = 0;
addEventListener("pointerdown", () => { window.__taps += 1; }, true);
addEventListener("keydown", (e) => { window.__taps += e.key === "Enter" ? 1 : 0; }, true); }"""
# What two people read: the part's name, and each line of the script as often as it is asked.
SAID = """(items) => [...document.querySelectorAll("h1, h1 + .quiet, .script li")]
  .flatMap((one) => Array(one.closest(".script h2 + ul") ? items : 1).fill(one.innerText))"""


class Two:
    """Two people at one screen, who tap, type and read no more than they need to."""

    def __init__(self, page: Page, words: Words) -> None:
        self.page = page
        self.words = words
        self.read: list[str] = []

    def look(self) -> None:
        expect(self.page.locator(".script")).to_be_visible()
        self.read += self.page.evaluate(SAID, 3)

    def tap(self, one: Locator) -> None:
        one.tap()

    def button(self, key: str) -> None:
        self.tap(self.page.get_by_role("button", name=self.words(key), exact=True))

    def write(self, section: str) -> None:
        """Three items, and in each what the script asks for beside its words."""
        self.tap(self.page.locator("[data-line] textarea").first)
        for number in (1, 2, 3):
            if number > 1:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(f"{section} {number}")
            expect(self.page.locator("[data-item=true]")).to_have_count(number)
        for row in self.page.locator("[data-item=true]").all():
            self.add_details(section, row)

    def add_details(self, section: str, row: Locator) -> None:
        fields = [self.words(key) for key in WRITTEN.get(section, ())]
        if section == "coping_strategies" or fields:
            self.tap(row.get_by_role("button", name=self.words("edit.details")))
        if section == "coping_strategies":
            self.tap(row.get_by_label(self.words("choice.likelihood.likely"), exact=True))
        for label in fields:
            self.tap(row.get_by_label(label, exact=True))
            self.page.keyboard.type("555-0117")


@pytest.mark.timeout(180)
def test_three_items_a_section_take_few_taps_and_words(
    phone: Phone, words: Words, figure: Figure
) -> None:
    page = phone.open("/together")
    expect(page.locator(".script")).to_be_visible()
    page.evaluate(COUNT)
    two = Two(page, words)
    two.look()
    expect(page.get_by_text(words("together.unmeasured"))).to_be_visible()
    two.button("together.begin")
    for section in SECTIONS:
        expect(page.locator("#app h1")).to_have_text(words(f"section.{section}.title"))
        two.look()
        two.write(section)
        is_last = section == SECTIONS[-1]
        two.button("together.read_through" if is_last else "edit.next_section")
    expect(page.locator("#app h1")).to_have_text(words("together.read_through"))
    two.look()
    assert "coping_strategies 2" in page.locator(".read-parts").inner_text()
    two.button("together.next")
    two.look()
    two.tap(page.get_by_label(words("together.review_on")))
    page.get_by_label(words("together.review_on")).fill("2027-01-12")
    picked = 2  # a day in the browser's own calendar: another month, and the day
    two.tap(page.get_by_label(words("together.review_with")))
    page.keyboard.type("Dr. Okafor")
    two.tap(page.get_by_role("link", name=words("together.done")))
    taps = page.evaluate("() => window.__taps") + picked
    read = sum(len(re.findall(r"\S+", text)) for text in two.read)
    figure(f"together, three items a section: {taps} taps (≤ {MOST_TAPS}), {read} words (≤ 1400)")
    assert 40 < taps <= MOST_TAPS
    assert 500 < read <= MOST_WORDS
    expect(page.locator(".review-day")).to_contain_text("Dr. Okafor")


def test_the_day_and_with_whom_stand_on_the_front_and_in_read(phone: Phone, words: Words) -> None:
    page = phone.open("/together")
    Editor(page, words).open("reasons")
    Editor(page, words).add("the lake")
    page.get_by_role("button", name=words("together.read_through")).click()
    page.get_by_role("button", name=words("together.next")).click()
    page.get_by_label(words("together.review_on")).fill("2031-12-03")
    page.get_by_label(words("together.review_with")).fill("Dr. Okafor")
    expect(page.get_by_text(words("save.saved"), exact=True)).to_be_visible()
    phone.close()
    page = phone.open("/")
    said = page.locator(".review-day")
    for path in ("/", "/read"):
        phone.go(path)
        expect(said).to_have_text(re.compile("Dec 3, 2031, with .?Dr. Okafor"))
        assert said.evaluate("(one) => one.translate") is False


def test_going_on_another_day_begins_where_it_stopped(phone: Phone, words: Words) -> None:
    page = phone.open("/together")
    page.get_by_role("button", name=words("together.begin")).click()
    Editor(page, words).add("staying in bed")
    page.get_by_role("link", name=words("together.pause")).click()
    expect(page).to_have_url(re.compile("/$"))
    page.get_by_role("link", name=words("front.together")).click()
    title = words("section.coping_strategies.title")
    page.get_by_role("button", name=words("together.go_on", part=title)).click()
    expect(page.locator("#app h1")).to_have_text(title)


def test_the_script_is_folded_at_a_touch_and_stays_folded(phone: Phone, words: Words) -> None:
    page = phone.open("/together")
    page.get_by_role("button", name=words("together.begin")).click()
    line = page.get_by_text(words("script.warning_signs.first"))
    expect(line).to_be_visible()
    page.locator(".script summary").tap()
    expect(line).to_be_hidden()
    page.get_by_role("button", name=words("edit.next_section")).click()
    expect(page.get_by_text(words("script.coping_strategies.own"))).to_be_hidden()
    page.locator(".script summary").tap()
    expect(page.get_by_text(words("script.coping_strategies.tonight"))).to_be_visible()


@pytest.mark.parametrize(("width", "is_beside"), [(375, False), (700, True)])
def test_the_script_stands_above_the_lines_or_beside_them(
    phones: MakePhone, words: Words, width: int, is_beside: bool
) -> None:
    page = phones(viewport={"width": width, "height": 700}).open("/together")
    page.get_by_role("button", name=words("together.begin")).click()
    script, rows = page.locator(".script").bounding_box(), page.locator(".rows").bounding_box()
    assert script
    assert rows
    assert (script["y"] + script["height"] <= rows["y"]) is not is_beside
    assert (script["x"] >= rows["x"] + rows["width"]) is is_beside


def test_without_a_network_the_script_is_there(phone: Phone, words: Words, server: Server) -> None:
    phone.open("/lines")
    phone.go("/together")
    phone.wait_for_worker()
    server.stop()
    phone.is_offline = True
    page = phone.go("/together")
    expect(page.get_by_text(words("script.opening.yours"))).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "width", "size"),
    [("light", 375, "100%"), ("dark", 320, "100%"), ("light", 375, "200%"), ("dark", 1100, "100%")],
)
def test_every_part_of_it_is_sound(
    phones: MakePhone, words: Words, seal: Seal, scheme: str, width: int, size: str
) -> None:
    phone = phones(color_scheme=scheme, viewport={"width": width, "height": 667})
    phone.start()
    phone.context.add_init_script(
        f"addEventListener('DOMContentLoaded', () => "
        f"{{ document.documentElement.style.fontSize = '{size}'; }})"
    )
    phone.go("/lines")
    seal(phone, ITEMS)
    page = phone.go("/together")
    for name in ("the start", *SECTIONS, "the read-through", "the end"):
        expect(page.locator(".script")).to_be_visible()
        page.wait_for_timeout(200)
        assert axe(page) == [], name
        assert small_targets(page) == [], name
        assert not is_wider_than_the_screen(page), name
        if name != "the end":
            page.locator(".begin .button, .section-foot .button").last.click()
        if name == "the start":
            Editor(page, words).open(SECTIONS[0])
