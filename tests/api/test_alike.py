"""A name that nobody has is answered like one that somebody has: bytes, headers and time."""

import time
from bisect import bisect_left, bisect_right
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.storage import accounts
from tests.api.people import Browser, Person
from tests.conftest import Figure

TRIES = 3000
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


def measure(client: TestClient, known: list[str], unknown: list[str]) -> float:
    """In turns, each turn in another order, so that what else the machine does falls on both."""
    times: dict[bool, list[float]] = {True: [], False: []}
    phone = Browser(client)
    for turn, pair in enumerate(zip(known, unknown, strict=True)):
        for is_known in ((True, False), (False, True))[turn % 2]:
            name = pair[0] if is_known else pair[1]
            person = Person(name=name)
            began = time.perf_counter()
            answer = phone.sign_in(person)
            times[is_known].append(time.perf_counter() - began)
            assert answer.status_code == 401
    return area(times[False], times[True])


@pytest.fixture
def without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted as ever, and never too many; the disk's own time would drown what is looked for."""
    monkeypatch.setattr("app.storage.attempts.count", lambda *_: 0)


def people(client: TestClient, many: int) -> list[str]:
    found = [Person() for _ in range(many)]
    for one in found:
        Browser(client).register(one)
    return [one.name for one in found]


@pytest.mark.usefixtures("without_limits")
def test_the_time_tells_nothing(client: TestClient, figure: Figure) -> None:
    known = people(client, 30) * (TRIES // 30)
    found = measure(client, known, [Person().name for _ in range(TRIES)])
    figure(f"known against unknown names, {TRIES} each: AUC {found:.3f} (0.47 to 0.53)")
    assert LOWEST <= found <= HIGHEST


@pytest.mark.usefixtures("without_limits")
def test_a_server_that_stops_early_for_unknown_names_is_seen(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = people(client, 10) * 30
    whole = accounts.find_by_name

    def early(*given: Any) -> Any:
        found = whole(*given)
        if found.account_id.int:
            time.sleep(0.0005)
        return found

    monkeypatch.setattr("app.storage.accounts.find_by_name", early)
    assert measure(client, known, [Person().name for _ in range(300)]) > HIGHEST
