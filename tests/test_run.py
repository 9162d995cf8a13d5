"""The run counts what it ran, hides no failure, and tells when it took too long."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import conftest, run
from tests.run import Check, Outcome, Stage, read_report

REPORT = """<testsuites><testsuite>
<testcase classname="a" name="one"/><testcase classname="a" name="two"/>
<testcase classname="a" name="three"><failure/></testcase>
<testcase classname="a" name="four"><error/></testcase>
<testcase classname="a" name="five"><skipped/></testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted(tmp_path: Path) -> None:
    (tmp_path / "unit.xml").write_text(REPORT)
    found = read_report(Check("unit", (), report="unit"), tmp_path)
    assert (found.passed, found.failed, found.skipped) == (2, 2, ["a.five"])


def check(name: str, told: str, report: str = "") -> Check:
    return Check(name, (sys.executable, "-c", told), report=report)


def stage(*checks: Check, together: bool = False) -> Stage:
    return Stage("some", "some", 1, checks, together)


@pytest.mark.parametrize("together", [True, False])
def test_every_failure_is_shown_and_none_stops_the_rest(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, together: bool
) -> None:
    bad = check("first", "print('what broke'); raise SystemExit(3)")
    monkeypatch.setattr(run, "STAGES", (stage(bad, check("second", "print()"), together=together),))
    assert run.main(["some"]) == 1
    text = capfd.readouterr().out
    assert "what broke" in text
    assert "failed: first" in text
    assert "failed: second" not in text
    assert text.endswith("\n0 passed, 1 failed\n")


def test_a_report_that_was_not_written_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "REPORTS", tmp_path)
    (tmp_path / "old.xml").write_text("<testsuite><testcase name='of the last run'/></testsuite>")
    monkeypatch.setattr(run, "STAGES", (stage(check("silent", "", report="old")),))
    assert run.main(["some"]) == 1


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_under_ci_a_skip_is_a_failure(monkeypatch: pytest.MonkeyPatch, ci: str, code: int) -> None:
    monkeypatch.setenv("CI", ci)
    assert run._close([Outcome("unit", passed=3, skipped=["a.five"])]) == code


def test_a_run_that_takes_too_long_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert run._print_costs([("unit", 1.5, 20.1)], 20)
    assert "over" in capsys.readouterr().out
    assert not run._print_costs([("unit", 1.5, 1.6)], 20)


def test_the_settings_of_a_keel_that_runs_here_do_not_leak_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KEEL_DATA_DIR", "/somebody/elses")
    assert "KEEL_DATA_DIR" not in run._environment()


def test_make_soak_runs_the_same_tests_with_its_own_numbers() -> None:
    kept = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"}
    told = subprocess.run(
        ["make", "--dry-run", "soak"], cwd=run.ROOT, env=kept, capture_output=True, text=True
    ).stdout
    assert "-m tests.run soak" in told
    files = {part for stage in run.SOAK for part in stage.checks[0].command if ".py" in part}
    assert len(files) == len(run.SOAK) - 1
    assert all((run.ROOT / file).is_file() for file in files)
    assert sum(stage.minutes for stage in run.SOAK) <= run.SOAK_MINUTES
    assert not {"soak"} & set(run.EVERY)


@pytest.mark.parametrize(("share", "expected"), [(0.0, 20), (0.1, 50), (1.0, 500)])
def test_the_soak_is_larger_by_one_number(
    monkeypatch: pytest.MonkeyPatch, share: float, expected: int
) -> None:
    monkeypatch.setattr(conftest, "SOAK", share)
    monkeypatch.setenv("KEEL_SOAK", str(share))
    assert conftest.size(20, 500) == expected
    assert run._environment()["KEEL_SOAK"] == str(share)
