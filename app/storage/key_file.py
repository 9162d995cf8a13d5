"""The key file: the server's keys and peppers, outside the database and in no backup of it.

{"version": 1, "keys": [{"id", "key"}], "peppers": []}: bytes as base64url, newest first.
It is only ever replaced whole, so that a reader finds the old one or the new one.
"""

import base64
import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.crypto.at_rest import (
    KEY_BYTES,
    KEY_ID_BYTES,
    PEPPER_BYTES,
    Keyring,
    RestKey,
    new_key,
    new_pepper,
)
from app.errors import CannotStart

VERSION = 1
OPEN_TO_OTHERS = 0o027
"""Mode bits that a key file may not have; a group may read it, as mounted secrets are."""


class FiledKeyring(Keyring):
    """The keyring of a file that `rotate-keys` may add to while this process runs.

    The file is looked at whenever a key is wanted, and read when it changed. What was read last
    stays in use while the file can't be read.
    """

    def __init__(self, path: Path) -> None:
        """A file that is not there yet is waited for: until then CannotStart meets whoever asks."""
        self.path = path
        self._stamp: tuple[int, ...] = ()
        self._keys: tuple[RestKey, ...] = ()
        self._peppers: tuple[bytes, ...] = ()
        if path.exists():
            self._stamp, found = _stamp(path), read(path)
            super().__init__(found.keys, found.peppers)

    @property
    def keys(self) -> tuple[RestKey, ...]:
        self._follow()
        return self._keys or read(self.path).keys

    @property
    def peppers(self) -> tuple[bytes, ...]:
        self._follow()
        return self._peppers or read(self.path).peppers

    def _follow(self) -> None:
        with suppress(OSError, CannotStart):
            stamp = _stamp(self.path)
            if stamp != self._stamp:
                found = read(self.path)
                self._keys, self._peppers, self._stamp = found.keys, found.peppers, stamp


def load_or_make(path: Path, *, has_accounts: bool) -> Keyring:
    """The keyring of this file, which is made (mode 0600) when there is no data to need an old one.

    CannotStart (key_file): missing while `has_accounts`, open to others, short or malformed.
    Processes that start together end with the same file.
    """
    if not path.exists():
        if has_accounts:
            raise CannotStart(
                "key_file",
                f"The key file {path} is missing, and the accounts in the database can't be used "
                "without it. Put it back from where you keep it (no backup holds it).",
            )
        _make(path)
    return FiledKeyring(path)


def read(path: Path) -> Keyring:
    """What stands in the file now. CannotStart (key_file) says what to do."""
    try:
        if stat.S_IMODE(path.stat().st_mode) & OPEN_TO_OTHERS:
            raise CannotStart(
                "key_file",
                f"Others on this computer may read or change the key file {path}. "
                f"Close it first: chmod 600 {path}",
            )
        return _parse(path.read_bytes())
    except OSError as error:
        raise CannotStart(
            "key_file", f"The key file {path} can't be read: {error.strerror}."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CannotStart(
            "key_file",
            f"The key file {path} is short or damaged. Put it back from where you keep it; "
            "a new one would open nothing.",
        ) from None


def replace(path: Path, keyring: Keyring) -> None:
    """Puts the whole file in place of the old one, on disk before this returns; mode 0600.

    OSError leaves the old one as it was.
    """
    place = path.resolve()
    new = _written(place, keyring)
    try:
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)
    _sync_directory(place)


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = _written(path, Keyring([new_key()], [new_pepper()]))
        with suppress(FileExistsError):  # another process was first: its file is the one
            os.link(new, path)
        new.unlink()
        _sync_directory(path)
    except OSError as error:
        raise CannotStart(
            "key_file", f"The key file {path} can't be made: {error.strerror}."
        ) from error


def _written(path: Path, keyring: Keyring) -> Path:
    """A file of this process alone beside `path`, whole and on disk."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    try:
        with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(_as_json(keyring))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return new


def _sync_directory(path: Path) -> None:
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _stamp(path: Path) -> tuple[int, ...]:
    with suppress(OSError):
        found = path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size
    return ()


def _as_json(keyring: Keyring) -> bytes:
    keys = [{"id": key.id.hex(), "key": _written_out(key.secret)} for key in keyring.keys]
    peppers = [_written_out(pepper) for pepper in keyring.peppers]
    told = {"version": VERSION, "keys": keys, "peppers": peppers}
    return json.dumps(told, indent=2).encode() + b"\n"


def _parse(text: bytes) -> Keyring:
    """ValueError, KeyError or TypeError for whatever `_as_json` would not have written."""
    told: Any = json.loads(text)
    if told["version"] != VERSION:
        raise ValueError("another version")
    keys = [
        RestKey(_sized(bytes.fromhex(one["id"]), KEY_ID_BYTES), _read_in(one["key"], KEY_BYTES))
        for one in told["keys"]
    ]
    if len({key.id for key in keys}) != len(keys):
        raise ValueError("two keys of one name")
    return Keyring(keys, [_read_in(one, PEPPER_BYTES) for one in told["peppers"]])


def _written_out(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def _read_in(text: str, length: int) -> bytes:
    return _sized(
        base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True), length
    )


def _sized(value: bytes, length: int) -> bytes:
    if len(value) != length:
        raise ValueError("of another length")
    return value
