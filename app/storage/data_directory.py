"""The data directory: its owner alone may enter it, and it is so before anything is in it."""

import os
import stat
from pathlib import Path

from app.errors import CannotStart

OWNER_ONLY = 0o700


def make_private(directory: Path) -> None:
    """Makes the directory with mode 0700, or makes an empty one so.

    One that has something in it and is open to others is refused rather than changed: it may be
    somebody's home. Raises CannotStart.
    """
    try:
        directory.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        if not is_private(directory):
            if any(directory.iterdir()):
                raise CannotStart(
                    "data_directory",
                    f"Others on this computer may look into {directory}. "
                    f"Close it first: chmod 700 {directory}",
                )
            directory.chmod(OWNER_ONLY)
    except OSError as error:
        raise CannotStart(
            "data_directory", f"The data directory {directory} can't be made: {error.strerror}."
        ) from error


def is_private(directory: Path) -> bool:
    """Nobody but the owner may read, write or enter."""
    return stat.S_IMODE(directory.stat().st_mode) & 0o077 == 0


def make_private_file(path: Path) -> None:
    """Makes an empty file with mode 0600 unless it is there; SQLite gives its journals the same."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
