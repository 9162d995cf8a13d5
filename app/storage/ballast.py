"""The ballast: room kept free beside SQLite's file, so that a full disk can be erased from."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from app import limits

MOST_OF_WHAT_IS_FREE = 4
"""It is put back only where four times as much is free."""


def ballast_file(database: Path) -> Path:
    """Where it stands."""
    return database.with_suffix(".ballast")


def put_in(path: Path) -> None:
    """Takes limits.BALLAST_BYTES of the disk, if it is not there and there is plenty; else not."""
    if path.exists() or shutil.disk_usage(path.parent).free < (
        MOST_OF_WHAT_IS_FREE * limits.BALLAST_BYTES
    ):
        return
    with suppress(OSError):
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            os.posix_fallocate(file, 0, limits.BALLAST_BYTES)
        except OSError:
            path.unlink(missing_ok=True)
        finally:
            os.close(file)


def throw_out(path: Path) -> bool:
    """Gives the room back; False when there was none."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
