"""Where the tables stand against the newest migration, and the step from one to the next."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.errors import CannotStart

ROOT = Path(__file__).parents[2]
VERSIONS = ROOT / "migrations" / "versions"


def newest_revision(versions: Path = VERSIONS) -> str:
    """The newest migration's name. Names begin with their day, so they sort by age."""
    return max(path.stem for path in versions.glob("[0-9]*.py"))


def read_revision(connection: Connection) -> str:
    """The migration this database stands at; "" before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def is_current(connection: Connection) -> bool:
    """At the newest migration, or past it: an older build may serve what a newer one prepared."""
    return read_revision(connection) >= newest_revision()


def run_migrations(url: str) -> None:
    """Brings the database to the newest migration. Raises CannotStart with Alembic's last line.

    Alembic runs in a process of its own, so that a serving process never imports it.
    """
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        cwd=ROOT,
        env={**os.environ, "KEEL_MIGRATE": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = (done.stdout.strip().splitlines() or ["no reason given"])[-1]
        raise CannotStart("migration", f"The database was not brought up to date: {reason}")
