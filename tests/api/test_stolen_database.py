"""Whoever has stolen the database signs in with nothing that stands in it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.main import prepare
from app.models import METADATA
from app.settings import Settings
from app.storage.database import Connection, Database
from tests.api.conftest import Clock
from tests.api.people import JOURNAL, ORIGIN, OURS, Browser, Person, sha256, tag, text


@pytest.fixture
def kept(tmp_path: Path) -> Settings:
    """On SQLite alone: what is stored is the same on both."""
    kept: dict[str, Any] = {"data_dir": tmp_path / "data", "public_origin": ORIGIN}
    settings = Settings(_env_file=None, trusted_proxies="127.0.0.1", **kept)
    prepare(settings)
    return settings


@pytest.fixture
def phone(asking: TestClient, person: Person, clock: Clock) -> Browser:
    """Signed in with a renewed token; failures and a journal stand in the database too."""
    browser = Browser(asking, "203.0.113.1")
    browser.register(person)
    clock.forward(days=31)
    browser.ask("GET", "/plan")
    browser.save("journal", person.envelope(JOURNAL), "*")
    Browser(asking, "203.0.113.2").sign_in(Person(name=person.name))
    return browser


def stolen(settings: Settings) -> dict[str, bytes]:
    """Every value of every row as bytes, by table, column and number of the row."""

    def read(connection: Connection) -> dict[str, bytes]:
        return {
            f"{table.name}.{name} {number}": value.bytes if isinstance(value, UUID) else value
            for table in METADATA.sorted_tables
            for number, row in enumerate(connection.execute(select(table)).mappings())
            for name, value in row.items()
            if isinstance(value, UUID | bytes)
        }

    with closing(Database(settings.database_url)) as database:
        return database.read_now(read)


def keys_in(value: bytes) -> set[bytes]:
    """32 bytes that a thief could make of it, without its key file."""
    whole = {value[at : at + 32] for at in (0, 29, len(value) - 32) if at >= 0}
    return {key for key in {*whole, sha256(value), value[:16] * 2} if len(key) == 32}


class Thief:
    """Who knows the name, the lookup and even a session of another account; each try is judged."""

    def __init__(self, client: TestClient, person: Person, clock: Clock) -> None:
        self.client, self.person, self.clock = client, person, clock
        self.own = Browser(client, "198.51.100.1")
        self.me = Person()
        self.own.register(self.me)

    def tries(self, key: bytes, session: Browser) -> Iterator[tuple[str, Any]]:
        """As a cookie, as both secrets, as a proof of either kind, and as what finds an account."""
        person, sealed = self.person, text(key)
        yield "cookie", Browser(self.client, cookie=sealed).ask("GET", "/plan")
        named = {"name": person.name, "auth_key": sealed, "device": "phone"}
        yield "auth", self.ask("/sessions", named)
        found = {"recovery_lookup": text(person.lookup), "recovery_auth": sealed}
        yield "recovery", self.ask("/recovery-sessions", {**found, "device": "phone"})
        for scheme in ("Keel-Passphrase", "Keel-Recovery"):
            self.clock.forward(hours=1)
            proof = {"Authorization": f"{scheme} {sealed}"}
            yield scheme, session.ask("DELETE", "/sessions", headers=proof)

    def finds(self, value: bytes) -> Iterator[tuple[str, Any]]:
        """As a name, as a lookup, as a slot of the thief's own account."""
        for name in (text(value), value.hex(), value.decode("latin-1")):
            named = {"name": name, "auth_key": text(self.person.auth_key), "device": "phone"}
            yield "name", self.ask("/sessions", named)
        for at in (0, len(value) - 16):
            lookup = {"recovery_lookup": text(value[at : at + 16])}
            body = {**self.person.recovery_fields(), **lookup, "device": "phone"}
            yield "lookup", self.ask("/recovery-sessions", body)
        slot = {**self.me.slot("passphrase"), "envelope": text(value)}
        body = {**self.me.passphrase_fields(), "key_slot": slot}
        proof = self.me.recovery_proof()
        yield "slot", self.own.ask("POST", "/account/passphrase", json=body, headers=proof)

    def ask(self, path: str, body: Any) -> Any:
        self.clock.forward(hours=1)
        return self.client.post(f"/api/v1{path}", json=body, headers=OURS)


REFUSED = {(401, "signed_out"), (401, "sign_in_failed"), (403, "proof_failed")}


def test_nothing_that_is_stored_signs_in_or_proves(
    asking: TestClient, kept: Settings, phone: Browser, person: Person, clock: Clock
) -> None:
    found = stolen(kept)
    thief = Thief(asking, person, clock)
    assert {"accounts.auth_verifier 0", "key_slots.sealed 1", "attempts.subject 0"} <= set(found)
    assert {"sessions.token_hash 0", "sessions.previous_hash 0"} <= set(found)
    keys = {key: what for what, value in found.items() for key in keys_in(value)}
    for key, what in keys.items():
        for way, answer in thief.tries(key, phone):
            assert (answer.status_code, answer.json()["code"]) in REFUSED, (what, way)
    for what, value in found.items():
        for way, answer in thief.finds(value):
            assert answer.status_code in (401, 422), (what, way)
    assert phone.ask("GET", "/plan").status_code == 200


def test_what_stands_on_the_device_signs_in_the_same_ways(
    asking: TestClient, phone: Browser, person: Person, clock: Clock
) -> None:
    """The control: each way opens for its own secret, and for none of the others."""
    thief, opened = Thief(asking, person, clock), set[tuple[str, str]]()
    token = Person().auth_key
    secrets = {"auth": person.auth_key, "recovery": person.recovery_auth, "other": token}
    for what, secret in secrets.items():
        for way, answer in thief.tries(secret, phone):
            if answer.status_code < 300:
                opened.add((what, way))
    assert opened == {
        *(("auth", way) for way in ("auth", "Keel-Passphrase")),
        *(("recovery", way) for way in ("recovery", "Keel-Recovery")),
    }
    plan = phone.ask("GET", "/plan")
    assert plan.headers["etag"] == tag(1, plan.content), "and the cookie opens"
