"""The command line: what each command prints, where it leads, and its exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from app import cli, cli_check
from app.content import lines as lines_module
from app.main import prepare
from app.settings import Settings
from tests.api.small_release import write_small_release
from tests.journeys.server import free_port

ROOT = Path(__file__).parents[1]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to run in, with a small release, and settings that point into it."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KEEL_{name.upper()}", raising=False)
    monkeypatch.setenv("KEEL_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(cli_check, "RELEASE", write_small_release(tmp_path / "release"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    """Exit code, and everything that was printed."""
    done = CliRunner().invoke(cli.commands, arguments)
    return done.exit_code, done.output


def test_help_names_every_command() -> None:
    code, text = run("--help")
    assert code == 0
    for name in (
        *("serve", "backup", "restore", "rotate-keys", "open", "check"),
        *("pages", "types", "lines", "review"),
    ):
        assert f" {name} " in text


def test_types_writes_what_the_build_reads(here: Path) -> None:
    assert run("types", str(here / "generated"))[0] == 0
    assert "export type MessageKey" in (here / "generated/messages.ts").read_text("utf-8")
    assert json.loads((here / "generated/safety-plan.schema.json").read_text("utf-8"))["$defs"]


def test_lines_lists_each_with_its_source_and_day() -> None:
    code, text = run("lines")
    found = lines_module.read_lines().lines
    assert code == 0
    assert len(text.splitlines()) == len(found)
    assert all(str(line.checked_on) in text and line.source in text for line in found)


def test_lines_fails_when_one_was_read_too_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    old = datetime.now(UTC).date() - timedelta(days=181)
    first, *rest = lines_module.read_lines().lines
    aged = lines_module.Lines(lines=(first.model_copy(update={"checked_on": old}), *rest))
    monkeypatch.setattr(lines_module, "read_lines", lambda: aged)
    code, text = run("lines")
    assert code == 1
    assert text.count("READ IT AGAIN") == 1
    assert run("check")[0] == 1


def test_check_is_well_when_all_is(here: Path) -> None:
    prepare(Settings())
    code, text = run("check")
    assert (code, text.count("NOT WELL")) == (0, 0)
    assert "synchronous=2" in text


def test_check_before_the_first_start_is_well(here: Path) -> None:
    assert run("check")[0] == 0
    assert not (here / "data").exists()


def test_check_finds_what_is_not_well(here: Path) -> None:
    prepare(Settings())
    (here / "data").chmod(0o755)
    (here / "release/now.html").write_text("changed")
    code, text = run("check")
    assert (code, text.count("NOT WELL")) == (1, 2)
    assert "chmod 700" in text
    assert "now.html" in text


def test_check_finds_a_database_that_is_behind(here: Path) -> None:
    (here / "data").mkdir(mode=0o700)
    (here / "data/keel.sqlite3").touch()
    code, text = run("check")
    assert code == 1
    assert "behind" in text


@pytest.mark.parametrize("command", ["serve", "check"])
def test_a_setting_that_cannot_be_meant_is_told_in_words(
    here: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("KEEL_PORT", "s3cret")
    code, text = run(command)
    assert code == 1
    assert "KEEL_PORT:" in text
    assert "KEEL_PUBLIC_ORIGIN" not in text
    assert "s3cret" not in text


def test_pages_without_a_build_says_what_to_do(here: Path) -> None:
    code, text = run("pages", str(here / "nothing"), str(here / "out"))
    assert code == 1
    assert "make build" in text


def served(folder: Path, port: int, **settings: str) -> subprocess.Popen[str]:
    """`python -m app serve` over a small release, as a process of its own."""
    release = write_small_release(folder / "release")
    told = (
        "import app.main, app.cli; from pathlib import Path; made = app.main.create_app;"
        f"made.__defaults__ = (Path({str(release)!r}), *made.__defaults__[1:]);"
        "app.cli.commands(['serve'])"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEEL_")}
    ours = {"KEEL_PORT": str(port), "KEEL_DATA_DIR": str(folder / "data"), **settings}
    return subprocess.Popen(
        [sys.executable, "-c", told],
        cwd=ROOT,
        env={**kept, **ours},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until_it_answers(port: int, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.05)
    process.kill()
    raise AssertionError(process.communicate()[0])


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_where_it_is_and_stops_when_asked(tmp_path: Path, stop: signal.Signals) -> None:
    port = free_port()
    process = served(tmp_path, port)
    wait_until_it_answers(port, process)
    with urlopen(f"http://localhost:{port}/now", timeout=5) as answer:
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Server"] is None
    process.send_signal(stop)
    text = process.communicate(timeout=30)[0]
    assert process.returncode == 0
    assert f"http://localhost:{port}" in text
    assert str(tmp_path / "data") in text
    assert json.loads(text.splitlines()[-1])["route"] == "page"
    assert "Traceback" not in text


def test_serve_without_a_whole_release_says_what_to_do(tmp_path: Path) -> None:
    process = served(tmp_path, free_port())
    (tmp_path / "release/release.json").unlink()
    text = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "make build" in text
    assert "Traceback" not in text
