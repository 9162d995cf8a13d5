"""The command line: serve, backup, restore, rotate-keys, open, check; pages, types, lines, review.

Each command imports what it needs when it runs, so that `serve` starts without the page builder.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli_words import RELEASE, ROOT, in_words, read_settings, stop

ASSETS = ROOT / "build" / "assets"
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
    from app import cli_serve

    cli_serve.serve()


@commands.command()
def pages(
    assets: Annotated[Path, typer.Argument(help="The built scripts and styles.")] = ASSETS,
    out: Annotated[Path, typer.Argument(help="Where the release goes.")] = RELEASE,
) -> None:
    """Render every page and write the release that `serve` serves."""
    from app.pages.release import write_release

    with in_words():
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
        stop(f"{old} of the lines above have to be read again in their sources.")


@commands.command()
def review() -> None:
    """Print which words a clinician has read and which not: docs/content-review.md."""
    from app.content.guides import read_guides
    from app.content.review import as_markdown, read_review

    print(as_markdown(read_guides(), read_review()), end="")


@commands.command()
def check() -> None:
    """Look whether this installation is sound; exit 1 and say why when it is not."""
    from app.cli_check import look_at_all

    if not look_at_all(read_settings()):
        raise typer.Exit(1)


@commands.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes; nothing may stand there.")],
) -> None:
    """Copy the database while it is served from, and look through the copy. It holds no key."""
    from app.cli_backup import back_up

    with in_words():
        print(back_up(read_settings(), file))


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `backup` wrote.")],
    to: Annotated[str, typer.Option(help="A directory or postgresql://… without data.")],
) -> None:
    """Bring a backup back, without the accounts that were deleted since. Never over data."""
    from app import cli_backup

    with in_words():
        print(cli_backup.restore(read_settings(), file, to))


@commands.command()
def rotate_keys(
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Take the older keys out of the key file.")
    ] = False,
) -> None:
    """Add a new key to the key file and reseal everything under it; the server may go on."""
    from app import cli_keys

    with in_words():
        turn = cli_keys.drop_old_keys if drop_old else cli_keys.rotate_keys
        print(turn(read_settings()))


@commands.command(name="open")
def open_file(
    file: Annotated[Path, typer.Argument(help="A locked file, as the browser saved it: .keel")],
) -> None:
    """Ask for the passphrase of a locked file, and write the plan in it to standard output."""
    from app.cli_open import open_locked

    with in_words():
        sys.stdout.buffer.write(open_locked(file))
