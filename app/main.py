"""The one place that knows every part: puts the server together from settings and a release."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware

from app.api import logs
from app.api.middleware import Answers, BodyLimit, HeadAsGet, PublicHost, security_headers
from app.api.problems import Problems
from app.api.releases import ReleaseFiles, pages_by_status, read_release
from app.api.router import add_routes
from app.services.upgrade import bring_up_to_date
from app.settings import Settings
from app.storage.data_directory import make_private
from app.storage.database import Database
from app.storage.schema import is_current

RELEASE = Path(__file__).parents[1] / "build" / "release"

NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""The framework would record requests for whatever collector it finds; here nobody collects."""


def prepare(settings: Settings) -> bool:
    """Makes the data directory private and the database current; True when it was behind.

    Raises CannotStart.
    """
    make_private(settings.data_dir)
    database = Database(settings.database_url)
    try:
        return bring_up_to_date(database)
    finally:
        database.close()


def create_app(settings: Settings, release_folder: Path = RELEASE) -> FastAPI:
    """Raises CannotStart when the release is not whole. Does not touch the database."""
    release = read_release(release_folder)
    problems = Problems(pages_by_status(release_folder, release))
    database = Database(settings.database_url)

    async def is_ready() -> bool:
        return await database.read(is_current)

    headers = security_headers(release.headers, settings.public_origin)
    app = FastAPI(
        title="Keel",
        version="1",
        description="What Keel's server answers. A plan never passes through it.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry=NO_TELEMETRY,
        middleware=[
            Middleware(Answers, problems=problems, headers=headers),
            Middleware(PublicHost, public_origin=settings.public_origin),
            Middleware(BodyLimit),
            Middleware(HeadAsGet),
        ],
    )
    add_routes(
        app, files=ReleaseFiles(release_folder, release), problems=problems, is_ready=is_ready
    )
    return app


def create_from_environment() -> FastAPI:
    """What each serving process runs: the same settings, read again from the same environment."""
    settings = Settings()
    logs.configure(settings.log_level)
    return create_app(settings)
