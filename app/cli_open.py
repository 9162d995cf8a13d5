"""Opening a locked file outside the browser, by its passphrase alone and with no server."""

import getpass
import sys
from pathlib import Path

from app.crypto import export_file
from app.errors import CannotStart, EnvelopeRefused, ExportRefused

WHY = {
    "not_an_export": "This is no locked file of Keel's: one ends in .keel, and begins with SPX1.",
    "kdf_not_allowed": "A newer version of Keel locked this file. Take that version to open it.",
    "newer_schema": "A newer version of Keel wrote this plan. Take that version to open it.",
    "wrong_key_or_altered": "This passphrase does not open it, or the file was altered.",
    "bad_passphrase": "That can't be its passphrase: it is too long, or no whole text.",
}


def open_locked(file: Path) -> bytes:
    """The plan's JSON, byte for byte as the browser sealed it.

    The passphrase is asked for, or is the first line of standard input; it is never an argument,
    which other people on the computer could read. CannotStart says why nothing was opened; OSError.
    """
    sealed = file.read_bytes()
    try:
        return export_file.open(_passphrase(), sealed)
    except (ExportRefused, EnvelopeRefused) as refused:
        why = WHY.get(refused.code, "The file is not whole, or was altered.")
        raise CannotStart("open", f"{why} ({refused.code})") from None


def _passphrase() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Passphrase: ")
    return sys.stdin.readline().rstrip("\r\n")
