"""What every journey needs: the built release, a server, a phone that is watched, the words."""

import contextlib
import fcntl
import subprocess
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, sync_playwright

from app.content.messages import message
from tests.conftest import IS_CI, RELEASE, ROOT
from tests.journeys.phone import CHROMIUM, Phone
from tests.journeys.server import Server

SCREENSHOTS = ROOT / "build/screenshots"
Words = Callable[..., str]


@pytest.fixture(scope="session")
def release() -> Path:
    """The built release; built here when missing, but never behind the back of CI."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build/.journeys.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (RELEASE / "release.json").is_file():
            assert not IS_CI, "the release is not built: `make build` comes before the journeys"
            subprocess.run(["make", "build"], cwd=ROOT, check=True)
    return RELEASE


@pytest.fixture(scope="session")
def shared_server(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all journeys of a worker: nobody's words ever reach it."""
    assert release.is_dir()
    found = Server(tmp_path_factory.mktemp("server"))
    found.start()
    yield found
    found.stop()


@pytest.fixture
def server(shared_server: Server) -> Iterator[Server]:
    """Running when a journey begins; a journey may stop it, and it is started again after."""
    yield shared_server
    shared_server.start()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    assert Path(CHROMIUM).exists(), f"{CHROMIUM} is missing; journeys need a real browser"
    with sync_playwright() as found:
        yield found


MakePhone = Callable[..., Phone]


@pytest.fixture
def phones(playwright: Playwright, server: Server, tmp_path: Path) -> Iterator[MakePhone]:
    """Makes phones; at the end each is closed, and must have seen nothing foreign or broken."""
    made: list[Phone] = []

    def make(name: str = "phone", **options: Any) -> Phone:
        made.append(Phone(playwright, tmp_path / name, server.origin, **options))
        return made[-1]

    yield make
    for phone in made:
        phone.close()
    faults = [fault for phone in made for fault in phone.faults]
    assert faults == []


@pytest.fixture
def phone(phones: MakePhone) -> Phone:
    return phones()


@pytest.fixture
def words() -> Words:
    """`words("walk.next")`: what the screen says, so that journeys follow the messages."""

    def say(key: str, **values: object) -> str:
        return message("en", key, **values)

    return say


Seal = Callable[[Phone, Sequence[tuple[str, dict[str, object]]]], list[str]]


@pytest.fixture(scope="session")
def sealing_script(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app's own save path as a script for the page, made here and never shipped."""
    out = tmp_path_factory.mktemp("script") / "seal.js"
    subprocess.run(
        [
            ROOT / "frontend/node_modules/.bin/esbuild",
            ROOT / "tests/journeys/seal_plan.ts",
            "--bundle",
            "--format=iife",
            "--global-name=forTests",
            "--log-level=error",
            f"--outfile={out}",
        ],
        check=True,
    )
    return out.read_text("utf-8")


@pytest.fixture
def seal(sealing_script: str) -> Seal:
    """Keeps a plan on the phone without its screens, on a page that does not open the plan."""

    def sealed(phone: Phone, items: Sequence[tuple[str, dict[str, object]]]) -> list[str]:
        phone.page.evaluate(sealing_script + ";globalThis.forTests = forTests;true")
        ids: list[str] = phone.page.evaluate("(items) => forTests.sealItems(items)", items)
        return ids

    return sealed


@pytest.fixture(scope="session")
def screenshots() -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """A journey that fails leaves what was on the screen in build/failures/."""
    report = yield
    phone = getattr(item, "funcargs", {}).get("phone")
    if report.when == "call" and report.failed and isinstance(phone, Phone):
        with contextlib.suppress(Exception):
            phone.page.screenshot(path=ROOT / f"build/failures/{item.name}.png")
    return report
