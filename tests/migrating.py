"""An upgrade in a process of its own that may be killed anywhere, and what stands there then."""

import hashlib
import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from alembic.config import main
from sqlalchemy import Connection, MetaData, select

from app.storage.database import Database
from tests.conftest import ROOT
from tests.storage.test_schema import described
from tests.under_writers import CONTEXT

LATER = Path(__file__).with_name("later_migrations")
PATIENCE = 60
"""Seconds after which an upgrade that nobody killed hangs."""

MOST_KILLS = 5
"""Of one upgrade; then it is left to end."""

Stand = tuple[dict[str, Any], dict[str, list[str]]]


def later_migrations(folder: Path) -> Path:
    """Ours, with two after them that rewrite what people have stored; where Alembic finds them."""
    shutil.copytree(ROOT / "migrations", folder / "migrations")
    shutil.copy(ROOT / "alembic.ini", folder)
    for path in LATER.glob("*.py"):
        shutil.copy(path, folder / "migrations" / "versions")
    return folder


def step(held: Connection) -> None:
    """What the later migrations call as they go on. Where the fault is planted that a kill must
    find, what was done so far is committed, and nothing says how far that is."""
    with Path(os.environ["KEEL_STEPS"]).open("ab") as told:
        told.write(b".")
    if os.environ.get("KEEL_COMMITS_HALF"):
        held.exec_driver_sql("COMMIT")
        if held.dialect.name == "sqlite":
            held.exec_driver_sql("BEGIN IMMEDIATE")


def upgrade(url: str, folder: Path, to: str, environment: dict[str, str]) -> None:
    """What the process does: what `python -m alembic` does, with everything imported before."""
    os.environ.update(environment, KEEL_MIGRATE=url)
    main(["-c", str(folder / "alembic.ini"), "upgrade", to], prog="alembic")


@dataclass
class Upgrade:
    """From wherever the database at `url` stands. Of the process that ran last: how many steps it
    told of, and its seconds. Of the kills: how many, and in the midst of the migrations."""

    url: str
    folder: Path
    to: str = "head"
    commits_half: str = ""
    steps: int = 0
    seconds: float = 0
    kills: int = 0
    amid: int = 0

    def run(self, steps: int = 2**31, seconds: float = PATIENCE) -> int | None:
        """Its exit code; None when it was killed, `seconds` after it told of so many steps."""
        file = self.folder / "steps"
        file.write_bytes(b"")
        told = {"KEEL_STEPS": str(file), "KEEL_COMMITS_HALF": self.commits_half}
        CONTEXT.set_forkserver_preload([__name__])
        process: BaseProcess = CONTEXT.Process(
            target=upgrade, args=(self.url, self.folder, self.to, told), daemon=True
        )
        process.start()
        began = monotonic()
        while file.stat().st_size < steps and monotonic() < began + PATIENCE:
            process.join(0.001)
            if process.exitcode is not None:
                break
        process.join(seconds)
        is_killed = process.exitcode is None
        process.kill()
        process.join()
        self.steps, self.seconds = file.stat().st_size, monotonic() - began
        self.kills += is_killed
        self.amid += is_killed and self.steps > 0
        return None if is_killed else process.exitcode

    def kill_until_it_ends(self, moments: Random, whole: "Upgrade") -> int:
        """Killed anywhere in what the whole one did, and started again; its exit code."""
        code = None
        while code is None and self.kills < MOST_KILLS:
            steps = moments.randint(0, whole.steps)
            longest = whole.seconds / whole.steps if steps else whole.seconds
            code = self.run(steps, moments.uniform(0, longest))
        code = self.run() if code is None else code
        assert code is not None, "an upgrade that was left alone did not end"
        return code


def stand(url: str) -> Stand:
    """Every table as the database describes it, and the hash of every row."""
    with closing(Database(url)) as database:
        return database.read_now(lambda held: (described(held), _rows(held)))


def _rows(held: Connection) -> dict[str, list[str]]:
    tables = MetaData()
    tables.reflect(held)
    return {
        table.name: sorted(_hash(row) for row in held.execute(select(table)))
        for table in tables.sorted_tables
    }


def _hash(row: Any) -> str:
    return hashlib.sha256(repr(tuple(row)).encode()).hexdigest()
