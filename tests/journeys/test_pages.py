"""Every page: the lines first, no fault that axe finds, whole at every size, and off scripts."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.journeys.conftest import MakePhone, Words
from tests.journeys.phone import Phone

PATHS = [
    *("/", "/now", "/edit", "/together", "/paper", "/blank", "/read", "/keep-safe"),
    *(
        "/come-back",
        "/lines",
        "/privacy",
        "/nowhere",
        "/when-i-call",
        "/after",
        "/supporters",
        "/library",
    ),
    *("/for-professionals", "/conversation", "/blank-sheet"),
]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"


def axe(page: Page) -> list[str]:
    """What axe finds, as "rule: selector"; axe is given to the page as the browser's own tool."""
    page.evaluate(AXE.read_text("utf-8") + "\n;true")
    found: dict[str, Any] = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def small_targets(page: Page) -> list[str]:
    """What can be tapped and is lower or narrower than 48 px; links within a sentence are not."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, summary, select, input, textarea")]
          .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("p"))
          .map((one) => [one, [one, ...(one.labels ?? [])]
            .map((part) => part.getBoundingClientRect())
            .sort((a, b) => b.height * b.width - a.height * a.width)[0]])
          .filter(([, box]) => box.width && (box.height < 47.5 || box.width < 47.5))
          .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}×${box.height}`)"""
    )
    return found


def first_stop(page: Page) -> str:
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    page.keyboard.press("Tab")
    href: str = page.evaluate("() => document.activeElement.getAttribute('href') ?? ''")
    return href


def is_wider_than_the_screen(page: Page) -> bool:
    wide: bool = page.evaluate(
        "() => document.scrollingElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(phones: MakePhone, scheme: str) -> None:
    phone = phones(color_scheme=scheme)
    phone.is_offline = True  # /nowhere is a 404, and the console says so
    phone.start()
    for path in PATHS:
        page = phone.go(path)
        assert axe(page) == [], path


def test_axe_sees_a_planted_fault(phone: Phone) -> None:
    page = phone.open("/lines")
    page.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    assert any(one.startswith("button-name") for one in axe(page))


def test_the_first_stop_on_every_page_calls_988(phone: Phone) -> None:
    phone.is_offline = True
    phone.start()
    for path in PATHS:
        page = phone.go(path)
        assert first_stop(page) == "tel:988", path
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.getAttribute('href')") == "sms:988"


def test_everything_to_tap_is_48_pixels(phone: Phone) -> None:
    phone.is_offline = True
    phone.start()
    for path in PATHS:
        assert small_targets(phone.go(path)) == [], path


def test_a_small_target_is_seen(phone: Phone) -> None:
    page = phone.open("/lines")
    page.evaluate(
        """() => { const one = document.createElement("button"); one.style.cssText =
        "width:20px;height:20px;min-height:0;min-width:0;padding:0";
        document.querySelector("main").append(one); }"""
    )
    assert len(small_targets(page)) == 1


@pytest.mark.parametrize("case", ["320 px", "200 % text"])
def test_nothing_runs_out_of_the_screen(phones: MakePhone, case: str) -> None:
    width = 320 if case == "320 px" else 375
    phone = phones(viewport={"width": width, "height": 667})
    phone.is_offline = True
    phone.start()
    for path in PATHS:
        page = phone.go(path)
        if case == "200 % text":
            page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        assert not is_wider_than_the_screen(page), path


def test_forced_colours_leave_every_word(phones: MakePhone, screenshots: Path) -> None:
    phone = phones(forced_colors="active")
    page = phone.open("/now")
    assert axe(page) == []
    page.screenshot(path=screenshots / "forced-colours.png")


def test_without_scripts_every_page_is_whole(phones: MakePhone, words: Words) -> None:
    """By the browser's own setting, in its profile: an emulation would pass and lie."""
    phone = phones("scriptless")
    settings = {"profile": {"default_content_setting_values": {"javascript": 2}}}
    (phone.folder / "Default").mkdir(parents=True)
    (phone.folder / "Default/Preferences").write_text(json.dumps(settings))
    phone.is_offline = True
    phone.start()
    for path in PATHS:
        page = phone.go(path)
        assert page.locator("#app").inner_text() == "" if page.locator("#app").count() else True
        assert page.locator("main h1").first.is_visible(), path
        assert len(page.locator("main").inner_text()) > 40, path
        assert page.locator("a[href='tel:988']").first.is_visible()
        page.keyboard.press("Tab")
        assert page.locator("a[href='tel:988']").first.evaluate("(a) => a.matches(':focus')")


def test_without_its_words_a_page_keeps_what_python_wrote(phone: Phone, words: Words) -> None:
    """The file of words beside the page is lost on the way; the script then draws nothing."""
    phone.start()
    phone.page.route("**/assets/words.*", lambda route: route.abort())
    phone.go("/")
    expect(phone.page.get_by_role("link", name=words("page.front.start"))).to_be_visible()
    assert any("the words did not come" in fault for fault in phone.faults)
    phone.faults.clear()
