"""A smoke journey in WebKitGTK: the engine nearest to an iPhone's that runs here; see its limits.

It proves that this engine loads the pages, runs the scripts under the policy, seals and keeps a
plan in its IndexedDB, shows it in the walk after a reload, and, where a service worker is let in,
does so with the server stopped. It says nothing of Safari's own storage limits, of touch, or of an
app on a home screen.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.conftest import Figure
from tests.journeys.conftest import Words
from tests.journeys.server import Server

DRIVER = "/usr/bin/WebKitWebDriver"
PATIENCE = 20


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own; Xvfb picks a free number and tells it."""
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    screen.terminate()
    screen.wait(10)


def mini_browser() -> str:
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    assert found, "MiniBrowser is missing; the second engine needs webkit2gtk-driver"
    return str(found[-1])


@pytest.fixture
def webkit(display: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[webdriver.WebKitGTK]:
    assert Path(DRIVER).exists(), f"{DRIVER} is missing; the second engine needs webkit2gtk-driver"
    monkeypatch.setenv("DISPLAY", display)
    options = Options()
    options.binary_location = mini_browser()
    options.add_argument("--automation")
    driver = webdriver.WebKitGTK(options=options, service=Service(DRIVER))
    driver.set_page_load_timeout(PATIENCE)
    driver.set_script_timeout(PATIENCE)
    yield driver
    driver.quit()


def found(driver: webdriver.WebKitGTK, selector: str, text: str = "") -> WebElement:
    """The first that is shown and says this, waited for."""

    def look(_: object) -> WebElement | bool:
        for one in driver.find_elements(By.CSS_SELECTOR, selector):
            if one.is_displayed() and text in one.text:
                return one
        return False

    element = WebDriverWait(driver, PATIENCE).until(look)
    assert isinstance(element, WebElement)
    return element


def walk_shows(driver: webdriver.WebKitGTK, origin: str, text: str) -> None:
    driver.get(f"{origin}/now")
    found(driver, "#app h1", text)


def has_worker(driver: webdriver.WebKitGTK) -> bool:
    """Whether a service worker took the release within the time that one is given."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        state = driver.execute_async_script(
            "const done = arguments[0]; if (!navigator.serviceWorker) done('none'); else"
            " navigator.serviceWorker.getRegistrations().then(([one]) =>"
            " done(one?.active?.state ?? 'waiting'), () => done('none'));"
        )
        if state in ("activated", "none"):
            return bool(state == "activated")
        time.sleep(0.2)
    return False


@pytest.mark.timeout(150)
@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")
def test_webkit_keeps_a_plan_and_walks_it(
    webkit: webdriver.WebKitGTK,
    server: Server,
    words: Words,
    figure: Figure,
) -> None:
    webkit.get(f"{server.origin}/")
    found(webkit, "a", words("bar.call", number="988"))
    found(webkit, "a", words("page.front.start")).click()
    found(webkit, ".part-line", words("section.reasons.title")).click()
    found(webkit, "[data-line] textarea").send_keys("Biscuit, my dog")
    found(webkit, "header", words("save.saved"))
    walk_shows(webkit, server.origin, "Biscuit, my dog")
    webkit.refresh()
    found(webkit, "#app h1", "Biscuit, my dog")
    keeps_itself = has_worker(webkit)
    if keeps_itself:
        server.stop()
        walk_shows(webkit, server.origin, "Biscuit, my dog")
    version = webkit.capabilities["browserVersion"]
    offline = "walked with the server stopped" if keeps_itself else "no service worker"
    figure(f"WebKitGTK {version}: a plan kept, reloaded and walked; {offline}")
