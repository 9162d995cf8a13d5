"""The "gone" file: marks of deleted accounts, so that no restored backup brings one back.

It stands beside the key file, outside the database and its backups, and is only appended to: a
line of 64 hex digits is HMAC(pepper, "gone|" ‖ account id), which names nobody without the pepper.
"""

import errno
import fcntl
import os
import re
from contextlib import suppress
from pathlib import Path

from app.errors import CannotStart

MARK_BYTES = 32
_LINE = re.compile(rb"[0-9a-f]{64}\n")


def gone_file(key_file: Path) -> Path:
    """Where the marks stand that belong to this key file."""
    return key_file.with_suffix(".gone")


def make(path: Path, *, has_accounts: bool) -> None:
    """Makes an empty file (mode 0600) at the first start; leaves one that is there.

    CannotStart (gone_file) when it is missing while `has_accounts`: a restored database could
    hold people who were promised that they are gone.
    """
    if path.exists():
        marks(path)
        return
    if has_accounts:
        raise CannotStart(
            "gone_file",
            f"The file {path} is missing: it names the accounts that were deleted, and without it "
            "a restored backup would bring them back. Put it back from where you keep it, beside "
            f"the key file. If no account was ever deleted: touch {path} && chmod 600 {path}",
        )
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise CannotStart(
            "gone_file", f"The file {path} can't be made: {error.strerror}."
        ) from error


def add(path: Path, mark: bytes) -> None:
    """Appends one mark (32 bytes); it is on disk before this returns. OSError, full disk too."""
    if len(mark) != MARK_BYTES:
        raise ValueError("32 bytes expected")
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        whole = _whole_lines(file)
        try:
            _append(file, mark.hex().encode() + b"\n")
        except OSError:
            with suppress(OSError):
                os.ftruncate(file, whole)
            raise
    finally:
        os.close(file)


def marks(path: Path) -> set[bytes]:
    """Every mark, 32 bytes each. CannotStart (gone_file) when the file is missing or damaged.

    A last line that was cut off belongs to a deletion that had not begun, and is passed over.
    """
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except OSError as error:
        raise CannotStart(
            "gone_file",
            f"The file {path}, which names the accounts that were deleted, can't be read: "
            f"{error.strerror}.",
        ) from error
    if lines and not lines[-1].endswith(b"\n"):
        lines.pop()
    if not all(_LINE.fullmatch(line) for line in lines):
        raise CannotStart(
            "gone_file",
            f"The file {path}, which names the accounts that were deleted, is damaged. Put it back "
            "from where you keep it.",
        )
    return {bytes.fromhex(line[:-1].decode()) for line in lines}


def _whole_lines(file: int) -> int:
    """The length of all that was ever appended whole; a line that was cut off is taken away."""
    length = os.fstat(file).st_size
    whole = length - length % (2 * MARK_BYTES + 1)
    if whole != length:
        os.ftruncate(file, whole)
    return whole


def _append(file: int, line: bytes) -> None:
    if os.write(file, line) != len(line):
        raise OSError(errno.ENOSPC, "the disk took a part of the line")
    os.fsync(file)
