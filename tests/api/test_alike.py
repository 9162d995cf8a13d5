"""A name that nobody has is answered like one that somebody has: bytes, headers and time."""

import asyncio
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app, prepare
from app.settings import Settings
from app.storage import accounts
from tests.api.conftest import Clock
from tests.api.people import ORIGIN, OURS, Browser, Person
from tests.conftest import Figure, size

TRIES = size(3000, 10_000)
NAMES = 30
LOWEST, HIGHEST = 0.47, 0.53


def alike(answer: Any) -> tuple[int, list[tuple[str, str]], str]:
    """Without the request id, which is another for every answer."""
    id = answer.json()["request_id"]
    headers = [(name, value.replace(id, "")) for name, value in sorted(answer.headers.items())]
    return answer.status_code, headers, answer.text.replace(id, "")


@pytest.mark.parametrize("name", ["", "x", "A-B-1", "é" * 99, "a" * 100_000, "\0", "quiet maple"])
def test_known_unknown_and_ill_formed_names_are_answered_alike(
    client: TestClient, name: str
) -> None:
    known, phone = Person(), Browser(client)
    phone.register(known)
    names = (known.name, Person().name, name)
    answers = [Browser(client).sign_in(Person(name=one)) for one in names]
    assert answers[0].status_code == 401
    assert alike(answers[0]) == alike(answers[1]) == alike(answers[2])


def area(some: list[float], others: list[float]) -> float:
    """How often one of `others` takes longer than one of `some`: 0.5 when nobody can tell."""
    ordered = sorted(some)
    ranks = (bisect_left(ordered, one) + bisect_right(ordered, one) for one in others)
    return sum(ranks) / 2 / len(some) / len(others)


async def measure(app: FastAPI, clock: Clock, pairs: list[tuple[str, str]], tries: int) -> float:
    """A known name and one that nobody has, in turns, each turn in another order, so that what
    else the machine does falls on both. Every guess is counted as ever; an hour passes before any
    name was tried too often."""
    times: tuple[list[float], list[float]] = ([], [])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as phone:
        for turn in range(tries):
            if turn % len(pairs) == 0:
                clock.forward(hours=1)
            for is_known in ((True, False), (False, True))[turn % 2]:
                name = pairs[turn % len(pairs)][0 if is_known else 1]
                body = {**Person(name=name).passphrase_fields(), "device": "computer"}
                began = time.perf_counter()
                answer = await phone.post("/api/v1/sessions", json=body, headers=OURS)
                times[is_known].append(time.perf_counter() - began)
                assert answer.status_code == 401
    return area(*times)


@pytest.fixture
def quick_disk(tmp_path: Path) -> Iterator[Path]:
    """In memory, where there is such a place: every commit is made, and no disk's own time, many
    times as long, drowns what is looked for."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)


@pytest.fixture
def app(quick_disk: Path, small_release: Path, clock: Clock) -> FastAPI:
    settings = Settings(_env_file=None, data_dir=quick_disk / "data", public_origin=ORIGIN)
    prepare(settings)
    return create_app(settings, small_release, clock)


def pairs(client: TestClient, clock: Clock) -> list[tuple[str, str]]:
    """Of people who have an account, each beside a name that nobody has."""
    known = [Person() for _ in range(NAMES)]
    for one in known:
        Browser(client).register(one)
        clock.forward(minutes=2)
    return [(one.name, Person().name) for one in known]


def test_the_time_tells_nothing(
    client: TestClient, app: FastAPI, clock: Clock, figure: Figure
) -> None:
    found = asyncio.run(measure(app, clock, pairs(client, clock), TRIES))
    figure(f"known against unknown names, {TRIES} each: AUC {found:.3f} (0.47 to 0.53)")
    assert LOWEST <= found <= HIGHEST


def test_a_server_that_stops_early_for_unknown_names_is_seen(
    client: TestClient, app: FastAPI, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = accounts.find_by_name

    def early(*given: Any) -> Any:
        found = whole(*given)
        if found.account_id.int:
            time.sleep(0.0005)
        return found

    monkeypatch.setattr("app.storage.accounts.find_by_name", early)
    assert asyncio.run(measure(app, clock, pairs(client, clock), 300)) > HIGHEST
