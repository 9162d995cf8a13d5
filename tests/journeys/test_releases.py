"""A release is taken whole or not at all; without one, without a network, the lines are there."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.conftest import ROOT, size
from tests.journeys.conftest import Seal, Words
from tests.journeys.phone import Phone
from tests.journeys.releases import Answer, Fault, FaultyServer, next_release, no_fault
from tests.journeys.server import Server
from tests.journeys.the_plan import ITEMS


def only(part: str, change: Fault) -> Fault:
    """A fault of those paths alone that hold this part."""

    def fault(path: str, answer: Answer) -> Answer | None:
        return change(path, answer) if part in path else answer

    return fault


def truncated(_path: str, answer: Answer) -> Answer:
    answer.body = answer.body[: len(answer.body) // 2]
    return answer


def cut_off(_path: str, answer: Answer) -> Answer:
    """Half of what was announced, and then the connection ends."""
    answer.length = len(answer.body)
    return truncated(_path, answer)


def one_bit(_path: str, answer: Answer) -> Answer:
    answer.body = answer.body[:-10] + bytes([answer.body[-10] ^ 1]) + answer.body[-9:]
    return answer


def missing(_path: str, _answer: Answer) -> Answer:
    return Answer(404, "text/plain", b"not here")


def broken(_path: str, _answer: Answer) -> Answer:
    return Answer(500, "text/html", b"<h1>oh</h1>")


def portal(_path: str, _answer: Answer) -> Answer:
    """What a hotel's network answers to everything."""
    return Answer(200, "text/html; charset=utf-8", b"<h1>Sign in to Wi-Fi</h1>")


def wrong_type(_path: str, answer: Answer) -> Answer:
    answer.type = "text/plain"
    return answer


def silent(_path: str, _answer: Answer) -> None:
    return None


def empty(_path: str, answer: Answer) -> Answer:
    answer.body = b""
    return answer


FAULTS: dict[str, Fault] = {
    "a script cut in half": only("main-", truncated),
    "a script cut off": only("main-", cut_off),
    "a script with one bit changed": only("now-", one_bit),
    "a script missing": only("now-", missing),
    "a script of a wrong type": only("main-", wrong_type),
    "a page with one bit changed": only("/now", one_bit),
    "a page that fails": only("/read", broken),
    "a page that is empty": only("/edit", empty),
    "a portal for every page": only("/", portal),
    "a portal for scripts": only("/assets/", portal),
    "a list cut in half": only("release.json", truncated),
    "a list of another release": only("release.json", one_bit),
    "a list missing": only("release.json", missing),
    "a worker cut in half": only("service-worker.js", truncated),
    "a worker that fails": only("service-worker.js", broken),
    "a worker that is a page": only("service-worker.js", portal),
    "a server that hangs up on everything": only("/", silent),
}


def added_to(_path: str, answer: Answer) -> Answer:
    """Still a script that runs, unlike one with a bit changed."""
    answer.body += b"\nglobalThis.isChanged = true;\n"
    return answer


def without_integrity(path: str, answer: Answer) -> Answer:
    """The control: pages as they would be without the hashes of their scripts."""
    answer.body = re.sub(rb' integrity="[^"]+"', b"", answer.body)
    return only("main-", added_to)(path, answer) or answer


