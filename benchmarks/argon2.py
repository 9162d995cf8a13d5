"""Argon2id as a person waits for it: signing in by passphrase, in the released worker, and whether
the page answers meanwhile.

`python -m benchmarks.argon2 [times]`. The browser can slow a page but no worker, so for CPU ÷ 4 the
page's whole process is stopped for three quarters of every few milliseconds; what that came to is
printed too. Nobody has the names that are tried: each sign-in ends with the server's refusal.
"""

import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Self

from playwright.sync_api import sync_playwright

from benchmarks.device import row
from tests.journeys.phone import Phone
from tests.journeys.server import Server

TIMES = 5
SLOWED = 4
PERIOD = 0.012  # seconds: a page's process runs for a quarter of it
PATIENCE = 60  # seconds for one sign-in
# When the worker was started and when it answered, on the page's clock; and the page's long tasks.
WATCH = """
globalThis.__tasks = [];
new PerformanceObserver((list) => __tasks.push(...list.getEntries()))
  .observe({ type: "longtask", buffered: true });
const Real = Worker;
globalThis.Worker = class extends Real {
  constructor(address) {
    const began = performance.now();
    super(address);
    this.addEventListener("message", () => { globalThis.__took = performance.now() - began; });
  }
};
"""
# From a task of the page's own: the browser counts none that an inspector began.
ASK = """() => void setTimeout(() => {
  globalThis.__asked = performance.now();
  document.querySelector("#app details button").click(); })"""
TOLD = """() => [__took, Math.max(0, ...__tasks
  .filter((task) => task.startTime >= __asked).map((task) => task.duration))]"""


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        phone = Phone(playwright, Path(folder) / "phone", server.origin)
        try:
            phone.open("/")
            phone.wait_for_worker()
            phone.context.add_init_script(WATCH)
            check_that_long_tasks_are_seen(phone)
            told("", [sign_in(phone, n) for n in range(times)])
            with Slowed(renderers(phone)) as slowed:
                found = [sign_in(phone, times + n) for n in range(times)]
            told(f", CPU ÷ {SLOWED} (in truth {slowed.rate:.1f})", found)
        finally:
            phone.close()
            server.stop()


def check_that_long_tasks_are_seen(phone: Phone) -> None:
    page = phone.go("/come-back")
    page.evaluate(
        "() => void setTimeout(() => { for (const t = Date.now(); Date.now() < t + 90;); })"
    )
    page.wait_for_function("() => __tasks.some(({ duration }) => duration >= 80)")


def told(how: str, found: list[tuple[float, float]]) -> None:
    took, tasks = zip(*found, strict=True)
    row(f"Argon2id at sign-in, n {len(found)}{how}", f"{median(took) / 1000:.2f} s", "1 · 5")
    longest = f"{max(tasks):.0f} ms" if max(tasks) else "none of 50 ms"
    row("  longest task on the page meanwhile", longest, "50 · 50")


def sign_in(phone: Phone, number: int) -> tuple[float, float]:
    """Milliseconds from the worker's start to its answer, and those of the page's longest task of
    50 ms and more; 0 for none."""
    page = phone.go("/come-back")
    by_name = page.locator("#app details")
    by_name.locator("summary").click()
    name, passphrase = by_name.locator("input, textarea").all()
    name.fill(f"quiet-maple-{number:04}")
    passphrase.fill("six words that are nobody's own")
    asked = len(phone.requests)
    page.evaluate(ASK)
    end = time.monotonic() + PATIENCE
    while not any(url.endswith("/api/v1/sessions") for _, url in phone.requests[asked:]):
        assert time.monotonic() < end, phone.faults
        page.wait_for_timeout(50)  # outside of the page, which has no script of ours to run
    found: list[float] = page.evaluate(TOLD)
    return found[0], found[1]


def renderers(phone: Phone) -> list[int]:
    """Where this phone's pages and their workers run."""
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in phone.processes()}
    return [pid for pid, command in commands.items() if b"--type=renderer" in command]


class Slowed:
    """Processes that run for a quarter of every few milliseconds."""

    def __init__(self, processes: list[int]) -> None:
        self.processes = processes
        self.ran = 0.0
        self.stood = 0.0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._pace)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _pace(self) -> None:
        """They stand three times as long as they ran in truth: a busy machine wakes us late."""
        while not self._is_over.is_set():
            ran = self._for(PERIOD / SLOWED, signal.SIGCONT)
            self.ran += ran
            self.stood += self._for(ran * (SLOWED - 1), signal.SIGSTOP)
        self._for(0, signal.SIGCONT)

    def _for(self, seconds: float, order: signal.Signals) -> float:
        for pid in self.processes:
            os.kill(pid, order)
        began = time.monotonic()
        time.sleep(seconds)
        return time.monotonic() - began

    @property
    def rate(self) -> float:
        return (self.ran + self.stood) / self.ran


if __name__ == "__main__":
    main()
