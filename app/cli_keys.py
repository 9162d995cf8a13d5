"""Rotating the keys at rest: a new newest key, and everything resealed under it, row by row.

The new key is on disk before anything is sealed under it, and an old one leaves the file only when
nothing is sealed under it any more: so it may be killed anywhere, and run again.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

from app.crypto.at_rest import Keyring, new_key
from app.errors import CannotStart
from app.settings import Settings
from app.storage import key_file, resealing
from app.storage.database import Database

SETTLED_SECONDS = 600
"""A request that began before the newest key has ended by then, so that nothing seals as before."""


def rotate_keys(settings: Settings) -> str:
    """Goes on with a rotation that was cut off, or begins one; what was done, in words.

    CannotStart: no key file, or rows that no key in it opens.
    """
    path = settings.key_file
    with _alone(path), closing(Database(settings.database_url)) as database:
        keyring = key_file.load_or_make(path, has_accounts=True)
        if not _older(database, keyring):
            key_file.replace(path, Keyring([new_key(), *keyring.keys], keyring.peppers))
        resealed, refused = _reseal_all(database, keyring)
    newest = keyring.keys[0].id.hex()
    if refused:
        raise CannotStart(
            "key_file",
            f"{resealed} rows were resealed under key {newest}, and {refused} were left as they "
            "are: no key in the file opens them. Put the older key file back, then run this again.",
        )
    return (
        f"{resealed} rows resealed under key {newest}. Older backups still need the older keys: "
        "keep this key file with them, and copy it to where you keep it now."
    )


def drop_old_keys(settings: Settings) -> str:
    """Takes the older keys out of the file, once nothing is sealed under them; in words.

    CannotStart: something is, or the newest key is not ten minutes old.
    """
    path = settings.key_file
    with _alone(path), closing(Database(settings.database_url)) as database:
        keyring = key_file.load_or_make(path, has_accounts=True)
        age = time.time() - path.stat().st_mtime
        if age < SETTLED_SECONDS:
            raise CannotStart(
                "key_file",
                f"The key file changed {age:.0f} seconds ago, and a request may still seal as "
                f"before. Run this again in {SETTLED_SECONDS - age:.0f} seconds.",
            )
        left = _older(database, keyring)
        if left:
            raise CannotStart(
                "key_file", f"{left} rows are sealed under older keys still: run rotate-keys first."
            )
        key_file.replace(path, Keyring(keyring.keys[:1], keyring.peppers))
    return f"The file holds key {keyring.keys[0].id.hex()} alone now."


def _reseal_all(database: Database, keyring: Keyring) -> tuple[int, int]:
    """Until nothing is left to reseal; how many rows were, and how many no key opens."""
    resealed = 0
    while True:
        done, refused = _reseal_once(database, keyring)
        resealed += done
        if not done or not _older(database, keyring):
            return resealed, refused


def _reseal_once(database: Database, keyring: Keyring) -> tuple[int, int]:
    resealed = refused = 0
    after: tuple[UUID, UUID] | None = None
    is_first = True
    while is_first or after:
        step = database.write_now(partial(resealing.reseal_some, keyring=keyring, after=after))
        resealed, refused, after = resealed + step.resealed, refused + step.refused, step.last
        is_first = False
    return resealed, refused


def _older(database: Database, keyring: Keyring) -> int:
    """How many rows are sealed under another key than the newest."""
    found = database.read_now(resealing.sealed_under)
    return found.total() - found[keyring.keys[0].id]


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One rotation at a time, for each key file."""
    lock = os.open(path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
