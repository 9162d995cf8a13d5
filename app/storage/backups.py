"""Copies of a SQLite database: taken while it is served from, and looked through before they count.

The copy's own connection stands here and not in database.py: no transaction of the service runs
on it, and the promises of a served database would only make a second file beside it.
"""

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Table, and_, func, inspect, select

from app.errors import CannotStart
from app.models import METADATA
from app.models.plans import DOCUMENTS, REVISIONS

SQLITE_MAGIC = b"SQLite format 3\0"


def rows_by_table(connection: Connection) -> dict[str, int]:
    """Counted at the one moment that this transaction sees; only tables that are there."""
    there = set(inspect(connection).get_table_names())
    tables = [table for table in METADATA.sorted_tables if table.name in there]
    return {table.name: _count(connection, table) for table in tables}


def copy_sqlite(connection: Connection, file: Path) -> dict[str, int]:
    """The whole database into an empty `file`, by SQLite's backup API, and its rows by table.

    Counting begins the read, so that both see the same moment; writers go on meanwhile.
    """
    found = rows_by_table(connection)
    here = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    with closing(sqlite3.connect(file)) as copy:
        here.backup(copy)
    return found


def look_through(connection: Connection) -> dict[str, int]:
    """Rows by table, after SQLite read every page of it. CannotStart (backup) for damage."""
    damage = [
        *(str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")),
        *(
            f"a row of {row[0]} alone"
            for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
        ),
    ]
    if damage != ["ok"]:
        raise CannotStart("backup", f"The copy is damaged: {damage[0]}.")
    return rows_by_table(connection)


def damaged_plans(connection: Connection) -> int:
    """How many plans and journals are not, as they stand, what their hash says."""
    same = (
        REVISIONS.c.account_id == DOCUMENTS.c.account_id,
        REVISIONS.c.kind == DOCUMENTS.c.kind,
        REVISIONS.c.revision == DOCUMENTS.c.revision,
    )
    joined = DOCUMENTS.outerjoin(REVISIONS, and_(*same))
    wanted = select(DOCUMENTS.c.hash, REVISIONS.c.envelope).select_from(joined)
    found = connection.execution_options(yield_per=100).execute(wanted)
    return sum(sha256(envelope or b"").digest() != expected for expected, envelope in found)


def truncate_journal(connection: Connection) -> None:
    """Moves what was committed into the database, and leaves nothing of it in the journal.

    To be run as a read of its own, before any statement. A reader that is under way keeps a part.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def sync(path: Path) -> None:
    """The file and its name are on disk when this returns."""
    for one in (path, path.parent):
        file = os.open(one, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
