"""No statement of an account's life reads a table from end to end, on either database."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from starlette.testclient import TestClient

from app.models import METADATA
from app.models.prepared import Prepared
from app.services.sweeping import sweep
from app.settings import Settings
from app.storage.database import Database
from tests.api.conftest import Clock
from tests.api.people import JOURNAL, PLAN, Browser, Person, tag
from tests.api.test_accounts import rotation

TABLES = "|".join(METADATA.tables)
SCAN = re.compile(rf"\b(?:SCAN|Seq Scan on) (?:{TABLES})|\bSEARCH (?:{TABLES})\w*(?! USING|\w)")
"""In SQLite's words or PostgreSQL's; SQLite's search for a greatest value without an index too."""

Said = dict[str, Any]
"""Statements as a database was asked them, each with what it was given."""


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[Said]:
    """Everything that is said to a database from now on."""
    heard: Said = {}

    def listen(_c: object, _cursor: object, statement: str, given: Any, *_more: object) -> None:
        heard.setdefault(statement, given)

    def run(prepared: Prepared, connection: Connection, given: Any) -> Any:
        """What goes past SQLAlchemy's own way to run it, and so past its events."""
        heard.setdefault(prepared._text, prepared._values(given))
        return past_sqlalchemy(prepared, connection, given)

    past_sqlalchemy = Prepared._run
    monkeypatch.setattr(Prepared, "_run", run)
    event.listen(Engine, "before_cursor_execute", listen)
    yield heard
    event.remove(Engine, "before_cursor_execute", listen)


def live(client: TestClient, clock: Clock) -> None:
    """Everything that a person may ask of a server, at least once."""
    person, phone, computer = Person(), Browser(client), Browser(client)
    plan = phone.register(person)
    Browser(client).register(person)  # sent again, for want of an answer
    for revision in range(2, 23):
        match, plan = tag(revision - 1, plan), person.envelope(PLAN, revision, plan)
        assert phone.save("plan", plan, match).status_code == 200
    _journal(phone, person)
    for path in ("plan", "plan/revisions", "plan/revisions/22", "sessions", "key-slots"):
        assert phone.ask("GET", f"/{path}").status_code == 200
    assert computer.sign_in(Person(name=person.name)).status_code == 401
    assert [computer.sign_in(person).status_code for _ in "ab"] == [201, 201]
    clock.forward(days=40)
    assert [one.ask("GET", "/plan").status_code for one in (phone, computer)] == [200, 200]
    new = _change_secrets(phone, person, plan)
    clock.forward(days=400)
    assert phone.ask("GET", "/plan").status_code == 401
    assert phone.sign_in(new).status_code == 201
    _leave(client, phone, new)


def _journal(phone: Browser, person: Person) -> None:
    first = person.envelope(JOURNAL)
    assert phone.save("journal", first, "*").status_code == 200
    second = person.envelope(JOURNAL, 2, first)
    assert phone.save("journal", second, tag(1, first)).status_code == 200
    assert phone.save("journal", second, tag(1, first)).status_code == 412
    assert phone.ask("DELETE", "/journal").status_code == 204


def _change_secrets(phone: Browser, person: Person, plan: bytes) -> Person:
    """One after the other, then all together; the person with new ones."""
    new = Person(account_id=person.account_id, objects=person.objects)
    words = {**new.passphrase_fields(), "key_slot": new.slot("passphrase")}
    code = {**new.recovery_fields(), "key_slot": new.slot("recovery")}
    sealed = new.envelope(PLAN, 23, plan)
    for path, body, proof in (
        ("passphrase", words, person.recovery_proof()),
        ("recovery", code, new.proof()),
        ("rotation", rotation(new, sealed), {**new.proof(), "If-Match": tag(22, plan)}),
    ):
        answer = phone.ask("POST", f"/account/{path}", json=body, headers=proof)
        assert answer.status_code == 204, answer.text
    return new


def _leave(client: TestClient, phone: Browser, person: Person) -> None:
    other = Browser(client)
    body = {**person.recovery_fields(), "device": "tablet"}
    assert other.ask("POST", "/recovery-sessions", json=body).status_code == 201
    id = other.ask("GET", "/sessions").json()[0]["id"]
    slot = other.ask("GET", "/key-slots").json()[0]["id"]
    proof = person.proof()
    assert phone.ask("DELETE", f"/key-slots/{slot}", headers=proof).status_code == 409
    assert phone.ask("DELETE", f"/sessions/{id}", headers=proof).status_code == 204
    assert phone.ask("DELETE", "/sessions", headers=proof).status_code == 204
    assert phone.ask("DELETE", "/sessions/current").status_code == 204
    assert phone.sign_in(person).status_code == 201
    assert phone.ask("DELETE", "/account", headers=proof).status_code == 204


async def sweep_once(settings: Settings, clock: Clock) -> None:
    """Something has ended by then, so that it is deleted too."""
    database = Database(settings.database_url)
    clock.forward(days=400)
    await sweep(database, clock())
    await database.aclose()


@pytest.fixture
def life(asking: TestClient, clock: Clock, kept: Settings, said: Said) -> Said:
    """All statements of a life about our own tables."""
    Browser(asking).register(Person())
    live(asking, clock)
    asyncio.run(sweep_once(kept, clock))
    ours = re.compile(rf"\b(?:{TABLES})\b")
    return {statement: given for statement, given in said.items() if ours.search(statement)}


def plans_with_a_scan(held: Connection, life: Said) -> set[str]:
    """The statements that read a table whole; few rows are no reason to."""
    is_sqlite = held.dialect.name == "sqlite"
    if not is_sqlite:
        held.exec_driver_sql("SET LOCAL enable_seqscan = off")
    found = set()
    for statement, given in life.items():
        is_many = isinstance(given, list) and isinstance(given[0], tuple | dict)
        one = given[0] if is_many else tuple(given) if isinstance(given, list) else given
        explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
        lines = held.exec_driver_sql(explain + statement, one)
        if any(SCAN.search(str(line)) for line in lines):
            found.add(statement)
    return found


def look(settings: Settings, life: Said, *changes: str) -> set[str]:
    """What scans once these changes were made, which stay in this transaction."""

    class Seen(Exception):
        pass

    found = set[str]()

    def write(held: Connection) -> None:
        for change in changes:
            held.exec_driver_sql(change)
        found.update(plans_with_a_scan(held, life))
        raise Seen

    with closing(Database(settings.database_url)) as database, pytest.raises(Seen):
        database.write_now(write)
    return found


def test_no_statement_of_a_life_scans_a_table(kept: Settings, life: Said) -> None:
    assert len(life) >= 45
    assert look(kept, life) == set()


def test_the_control_a_dropped_index_is_seen(kept: Settings, life: Said) -> None:
    for table, column in (("sessions", "last_seen_on"), ("attempts", "ends_at")):
        seen = look(kept, life, f"DROP INDEX ix_{table}_{column}")
        assert len(seen) == 2, seen
        assert all(f"{table}.{column} <=" in statement for statement in seen)


def test_the_control_without_keys_everything_scans(kept: Settings, life: Said) -> None:
    """Tables of the same names without keys stand in front of ours."""
    asks = {statement: given for statement, given in life.items() if " WHERE " in flat(statement)}
    bare = (f"CREATE TEMPORARY TABLE {name} AS SELECT * FROM {name}" for name in METADATA.tables)
    assert look(kept, asks, *bare) == asks.keys()


def flat(statement: str) -> str:
    return " ".join(statement.split())
