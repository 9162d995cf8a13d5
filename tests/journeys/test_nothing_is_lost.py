"""What was typed stays: through a killed browser, two tabs, and until its person deletes it."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.conftest import ROOT, size
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.editor import Editor, in_editor
from tests.journeys.phone import Phone
from tests.journeys.server import Server
from tests.journeys.the_plan import ITEMS

KILLS = size(10, 100)
PROMISED = 0.5  # seconds after which what was typed survives anything


def open_section(phone: Phone, words: Words) -> list[str]:
    """The lines that are there when the browser is started anew."""
    phone.open("/edit")
    Editor(phone.page, words).open("coping_strategies")
    return [one.input_value() for one in phone.page.locator("[data-item=true] textarea").all()]


def type_and_kill(phone: Phone, text: str) -> None:
    """Types a line as a person would, waits, and kills the whole browser at once."""
    row = phone.page.locator("[data-line]").last
    row.locator("textarea").first.press_sequentially(text, delay=15)
    time.sleep(PROMISED)  # the page goes on by itself; the promise is about the wall clock
    phone.kill()


@pytest.mark.timeout(size(300, 1800))
def test_what_is_older_than_half_a_second_survives_killing_the_browser(
    phone: Phone, words: Words
) -> None:
    typed: list[str] = []
    for number in range(KILLS):
        assert open_section(phone, words) == typed
        typed.append(f"a calm thing, number {number}")
        type_and_kill(phone, typed[-1])
    assert open_section(phone, words) == typed


def slow_saves(route: Route) -> None:
    """The app's own script, with its pause before a save made five seconds long."""
    answer = route.fetch()
    source = answer.text()
    slowed = source.replace("setTimeout(", "((work,pause)=>setTimeout(work,5000+(pause||0)))(")
    assert slowed != source
    route.fulfill(response=answer, body=slowed)


def test_a_save_that_comes_five_seconds_late_is_lost_and_seen(phone: Phone, words: Words) -> None:
    """The control: without it, the ten kills above might prove nothing."""
    phone.start()
    phone.change_scripts("main", slow_saves)
    phone.go("/edit")
    Editor(phone.page, words).open("coping_strategies")
    type_and_kill(phone, "a line that is lost")
    assert open_section(phone, words) == []


def test_saved_is_said_only_when_it_is(phone: Phone, words: Words) -> None:
    """With every write transaction held back, the word does not come; then it does."""
    phone.start()
    phone.context.add_init_script(
        """const put = IDBObjectStore.prototype.put;
        IDBTransaction.prototype.commit = () => undefined;
        globalThis.holding = true;
        IDBObjectStore.prototype.put = function (...all) {
          const spin = () => globalThis.holding && (this.get(0).onsuccess = spin);
          spin(); return put.apply(this, all); };"""
    )
    page = phone.go("/edit")
    editor = Editor(page, words)
    editor.open("reasons")
    editor.add("Biscuit, my dog")
    page.wait_for_timeout(1500)
    expect(page.get_by_text(words("save.saved"), exact=True)).to_have_count(0)
    page.evaluate("() => { globalThis.holding = false; }")
    editor.wait_until_saved()


def test_one_tab_writes_and_the_other_follows_and_takes_over(phone: Phone, words: Words) -> None:
    first = phone.open("/edit")
    writer = in_editor(first, words, "reasons")
    writer.add("Biscuit, my dog")
    writer.wait_until_saved()
    second = phone.context.new_page()
    second.goto(f"{phone.origin}/edit")
    expect(second.get_by_text(words("edit.elsewhere"))).to_be_visible()
    follower = in_editor(second, words, "reasons")
    lines = second.locator("[data-item=true] textarea")
    expect(lines.first).to_have_value("Biscuit, my dog")
    assert lines.first.get_attribute("readonly") is not None
    writer.add("the lake in October")
    writer.wait_until_saved()
    expect(lines.nth(1)).to_have_value("the lake in October")
    second.get_by_role("button", name=words("edit.here")).click()
    expect(second.get_by_text(words("edit.elsewhere"))).to_have_count(0)
    follower.add("a song")
    follower.wait_until_saved()
    expect(first.get_by_text(words("edit.elsewhere"))).to_be_visible()
    expect(first.locator("[data-item=true] textarea").nth(2)).to_have_value("a song")


def test_two_touches_delete_everything_without_a_network(
    phone: Phone, words: Words, seal: Seal, server: Server
) -> None:
    """Nothing that device/kept.ts lists is left, and nothing that it does not list."""
    phone.open("/keep-safe")
    phone.wait_for_worker()
    phone.go("/lines")
    seal(phone, ITEMS)
    assert phone.storage()["databases"]["keel"]["stores"].keys() == kept("store")
    server.stop()
    phone.is_offline = True
    page = phone.go("/keep-safe")
    page.get_by_role("button", name=words("keep.delete"), exact=True).click()
    page.get_by_role("button", name=words("keep.delete_now"), exact=True).click()
    expect(page.get_by_role("heading", name=words("keep.gone"))).to_be_visible()
    left = phone.storage()
    assert left == {
        "databases": {},
        "caches": {},
        "workers": [],
        "local": {},
        "session": {},
        "cookies": [],
    }


def kept(where: str) -> set[str]:
    """The names that kept.ts lists for a kind of place."""
    source = (ROOT / "frontend/src/device/kept.ts").read_text("utf-8")
    flat = " ".join(source.split())
    return {
        piece.split('name: "')[1].split('"')[0]
        for piece in flat.split("{ where: ")[1:]
        if piece.startswith(f'"{where}"')
    }


def test_everything_the_app_keeps_is_listed(phone: Phone, words: Words, seal: Seal) -> None:
    phone.open("/edit")
    phone.wait_for_worker()
    editor = in_editor(phone.page, words, "reasons")
    editor.add("Biscuit, my dog")
    editor.wait_until_saved()
    found = phone.storage()
    assert set(found["databases"]) == kept("database")
    assert set(found["databases"]["keel"]["stores"]) == kept("store")
    assert all(name.startswith(tuple(kept("cache"))) for name in found["caches"])
    assert (found["local"], found["session"], found["cookies"]) == ({}, {}, [])
    assert found["databases"]["keel"]["stores"]["keys"]["records"] == ["key:HKDF:false"]


def test_a_corrupt_plan_is_told_and_never_written_over(
    phones: MakePhone, words: Words, seal: Seal, tmp_path: Path
) -> None:
    phone = phones("corrupt")
    phone.open("/lines")
    seal(phone, ITEMS)
    phone.page.evaluate(
        """() => new Promise((done) => { indexedDB.open("keel").onsuccess = ({ target }) => {
        const store = target.result.transaction("plan", "readwrite").objectStore("plan");
        store.openCursor().onsuccess = ({ target: { result } }) => { if (!result) return;
          const kept = result.value; kept.envelope[200] ^= 1; result.update(kept); };
        store.transaction.oncomplete = () => done(target.result.close()); }; })"""
    )
    before = phone.storage()["databases"]["keel"]["stores"]["plan"]
    page = phone.go("/")
    expect(page.get_by_text(words("front.unreadable"))).to_be_visible()
    page = phone.go("/now")
    expect(page.get_by_text(words("walk.unreadable"))).to_be_visible()
    expect(page.locator("#static h1").first).to_be_visible()
    phone.go("/edit")
    page.wait_for_timeout(600)
    assert phone.storage()["databases"]["keel"]["stores"]["plan"] == before
