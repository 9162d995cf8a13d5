"""The command line: serve, pages, types, lines, review, check.

Each command imports what it needs when it runs, so that `serve` starts without the page builder.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError

from app import limits
from app.errors import CannotStart, KeelError
from app.settings import Settings

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "build" / "assets"
RELEASE = ROOT / "build" / "release"
GENERATED = ROOT / "frontend" / "src" / "generated"

commands = typer.Typer(
    help="Keel, a personal safety plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@commands.command()
def serve() -> None:
    """Serve the built release, with the settings of the environment or .env."""
    import uvicorn  # what only serving needs

    from app.main import create_from_environment, prepare

    os.umask(0o077)
    settings = _settings()
    with _in_words():
        was_behind = prepare(settings)
        app = create_from_environment()
    print(_banner(settings, was_behind), flush=True)
    for stop in (signal.SIGINT, signal.SIGTERM):  # raised again once every answer is out
        signal.signal(stop, lambda *_: sys.exit(0))
    uvicorn.run(
        app if settings.workers == 1 else "app.main:create_from_environment",
        factory=settings.workers > 1,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        log_config=None,
        timeout_graceful_shutdown=limits.SHUTDOWN_SECONDS,
    )


@commands.command()
def pages(
    assets: Annotated[Path, typer.Argument(help="The built scripts and styles.")] = ASSETS,
    out: Annotated[Path, typer.Argument(help="Where the release goes.")] = RELEASE,
) -> None:
    """Render every page and write the release that `serve` serves."""
    from app.pages.release import write_release

    with _in_words():
        print(f"release {write_release(assets, out)} in {out}")


@commands.command()
def types(
    folder: Annotated[Path, typer.Argument(help="Where the build looks for them.")] = GENERATED,
) -> None:
    """Write what the browser's code is checked against: message keys and the plan's schema."""
    from app.plan.typescript import write_types

    write_types(folder)


@commands.command()
def lines() -> None:
    """List the crisis lines with source and day; exit 1 when one was read too long ago."""
    from app.content.lines import read_lines

    today = datetime.now(UTC).date()
    old = 0
    for line in read_lines().lines:
        is_old = line.is_overdue(today)
        old += is_old
        print(f"{line.checked_on}  {line.id:<24} {line.source}{'  READ IT AGAIN' * is_old}")
    if old:
        _stop(f"{old} of the lines above have to be read again in their sources.")


@commands.command()
def review() -> None:
    """Print which words a clinician has read and which not: docs/content-review.md."""
    from app.content.guides import read_guides
    from app.content.review import as_markdown, read_review

    print(as_markdown(read_guides(), read_review()), end="")


@commands.command()
def check() -> None:
    """Look whether this installation is sound; exit 1 and say why when it is not."""
    settings = _settings()
    print(f"well      settings: {settings.public_origin}, data in {settings.data_dir.absolute()}")
    faults = [_told(look, settings) for look in (_look_at_data, _look_at_release, _look_at_lines)]
    if any(faults):
        raise typer.Exit(1)


def _told(look: Callable[[Settings], str], settings: Settings) -> bool:
    """Prints what one look found; True when it found a fault."""
    try:
        print(f"well      {look(settings)}")
    except KeelError as error:
        print(f"NOT WELL  {error}")
        return True
    return False


def _look_at_data(settings: Settings) -> str:
    """The directory is its owner's, and the database keeps its promises and is up to date."""
    from app.storage.data_directory import is_private
    from app.storage.database import Database, pragmas
    from app.storage.schema import is_current

    if not settings.data_dir.is_dir():
        return "data: none yet; `serve` makes it"
    if not is_private(settings.data_dir):
        raise CannotStart("data_directory", f"data: chmod 700 {settings.data_dir}")
    database = Database(settings.database_url)
    if not database.read_now(is_current):
        raise CannotStart("database", "data: the database is behind; `serve` brings it up to date")
    told = ", ".join(f"{name}={value}" for name, value in database.read_now(pragmas).items())
    return f"data: private, up to date, {told}"


def _look_at_release(settings: Settings) -> str:
    """Every file is what release.json says it is."""
    from app.main import create_app

    create_app(settings)
    return f"release: whole, in {RELEASE}"


def _look_at_lines(_settings: Settings) -> str:
    """No crisis line was read too long ago."""
    from app.content.lines import overdue

    old = [line.id for line in overdue(datetime.now(UTC).date())]
    if old:
        raise CannotStart("lines", f"lines: read again in their sources: {', '.join(old)}")
    return "lines: read in their sources within the time they may be trusted"


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        wrong = [
            f"KEEL_{str(one['loc'][0]).upper()}: {one['msg']}"
            for one in error.errors()
            if one["type"] != "default_factory_not_called"
        ]
        _stop("These settings can't be used:\n  " + "\n  ".join(wrong))


@contextmanager
def _in_words() -> Iterator[None]:
    """What has to be put right first is told in a sentence, without a stack."""
    try:
        yield
    except CannotStart as error:
        _stop(error.sentence)


def _banner(settings: Settings, was_behind: bool) -> str:
    told = [
        "",
        f"  Keel   {settings.public_origin}",
        f"  Data   {settings.data_dir.absolute()}{' (brought up to date)' * was_behind}",
        "  Stop   Ctrl+C",
        "",
    ]
    return "\n".join(told)


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
