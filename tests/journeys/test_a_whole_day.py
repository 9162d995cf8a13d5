"""A whole day with the app: what was asked of whom, and where no word of the plan may be."""

import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone
from tests.journeys.server import Server
from tests.journeys.the_plan import CANARIES, type_the_plan

PATHS = ("/read", "/keep-safe", "/lines", "/privacy", "/now", "/")


@pytest.fixture
def day(phone: Phone, words: Words) -> Phone:
    """The plan typed in, every screen seen, the walk walked, a copy made, offline for a while."""
    page = phone.open("/")
    page.get_by_role("link", name=words("page.front.start")).click()
    editor = Editor(page, words)
    type_the_plan(editor)
    editor.wait_until_saved()
    seen = list(titles_and_addresses(page))
    for path in PATHS:
        phone.go(path)
        expect(page.locator("main h1").first).to_be_visible()
        seen += titles_and_addresses(page)
    phone.go("/now")
    for _ in range(11):
        page.locator(".walk-foot > button:last-child").click()
        seen += titles_and_addresses(page)
        if not page.get_by_role("button", name=words("walk.next"), exact=True).count():
            break
    with page.expect_download():
        phone.go("/read")
        page.get_by_role("button", name=words("read.text"), exact=True).click()
    phone.wait_for_worker()
    phone.seen = seen
    return phone


def titles_and_addresses(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "() => [document.title, location.href, JSON.stringify(history.state), window.name]"
    )
    return found


@pytest.mark.timeout(240)
def test_a_day_asks_only_for_our_own_files_and_leaves_no_word_anywhere(
    day: Phone, server: Server
) -> None:
    asked = {(method, url) for method, url in day.requests if not url.startswith("blob:")}
    assert asked
    assert {method for method, _ in asked} == {"GET"}
    assert {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for _, url in asked} == {day.origin}
    assert [url for _, url in asked if urlsplit(url).query or urlsplit(url).fragment] == []
    no_word_in("titles, addresses, history", "\n".join(day.seen).encode())
    no_word_in("requests", "\n".join(url for _, url in asked).encode())
    for path in sorted(server.folder.rglob("*")):
        if path.is_file():
            no_word_in(path.name, path.read_bytes())
    assert server.log.stat().st_size > 0
    day.close()
    no_word_in("the browser's own history", history(day.folder))
    sealed = day.folder / "Default/IndexedDB"
    for path in sorted(sealed.rglob("*")):
        if path.is_file():
            no_word_in(path.name, path.read_bytes())


def history(profile: Path) -> bytes:
    """Addresses, titles and what was typed into forms, as the browser's profile keeps them."""
    told: list[object] = []
    for name in ("History", "Web Data", "Login Data", "Favicons", "Shortcuts"):
        path = profile / "Default" / name
        if path.is_file():
            told += rows_of(path)
    assert told, "the browser keeps a history, or this test looks in the wrong place"
    return repr(told).encode()


def rows_of(path: Path) -> list[object]:
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        rows = [row for (table,) in tables for row in database.execute(f'SELECT * FROM "{table}"')]
    database.close()
    return [*rows]


def no_word_in(where: str, content: bytes) -> None:
    for word in CANARIES:
        for form in (word.encode(), word.encode("utf-16-le")):
            assert form not in content, f"{word!r} stands in {where}"


def test_a_word_that_leaked_would_be_seen() -> None:
    with pytest.raises(AssertionError, match="Biscuit"):
        no_word_in("a log", "… Biscuit …".encode("utf-16-le"))


def test_a_request_to_another_origin_would_be_seen(phone: Phone, server: Server) -> None:
    """By another port of this machine: the policy stops it, and the guard tells of it."""
    page = phone.open("/lines")
    page.evaluate(f"() => fetch('http://127.0.0.1:{server.port}/').catch(() => undefined)")
    page.goto(f"http://127.0.0.1:{server.port}/healthz")
    page.wait_for_timeout(500)  # the browser looks for an icon there, which the policy stops too
    assert any(fault.startswith("third party") for fault in phone.faults)
    phone.faults.clear()
