"""Jobs for the load generator, one after another in turns, and what is made of their numbers."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from statistics import median
from typing import NamedTuple

from benchmarks.load import Job, Seen
from benchmarks.processes import CLIENT_CORE, Served
from tests.journeys.server import ROOT

LIMITS_AT = 0.9
"""A load generator that uses more of its core than this is what was measured."""


class Figure(NamedTuple):
    """What to reach, and beyond what it fails; `is_more_better` says on which side that is."""

    reach: float
    fail: float
    is_more_better: bool = False

    def judged(self, seen: float) -> str:
        for name, limit in (("reached", self.reach), ("passed", self.fail)):
            if seen >= limit if self.is_more_better else seen <= limit:
                return name
        return "FAILED"


def row(name: str, seen: float, figure: Figure, unit: str = "") -> None:
    """One line of the table."""
    wanted = f"{figure.reach:g} · {figure.fail:g}"
    print(f"{name:<52} {seen:>10.3f} {unit:<4} {wanted:>16}   {figure.judged(seen)}", flush=True)


def note(text: str) -> None:
    """What belongs to a row and is no figure."""
    print(f"    {text}", flush=True)


def told(seen: Seen) -> str:
    """One job's numbers in a line."""
    limited = "  (the load generator limits)" if seen.own_cpu > LIMITS_AT else ""
    return (
        f"{seen.rate:,.0f} a second, p50 {seen.p50:.2f}, p99 {seen.p99:.1f} ms, "
        f"CPU {seen.cpu:.3f} ms, {seen.errors} errors{limited}"
    )


def measure(server: Served, what: str, cpu: list[int] | None = None, **more: float) -> Seen:
    """One job in a process of its own, on the other core. RuntimeError when nothing came of it."""
    core = CLIENT_CORE if (os.cpu_count() or 1) > 1 else None
    watched = [server.pid, *(cpu or [])]
    job = Job(server.port, what, core=core, cpu=watched, **more)  # type: ignore[arg-type]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        cwd=ROOT,
        input=json.dumps(asdict(job)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seen = Seen(**json.loads(done.stdout))
    if not seen.requests:
        raise RuntimeError(f"nothing was answered: {job}")
    return seen


def in_turns(rounds: int, *jobs: Callable[[], Seen]) -> list[list[Seen]]:
    """Each job once a round, so that all of them see the same machine; by job, then by round."""
    seen: list[list[Seen]] = [[] for _ in jobs]
    for number in range(rounds):
        order = list(enumerate(jobs))
        for index, job in order if number % 2 == 0 else reversed(order):
            seen[index].append(job())
    return seen


def middle(seen: list[Seen]) -> Seen:
    """Each number's median; errors together."""
    columns = {name: [float(asdict(one)[name]) for one in seen] for name in asdict(seen[0])}
    middles = {name: median(values) for name, values in columns.items()}
    errors, requests = int(sum(columns["errors"])), int(sum(columns["requests"]))
    return Seen(**{**middles, "errors": errors, "requests": requests})  # type: ignore[arg-type]


def ratio(
    above: list[Seen], below: list[Seen], number: Callable[[Seen], float] = lambda seen: seen.rate
) -> float:
    """The median of one number's ratio, round by round."""
    return median(number(a) / number(b) for a, b in zip(above, below, strict=True))
