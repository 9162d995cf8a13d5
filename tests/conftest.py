"""What many tests stand on: settings of a fresh installation, and a client of its server."""

import os
import shutil
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
SOAK = float(os.environ.get("KEEL_SOAK") or 0)
"""1 in `make soak`; a part of it on a computer that has less time."""


def size(run: int, soak: int) -> int:
    """How often, or how many: what a run may cost, or what `make soak` may."""
    return max(run, round(soak * SOAK))


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


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """A command that was run in this process narrows it for whatever test comes next."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """Makes one more empty PostgreSQL database, on one server for the whole run; its URL."""
    with postgres.running() as url:
        names = (f"keel{number}" for number in count())
        yield lambda: postgres.new_database(url, next(names))


@pytest.fixture(scope="session")
def migrated_postgres(
    new_postgres: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The URL of a current database, one for the whole run."""
    from tests.installation import begun  # noqa: PLC0415, tests of the law need no server

    return begun(tmp_path_factory.mktemp("postgres") / "data", new_postgres()).database_url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a current database, to be copied."""
    from tests.installation import begun  # noqa: PLC0415, as above

    return begun(tmp_path_factory.mktemp("sqlite") / "data").data_dir / "keel.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A current database without rows, on each; migrated once, which takes a second."""
    from tests.installation import emptied  # noqa: PLC0415, as above

    if request.param == "postgresql":
        return emptied(request.getfixturevalue("migrated_postgres"))
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    path = shutil.copy(request.getfixturevalue("migrated_sqlite"), folder)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation with as many people as the file of the test says, to be copied."""
    from tests.installation import begun, fill  # noqa: PLC0415, as above

    made = begun(tmp_path_factory.mktemp("filled") / "data")
    fill(made, request.module.PEOPLE)
    return made


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
