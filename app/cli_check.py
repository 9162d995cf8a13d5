"""`check`: what is well with this installation and what is not, a line each."""

import shutil
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from app import limits
from app.cli_words import RELEASE
from app.content.lines import overdue
from app.errors import CannotStart, DatabaseUnavailable, KeelError
from app.main import look_at_release
from app.settings import Settings
from app.storage import backups, gone, key_file
from app.storage.data_directory import is_private
from app.storage.database import Connection, Database, pragmas
from app.storage.fit import check_fit
from app.storage.promises import check_promises
from app.storage.schema import is_current

ROOM_BYTES = 8 * limits.BALLAST_BYTES
"""With less than this free, the disk is called nearly full."""

Found = TypeVar("Found")
Look = Callable[[Settings], str]


def look_at_all(settings: Settings) -> bool:
    """Prints what each look found; True when all is well."""
    print(f"well      settings: {settings.public_origin}, data in {settings.data_dir.absolute()}")
    return sum(not _told(look, settings) for look in LOOKS) == 0


def _told(look: Look, settings: Settings) -> bool:
    try:
        print(f"well      {look(settings)}")
    except DatabaseUnavailable as error:
        print(f"NOT WELL  data: the database did not answer: {' '.join(error.reason.split())}")
        return False
    except KeelError as error:
        print(f"NOT WELL  {error}")
        return False
    return True


def _look_at_data(settings: Settings) -> str:
    """The directory is its owner's, and the database keeps its promises and is up to date."""
    if not settings.data_dir.is_dir():
        return "data: none yet; `serve` makes it"
    if not is_private(settings.data_dir):
        raise CannotStart("data_directory", f"data: chmod 700 {settings.data_dir}")
    with closing(Database(settings.database_url)) as database:
        if not database.read_now(is_current):
            raise CannotStart(
                "database", "data: the database is behind; `serve` brings it up to date"
            )
        rows = database.read_now(backups.rows_by_table)
        promises = database.read_now(pragmas if database.path else check_promises)
    told = [f"{name}={value}" for name, value in promises.items()]
    return ", ".join(["data: private, up to date", f"{rows['accounts']} accounts", *told])


def _look_at_keys(settings: Settings) -> str:
    """The key file and the "gone" file can be read, are closed to others, and fit the database."""
    path = settings.key_file
    if not path.exists() and not _has_accounts(settings):
        return f"keys: none yet; `serve` makes {path}"
    keyring = key_file.load_or_make(path, has_accounts=True)
    deleted = gone.marks(gone.gone_file(path))
    _in_database(settings, lambda held: check_fit(held, keyring, rows=None))
    mode = stat.S_IMODE(path.stat().st_mode)
    kept = f"{len(keyring.keys)} keys, {len(keyring.peppers)} peppers, {len(deleted)} deleted"
    return f"keys: {path}, mode {mode:04o}, {kept} accounts remembered"


def _has_accounts(settings: Settings) -> bool:
    rows = _in_database(settings, backups.rows_by_table)
    return bool(rows and rows.get("accounts"))


def _in_database(settings: Settings, fn: Callable[[Connection], Found]) -> Found | None:
    """What `fn` reads; None where there is no database yet, or one that is behind."""
    with closing(Database(settings.database_url)) as database:
        if database.path and not database.path.exists():
            return None
        return database.read_now(fn) if database.read_now(is_current) else None


def _look_at_room(settings: Settings) -> str:
    """The disk has room for what people save."""
    data = settings.data_dir.absolute()
    place = next(one for one in (data, *data.parents) if one.exists())
    free = shutil.disk_usage(place).free
    told = f"disk: {free // 2**20:,} MiB free where the data stands"
    if free < ROOM_BYTES:
        raise CannotStart("disk", f"{told}; saving stops when it is full, deleting does not")
    return told


def _look_at_addresses(settings: Settings) -> str:
    """Whoever tries too often is counted by their own address, and not by a proxy's."""
    if urlsplit(settings.public_origin).hostname in ("localhost", "127.0.0.1", "::1"):
        return "addresses: none is counted on this computer itself"
    if not settings.trusted_proxies:
        raise CannotStart(
            "proxies",
            "addresses: everybody comes from the server in front that speaks TLS, so that nobody "
            "who tries too often is counted by address. Name it: KEEL_TRUSTED_PROXIES=127.0.0.1",
        )
    return f"addresses: counted as {settings.trusted_proxies} tells them"


def _look_at_release(_settings: Settings) -> str:
    """Every file is what release.json says it is."""
    look_at_release(RELEASE)
    return f"release: whole, in {RELEASE}"


def _look_at_lines(_settings: Settings) -> str:
    """No crisis line was read too long ago."""
    old = [line.id for line in overdue(datetime.now(UTC).date())]
    if old:
        raise CannotStart("lines", f"lines: read again in their sources: {', '.join(old)}")
    return "lines: read in their sources within the time they may be trusted"


LOOKS: tuple[Look, ...] = (
    *(_look_at_data, _look_at_keys, _look_at_room, _look_at_addresses),
    *(_look_at_release, _look_at_lines),
)