@pytest.fixture(scope="module")
def newer(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert release.is_dir()
    return next_release(ROOT / "build/assets", tmp_path_factory.mktemp("next"))


@pytest.fixture
def settled(phone: Phone, seal: Seal, server: Server) -> Phone:
    """A phone that took today's release and holds a plan; the real server is down."""
    phone.open("/")
    phone.wait_for_worker()
    phone.go("/lines")
    seal(phone, ITEMS)
    server.stop()
    phone.is_offline = True
    return phone


def shows_the_plan(phone: Phone) -> bool:
    """Opens the walk; returns whether it is the next release that shows it."""
    page = phone.go("/now")
    expect(page.locator("#app h1")).to_have_text("Biscuit, my dog")
    script = page.locator("script[type=module]").get_attribute("src") or ""
    is_next: bool = page.evaluate("() => globalThis.isNextRelease === true")
    assert ("-0000000000.js" in script) == is_next, "page and script are of two releases"
    return is_next


def ask_for_news(page: Page) -> None:
    """What a browser does by itself from time to time; how it ends is no matter to the page."""
    page.evaluate(
        """async () => { const [one] = await navigator.serviceWorker.getRegistrations();
        await one?.update().catch(() => undefined);
        const worker = one?.installing;
        if (worker) await new Promise((done) => { worker.onstatechange = () =>
          ["installed", "activated", "redundant"].includes(worker.state) && done();
          setTimeout(done, 6000); }); }"""
    )


def caches_of(page: Page) -> list[str]:
    names: list[str] = page.evaluate("() => caches.keys()")
    return names


def test_a_broken_release_is_never_taken_and_the_next_good_one_is(
    settled: Phone, server: Server, newer: Path
) -> None:
    """What a refused release had laid down goes again: a browser asks for news after every visit
    by itself too, so that one try may still be under way when the page is there."""
    before = caches_of(settled.page)
    with FaultyServer(newer, server.port) as faulty:
        for name, fault in list(FAULTS.items()) * size(1, 20):
            faulty.fault = fault
            ask_for_news(settled.page)
            assert not shows_the_plan(settled), name
            settled.until(lambda: caches_of(settled.page) == before, 15)
        faulty.fault = no_fault
        ask_for_news(settled.page)
        opens = 1
        while not shows_the_plan(settled):
            settled.close()
            settled.start()
            opens += 1
            assert opens <= 3, "the next good release arrives within three opens"
    assert len(caches_of(settled.page)) == 1


def test_a_changed_script_never_runs_and_its_page_is_whole(
    playwright: Playwright, release: Path, server: Server, tmp_path: Path
) -> None:
    """On a first visit too, when no worker has checked anything yet. Control: the same script on
    pages that carry no hash runs."""
    ran = {}
    server.stop()
    for name, fault in (("ours", only("main-", added_to)), ("control", without_integrity)):
        with FaultyServer(release, server.port) as faulty:
            faulty.fault = fault
            phone = Phone(playwright, tmp_path / name, server.origin)
            page = phone.open("/edit")
            expect(page.locator("a[href='tel:988']").first).to_be_visible()
            page.wait_for_load_state("networkidle")
            ran[name] = page.evaluate("() => globalThis.isChanged === true")
            told = [fault for fault in phone.faults if "integrity" in fault]
            assert bool(told) == (name == "ours")
            phone.close()
    assert ran == {"ours": False, "control": True}


def test_a_missing_file_is_never_answered_with_a_page(settled: Phone, server: Server) -> None:
    ask = """async (path) => { const answer = await fetch(path);
        return [answer.status, answer.headers.get("content-type"), await answer.text()]; }"""
    for path in ("/assets/main-ffffffffff.js", "/icons/none.png", "/nothing.css"):
        status, kind, text = settled.page.evaluate(ask, path)
        assert status >= 400
        assert "html" not in kind
        assert "<html" not in text
    server.start()
    status, kind, text = settled.page.evaluate(ask, "/assets/main-ffffffffff.js")
    assert (status, "html" in kind, "<html" in text) == (404, False, False)


def test_offline_an_unknown_page_says_so_and_every_page_opens(settled: Phone) -> None:
    for path in ("/", "/now", "/edit", "/read", "/keep-safe", "/lines", "/privacy", "/nowhere"):
        page = settled.go(path)
        expect(page.locator("a[href='tel:988']").first).to_be_visible()
        expect(page.locator("main h1").first).to_be_visible()


def test_the_last_resort_is_the_lines(settled: Phone, words: Words) -> None:
    """The worker is there, but everything that it kept is gone, and so is the network."""
    settled.page.evaluate(
        "async () => { for (const name of await caches.keys()) await caches.delete(name); }"
    )
    page = settled.go("/now")
    expect(page.get_by_role("heading", name=words("page.last.heading"))).to_be_visible()
    assert page.locator("a[href='tel:988']").first.is_visible()
    assert page.locator("a[href='sms:988']").first.is_visible()


def test_what_was_dropped_or_deleted_is_kept_again_for_the_next_hour_without_a_network(
    phone: Phone, words: Words, server: Server, release: Path
) -> None:
    """The browser drops the cache, or another tab keeps the worker alive through a deletion: in
    both cases the worker is never installed again."""
    listed = json.loads((release / "release.json").read_bytes())["files"]
    kept = "async () => (await (await caches.open((await caches.keys())[0])).keys()).length"
    whole = f"{kept} == {sum(file['offline'] for file in listed)}"
    page = phone.open("/")
    phone.wait_for_worker()
    page.evaluate(
        "async () => { for (const one of await caches.keys()) await caches.delete(one); }"
    )
    phone.go("/now")
    phone.wait_for_worker()
    phone.until(lambda: bool(page.evaluate(whole)))
    other = phone.context.new_page()
    other.goto(f"{phone.origin}/edit")
    phone.go("/keep-safe")
    page.get_by_role("button", name=words("keep.delete"), exact=True).click()
    page.get_by_role("button", name=words("keep.delete_now"), exact=True).click()
    expect(page.get_by_role("heading", name=words("keep.gone"))).to_be_visible()
    assert caches_of(page) == []
    phone.go("/")
    phone.wait_for_worker()
    phone.until(lambda: bool(page.evaluate(whole)))
    server.stop()
    phone.is_offline = True
    expect(phone.go("/now").get_by_role("heading", level=1).first).to_be_visible()
    assert page.locator("#static, #app").count() == 2


def test_the_servers_own_paths_are_never_kept(phone: Phone) -> None:
    page = phone.open("/")
    phone.wait_for_worker()
    page.reload()
    page.evaluate("() => fetch('/api/v1/content').then((answer) => answer.text())")
    kept = [url for cache in phone.storage()["caches"].values() for url, _ in cache]
    assert kept
    assert not [url for url in kept if "/api/" in url or "healthz" in url]
