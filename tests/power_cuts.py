"""Power cuts, simulated: what was written and not yet synced is dropped, torn or out of order.

A process that saves is recorded below SQLite, by `recorder.c`: each write, and each sync that makes
the writes to its file durable. Any moment of that record may be cut off.
"""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from app.storage import database
from tests.conftest import IS_CI, ROOT
from tests.installation import save

ENTRY = struct.Struct("=c31sQQ")
SECTOR = 512
"""So much of a write is there whole or not at all."""

SIZE = 8352
PAGES = 60
"""After so many in the journal SQLite moves them to the database: often, so that it is cut too."""


@dataclass(frozen=True)
class Entry:
    """w: bytes written at an offset; t: cut to a size, which stands in `offset`; s: synced."""

    what: str
    name: str
    offset: int
    written: bytes


def record(folder: Path, synchronous: str, last: int) -> list[Entry]:
    """What saving revisions 2 to `last` did to the files of the database in this folder."""
    library, file = folder.parent / "recorder.so", folder.parent / "record"
    source = Path(__file__).with_name("recorder.c")
    try:
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        (pytest.fail if IS_CI else pytest.skip)(f"no C compiler to record with: {error}")
    told = f"from tests.power_cuts import save_all; save_all({synchronous!r}, {last})"
    ours = {"LD_PRELOAD": str(library), "RECORD": str(file)}
    subprocess.run(
        [sys.executable, "-c", f"import os; {told}"],
        cwd=ROOT,
        env={**os.environ, **ours, "FOLDER": str(folder)},
        check=True,
    )
    return list(_entries(file.read_bytes()))


def save_all(synchronous: str, last: int) -> None:
    """In the recorded process: each save that was acknowledged is told by a mark. Never closes."""
    level = {"FULL": 2, "NORMAL": 1}[synchronous]
    database.PRAGMAS["synchronous"] = (synchronous, level)
    database.PRAGMAS["wal_autocheckpoint"] = (str(PAGES), PAGES)
    folder = Path(os.environ["FOLDER"])
    marks = os.open(folder / "marks", os.O_CREAT | os.O_WRONLY, 0o600)
    kept = database.Database(f"sqlite:///{folder}/keel.sqlite3")
    for revision in range(2, last + 1):
        save(kept, 0, revision, SIZE)
        os.pwrite(marks, revision.to_bytes(8, "big"), 0)
    os._exit(0)


def _entries(told: bytes) -> Iterator[Entry]:
    place = 0
    while place < len(told):
        what, name, offset, size = ENTRY.unpack_from(told, place)
        place += ENTRY.size
        written = told[place : place + size] if what == b"w" else b""
        place += len(written)
        if not name.startswith(b"keel.sqlite3-shm"):  # made anew after a cut
            yield Entry(
                what.decode(),
                name.rstrip(b"\0").decode(),
                size if what == b"t" else offset,
                written,
            )


@dataclass
class Disk:
    """What surely is on it, and for each file what may be: every write since its last sync."""

    sure: dict[str, bytearray]
    waiting: dict[str, list[Entry]] = field(default_factory=dict)
    acknowledged: int = 1

    def take(self, entry: Entry) -> None:
        if entry.name == "marks":
            self.acknowledged = int.from_bytes(entry.written, "big")
        elif entry.what == "s":
            for one in self.waiting.pop(entry.name, []):
                _apply(self.sure.setdefault(entry.name, bytearray()), one)
        else:
            self.waiting.setdefault(entry.name, []).append(entry)

    def cut(self, random: Random) -> dict[str, bytes]:
        """The files as a cut may leave them."""
        left = {name: bytearray(sure) for name, sure in self.sure.items()}
        for name, waiting in self.waiting.items():
            file = left.setdefault(name, bytearray())
            for entry in _some(waiting, random):
                _apply(file, entry)
        return {name: bytes(file) for name, file in left.items()}


def _some(waiting: list[Entry], random: Random) -> Iterator[Entry]:
    """None, all, the first few, or any in any order and some torn."""
    way = random.choice(("none", "all", "first", "any", "any", "any"))
    if way == "first":
        yield from waiting[: random.randint(0, len(waiting))]
    elif way == "all":
        yield from waiting
    elif way == "any":
        for entry in random.sample(waiting, random.randint(0, len(waiting))):
            yield from _torn(entry, random) if random.random() < 0.3 else [entry]


def _torn(entry: Entry, random: Random) -> Iterator[Entry]:
    for start in range(0, len(entry.written), SECTOR):
        if random.random() < 0.5:
            part = entry.written[start : start + SECTOR]
            yield Entry("w", entry.name, entry.offset + start, part)


def _apply(file: bytearray, entry: Entry) -> None:
    if entry.what == "t":
        del file[entry.offset :]
        file.extend(bytes(entry.offset - len(file)))
        return
    file.extend(bytes(max(0, entry.offset - len(file))))
    file[entry.offset : entry.offset + len(entry.written)] = entry.written


def states(
    entries: list[Entry], before: bytes, count: int, random: Random
) -> Iterator[tuple[dict[str, bytes], int]]:
    """So many states of the files after a cut, each with the last revision acknowledged by then."""
    moments = sorted(random.choices(range(1, len(entries) + 1), k=count))
    disk, taken = Disk({"keel.sqlite3": bytearray(before)}), 0
    for moment in moments:
        for entry in entries[taken:moment]:
            disk.take(entry)
        taken = moment
        yield disk.cut(random), disk.acknowledged
