"""A server in this process: one data directory, one small release, and somebody who asks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app, prepare
from app.settings import Settings
from tests.api.people import ORIGIN, Browser, Person
from tests.api.small_release import write_small_release

PROXY = ("127.0.0.1", 50000)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory whose database is up to date; whoever writes brings people of their own."""
    directory = tmp_path_factory.mktemp("kept") / "data"
    prepare(Settings(_env_file=None, data_dir=directory, public_origin=ORIGIN))
    return directory


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small release; a test that changes files asks for `release` instead."""
    return write_small_release(tmp_path_factory.mktemp("release"))


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A small release of the test's own."""
    return write_small_release(tmp_path / "release")


@pytest.fixture(scope="session")
def app(data_dir: Path, small_release: Path) -> FastAPI:
    """The server as `serve` would run it."""
    settings = Settings(_env_file=None, data_dir=data_dir, public_origin=ORIGIN)
    return create_app(settings, small_release)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody who asks at the public origin, and follows no redirect."""
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as asking:
        yield asking


class Clock:
    """The server's clock, set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(database_url: str, tmp_path: Path) -> Settings:
    """An installation of the test's own on each database, behind a proxy on this computer."""
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        database_url=database_url,
        public_origin=ORIGIN,
        trusted_proxies="127.0.0.1",
    )
    prepare(settings)
    return settings


@pytest.fixture
def asking(kept: Settings, small_release: Path, clock: Clock) -> Iterator[TestClient]:
    """Whoever asks that installation; the clock stands still until the test moves it."""
    app = create_app(kept, small_release, clock)
    with TestClient(app, base_url=ORIGIN, follow_redirects=False, client=PROXY) as found:
        yield found


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def phone(asking: TestClient, person: Person) -> Browser:
    """Of somebody who has an account."""
    browser = Browser(asking, "203.0.113.1")
    browser.register(person)
    return browser
