"""What many tests stand on: settings of a fresh installation, and a client of its server."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
RELEASE = ROOT / "build/release"
IS_CI = os.environ.get("CI") == "true"


FIGURES = ROOT / "build/figures"
Figure = Callable[[str], None]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Keeps what a test measured, to be printed when the run is over, by whichever worker."""

    def keep(text: str) -> None:
        FIGURES.mkdir(parents=True, exist_ok=True)
        (FIGURES / f"{request.node.name.replace('/', ' ')}.txt").write_text(text + "\n", "utf-8")

    return keep


def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        for path in FIGURES.glob("*.txt"):
            path.unlink()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for path in sorted(FIGURES.glob("*.txt")):
        terminalreporter.write_line(path.read_text("utf-8").rstrip())


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """Makes one more empty PostgreSQL database, on one server for the whole run; its URL."""
    with postgres.running() as url:
        names = (f"keel{number}" for number in count())
        yield lambda: postgres.new_database(url, next(names))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data directory of its own, and nothing from the environment's .env."""
    return Settings(
        _env_file=None, data_dir=tmp_path / "data", public_origin="http://localhost:8000"
    )


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """The whole server over the built release, as a browser of the public origin asks it."""
    from app.main import create_app, prepare  # noqa: PLC0415, tests of the law need no server

    prepare(settings)
    with TestClient(create_app(settings), base_url=settings.public_origin) as found:
        yield found
