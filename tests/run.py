"""`make test`: every check, what it cost against what it may cost, and a closing line that counts.

With names of stages (`python -m tests.run lint unit`) it runs those; `soak` is the faults again,
many more of each. All failures are shown before it ends; it exits 1 when anything failed, or the
whole took more than TOTAL_MINUTES, or SOAK_MINUTES.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "build" / "tests"
TOTAL_MINUTES, SOAK_MINUTES = 20, 60
PYTHON = (sys.executable, "-m")
PYTEST = (*PYTHON, "pytest", "-n", "2")
FUZZ = "tests/api/test_schemathesis.py"
TIMED = "tests/journeys/test_large_plans.py"
"""Compares times, so nothing else runs beside it."""
FAULTS = tuple(
    f"tests/test_{name}.py" for name in ("kills", "postgres_crashes", "power_cuts", "migrations")
)
FAILOVER = "tests/test_failover.py"
"""In the soak alone, as FIGURES has it."""
A_FILE_A_WORKER = ("--dist", "loadfile")
"""The tests of a file share a server, which takes seconds to start."""
STYLED = ("src/**/*.{ts,tsx}", "styles/**/*.css", "*.mjs", "../tests/frontend/**/*.{ts,tsx}")


@dataclass(frozen=True)
class Check:
    """One command; `report` names its JUnit file when it counts tests."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT
    report: str = ""


@dataclass(frozen=True)
class Stage:
    """Checks that share a row of the table; `together` runs two at a time and shows them after."""

    id: str
    name: str
    minutes: float
    checks: tuple[Check, ...]
    together: bool = False


@dataclass
class Outcome:
    """What came of one check, in tests."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)


def _pytest(name: str, *arguments: str) -> Check:
    return Check(name, (*PYTEST, *arguments, f"--junitxml={REPORTS / name}.xml"), report=name)


def _frontend(name: str, *command: str) -> Check:
    return Check(name, ("npx", "--no-install", *command), ROOT / "frontend")


def _soak(name: str, minutes: float, *arguments: str) -> Stage:
    """Alone on the computer, and with time."""
    return Stage("soak", name, minutes, (_pytest(name, *arguments, "-n", "0", "--timeout=2400"),))


VITEST = Check(
    "vitest",
    (
        *("npx", "--no-install", "vitest", "run", "--reporter=default", "--reporter=junit"),
        f"--outputFile.junit={REPORTS / 'vitest.xml'}",
    ),
    ROOT / "frontend",
    report="vitest",
)
ALTERED = replace(VITEST, command=(*VITEST.command, "crypto/envelope.test"))
STAGES = (
    Stage(
        "lint",
        "lint and types",
        1.5,
        (
            Check("mypy", (*PYTHON, "mypy")),
            _frontend("tsc", "tsc", "--noEmit"),
            _frontend(
                "prettier", "prettier", "--check", "--print-width=100", "--log-level=warn", *STYLED
            ),
            Check("ruff format", (*PYTHON, "ruff", "format", "--check", ".")),
            Check("ruff", (*PYTHON, "ruff", "check", ".")),
        ),
        together=True,
    ),
    Stage(
        "unit",
        "unit",
        1.5,
        (
            _pytest(
                "unit",
                *("tests", *A_FILE_A_WORKER),
                *(f"--ignore={path}" for path in ("tests/journeys", FUZZ, FAILOVER, *FAULTS)),
            ),
            VITEST,
        ),
    ),
    Stage("faults", "faults", 1.5, (_pytest("faults", *FAULTS, *A_FILE_A_WORKER),)),
    Stage("fuzz", "schemathesis", 1, (_pytest("schemathesis", FUZZ),)),
    Stage(
        "journeys",
        "journeys, axe and the second engine",
        4,
        (
            _pytest("journeys", "tests/journeys", f"--ignore={TIMED}"),
            _pytest("large plans", TIMED, "-n", "0"),
        ),
    ),
)
BROWSER_KILLS = ("tests/journeys/test_nothing_is_lost.py", "-k", "killing or five_seconds")
SOAK = (
    _soak("power cuts", 6, "tests/test_power_cuts.py"),
    _soak("kills of the server", 6, "tests/test_kills.py"),
    _soak("crashes of PostgreSQL", 3, "tests/test_postgres_crashes.py"),
    _soak("failovers", 3, FAILOVER),
    _soak("migrations", 6, "tests/test_migrations.py"),
    _soak("known and unknown names", 3, "tests/api/test_alike.py"),
    _soak("kills of the browser", 8, *BROWSER_KILLS),
    _soak("broken releases", 12, "tests/journeys/test_releases.py", "-k", "broken_release"),
    Stage("soak", "altered envelopes", 5, (ALTERED,)),
)
EVERY = [stage.id for stage in STAGES]
INSTALL = ("install and build", 2.5)


def main(chosen: list[str]) -> int:
    """Runs the chosen stages, or all. Returns the exit code."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    stages = [stage for stage in (*STAGES, *SOAK) if stage.id in (chosen or EVERY)]
    costs: list[tuple[str, float, float]] = [] if chosen else [_install()]
    outcomes: list[Outcome] = []
    for stage in stages:
        began = time.monotonic()
        outcomes += _run(stage)
        costs.append((stage.name, stage.minutes, (time.monotonic() - began) / 60))
    most = SOAK_MINUTES if chosen == ["soak"] else TOTAL_MINUTES
    is_too_long = _print_costs(costs, most) and chosen in ([], ["soak"])
    return max(int(is_too_long), _close(outcomes))


