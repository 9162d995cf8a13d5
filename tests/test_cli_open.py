"""`open`: the locked file out of a browser, opened on a command line by its passphrase alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import cli
from app.crypto import export_file
from tests.conftest import ROOT
from tests.crypto.vector_cases import from_base64url, read

VECTOR = read("export-v1.json")
PASSPHRASE: str = VECTOR["passphrase"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keel-2026-11-22.keel"
    path.write_bytes(from_base64url(VECTOR["file"]))
    return path


def opened(file: Path, passphrase: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli.commands, ["open", str(file)], input=passphrase + "\n")
    return done.exit_code, done.stdout, done.stderr


def test_the_plan_comes_out_byte_for_byte(file: Path) -> None:
    assert opened(file, PASSPHRASE) == (0, VECTOR["plaintext"], "")


def test_a_wrong_passphrase_opens_nothing_and_is_told_in_words(file: Path) -> None:
    code, out, told = opened(file, PASSPHRASE + "s")
    assert (code, out) == (1, "")
    assert "does not open it" in told
    assert PASSPHRASE not in told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no locked file"),
        (b"%PDF-1.7", "no locked file"),
        (b"SPX1\2", "newer version"),
        (b"SPX1\1" + bytes(100), "not whole"),
    ],
)
def test_what_is_no_locked_file_is_told_in_words(file: Path, content: bytes, words: str) -> None:
    file.write_bytes(content)
    code, out, told = opened(file, PASSPHRASE)
    assert (code, out) == (1, "")
    assert words in told


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    code, _, told = opened(tmp_path / "none.keel", PASSPHRASE)
    assert code == 1
    assert "No such file" in told


def test_every_character_of_a_long_plan_comes_out(file: Path) -> None:
    text = '{"note": "' + "العربية 🌊 é e\u0301 \u200f" * 3000 + '"}'
    file.write_bytes(export_file.seal(PASSPHRASE, text.encode()))
    assert opened(file, PASSPHRASE)[1] == text


def test_it_needs_no_server_no_settings_and_no_database(file: Path, tmp_path: Path) -> None:
    """In a process of its own, in an empty folder, with every other way to a plan taken away."""
    told = (
        "import sys; sys.path.insert(0, sys.argv[2]);"
        "refused = ('sqlalchemy', 'sqlmodel', 'fastapi', 'psycopg', 'httpx', 'alembic');"
        "sys.modules.update(dict.fromkeys(refused));"
        "from app.cli import commands; commands(['open', sys.argv[1]])"
    )
    folder = tmp_path / "empty"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", told, str(file), str(ROOT)],
        cwd=folder,
        env={"KEEL_PORT": "not a port"},
        input=PASSPHRASE.encode() + b"\n",
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode() == VECTOR["plaintext"], done.stderr.decode()
    assert list(folder.iterdir()) == []
