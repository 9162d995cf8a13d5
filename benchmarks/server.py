"""The server's figures, printed: Keel beside the bare endpoint, in turns on the same machine.

Run by `make bench-server`, or `python -m benchmarks.server [--rounds N] [--million] [part …]`.
Shares and CPU a request are what counts; a machine that others use too makes absolute times longer.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from app.settings import Settings
from benchmarks import bare as bare_server
from benchmarks.load import Seen
from benchmarks.people import fill, person
from benchmarks.processes import Served, bare, keel
from benchmarks.rounds import Figure, in_turns, measure, middle, note, ratio, row, told
from tests import postgres
from tests.installation import begun

PEOPLE = 512
"""The first half asks for plans; the second signs in, which ends a person's oldest session."""
PLANNED = {"bare fetch": 7546, "bare save": 4693, "etesync fetch": 138, "etesync save": 54}
"""A second, measured side by side when this was planned: what cannot be built again here."""
PLANNED_CPU = {"fetch": 0.115, "save": 0.23}
"""Bare's milliseconds a request on that quiet machine."""


Part = Callable[[Path, int], None]
"""Puts what it needs into the folder, and measures in so many rounds."""


def cpu(seen: Seen) -> float:
    return seen.cpu


def beside_bare(folder: Path, rounds: int) -> None:
    """Fetch, save, stale save, sign in; many connections, few requests, memory after all of it."""
    settings = begun(folder / "keel")
    fill(settings, PEOPLE)
    file = folder / "bare.sqlite3"
    bare_server.fill(file, [person(number) for number in range(PEOPLE)])
    with bare(file) as other, keel(settings) as ours:
        fetched = compared("GET /plan", ours, other, "fetch", rounds)
        row("GET /plan: share of bare", ratio(*fetched), Figure(0.55, 0.4, True))
        row("GET /plan: CPU a request", middle(fetched[0]).cpu, Figure(0.20, 0.28), "ms")
        saved = compared("PUT /plan, durable", ours, other, "save", rounds)
        row("PUT /plan: share of bare", ratio(*saved), Figure(0.5, 0.3, True))
        row("PUT /plan: CPU a request", middle(saved[0]).cpu, Figure(0.45, 0.70), "ms")
        row("PUT /plan: p99", middle(saved[0]).p99, Figure(8, 15), "ms")
        stale_saves(ours, rounds)
        sign_ins(ours, rounds)
        few_requests(ours, other)
        many_connections(ours, rounds)
        resident, own = ours.memory
        row("memory of the worker after all of it", resident, Figure(70, 90), "MiB")
        note(f"{own:.1f} MiB of it are shared with nobody")


def compared(
    name: str, ours: Served, other: Served, what: str, rounds: int
) -> tuple[list[Seen], list[Seen]]:
    """Keel's and the bare one's, round by round."""
    seen, theirs = in_turns(rounds, partial(measure, ours, what), partial(measure, other, what))
    note(f"{name}: Keel  {told(middle(seen))}")
    note(f"{name}: bare  {told(middle(theirs))}")
    share = ratio(theirs, seen, cpu)
    quiet = PLANNED_CPU[what] / share
    note(f"bare's CPU is {share:.3f} of Keel's, which makes {quiet:.3f} ms of bare's when planned")
    return seen, theirs


def stale_saves(ours: Served, rounds: int) -> None:
    stale, fetched = in_turns(
        rounds, partial(measure, ours, "stale"), partial(measure, ours, "fetch")
    )
    note(f"PUT of a stale revision: {told(middle(stale))}")
    row("412 against GET: CPU", ratio(stale, fetched, cpu), Figure(1.0, 1.2), "×")


