"""What was acknowledged survives a power cut at any moment, and every revision is whole."""

import shutil
from contextlib import closing
from pathlib import Path
from random import Random

from app.settings import Settings
from app.storage import plans
from app.storage.data_directory import make_private
from app.storage.database import Connection, Database
from tests.conftest import Figure, size
from tests.installation import account, envelope
from tests.power_cuts import SIZE, record, states

STATES = size(1_400, 20_000)
SAVES = 60
PEOPLE = 1


def found_after(files: dict[str, bytes], folder: Path) -> tuple[int, bytes]:
    """The newest plan, as the server finds it when the power is back."""
    make_private(folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)

    def look(held: Connection) -> tuple[int, bytes]:
        assert held.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
        newest = plans.read_newest(held, account(0), plans.PLAN)
        assert newest
        return newest[0], newest[2]

    with closing(Database(f"sqlite:///{folder}/keel.sqlite3")) as database:
        found = database.read_now(look)
    shutil.rmtree(folder)
    return found


def lost_after_cuts(filled: Settings, folder: Path, synchronous: str, count: int) -> int:
    """States in which an acknowledged save is missing. Asserts that what is there is whole."""
    shutil.copytree(filled.data_dir, folder / "data")
    before = (folder / "data" / "keel.sqlite3").read_bytes()
    entries = record(folder / "data", synchronous, SAVES)
    assert {entry.name for entry in entries} == {"keel.sqlite3", "keel.sqlite3-wal", "marks"}
    lost = 0
    for files, acknowledged in states(entries, before, count, Random(20261122)):
        revision, sealed = found_after(files, folder / "after")
        assert sealed == envelope(0, revision, SIZE)
        assert revision <= acknowledged + 1
        lost += revision < acknowledged
    return lost


def test_no_acknowledged_save_is_lost_to_a_power_cut(
    filled: Settings, tmp_path: Path, figure: Figure
) -> None:
    lost = lost_after_cuts(filled, tmp_path, "FULL", STATES)
    figure(f"{STATES} simulated power cuts: {lost} with an acknowledged save lost")
    assert lost == 0


def test_the_control_with_synchronous_normal_saves_are_lost(
    filled: Settings, tmp_path: Path
) -> None:
    assert lost_after_cuts(filled, tmp_path, "NORMAL", 100) > 0
