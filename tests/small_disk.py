"""A small disk of one's own, and filling it to the last byte."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import IS_CI


@contextmanager
def mounted(place: Path, mebibytes: int) -> Iterator[Path]:
    """A tmpfs, which takes root; where that is missing CI fails and others are told."""
    place.mkdir()
    options = f"size={mebibytes}m,mode=0700"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", str(place)],
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        told = f"a small disk can't be mounted here: {done.stderr.decode().strip()}"
        (pytest.fail if IS_CI else pytest.skip)(told)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill_up(place: Path) -> Path:
    """Takes all the room there is; the file that took it."""
    filler = place / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (2**20, 2**12, 1):
            try:
                while True:
                    file.write(os.urandom(size))
            except OSError:
                continue
    return filler
