"""Where the tables stand against the newest migration, and the step from one to the next."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import Connection, text

from app.errors import CannotStart

ROOT = Path(__file__).parents[2]
VERSIONS = ROOT / "migrations" / "versions"


def newest_revision(versions: Path = VERSIONS) -> str:
    """The newest migration's name. Names begin with their day, so they sort by age."""
    return max(path.stem for path in versions.glob("[0-9]*.py"))


def read_revision(connection: Connection) -> str:
    """The migration this database stands at; "" before the first."""
    named = text("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    if connection.execute(named).first() is None:
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def is_current(connection: Connection) -> bool:
    """At the newest migration, or past it: an older build may serve what a newer one prepared."""
    return read_revision(connection) >= newest_revision()


def run_migrations(path: Path) -> None:
    """Brings the database to the newest migration. Raises CannotStart with Alembic's last line.

    Alembic runs in a process of its own, so that a serving process never imports it.
    """
    done = subprocess.run(  # noqa: S603 (our own interpreter, our own arguments)
        [sys.executable, "-m", "alembic", "-x", f"database={path}", "upgrade", "head"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = (done.stdout.strip().splitlines() or ["no reason given"])[-1]
        raise CannotStart("migration", f"The database was not brought up to date: {reason}")
