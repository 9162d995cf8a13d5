"""docs/operating.md: its commands are run as they stand, and its settings are ours."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli_keys import SETTLED_SECONDS
from app.settings import Settings
from app.storage import key_file
from tests.conftest import ROOT
from tests.crypto.vector_cases import from_base64url, read
from tests.installation import copied
from tests.postgres import PROGRAMS, running

PAGE = (ROOT / "docs/operating.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
PEOPLE = 3
EXPORT = read("export-v1.json")


def fences(language: str, heading: str = "") -> list[str]:
    """Of the whole page, or of what stands under one heading."""
    text = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0] if heading else PAGE
    return [body for found, body in FENCE.findall(text) if found == language]


RUN = ("Is it sound?", "Backups", "A restore drill", "Keys", "PostgreSQL")
OPENED = "A locked file, without a browser"


@pytest.fixture
def place(filled: Settings, tmp_path: Path) -> Path:
    """A computer's directories as the page names them, with an installation in its place."""
    for name in (
        "var/lib/keel-keys",
        "var/backups/keel",
        "var/backups/keel-keys",
        "var/tmp",
        "home",
    ):
        (tmp_path / name).mkdir(parents=True, mode=0o700)
    settings = copied(filled, tmp_path / "var/lib/keel")
    for name in ("keys.json", "keys.gone"):
        (settings.data_dir / name).rename(tmp_path / "var/lib/keel-keys" / name)
    return tmp_path


def run(place: Path, script: str, given: str = "", **settings: str) -> str:
    """As the page says: in the checkout, with the server's settings; what was printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEEL_")}
    ours = {
        "KEEL_DATA_DIR": f"{place}/var/lib/keel",
        "KEEL_KEY_FILE": f"{place}/var/lib/keel-keys/keys.json",
        "KEEL_PUBLIC_ORIGIN": "https://keel.example",
        "KEEL_TRUSTED_PROXIES": "127.0.0.1",
        "HOME": f"{place}/home",
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", re.sub(r"(?<!\w)/var/", f"{place}/var/", script)],
        cwd=ROOT,
        env={**kept, **ours, **settings},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_fence_with_a_command_is_run_here() -> None:
    ran = [one for heading in (*RUN, OPENED) for one in fences("sh", heading)]
    assert sorted(ran) == sorted(fences("sh"))
    assert len(ran) >= 8


def test_check_says_that_it_is_sound(place: Path) -> None:
    (script,) = fences("sh", "Is it sound?")
    assert f"{PEOPLE} accounts" in run(place, script)


def test_a_backup_with_its_keys_apart_and_a_drill(place: Path) -> None:
    backup, copied_keys = fences("sh", "Backups")
    assert f"{2 * PEOPLE} key_slots" in run(place, backup)
    run(place, copied_keys)
    assert {path.name for path in (place / "var/backups/keel-keys").iterdir()} == {
        "keys.json",
        "keys.gone",
    }
    (drill,) = fences("sh", "A restore drill")
    told = run(place, drill)
    assert "0 deleted accounts" in told
    assert f"{PEOPLE} accounts" in told
    assert "NOT WELL" not in told
    assert list((place / "var/tmp").iterdir()) == []


def test_the_keys_are_rotated_and_the_old_ones_dropped(place: Path) -> None:
    rotate, drop = fences("sh", "Keys")
    path = place / "var/lib/keel-keys/keys.json"
    assert f"{2 * PEOPLE} rows resealed" in run(place, rotate)
    past = time.time() - SETTLED_SECONDS - 1
    os.utime(path, (past, past))
    assert "alone now" in run(place, drop)
    assert len(key_file.read(path).keys) == 1


def test_a_locked_file_is_opened(place: Path) -> None:
    (place / "home/keel-2026-11-22.keel").write_bytes(from_base64url(EXPORT["file"]))
    (script,) = fences("sh", OPENED)
    run(place, script, given=EXPORT["passphrase"] + "\n")
    assert (place / "home/plan.json").read_text("utf-8") == EXPORT["plaintext"]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as url:
        yield url


def test_postgresql_is_made_backed_up_and_drilled(place: Path, server: str) -> None:
    folder = server.rpartition("=")[2].replace("%2F", "/")
    connected = {"PGHOST": folder, "PGUSER": "keel", "KEEL_DATABASE_URL": "postgresql:///keel"}
    made, drill = fences("sh", "PostgreSQL")
    run(place, made, **connected)
    begin = "from app.main import *; prepare(Settings(_env_file=None))"
    (place / "var/lib/keel/keel.sqlite3").unlink()
    run(place, f".venv/bin/python -c '{begin}'", **connected)
    told = run(place, drill, **connected)
    assert "on PostgreSQL: 0 accounts" in told
    assert "NOT WELL" not in told


def test_every_setting_that_the_page_names_is_one(place: Path) -> None:
    named = set(re.findall(r"\bKEEL_([A-Z_]+)", PAGE))
    assert named <= {name.upper() for name in Settings.model_fields}
    lines = "".join(fences("ini")).splitlines()
    given = dict(line.split("=", 1) for line in lines if line.startswith("KEEL_"))
    read_in = {name.removeprefix("KEEL_").lower(): value for name, value in given.items()}
    settings = Settings(_env_file=None, **read_in)  # type: ignore[arg-type]
    assert settings.public_origin == "https://keel.example"
    assert [str(one) for one in settings.proxies] == ["127.0.0.1/32"]
