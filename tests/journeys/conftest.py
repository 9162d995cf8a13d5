"""What every journey needs: the built release, a server, a phone that is watched, the words."""

import fcntl
import subprocess
from collections.abc import Callable, Iterator
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


@pytest.fixture
def server(release: Path, tmp_path: Path) -> Iterator[Server]:
    assert release.is_dir()
    found = Server(tmp_path / "server")
    found.folder.mkdir()
    found.start()
    yield found
    found.stop()


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


@pytest.fixture(scope="session")
def screenshots() -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS
