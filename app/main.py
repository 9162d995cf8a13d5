"""The one place that knows every part: puts the server together from settings and a release."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware

from app.api import logs
from app.api.deps import Services
from app.api.middleware import Answers, BodyLimit, HeadAsGet, PublicHost, security_headers
from app.api.problems import Problems
from app.api.releases import ReleaseFiles, pages_by_status, read_release
from app.api.router import add_routes
from app.services.accounts import Accounts, erase_marked
from app.services.key_slots import KeySlots
from app.services.plans import Plans
from app.services.sessions import Sessions
from app.services.sweeping import sweep_for_ever
from app.services.upgrade import bring_up_to_date
from app.settings import Settings
from app.storage import accounts, ballast, gone, key_file
from app.storage.data_directory import make_private
from app.storage.database import Database
from app.storage.fit import check_fit
from app.storage.schema import is_current

# FastAPI asks of every type whether it is a model of pydantic's old kind, and loads that kind whole
# to ask. Nothing here is one; where the module can't be had, FastAPI takes that for an answer.
sys.modules.setdefault("pydantic.v1", None)  # type: ignore[arg-type]

RELEASE = Path(__file__).parents[1] / "build" / "release"

Clock = Callable[[], datetime]

NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""The framework would record requests for whatever collector it finds; here nobody collects."""


def moment() -> datetime:
    """Now, in UTC: the one clock that the server has."""
    return datetime.now(UTC)


def prepare(settings: Settings) -> bool:
    """Makes the data directory private and the database current, and looks whether the server's
    own keys belong to it; True when the database was behind. Raises CannotStart.

    Whoever was deleted, and came back with a restored copy, is deleted again.
    """
    make_private(settings.data_dir)
    database = open_database(settings)
    try:
        was_behind = bring_up_to_date(database)
        has_accounts = database.read_now(accounts.has_any)
        keyring = key_file.load_or_make(settings.key_file, has_accounts=has_accounts)
        gone.make(gone.gone_file(settings.key_file), has_accounts=has_accounts)
        database.read_now(lambda connection: check_fit(connection, keyring))
        erase_marked(database, gone.gone_file(settings.key_file))
        if database.path is not None:
            ballast.put_in(ballast.ballast_file(database.path))
        return was_behind
    finally:
        database.close()


def create_app(
    settings: Settings, release_folder: Path = RELEASE, clock: Clock = moment
) -> FastAPI:
    """Raises CannotStart when the release is not whole. Does not touch the database."""
    release = read_release(release_folder)
    problems = Problems(pages_by_status(release_folder, release))
    database = open_database(settings)

    async def is_ready() -> bool:
        return await database.read(is_current)

    headers = security_headers(release.headers, settings.public_origin)
    app = FastAPI(
        title="Keel",
        version="1",
        description="What Keel's server answers. A plan passes through it only sealed.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry=NO_TELEMETRY,
        lifespan=lambda _app: serving(database, clock),
        middleware=[
            Middleware(Answers, problems=problems, headers=headers),
            Middleware(PublicHost, public_origin=settings.public_origin),
            Middleware(BodyLimit),
            Middleware(HeadAsGet),
        ],
    )
    add_routes(
        app,
        files=ReleaseFiles(release_folder, release),
        problems=problems,
        is_ready=is_ready,
        services=services(settings, database, clock),
    )
    return app


def open_database(settings: Settings) -> Database:
    """With the room that is kept free beside a SQLite file."""
    if not settings.database_url.startswith("sqlite:"):
        return Database(settings.database_url)
    path = ballast.ballast_file(Path(settings.database_url.removeprefix("sqlite:///")))
    return Database(settings.database_url, lambda: ballast.throw_out(path))


def services(settings: Settings, database: Database, clock: Clock) -> Services:
    """The rules, each with what it needs; the key file is followed while it is rotated."""
    keyring = key_file.FiledKeyring(settings.key_file)
    gone_file = gone.gone_file(settings.key_file)
    return Services(
        Accounts(database, keyring, gone_file, takes_new=settings.signups == "open"),
        Sessions(database, keyring),
        KeySlots(database, keyring),
        Plans(database),
        clock=clock,
        public_origin=settings.public_origin,
        trusted_proxies=settings.proxies,
    )


@asynccontextmanager
async def serving(database: Database, clock: Clock) -> AsyncIterator[None]:
    """While it serves, what has ended is swept; at the end every connection is closed."""
    sweeping = asyncio.create_task(sweep_for_ever(database, clock))
    try:
        yield
    finally:
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)
        await database.aclose()


def look_at_release(release_folder: Path) -> None:
    """Raises CannotStart unless every file is what release.json says it is."""
    pages_by_status(release_folder, read_release(release_folder))


def create_from_environment() -> FastAPI:
    """What each serving process runs: the same settings, read again from the same environment."""
    settings = Settings()
    logs.configure(settings.log_level)
    return create_app(settings)
