"""PostgreSQL's own backup programs, pg_dump and pg_restore, told of one moment and one database.

No password stands in an argument: whoever lists this computer's processes reads those.
"""

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from app.errors import CannotStart

DUMP_MAGIC = b"PGDMP"
_BEGINS = re.compile(rb"COPY (?:\w+\.)?\"?(\w+)\"? \(.*\) FROM stdin;\n")


def hold_still(connection: Connection) -> str:
    """Every statement from here on sees one moment; its name, for whoever should see the same.

    To be called before any other statement of the transaction.
    """
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    return str(connection.execute(text("SELECT pg_export_snapshot()")).scalar_one())


def dump(connection: Connection, snapshot: str, file: Path) -> None:
    """Writes pg_dump's custom format. CannotStart (backup) with the last line that it said."""
    _run(connection, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={file}")


def rows_in_dump(file: Path) -> dict[str, int]:
    """Every table's rows, counted in what pg_restore would write. CannotStart (backup)."""
    command = [_program("pg_restore"), "--data-only", "--file=-", str(file)]
    rows: Counter[str] = Counter()
    table = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        for line in process.stdout:
            begins = None if table else _BEGINS.fullmatch(line)
            if begins:
                table = begins[1].decode()
                rows[table] += 0
            elif line == b"\\.\n":
                table = ""
            elif table:
                rows[table] += 1
        told = process.stderr.read().decode(errors="replace") if process.stderr else ""
    if process.returncode != 0:
        raise CannotStart("backup", f"The backup can't be read: {_last_line(told)}")
    return dict(rows)


def restore_dump(connection: Connection, file: Path) -> None:
    """All of it in one transaction, or nothing. CannotStart (backup) with pg_restore's words."""
    _run(
        connection,
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        str(file),
    )


def is_empty(connection: Connection) -> None:
    """CannotStart (restore) when a table stands in this database already."""
    there = inspect(connection).get_table_names()
    if there:
        raise CannotStart(
            "restore",
            f"That database holds {len(there)} tables already, and nothing is ever restored over "
            "data. Make an empty one: createdb keel_restored",
        )


def _run(connection: Connection, program: str, *arguments: str) -> None:
    info: Any = connection.connection.driver_connection
    place, password = _same_place(info.info)
    command = [_program(program), f"--dbname={place}", "--no-password", *arguments]
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL, our own arguments)
        command,
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        told = done.stderr.decode(errors="replace")
        raise CannotStart("backup", f"{program} did not finish: {_last_line(told)}")


def _same_place(info: Any) -> tuple[str, str]:
    """The server that this connection reached, of however many hosts; and its password apart."""
    given = {**info.get_parameters(), "host": info.host, "port": info.port, "dbname": info.dbname}
    given.pop("target_session_attrs", None)
    words = [f"{key}='{_quoted(str(value))}'" for key, value in given.items() if value]
    return " ".join(words), info.password


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CannotStart(
            "backup",
            f"{name} is not installed here. It comes with PostgreSQL's client programs; take the "
            "server's version or a newer one.",
        )
    return found


def _last_line(told: str) -> str:
    return (told.strip().splitlines() or ["it gave no reason"])[-1]
