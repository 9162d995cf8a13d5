"""The timer and the slow breath: the way on stays where it is, and nothing is kept of them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.phone import Phone
from tests.journeys.test_a_plan_of_ones_own import DAY, heading
from tests.journeys.test_by_keyboard import tab_to
from tests.journeys.test_pages import axe, is_wider_than_the_screen, small_targets

ITEMS: list[tuple[str, dict[str, object]]] = [
    ("coping_strategies", {"text": "walk the dog", "if_not": "the back step"}),
    ("coping_strategies", {"text": "my calm playlist"}),
]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def begun(phone: Phone, seal: Seal) -> Page:
    """At the first strategy, with a clock that the test moves."""
    phone.open("/lines")
    seal(phone, ITEMS)
    phone.page.clock.install(time=DAY)
    page = phone.go("/now")
    expect(page.locator("#app h1")).to_have_text("walk the dog")
    return page


def places(page: Page, words: Words) -> list[object]:
    """Where Next and the crisis bar's ways stand."""
    found: list[object] = page.locator(".walk-foot > .button, .bar a").evaluate_all(
        "(all) => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"
    )
    assert len(found) >= 4
    return found


def test_next_and_the_bar_stay_where_they_are(
    phone: Phone, words: Words, seal: Seal, screenshots: Path
) -> None:
    page = begun(phone, seal)
    stand = places(page, words)
    press(page, words("walk.helper.timer"))
    assert places(page, words) == stand
    press(page, words("walk.helper.minutes", count=5))
    assert places(page, words) == stand
    shoot_still(page, screenshots / "28-timer.png")
    page.clock.fast_forward("05:01")
    expect(page.get_by_text(words("walk.helper.over"))).to_be_visible()
    assert heading(page) == "walk the dog"
    assert places(page, words) == stand
    press(page, words("walk.helper.stop"))
    press(page, words("walk.helper.pacer"))
    assert places(page, words) == stand
    page.clock.run_for(4000)
    assert heading(page) == words("walk.helper.out")
    step = page.locator(".walk-step")
    assert not step.evaluate("(one) => one.scrollHeight > one.clientHeight"), "part of it is hidden"
    shoot_still(page, screenshots / "29-pacer.png")
    press(page, words("walk.helper.stop"))
    assert heading(page) == "walk the dog"
    press(page, words("walk.helper.pacer"))
    press(page, words("walk.next"))
    expect(page.locator("#app h1")).to_have_text("my calm playlist")


def shoot_still(page: Page, path: Path) -> None:
    page.screenshot(path=path)


def test_the_circle_grows_and_shrinks_and_stands_still_in_a_pause(
    phone: Phone, words: Words, seal: Seal
) -> None:
    """By the real clock: four seconds are too many to wait for, one tells."""
    phone.open("/lines")
    seal(phone, ITEMS)
    page = phone.go("/now")
    press(page, words("walk.helper.pacer"))
    circle = page.locator(".pacer")
    width = "(one) => one.getBoundingClientRect().width"
    small = circle.evaluate(width)
    page.wait_for_timeout(1500)
    assert circle.evaluate(width) > small + 10
    press(page, words("walk.helper.pause"))
    page.wait_for_timeout(100)
    still = circle.evaluate(width)
    page.wait_for_timeout(400)
    assert circle.evaluate(width) == still


def test_where_motion_is_unwanted_it_counts_in_words(
    phones: MakePhone, words: Words, seal: Seal, screenshots: Path
) -> None:
    page = begun(phones(reduced_motion="reduce"), seal)
    press(page, words("walk.helper.pacer"))
    expect(page.locator(".pacer")).to_be_hidden()
    count = page.locator(".pacer-count")
    names = words("walk.helper.count").split(", ")
    for way, number in (("in", 4), ("out", 6)):
        for name in names[:number]:
            expect(page.locator("#app h1")).to_have_text(words(f"walk.helper.{way}"))
            expect(count).to_have_text(name)
            page.clock.run_for(1000)
    shoot_still(page, screenshots / "30-pacer-in-words.png")


def test_by_keys_alone(phone: Phone, words: Words, seal: Seal) -> None:
    page = begun(phone, seal)
    tab_to(page, words("walk.helper.pacer"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=words("walk.helper.pause"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#app h1")).to_have_text(words("walk.helper.paused"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#app h1")).to_have_text("walk the dog")
    expect(page.get_by_role("button", name=words("walk.helper.timer"))).to_be_focused()
    page.keyboard.press("Enter")
    five = words("walk.helper.minutes", count=5)
    expect(page.get_by_role("button", name=five, exact=True)).to_be_focused()


@pytest.mark.parametrize(("width", "size"), [(375, "100%"), (320, "100%"), (375, "200%")])
def test_every_state_is_sound(
    phones: MakePhone, words: Words, seal: Seal, width: int, size: str
) -> None:
    phone = phones(viewport={"width": width, "height": 667})
    phone.start()
    phone.context.add_init_script(
        f"addEventListener('DOMContentLoaded', () => "
        f"{{ document.documentElement.style.fontSize = '{size}'; }})"
    )
    phone.go("/lines")
    seal(phone, ITEMS)
    page = phone.go("/now")
    five = words("walk.helper.minutes", count=5)
    for name in (
        *(None, words("walk.helper.timer"), five, words("walk.helper.pause")),
        *(words("walk.helper.stop"), words("walk.helper.pacer"), words("walk.helper.pause")),
    ):
        if name:
            press(page, name)
        page.wait_for_timeout(200)
        assert axe(page) == [], name
        assert small_targets(page) == [], name
        assert not is_wider_than_the_screen(page), name
