"""A locked file written by the independent client is opened by the command line."""

import subprocess
import sys
from pathlib import Path

from tests.independent.export_file import open_export, write_export
from tests.independent.process import ROOT

PLAIN = '{"format":"safety-plan","version":1,"note":"שלום é 🌊"}'
WORDS = "six words for this one file é"


def test_what_the_client_locks_the_command_line_opens(tmp_path: Path) -> None:
    file = tmp_path / "keel-2026-11-22.keel"
    file.write_bytes(write_export(WORDS, PLAIN.encode()))
    assert open_export(WORDS, file.read_bytes()).decode() == PLAIN
    ran = subprocess.run(
        [sys.executable, "-m", "app", "open", str(file)],
        cwd=ROOT,
        input=f"{WORDS}\n".encode(),
        capture_output=True,
        check=True,
    )
    assert ran.stdout.decode() == PLAIN
