"""Backup and restore: a copy that was looked through, and its way back to a place without data."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from app.crypto.at_rest import Keyring
from app.errors import CannotStart
from app.settings import Settings
from app.storage import accounts, backups, gone, key_file, postgres_dump, schema
from app.storage.data_directory import make_private
from app.storage.database import Connection, Database
from app.storage.fit import check_fit

Rows = dict[str, int]

DATABASE = "keel.sqlite3"


def back_up(settings: Settings, file: Path) -> str:
    """Writes `file` (mode 0600) beside a running server; what it holds, in words.

    CannotStart: `file` is there already, or the copy is not what the database held; or, after it
    was written, that the database itself holds damaged plans. OSError.
    """
    if file.exists():
        raise CannotStart("backup", f"{file} is there already, and no backup is written over one.")
    with closing(Database(settings.database_url)) as database, _half_done(file) as half:
        if database.path is None:
            revision, rows = database.read_now(lambda held: _dump(held, half))
            found, damaged = postgres_dump.rows_in_dump(half), 0
        else:
            revision, rows = database.read_now(lambda held: _copy(held, half))
            found, damaged = _looked_through(half)
        if not _holds(found, rows):
            raise CannotStart("backup", "The copy does not hold what the database held. Try again.")
        _put_in_place(half, file)
    return _told(f"{file}: {revision}, {_in_words(rows)}", damaged)


def restore(settings: Settings, file: Path, to: str) -> str:
    """Brings a backup to an empty directory or PostgreSQL database; what stands there, in words.

    Accounts that the "gone" file names are deleted before it counts as restored. CannotStart:
    data stands there already, the key file or the "gone" file is missing or does not fit, or the
    backup is damaged. OSError.
    """
    keyring = key_file.load_or_make(settings.key_file, has_accounts=True)
    marks = gone.marks(gone.gone_file(settings.key_file))
    with file.open("rb") as opened:
        magic = opened.read(16)
    is_postgres = to.startswith(("postgresql://", "postgres://"))
    if magic.startswith(postgres_dump.DUMP_MAGIC) and is_postgres:
        return _restore_dump(file, to, keyring, marks)
    if magic == backups.SQLITE_MAGIC and not is_postgres:
        return _restore_sqlite(file, Path(to), keyring, marks)
    raise CannotStart(
        "restore",
        f"{file} can't go there: a SQLite backup goes to a directory, and a PostgreSQL backup "
        "to postgresql://…",
    )


def _restore_sqlite(file: Path, to: Path, keyring: Keyring, marks: set[bytes]) -> str:
    make_private(to)
    place = to / DATABASE
    for one in (place, Path(f"{place}-wal"), Path(f"{place}-shm")):
        if one.exists():
            raise CannotStart(
                "restore", f"{one} is there already, and nothing is ever restored over data."
            )
    with _half_done(place) as half:
        shutil.copyfile(file, half)
        _looked_through(half)
        with closing(Database(f"sqlite:///{half.absolute()}")) as database:
            told, damaged = _made_ready(database, keyring, marks)
            database.read_now(backups.truncate_journal)
        _put_in_place(half, place)
    return _told(f"{place}: {told}", damaged)


def _restore_dump(file: Path, to: str, keyring: Keyring, marks: set[bytes]) -> str:
    expected = postgres_dump.rows_in_dump(file)
    with closing(Database(to)) as database:
        database.read_now(postgres_dump.is_empty)
        database.read_now(lambda held: postgres_dump.restore_dump(held, file))
        found = database.read_now(backups.rows_by_table)
        if not _holds(expected, found):
            raise CannotStart("restore", "The database does not hold what the backup held.")
        try:
            told, damaged = _made_ready(database, keyring, marks)
        except CannotStart as error:
            raise CannotStart(
                error.code,
                f"{error.sentence} (The backup stands in that database already: drop it first.)",
            ) from None
    return _told(f"{database.place}: {told}", damaged)


def _made_ready(database: Database, keyring: Keyring, marks: set[bytes]) -> tuple[str, int]:
    """Brought up to date, known to fit the key file, and without whoever is gone; what it holds
    then, in words, and how many of its plans are damaged."""
    revision = database.read_now(schema.read_revision)
    if revision > schema.newest_revision():
        raise CannotStart(
            "restore", f"A newer version made this backup ({revision}). Take that version first."
        )
    if revision < schema.newest_revision():
        schema.run_migrations(database.url)
    database.read_now(lambda held: check_fit(held, keyring, rows=None))
    deleted = database.write_now(lambda held: accounts.erase_marked(held, marks))
    told = _in_words(database.read_now(backups.rows_by_table))
    damaged = database.read_now(backups.damaged_plans)
    return f"{told}; {deleted} deleted accounts stayed deleted", damaged


def _dump(held: Connection, half: Path) -> tuple[str, Rows]:
    snapshot = postgres_dump.hold_still(held)
    revision, rows = schema.read_revision(held), backups.rows_by_table(held)
    postgres_dump.dump(held, snapshot, half)
    return revision, rows


def _copy(held: Connection, half: Path) -> tuple[str, Rows]:
    return schema.read_revision(held), backups.copy_sqlite(held, half)


def _looked_through(half: Path) -> tuple[Rows, int]:
    """Rows by table, and how many plans are damaged. CannotStart when the file itself is."""
    with closing(Database(f"sqlite:///{half.absolute()}")) as copy:
        rows = copy.read_now(backups.look_through)
        return rows, copy.read_now(backups.damaged_plans) if "documents" in rows else 0


@contextmanager
def _half_done(file: Path) -> Iterator[Path]:
    """A private file beside `file` that is gone again, with its journal, however this ends."""
    half = file.with_name(f".{file.name}.half")
    parts = [half, Path(f"{half}-wal"), Path(f"{half}-shm"), Path(f"{half}-journal")]
    try:
        for part in parts:
            part.unlink(missing_ok=True)
        os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield half
    finally:
        for part in parts:
            with suppress(FileNotFoundError):
                part.unlink()


def _put_in_place(half: Path, file: Path) -> None:
    """Whole and on disk under its name; FileExistsError when another was faster."""
    backups.sync(half)
    os.link(half, file)
    backups.sync(file)


def _holds(more: Rows, rows: Rows) -> bool:
    """Every one of these tables, with as many rows; `more` may name others beside them."""
    return all(more.get(name) == count for name, count in rows.items())


def _told(sentence: str, damaged: int) -> str:
    """The sentence, or CannotStart with it: one damaged plan keeps nobody else's from a backup,
    but is not passed over either."""
    if damaged:
        raise CannotStart(
            "backup",
            f"{sentence}. It is in place, but {damaged} plans in it are damaged: they are not what "
            "their hashes say. Look for an older backup of those.",
        )
    return sentence


def _in_words(rows: Rows) -> str:
    return ", ".join(f"{count} {name}" for name, count in rows.items())
