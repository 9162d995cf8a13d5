"""What I need: from the walk and from the plan, by touch and by keys, at every size."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.content.needs import read_needs
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.phone import Phone
from tests.journeys.test_a_plan_of_ones_own import DAY, at, heading, shoot, walked
from tests.journeys.test_by_keyboard import tab_to
from tests.journeys.test_pages import axe, is_wider_than_the_screen, small_targets
from tests.journeys.the_plan import ITEMS, links

NEEDS = [need.id for need in read_needs().needs]
MARKED: list[tuple[str, dict[str, object]]] = [
    (section, {**value, "needs": ["rest", "say"]} if value.get("text") == "walk the dog" else value)
    for section, value in ITEMS
]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sealed(phone: Phone, seal: Seal) -> Page:
    phone.open("/lines")
    seal(phone, MARKED)
    return at(phone, DAY)


def test_a_need_leads_to_my_own_strategies_then_to_people_then_to_the_lines(
    phone: Phone, words: Words, seal: Seal, screenshots: Path
) -> None:
    page = sealed(phone, seal)
    press(page, words("needs.link"))
    assert heading(page) == words("needs.title")
    expect(page.locator("#app h1")).to_be_focused()
    shoot(page, screenshots / "25-needs.png")
    assert page.locator(".walk-choices button").all_inner_texts() == [
        words(f"need.{need}.title") for need in NEEDS
    ]
    press(page, words("need.rest.title"))
    shoot(page, screenshots / "26-need.png")
    assert page.locator(".walk-found button").all_inner_texts() == ["walk the dog"]
    assert links(page) == [
        *("tel:5550117", "sms:5550117?&body=Can you talk?"),
        *("tel:988", "sms:988"),
    ]
    press(page, "walk the dog")
    assert heading(page) == "walk the dog"


def test_an_empty_need_says_so_once_and_shows_people(
    phone: Phone, words: Words, seal: Seal
) -> None:
    page = sealed(phone, seal)
    press(page, words("needs.link"))
    press(page, words("need.control.title"))
    expect(page.get_by_text(words("needs.none"))).to_have_count(1)
    expect(page.get_by_role("link", name=words("way.call", name="Maya"))).to_be_in_viewport()
    press(page, words("walk.to-people"))
    assert heading(page) == "Maya"


def test_it_is_never_a_gate(phone: Phone, words: Words, seal: Seal) -> None:
    """The walk's own way passes none of it; it is one tap away on every step, the lines too."""
    page = sealed(phone, seal)
    assert words("needs.title") not in walked(page, words)
    page = at(phone, DAY)
    needs = page.get_by_role("button", name=words("needs.link"), exact=True)
    onward = page.get_by_role("button", name=words("walk.next"), exact=True)
    seen = [heading(page)]
    expect(needs).to_be_in_viewport(ratio=1)
    while onward.count():
        onward.click()
        expect(needs).to_be_in_viewport(ratio=1)
        seen.append(heading(page))
    assert {"walk the dog", "Maya", "Dr. Okafor", words("walk.someone")} <= set(seen)
    page = at(phone, DAY)
    press(page, words("walk.next"))
    for key in ("walk.back", "needs.link", "section.environment_safety.walk", "walk.to-people"):
        expect(page.get_by_role("button", name=words(key), exact=True)).to_be_in_viewport()


@pytest.mark.parametrize("width", [375, 320])
def test_a_quiet_link_keeps_its_place_on_every_step(
    phones: MakePhone, words: Words, seal: Seal, width: int
) -> None:
    """Two rows of two; what is looked for in a hurry is where it was on the step before."""
    page = sealed(phones(viewport={"width": width, "height": 667}), seal)
    places: dict[str, set[tuple[int, int]]] = {}
    for _ in range(9):
        for link in page.locator(".walk-links button").all():
            box = link.bounding_box()
            assert box
            places.setdefault(link.inner_text(), set()).add((round(box["x"]), round(box["y"])))
        press(page, words("walk.next"))
    assert {words(key) for key in ("walk.back", "needs.link", "walk.no-answer")} < set(places)
    assert all(len(found) == 1 for found in places.values()), places
    assert len({y for found in places.values() for _, y in found}) == 2


def test_from_the_reading_page_one_link_leads_there(
    phone: Phone, words: Words, seal: Seal, screenshots: Path
) -> None:
    sealed(phone, seal)
    page = phone.go("/read")
    gives = page.locator(".read-item").filter(has_text="walk the dog")
    expect(gives).to_contain_text(words("field.coping_strategies.needs.label"))
    expect(gives).to_contain_text(words("choice.needs.rest"))
    shoot(page, screenshots / "27-read-needs.png", full_page=True)
    page.get_by_role("link", name=words("needs.title")).click()
    page.wait_for_url("**/now#needs")
    expect(page.locator("#app h1")).to_have_text(words("needs.title"))
    press(page, words("walk.return"))
    assert heading(page) == "Biscuit, my dog"


def test_by_keys_alone(phone: Phone, words: Words, seal: Seal) -> None:
    page = sealed(phone, seal)
    tab_to(page, words("needs.link"))
    page.keyboard.press("Enter")
    expect(page.locator("#app h1")).to_be_focused()
    tab_to(page, words("need.say.title"))
    page.keyboard.press("Enter")
    expect(page.locator("#app h1")).to_have_text(words("need.say.title"))
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#app h1")).to_have_text(words("needs.title"))
    page.keyboard.press("ArrowRight")
    expect(page.locator("#app h1")).to_have_text("Biscuit, my dog")


@pytest.mark.parametrize(("width", "size"), [(375, "100%"), (320, "100%"), (375, "200%")])
def test_every_need_is_sound(
    phones: MakePhone, words: Words, seal: Seal, width: int, size: str
) -> None:
    phone = phones(viewport={"width": width, "height": 667})
    phone.start()
    phone.context.add_init_script(
        f"addEventListener('DOMContentLoaded', () => "
        f"{{ document.documentElement.style.fontSize = '{size}'; }})"
    )
    phone.go("/lines")
    seal(phone, MARKED)
    page = phone.go("/now")
    press(page, words("needs.link"))
    for need in NEEDS:
        page.wait_for_timeout(200)
        assert (axe(page), small_targets(page)) == ([], []), need
        assert not is_wider_than_the_screen(page), need
        press(page, words(f"need.{need}.title"))
        page.wait_for_timeout(200)
        assert (axe(page), small_targets(page)) == ([], []), need
        assert not is_wider_than_the_screen(page), need
        press(page, words("walk.back"))
