"""A phone: Chromium with a profile of its own, on a small screen, watched at every request."""

import contextlib
import json
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, Request, Route

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
# Told as an event in every page, before any script of ours.
WATCH = """
window.__violations = [];
addEventListener("securitypolicyviolation", (e) =>
  console.error("KEEL-CSP " + e.violatedDirective + " " + e.blockedURI + " " + e.sample));
"""
# What a browser says when there is no network; everything else it says is a fault.
OFFLINE = ("Failed to load resource", "net::ERR_", "Failed to fetch")


HAS_RELEASE = """async () => {
  const [worker] = await navigator.serviceWorker.getRegistrations();
  return worker?.active?.state === "activated" && (await caches.keys()).length > 0; }"""


class Phone:
    """One profile folder; `open` starts a browser on it, `close` and `kill` end that browser."""

    def __init__(self, playwright: Playwright, folder: Path, origin: str, **options: Any) -> None:
        self.playwright = playwright
        self.folder = folder
        self.origin = origin
        self.options = options
        self.requests: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.seen: list[str] = []
        self.is_offline = False
        self._context: BrowserContext | None = None

    @property
    def context(self) -> BrowserContext:
        assert self._context, "the phone is off"
        return self._context

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def open(self, path: str = "/") -> Page:
        """Starts the browser anew on the same profile, and goes there."""
        self.start()
        self.go(path)
        return self.page

    def start(self) -> None:
        options: dict[str, Any] = {
            "viewport": {"width": 375, "height": 667},
            "device_scale_factor": 2,
            "has_touch": True,
            "is_mobile": True,
            "locale": "en-US",
            "timezone_id": "America/New_York",
            **self.options,
        }
        self._context = self.playwright.chromium.launch_persistent_context(
            str(self.folder), executable_path=CHROMIUM, args=ARGUMENTS, **options
        )
        self._context.set_default_timeout(10_000)
        self._context.add_init_script(WATCH)
        self._context.on("request", self._saw)
        self._context.on("console", self._heard)
        self._context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))

    def go(self, path: str) -> Page:
        """There, and drawn: a page's words wait for its script, which may be slow here."""
        self.page.goto(self.origin + path)
        with contextlib.suppress(Exception):
            self.page.locator("h1:visible").first.wait_for(timeout=3000)
        return self.page

    def _saw(self, request: Request) -> None:
        self.requests.append((request.method, request.url))
        parts = urlsplit(request.url)
        is_ours = f"{parts.scheme}://{parts.netloc}" == self.origin
        if not is_ours and parts.scheme not in ("data", "blob", "about"):
            self.faults.append(f"third party: {request.method} {request.url}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        is_expected = self.is_offline and any(sign in message.text for sign in OFFLINE)
        if not is_expected:
            self.faults.append(f"console: {message.text}")

    def change_scripts(self, name: str, change: Callable[[Route], None]) -> None:
        """For a control: scripts of that name come changed, in pages that carry no hash of them."""
        self.context.route("**/*", _without_integrity)
        self.context.route(f"**/assets/{name}-*.js", change)

    def wait_for_worker(self) -> None:
        """Until the service worker has taken a release whole and answers for this page."""
        self.until(lambda: bool(self.page.evaluate(HAS_RELEASE)), 30)

    def close(self) -> None:
        if self._context:
            self._context.close()
            self._context = None

    def kill(self) -> None:
        """SIGKILL to the whole process group of this phone's browser, and of no other."""
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(Exception):
            self.context.close()
        self._context = None

    def processes(self) -> list[int]:
        """Every process of the browser on this profile; its first is the group's leader."""
        sign = f"--user-data-dir={self.folder}".encode()
        leaders = [pid for pid in _all_processes() if sign in _command(pid)]
        groups = {_group(pid) for pid in leaders} - {os.getpgid(0)}
        return [pid for pid in _all_processes() if pid in leaders or _group(pid) in groups]

    def until(self, what: Callable[[], bool], seconds: float = 5) -> None:
        end = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < end, "did not come about in time"
            self.page.wait_for_timeout(50)

    def storage(self) -> dict[str, Any]:
        """All that this origin keeps in the browser, in a form that can be compared."""
        text = self.page.evaluate(STORAGE)
        found: dict[str, Any] = json.loads(text)
        found["cookies"] = self.context.cookies()
        return found


def _without_integrity(route: Route) -> None:
    if route.request.resource_type != "document":
        return route.fallback()
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(' integrity="[^"]+"', "", answer.text()))
    return None


def _all_processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


STORAGE = Path(__file__).with_name("storage.js").read_text("utf-8")
