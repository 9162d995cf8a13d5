"""Several at once: exactly one save wins, one account is made, and a count is never lost."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.errors import TooManyAttempts
from app.main import create_app
from app.services.sessions import Sessions
from app.settings import Settings
from app.storage import attempts
from tests.api.conftest import PROXY, Clock
from tests.api.people import JOURNAL, ORIGIN, PLAN, Browser, Person, tag


@pytest.fixture
def two_servers(kept: Settings, small_release: Path, clock: Clock) -> Any:
    """Two servers over one database, as two processes would be: nothing in memory is shared."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                TestClient(create_app(kept, small_release, clock), base_url=ORIGIN, client=PROXY)
            )
            for _ in range(2)
        ]


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result() for one in [pool.submit(call) for call in calls]]


def on_each(two_servers: list[TestClient], cookie: str) -> list[Browser]:
    return [Browser(client, f"203.0.113.{n}", cookie) for n, client in enumerate(two_servers)]


def test_of_two_saves_from_one_revision_one_is_taken(two_servers: list[TestClient]) -> None:
    person, first = Person(), Browser(two_servers[0])
    plan = first.register(person)
    for revision in range(2, 22):
        match, news = tag(revision - 1, plan), [person.envelope(PLAN, revision, plan) for _ in "ab"]
        browsers = on_each(two_servers, first.cookie)
        answers = at_once(
            *(
                lambda b=b, n=n, m=match: b.save("plan", n, m)
                for b, n in zip(browsers, news, strict=True)
            )
        )
        assert Counter(one.status_code for one in answers) == {200: 1, 412: 1}
        plan = next(n for n, one in zip(news, answers, strict=True) if one.status_code == 200)
        lost = next(one for one in answers if one.status_code == 412)
        assert lost.content == plan == first.ask("GET", "/plan").content


def test_of_two_first_journals_one_is_taken(two_servers: list[TestClient]) -> None:
    for _ in range(5):
        person, first = Person(), Browser(two_servers[0])
        first.register(person)
        news = [person.envelope(JOURNAL) for _ in "ab"]
        browsers = on_each(two_servers, first.cookie)
        answers = at_once(
            *(
                lambda b=b, n=n: b.save("journal", n, "*")
                for b, n in zip(browsers, news, strict=True)
            )
        )
        assert Counter(one.status_code for one in answers) == {200: 1, 412: 1}


def test_one_registration_sent_twice_at_once_is_one_account(two_servers: list[TestClient]) -> None:
    for _ in range(5):
        body = Person().registration()
        answers = at_once(
            *(
                lambda b=b, j=body: b.ask("POST", "/accounts", json=j)
                for b in on_each(two_servers, "")
            )
        )
        assert [one.status_code for one in answers] == [201, 201]


def test_one_name_taken_twice_at_once_is_given_once(two_servers: list[TestClient]) -> None:
    for _ in range(5):
        name = Person().name
        bodies = [Person(name=name).registration() for _ in "ab"]
        both = zip(on_each(two_servers, ""), bodies, strict=True)
        answers = at_once(*(lambda b=b, j=j: b.ask("POST", "/accounts", json=j) for b, j in both))
        assert Counter(one.status_code for one in answers) == {201: 1, 409: 1}


def guesses(two_servers: list[TestClient], person: Person) -> Counter[int]:
    """Twenty from one address, over both servers at once."""

    def guess(client: TestClient) -> list[int]:
        phone = Browser(client, "203.0.113.7")
        return [phone.sign_in(Person(name=person.name)).status_code for _ in range(10)]

    both = at_once(*(lambda c=c: guess(c) for c in two_servers))
    return Counter(status for one in both for status in one)


def test_a_limit_holds_over_several_processes(two_servers: list[TestClient]) -> None:
    person = Person()
    Browser(two_servers[0]).register(person)
    assert guesses(two_servers, person) == {401: 5, 429: 15}


def test_a_count_inside_the_failing_transaction_would_be_lost(
    two_servers: list[TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: counted and judged in one transaction, every refusal takes its count back."""

    class Refused(Exception):
        pass

    async def in_one(self: Sessions, tried: list[attempts.Tried], now: Any) -> None:
        def count_and_refuse(connection: Any) -> None:
            if attempts.count(connection, tried, int(now.timestamp())):
                raise TooManyAttempts(1)
            raise Refused

        try:
            await self.database.write(count_and_refuse)
        except Refused:
            return

    monkeypatch.setattr(Sessions, "_count", in_one)
    person = Person()
    Browser(two_servers[0]).register(person)
    assert guesses(two_servers, person) == {401: 20}