def sign_ins(ours: Served, rounds: int) -> None:
    """Two requests a turn."""
    (seen,) = in_turns(rounds, partial(measure, ours, "sign in", first=PEOPLE // 2))
    note(f"sign in and fetch, a request: {told(middle(seen))}")
    row("sign in and fetch: a second", middle(seen).rate / 2, Figure(1200, 800, True))
    row("sign in and fetch: CPU", middle(seen).cpu * 2, Figure(0.9, 1.3), "ms")


def few_requests(ours: Served, other: Served) -> None:
    """On a machine that others use this is mostly their doing: bare's number says how much."""
    for what, figure in (("fetch", Figure(3, 5)), ("save", Figure(7, 12))):
        seen, theirs = (measure(one, what, pace=10, seconds=20) for one in (ours, other))
        row(f"10 requests a second: {what}, p99", seen.p99, figure, "ms")
        note(f"p50 {seen.p50:.1f} ms; bare: p50 {theirs.p50:.1f}, p99 {theirs.p99:.1f} ms")


def many_connections(ours: Served, rounds: int) -> None:
    """One request of ten is a save."""
    mixed = partial(measure, ours, "nine fetches and a save")
    jobs = [partial(mixed, connections=count) for count in (16, 64, 256)]
    few, some, many = in_turns(rounds, *jobs)
    for count, seen in ((16, few), (64, some), (256, many)):
        note(f"{count} connections, a save in ten: {told(middle(seen))}")
    errors = middle(some).errors + middle(many).errors
    row("errors at 64 and 256 connections", errors, Figure(0, 0))
    row("256 against 16 connections: a second", ratio(many, few), Figure(0.95, 0.9, True))


def more_accounts(folder: Path, rounds: int, counts: list[int]) -> None:
    """The same people ask; beside them stands a crowd, each with a plan of 1 KiB."""
    filled = [filled_with(folder / f"{count}", count) for count in counts]
    for count, settings in zip(counts[1:], filled[1:], strict=True):
        with keel(filled[0]) as small, keel(settings) as large:
            some, many = in_turns(
                max(rounds, 5), partial(measure, small, "fetch"), partial(measure, large, "fetch")
            )
        note(f"{count:,} accounts: {told(middle(many))}; {counts[0]:,}: {told(middle(some))}")
        slower = ratio(many, some, lambda seen: seen.p50)
        row(f"GET /plan, p50: {count:,} accounts against 1,000", slower, Figure(1.1, 1.3), "×")


def filled_with(folder: Path, count: int) -> Settings:
    settings = begun(folder)
    began = time.perf_counter()
    fill(settings, PEOPLE, count - PEOPLE)
    note(f"{count:,} accounts written in {time.perf_counter() - began:.0f} s")
    return settings


def on_postgresql(folder: Path, rounds: int) -> None:
    """Against the numbers of the plan alone: that server is not here to be measured again."""
    file = folder / "beside.sqlite3"
    bare_server.fill(file, [person(number) for number in range(PEOPLE)])
    with postgres.running() as url:
        settings = begun(folder / "on-postgresql", url)
        fill(settings, PEOPLE)
        first = int((postgres.folder_of(url) / "data" / "postmaster.pid").read_text().split()[0])
        with keel(settings) as ours, bare(file) as other:
            for what, figure in (("fetch", Figure(12, 8, True)), ("save", Figure(15, 10, True))):
                seen, theirs = in_turns(
                    rounds, partial(measure, ours, what, [first]), partial(measure, other, what)
                )
                note(f"PostgreSQL, {what}, its CPU included: {told(middle(seen))}")
                share = ratio(seen, theirs) * PLANNED[f"bare {what}"] / PLANNED[f"etesync {what}"]
                row(f"PostgreSQL, {what}: × etesync's, by way of bare", share, figure, "×")


def starts(folder: Path, rounds: int) -> None:
    """From the command to the first answer, and what only the imports cost on this machine."""
    settings = begun(folder / "starts")
    ready, bare_imports = [], []
    for _ in range(max(rounds, 7)):
        with keel(settings) as ours:
            ready.append(ours.ready_seconds)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import fastapi, sqlmodel"], check=True)
        bare_imports.append(time.perf_counter() - began)
    row("ready after start", median(ready), Figure(0.65, 0.9), "s")
    note(f"`import fastapi, sqlmodel` alone: {median(bare_imports):.2f} s")


PARTS: dict[str, Part] = {
    "bare": beside_bare,
    "postgresql": on_postgresql,
    "start": starts,
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}, accounts; all by default")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--million", action="store_true", help="a million accounts too: 5 GB")
    given = asked.parse_args()
    counts = [1_000, 100_000, *([1_000_000] if given.million else [])]
    parts: dict[str, Part] = {**PARTS, "accounts": partial(more_accounts, counts=counts)}
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':<52} {'seen':>10}      {'reach · fails':>16}")
    for name in given.parts or parts:
        with tempfile.TemporaryDirectory(prefix="keel-bench-") as folder:
            parts[name](Path(folder), given.rounds)


if __name__ == "__main__":
    main()
