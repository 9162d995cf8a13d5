"""A server that lies, and another device that was first: what is here stays, and it is said."""

import base64
from functools import partial

from playwright.sync_api import Route, expect

from tests.journeys.backing_up import PATIENCE, Backing, plan_kept, with_plan
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone

PLAN = "**/api/v1/plan"
SEALED = "application/octet-stream"
FETCHED = """async () => { const answer = await fetch("/api/v1/plan");
  return btoa(String.fromCharCode(...new Uint8Array(await answer.arrayBuffer()))); }"""


def envelope(phone: Phone) -> bytes:
    """What stands at the server for whoever is signed in on this phone."""
    return base64.b64decode(phone.page.evaluate(FETCHED))


def flipped(sealed: bytes) -> bytes:
    return sealed[:200] + bytes([sealed[200] ^ 1]) + sealed[201:]


def lie(phone: Phone, status: int, body: bytes, kind: str = SEALED) -> list[str]:
    """Every question about the plan is answered so; each that was."""
    told: list[str] = []

    def answer(route: Route) -> None:
        told.append(route.request.url)
        route.fulfill(status=status, body=body, content_type=kind, headers={"ETag": '"1-0"'})

    phone.page.unroute_all()
    phone.page.route(PLAN, answer)
    return told


def typed(backing: Backing, text: str) -> None:
    """One more line, saved on this device."""
    backing.phone.go("/edit")
    editor = Editor(backing.page, backing.words)
    editor.open("reasons")
    editor.add(text)
    expect(backing.page.locator(".edit-head")).to_contain_text(backing.words("save.saved"))


def said(backing: Backing, sentence: str) -> None:
    """The sentence stands there; the code in it is left open."""
    beginning = backing.words(sentence, code="\n").partition("\n")[0].strip()
    expect(backing.page.locator("main")).to_contain_text(beginning, timeout=PATIENCE)


def test_a_lie_is_named_and_what_is_here_is_not_touched(
    phones: MakePhone, seal: Seal, words: Words, sealing_script: str
) -> None:
    mine = with_plan(phones("mine", service_workers="block"), words, seal)
    theirs = with_plan(phones("theirs", service_workers="block"), words, seal, 3)
    mine.phone.is_offline = theirs.phone.is_offline = True  # the console tells of a 412
    code = mine.turn_on()
    theirs.turn_on()
    old, foreign = envelope(mine.phone), envelope(theirs.phone)
    typed(mine, "a line the server has")
    mine.backed_up()
    bent = flipped(envelope(mine.phone))
    lies: list[tuple[bytes, str, str]] = [
        (foreign, SEALED, "problem.not_ours.said"),
        (bent, SEALED, "problem.not_ours.said"),
        (b"garbage", SEALED, "problem.not_ours.said"),
        (b"<!doctype html><title>Welcome</title>", "text/html", "problem.no_answer.said"),
    ]
    lied_to_while_it_backs_up(mine, lies, old, sealing_script)
    lied_to_while_it_comes_back(theirs, code, lies, sealing_script)


def lied_to_while_it_backs_up(
    mine: Backing, lies: list[tuple[bytes, str, str]], old: bytes, sealing_script: str
) -> None:
    lie(mine.phone, 412, b"garbage")
    typed(mine, "a line of one who is lied to")
    mine.sees("backup.why")
    before = plan_kept(mine.phone, sealing_script)
    mine.page.get_by_role("link", name=mine.words("backup.why")).click()
    for body, kind, sentence in [*lies, (old, SEALED, "problem.rollback.said")]:
        told = lie(mine.phone, 200 if kind == "text/html" else 412, body, kind)
        mine.press("front.again")
        mine.phone.until(partial(bool, told))
        said(mine, sentence)
        said(mine, "backup.safe_here")
        assert plan_kept(mine.phone, sealing_script) == before
    mine.page.unroute_all()
    mine.press("backup.keep_both")  # with the older one; the server's own is then the newer
    mine.sees("problem.changed_elsewhere.said")
    mine.press("backup.keep_both")
    mine.backed_up()
    assert {"a line the server has", "a line of one who is lied to"} <= {
        *mine.plan_shown().splitlines()
    }


def lied_to_while_it_comes_back(
    theirs: Backing, code: list[str], lies: list[tuple[bytes, str, str]], sealing_script: str
) -> None:
    before = plan_kept(theirs.phone, sealing_script)
    theirs.phone.go("/come-back")
    theirs.type_code(code)
    for body, kind, sentence in lies:
        told = lie(theirs.phone, 200, body, kind)
        theirs.press("come_back.show")
        theirs.phone.until(partial(bool, told))
        said(theirs, sentence)
        assert plan_kept(theirs.phone, sealing_script) == before


def test_when_another_device_was_first_both_are_kept_and_it_is_said(
    phones: MakePhone, seal: Seal, words: Words
) -> None:
    first = with_plan(phones("first"), words, seal)
    code = first.turn_on()
    second = Backing(phones("second"), words)
    second.phone.start()
    second.come_back(code)
    second.headed("front.title")
    for one in (first, second):
        one.phone.is_offline = True  # the console tells of a 412
    typed(second, "written on the second")
    second.backed_up()
    typed(first, "written on the first")
    first.sees("backup.why")
    first.page.get_by_role("link", name=words("backup.why")).click()
    first.sees("problem.changed_elsewhere.said")
    first.press("backup.keep_both")
    first.backed_up()
    both = first.plan_shown()
    assert "written on the first" in both
    assert "written on the second" in both