def _install() -> tuple[str, float, float]:
    began = float(os.environ.get("KEEL_TEST_BEGAN") or time.time())
    return (*INSTALL, (time.time() - began) / 60)


def _run(stage: Stage) -> list[Outcome]:
    if not stage.together:
        return [_shown(check) for check in stage.checks]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(_kept_quiet, stage.checks))


def _shown(check: Check) -> Outcome:
    print(f"\n== {check.name}", flush=True)
    _clear(check)
    done = subprocess.run(check.command, cwd=check.folder, env=_environment(), check=False)
    return _outcome(check, done.returncode)


def _kept_quiet(check: Check) -> Outcome:
    """Shows what a check says only when it fails."""
    done = subprocess.run(
        check.command,
        cwd=check.folder,
        env=_environment(),
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    told = "FAILED\n" + done.stdout if done.returncode else "well"
    print(f"\n== {check.name}: {told}", flush=True)
    return _outcome(check, done.returncode)


def _environment() -> dict[str, str]:
    """Ours, without the settings of a Keel that somebody runs."""
    kept = ("KEEL_TEST_BEGAN", "KEEL_SOAK", "KEEL_MUTATIONS")
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("KEEL_") or name in kept
    }


def _clear(check: Check) -> None:
    """An old report must not count for a run that wrote none."""
    if check.report:
        (REPORTS / f"{check.report}.xml").unlink(missing_ok=True)


def _outcome(check: Check, code: int) -> Outcome:
    outcome = read_report(check) if check.report else Outcome(check.name)
    if check.report and not outcome.passed + outcome.failed:
        print(f"{check.name} ran no test")
        outcome.failed = 1
    if code and not outcome.failed:
        outcome.failed = 1
    return outcome


def read_report(check: Check, folder: Path = REPORTS) -> Outcome:
    """Counts a JUnit file; nothing when there is none."""
    outcome = Outcome(check.name)
    path = folder / f"{check.report}.xml"
    for case in ElementTree.parse(path).iter("testcase") if path.exists() else ():
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        elif case.find("skipped") is not None:
            outcome.skipped.append(f"{case.get('classname')}.{case.get('name')}")
        else:
            outcome.passed += 1
    return outcome


def _print_costs(costs: list[tuple[str, float, float]], most: float) -> bool:
    """Minutes used against minutes allowed; True when the whole took more than `most`."""
    total = sum(used for _, _, used in costs)
    rows = [*costs, ("in all", sum(allowed for _, allowed, _ in costs), total)]
    print(f"\n{'what the run cost, in minutes':<40} {'used':>6} {'planned':>8}")
    for name, allowed, used in rows:
        print(f"{name:<40} {used:>6.1f} {allowed:>8.1f}{'  over' if used > allowed else ''}")
    if total > most:
        print(f"This took more than {most} minutes, which fails the run.")
    return total > most


def _close(outcomes: list[Outcome]) -> int:
    """The closing lines. Under CI a test that was skipped is one that failed."""
    skipped = [name for outcome in outcomes for name in outcome.skipped]
    failed = sum(outcome.failed for outcome in outcomes)
    if skipped:
        print("\nskipped:\n  " + "\n  ".join(skipped))
        failed += len(skipped) if os.environ.get("CI") == "true" else 0
    for outcome in outcomes:
        if outcome.failed:
            print(f"failed: {outcome.name}")
    print(f"\n{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
