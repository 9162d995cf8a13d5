"""The device's figures, printed: sizes, the offline cold open, taps, sealing a plan.

Run by `make bench`, or `python -m benchmarks.device [pairs]`. Times are medians, paired and
interleaved on the same machine, CPU slowed four times by the browser itself where it says so.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, Playwright, sync_playwright

from tests.journeys.phone import Phone
from tests.journeys.server import Server
from tests.journeys.the_plan import ITEMS
from tests.test_size import FIGURES, measure

ROOT = Path(__file__).resolve().parents[1]
SLOWED = 4
PAIRS = 10
# Seconds in which the page is let be: to wait for something in it, Playwright puts 330 KB of script
# there, which took 70 ms of the main thread at a quarter of the speed (seen in a trace).
UNTOUCHED = 1.5
# When something was first painted, and when the plan's first step was: on the page's own clock.
WATCH = """
new MutationObserver((_, watching) => { if (!document.querySelector("#app h1")) return;
  watching.disconnect();
  requestAnimationFrame(() => setTimeout(() => { globalThis.__plan = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    for name, (_, _, reach, most) in FIGURES.items():
        row(name, f"{measure(name):.1f} KiB", f"{reach} · {most}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        on_a_phone(playwright, Path(folder), pairs)


def row(name: str, value: str, figure: str) -> None:
    """One line of the table; `figure` is what to reach and what fails."""
    print(f"{name:<58} {value:>22}   {figure}", flush=True)


def on_a_phone(playwright: Playwright, folder: Path, pairs: int) -> None:
    server = Server(folder)
    server.start()
    phone = Phone(playwright, folder / "phone", server.origin)
    script = sealing_script(folder)
    try:
        settle(phone, script)
        sealing(phone, script)
        server.stop()
        cold_opens(phone, pairs)
        taps(phone)
    finally:
        phone.close()
        server.stop()


def settle(phone: Phone, script: str) -> None:
    """The release taken, and a plan kept; the page that keeps it does not open the plan."""
    phone.open("/")
    phone.wait_for_worker()
    phone.go("/lines")
    phone.page.evaluate(script)
    phone.page.evaluate("(items) => forTests.sealItems(items)", ITEMS)


def sealing_script(folder: Path) -> str:
    out = folder / "seal.js"
    esbuild = ROOT / "frontend/node_modules/.bin/esbuild"
    source = ROOT / "tests/journeys/seal_plan.ts"
    options = ["--bundle", "--format=iife", "--global-name=forTests", "--log-level=error"]
    subprocess.run([esbuild, source, *options, f"--outfile={out}"], check=True)
    return out.read_text("utf-8") + ";globalThis.forTests = forTests;true"


def sealing(phone: Phone, script: str) -> None:
    phone.page.evaluate(script)
    text = "[" + ",".join(['"a calm line of the plan, as long as most"'] * 100) + "]"
    sealed, opened = phone.page.evaluate("(text) => forTests.sealAndOpen(text, 50)", text)
    row("seal one plan (its key drawn anew each time)", f"{sealed:.2f} ms", "1 · 5")
    row("read and open one plan, the database opened too", f"{opened:.2f} ms", "1 · 5")


def cold_opens(phone: Phone, pairs: int) -> None:
    """Each in a new browser process on the same profile, without a server."""
    static: list[float] = []
    plans: list[float] = []
    lines: list[float] = []
    for _ in range(pairs):
        static.append(painted(cold(phone, "/lines")))
        page = cold(phone, "/now")
        page.wait_for_function("() => globalThis.__plan !== undefined")
        plans.append(page.evaluate("() => globalThis.__plan"))
        lines.append(painted(page))
    more = median(plan - page for plan, page in zip(plans, static, strict=True))
    slowed = f"offline, new process, CPU ÷ {SLOWED}, n {pairs}"
    row(f"plan minus static page, {slowed}", f"{more:.0f} ms", "120 · 300")
    row(f"988 visible, {slowed}", f"{median(lines):.0f} ms", "300 · 600")
    row(f"plan visible, {slowed}", f"{median(plans):.0f} ms", "450 · 900")


def cold(phone: Phone, path: str) -> Page:
    phone.close()
    phone.start()
    phone.context.add_init_script(WATCH)
    session = phone.context.new_cdp_session(phone.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    phone.page.goto(phone.origin + path, wait_until="commit")
    time.sleep(UNTOUCHED)
    return phone.page


def painted(page: Page) -> float:
    page.wait_for_function(PAINTED)
    found: float = page.evaluate(PAINTED)
    return found


def taps(phone: Phone) -> None:
    """The icon on the home screen is one; then what the front needs. The shortcut is one."""
    phone.close()
    page = phone.open("/")
    count = 1
    while page.url != f"{phone.origin}/now":
        page.locator("a[href='/now']").first.click()
        page.wait_for_url("**/now")
        count += 1
    page.locator("#app h1").wait_for()
    row("taps to the first own item (by the shortcut: 1)", str(count), "2 · 2")


if __name__ == "__main__":
    main()
