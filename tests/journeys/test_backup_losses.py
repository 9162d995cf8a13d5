"""The network goes, the tab is closed, the phone is slow: the plan stays, the step is repeated."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.backing_up import Backing, plan_kept, rows, values, with_plan
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.phone import Phone
from tests.journeys.server import Server

# Which request, and whether it is lost on its way to the server or on the way back.
TURNING_ON = [
    ("**/assets/drawn-words-*", "there"),
    ("**/accounts", "there"),
    ("**/accounts", "back"),
]
COMING_BACK = [
    ("**/recovery-sessions", "there"),
    ("**/recovery-sessions", "back"),
    ("**/api/v1/plan", "there"),
    ("**/api/v1/plan", "back"),
]


@pytest.fixture
def road(phones: MakePhone) -> Phone:
    """A phone whose requests can be lost one by one; no service worker stands between."""
    phone = phones("road", service_workers="block")
    phone.is_offline = True  # the console says so
    return phone


@contextmanager
def losing(backing: Backing, pattern: str, way: str) -> Iterator[None]:
    """The next request of this pattern is lost, and the one after it is not; then that is told."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        if way == "back":
            route.fetch()
        lost.append(route.request.url)
        route.abort()

    backing.page.route(pattern, lose, times=1)
    yield
    backing.phone.until(lambda: bool(lost), 20)
    backing.sees("problem.no_answer.said")


def items(plan: dict[str, Any]) -> list[Any]:
    return [item for item in plan["items"] if item["section"] != "settings"]


def test_turning_it_on_is_done_again_after_each_loss_and_makes_one_account(
    road: Phone, seal: Seal, words: Words, server: Server, sealing_script: str
) -> None:
    backing = with_plan(road, words, seal)
    before, accounts = plan_kept(road, sealing_script), rows(server, "accounts")
    road.go("/keep-safe")
    with losing(backing, *TURNING_ON[0]):
        backing.press("backup.turn_on")
    backing.press("backup.turn_on")
    code = backing.code_shown()
    for pattern, way in TURNING_ON[1:]:
        with losing(backing, pattern, way):
            backing.type_back(code)
        assert plan_kept(road, sealing_script) == before
    backing.press("backup.finish")
    backing.headed("backup.done")
    backing.backed_up()
    assert items(plan_kept(road, sealing_script)) == items(before)
    assert rows(server, "accounts") == accounts + 1


def test_coming_back_is_done_again_after_each_loss(
    road: Phone, phones: MakePhone, seal: Seal, words: Words, sealing_script: str
) -> None:
    backing = with_plan(phones("first"), words, seal)
    code, plan = backing.turn_on(), backing.plan_shown()
    backing.phone.close()
    road.open("/lines")
    seal(road, [("reasons", {"text": "a plan that was here before"})])
    before = plan_kept(road, sealing_script)
    back = Backing(road, words)
    road.go("/come-back")
    back.type_code(code)
    for pattern, way in COMING_BACK:
        with losing(back, pattern, way):
            back.press("come_back.show")
        assert plan_kept(road, sealing_script) == before
    back.press("come_back.show")
    back.headed("come_back.two")
    assert plan_kept(road, sealing_script) == before
    back.press("come_back.merge")
    back.headed("front.title")
    both = back.plan_shown()
    assert {*plan.splitlines(), "a plan that was here before"} <= set(both.splitlines())


def test_kept_apart_each_stays_as_it_was(
    phones: MakePhone, seal: Seal, words: Words, sealing_script: str
) -> None:
    backing = with_plan(phones("first"), words, seal)
    code = backing.turn_on()
    other = with_plan(phones("second"), words, seal, 2)
    before = plan_kept(other.phone, sealing_script)
    other.come_back(code)
    other.headed("come_back.two")
    other.press("come_back.apart")
    other.headed("front.title")
    expect(other.page.locator(".front")).to_contain_text(words("front.where"))
    assert plan_kept(other.phone, sealing_script) == before
    assert other.phone.context.cookies() == []
    backing.phone.go("/edit")
    backing.backed_up()


def test_a_tab_that_was_closed_half_way_goes_on_with_the_same_code(
    road: Phone, seal: Seal, words: Words, server: Server, sealing_script: str
) -> None:
    backing = with_plan(road, words, seal)
    before, accounts = plan_kept(road, sealing_script), rows(server, "accounts")
    code = backing.show_code()
    road.kill()
    road.open("/lines")
    assert backing.show_code() == code
    with losing(backing, *TURNING_ON[2]):
        backing.type_back(code)
    road.kill()  # the server has it, and nobody here knows
    road.open("/lines")
    assert rows(server, "accounts") == accounts + 1
    assert plan_kept(road, sealing_script) == before
    assert backing.show_code() == code
    backing.type_back(code)
    backing.headed("backup.done")
    backing.backed_up()
    assert rows(server, "accounts") == accounts + 1
    assert items(plan_kept(road, sealing_script)) == items(before)
    assert [one["name"] for one in values(plan_kept(road, sealing_script), "settings")] == [
        "account"
    ]


TICKS = """() => { globalThis.longest = 0; let last = performance.now();
  setInterval(() => { const now = performance.now();
    globalThis.longest = Math.max(globalThis.longest, now - last); last = now; }, 20); }"""


def test_a_slow_phone_goes_on_answering_while_the_key_is_made(
    phone: Phone, seal: Seal, words: Words
) -> None:
    backing = with_plan(phone, words, seal)
    code = backing.show_code()
    backing.press("backup.written")
    devtools = phone.context.new_cdp_session(phone.page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    phone.page.evaluate(TICKS)
    backing.type_back(code)
    backing.headed("backup.done")
    longest = phone.page.evaluate("() => globalThis.longest")
    assert 0 < longest < 500, f"{longest:.0f} ms without an answer"
