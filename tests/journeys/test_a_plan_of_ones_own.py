"""The main job: a plan is typed in, the server stops, the phone starts anew, the walk shows it."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Seal, Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone
from tests.journeys.server import Server
from tests.journeys.the_plan import BY_DAY, BY_NIGHT, ITEMS, links, type_the_plan

DAY, NIGHT = "2026-11-22T14:00:00-05:00", "2026-11-22T01:00:00-05:00"


def at(phone: Phone, moment: str, path: str = "/now") -> Page:
    """The page with the clock standing still at this moment."""
    phone.page.clock.set_fixed_time(moment)
    return phone.go(path)


def walked(page: Page, words: Words) -> list[str]:
    """The headings from the first step to the last, by the one way forward."""
    seen = [heading(page)]
    forward = page.get_by_role("button", name=words("walk.next"), exact=True)
    while forward.count():
        forward.click()
        page.wait_for_function(
            "(old) => document.querySelector('h1').innerText !== old", arg=seen[-1]
        )
        seen.append(heading(page))
    return seen


def shoot(page: Page, path: Path, *, full_page: bool = False) -> None:
    """Once the fade of 150 ms is over."""
    page.wait_for_timeout(250)
    page.screenshot(path=path, full_page=full_page)


def heading(page: Page) -> str:
    return page.locator("#app h1").inner_text()


def is_uncovered(one: Locator) -> bool:
    """On the screen as it stands: inside it, and with nothing lying over its middle."""
    seen: bool = one.evaluate(
        """(one) => { const box = one.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return one.contains(top); }"""
    )
    return seen


def step_to(page: Page, name: str, words: Words) -> None:
    while heading(page) != name:
        page.get_by_role("button", name=words("walk.next"), exact=True).click()


@pytest.mark.timeout(240)
def test_it_is_typed_in_and_walks_offline_in_a_browser_started_anew(
    phone: Phone, server: Server, words: Words, screenshots: Path
) -> None:
    page = phone.open("/")
    shoot(page, screenshots / "01-first-visit.png")
    page.get_by_role("link", name=words("page.front.start")).click()
    editor = Editor(page, words)
    type_the_plan(editor)
    editor.wait_until_saved()
    shoot(page, screenshots / "02-edit.png")
    phone.wait_for_worker()
    server.stop()
    phone.close()

    phone.is_offline = True
    page = phone.open("/now")
    expect(page.locator("#app h1")).to_have_text("Biscuit, my dog")
    page = at(phone, DAY)
    shoot(page, screenshots / "03-walk-first.png")
    assert walked(page, words)[:-1] == BY_DAY
    shoot(page, screenshots / "04-walk-lines.png")
    assert "tel:988" in links(page)
    assert "tel:5550117" in links(page)

    page = at(phone, NIGHT)
    people_can_be_reached(page, words, screenshots)
    read_shows_all_of_it(phone, screenshots)
    taken = sorted(screenshots.glob("0[1-6]-*.png"))
    assert len(taken) == 6
    assert all(one.stat().st_size > 5_000 for one in taken)


def people_can_be_reached(page: Page, words: Words, screenshots: Path) -> None:
    """Call, text with the message in the body and shown before, copy for another app."""
    step_to(page, "Grandma", words)
    assert links(page) == ["tel:5550142", "sms:5550142"]
    step_to(page, "Maya", words)
    assert links(page) == ["tel:5550117", "sms:5550117?&body=Can you talk?"]
    message = page.locator("main blockquote")
    expect(message).to_have_text("Can you talk?")
    assert is_uncovered(message), "the message is shown before it is sent, above the fold"
    expect(page.get_by_role("link", name=words("way.call", name="Maya"))).to_be_visible()
    shoot(page, screenshots / "05-walk-person.png")
    step_to(page, "Sam", words)
    assert links(page) == []
    page.get_by_role("button", name=words("way.copy-what", what="sam#4417")).click()
    step_to(page, "Dr. Okafor", words)
    expect(page.locator("main")).to_contain_text("weekdays until six")
    assert links(page) == ["tel:5550188", "sms:5550188"]


def read_shows_all_of_it(phone: Phone, screenshots: Path) -> None:
    page = phone.go("/read")
    expect(page.locator("#app h1")).to_be_visible()
    text = page.locator("#app").inner_text()
    for word in [*BY_DAY, "Everyone would be better off without me.", "by Friday", "sam#4417"]:
        assert word in text
    shoot(page, screenshots / "06-read.png", full_page=True)


def test_by_night_what_works_at_night_comes_first_and_the_rest_waits(
    phone: Phone, words: Words, seal: Seal, screenshots: Path
) -> None:
    phone.open("/lines")
    seal(phone, ITEMS)
    page = at(phone, NIGHT)
    assert [name for name in walked(page, words)[:-1] if name in BY_NIGHT] == [
        name for name in BY_NIGHT if name != "the nearest emergency room"
    ]
    page = at(phone, NIGHT)
    step_to(page, "my calm playlist", words)
    shoot(page, screenshots / "07-walk-night.png")
    page.get_by_role("button", name=words("walk.more", count=1)).click()
    assert heading(page) == "walk the dog"


def test_by_day_the_order_is_the_plans_own(phone: Phone, words: Words, seal: Seal) -> None:
    phone.open("/lines")
    seal(phone, ITEMS)
    page = at(phone, DAY)
    assert walked(page, words)[:3] == ["Biscuit, my dog", "walk the dog", "my calm playlist"]
    assert page.get_by_role("button", name=words("walk.more", count=1)).count() == 0


def test_the_walk_writes_nothing(phone: Phone, words: Words, seal: Seal) -> None:
    phone.open("/now")
    phone.wait_for_worker()
    phone.go("/lines")
    seal(phone, ITEMS)
    before = phone.storage()
    for moment in (DAY, NIGHT):
        walked(at(phone, moment), words)
    page = at(phone, NIGHT)
    page.get_by_role("button", name=words("walk.to-people")).first.click()
    assert phone.storage() == before
    needs_and_helpers(at(phone, DAY), words)
    assert phone.storage() == before
    phone.close()
    phone.open("/lines")
    assert phone.storage() == before


def needs_and_helpers(page: Page, words: Words) -> None:
    """Every need opened, a strategy's step from one of them, a timer and a breath begun."""

    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).click()

    press(words("needs.link"))
    for need in ("release", "feel", "kinder", "say", "control", "rest"):
        press(words(f"need.{need}.title"))
        press(words("walk.back"))
    press(words("walk.return"))
    press(words("walk.next"))
    press(words("walk.helper.timer"))
    press(words("walk.helper.minutes", count=15))
    press(words("walk.helper.pause"))
    press(words("walk.helper.stop"))
    press(words("walk.helper.pacer"))
    page.wait_for_timeout(1200)
    press(words("walk.helper.stop"))


def test_a_write_in_the_walk_would_be_seen(phone: Phone, seal: Seal) -> None:
    phone.open("/lines")
    seal(phone, ITEMS)
    before = phone.storage()
    phone.page.evaluate(
        """() => new Promise((done) => { indexedDB.open("keel").onsuccess = ({ target }) => {
        const t = target.result.transaction("revisions", "readwrite");
        t.objectStore("revisions").put(true, 77);
        t.oncomplete = () => done(target.result.close()); }; })"""
    )
    assert phone.storage() != before
