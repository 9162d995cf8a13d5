"""An account begins whole or not at all, changes with a proof, and goes without a trace."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.main import create_app, prepare
from app.models import METADATA
from app.settings import Settings
from app.storage import gone
from app.storage.database import Connection, Database
from tests.api.conftest import PROXY, Clock
from tests.api.people import JOURNAL, ORIGIN, PLAN, Browser, Json, Person, tag, text, told


@pytest.fixture
def phone(asking: TestClient) -> Browser:
    return Browser(asking, "203.0.113.1")


def rows(settings: Settings) -> dict[str, int]:
    """How many every table holds, but the counts of attempts."""

    def count(connection: Connection) -> dict[str, int]:
        tables = [table for table in METADATA.sorted_tables if table.name != "attempts"]
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }

    with closing(Database(settings.database_url)) as database:
        return database.read_now(count)


WHOLE = {"accounts": 1, "key_slots": 2, "sessions": 1, "documents": 1, "revisions": 1}
NOTHING = dict.fromkeys(WHOLE, 0)


def test_an_account_begins_with_slots_a_plan_and_a_session(
    phone: Browser, person: Person, kept: Settings
) -> None:
    body = person.registration()
    answer = phone.ask("POST", "/accounts", json=body)
    assert (answer.status_code, answer.json()) == (201, {"account_id": text(person.account_id)})
    plan = phone.ask("GET", "/plan")
    assert answer.headers["etag"] == plan.headers["etag"] == tag(1, plan.content)
    slots = phone.ask("GET", "/key-slots").json()
    by_id = sorted(body["key_slots"], key=lambda slot: slot["id"])
    assert sorted(slots, key=lambda slot: slot["id"]) == by_id
    assert rows(kept) == WHOLE


def test_sent_again_it_is_answered_again_and_made_once(
    phone: Browser, person: Person, kept: Settings
) -> None:
    body = person.registration()
    for _ in range(3):
        phone.cookie = ""
        assert phone.ask("POST", "/accounts", json=body).status_code == 201
        assert phone.ask("GET", "/plan").status_code == 200
    assert rows(kept) == {**WHOLE, "sessions": 3}


Broken = Callable[[Person, Json], Json]
BROKEN: dict[str, Broken] = {
    "two of one kind": lambda p, b: b | {"key_slots": [p.slot("passphrase"), p.slot("passphrase")]},
    "three slots": lambda p, b: b | {"key_slots": [*b["key_slots"], p.slot("recovery")]},
    "one slot": lambda _, b: b | {"key_slots": b["key_slots"][:1]},
    "a passkey": lambda _, b: (
        b | {"key_slots": [*b["key_slots"], b["key_slots"][0] | {"kind": "passkey"}]}
    ),
    "a slot of another account": lambda p, b: (
        b | {"key_slots": [p.slot("passphrase", account=bytes(16)), b["key_slots"][1]]}
    ),
    "another id than its envelope's": lambda _, b: (
        b | {"key_slots": [b["key_slots"][0] | {"id": text(bytes(16))}, b["key_slots"][1]]}
    ),
    "another account": lambda _, b: b | {"account_id": text(bytes(16))},
    "another object": lambda _, b: b | {"plan": b["plan"] | {"object_id": text(bytes(16))}},
    "a second revision": lambda p, b: (
        b | {"plan": b["plan"] | {"envelope": text(p.envelope(PLAN, 2))}}
    ),
    "a parent": lambda p, b: (
        b | {"plan": b["plan"] | {"envelope": text(p.envelope(PLAN, 1, b"x"))}}
    ),
    "a journal for a plan": lambda p, b: (
        b | {"plan": b["plan"] | {"envelope": text(p.envelope(JOURNAL, object=p.objects[PLAN]))}}
    ),
    "a chosen name": lambda _, b: b | {"name": "somebody@example.org"},
    "a name with a line": lambda _, b: b | {"name": b["name"] + "\n"},
    "a short key": lambda _, b: b | {"auth_key": text(bytes(31))},
    "padding": lambda _, b: b | {"auth_key": b["auth_key"] + "="},
    "another form of the same bytes": lambda _, b: b | {"auth_key": "A" * 42 + "B"},
    "no plan": lambda _, b: {key: value for key, value in b.items() if key != "plan"},
    "another device": lambda _, b: b | {"device": "fridge"},
    "a list": lambda _, b: [b],  # type: ignore[dict-item,return-value]
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_does_not_fit_together_begins_nothing(
    client: TestClient, person: Person, fault: str
) -> None:
    browser = Browser(client)
    answer = browser.ask("POST", "/accounts", json=BROKEN[fault](person, person.registration()))
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
    assert browser.sign_in(person).status_code == 401


def test_a_name_is_given_once(phone: Browser, person: Person, asking: TestClient) -> None:
    phone.register(person)
    other, late = Person(name=person.name), Browser(asking)
    assert told(late.ask("POST", "/accounts", json=other.registration())) == (409, "name_taken")
    same_id = Person(account_id=person.account_id)
    assert told(late.ask("POST", "/accounts", json=same_id.registration())) == (409, "name_taken")
    assert late.cookie == ""
    assert phone.ask("GET", "/plan").status_code == 200


def test_registrations_are_limited_by_address(phone: Browser, clock: Clock) -> None:
    for _ in range(60):
        phone.ask("POST", "/accounts", json=Person().registration())
    refused = phone.ask("POST", "/accounts", json=Person().registration())
    assert told(refused) == (429, "too_many_attempts")
    phone.address = "203.0.113.2"
    assert phone.ask("POST", "/accounts", json=Person().registration()).status_code == 201
    phone.address = "203.0.113.1"
    clock.forward(hours=1)
    assert phone.ask("POST", "/accounts", json=Person().registration()).status_code == 201


def test_a_server_may_take_no_new_accounts(kept: Settings, small_release: Any) -> None:
    closed = create_app(kept.model_copy(update={"signups": "closed"}), small_release)
    with TestClient(closed, base_url=ORIGIN, client=PROXY) as client:
        answer = Browser(client).ask("POST", "/accounts", json=Person().registration())
    assert told(answer) == (403, "signups_closed")


def test_a_new_passphrase_and_name_end_the_old_and_other_devices(
    phone: Browser, person: Person, asking: TestClient
) -> None:
    phone.register(person)
    other = Browser(asking, "203.0.113.9")
    other.sign_in(person)
    new = Person(account_id=person.account_id)
    slot = new.slot("passphrase")
    body = {**new.passphrase_fields(), "key_slot": slot}
    assert told(phone.ask("POST", "/account/passphrase", json=body)) == (403, "proof_needed")
    answer = phone.ask("POST", "/account/passphrase", json=body, headers=person.recovery_proof())
    assert answer.status_code == 204
    assert (phone.ask("GET", "/plan").status_code, other.ask("GET", "/plan").status_code) == (
        200,
        401,
    )
    assert slot in phone.ask("GET", "/key-slots").json()
    assert len(phone.ask("GET", "/key-slots").json()) == 2
    assert other.sign_in(person).status_code == 401
    assert other.sign_in(new).status_code == 201


def test_a_new_recovery_code_ends_the_old(phone: Browser, person: Person) -> None:
    phone.register(person)
    new = Person(account_id=person.account_id)
    body = {**new.recovery_fields(), "key_slot": new.slot("recovery")}
    answer = phone.ask("POST", "/account/recovery", json=body, headers=person.proof())
    assert answer.status_code == 204
    for one, status in ((person, 401), (new, 201)):
        given = {**one.recovery_fields(), "device": "phone"}
        assert phone.ask("POST", "/recovery-sessions", json=given).status_code == status


def test_a_change_to_what_is_anothers_is_refused_and_changes_nothing(
    phone: Browser, person: Person, asking: TestClient
) -> None:
    stranger = Person()
    Browser(asking, "203.0.113.9").register(stranger)
    phone.register(person)
    before = phone.ask("GET", "/key-slots").json()
    taken = Person(account_id=person.account_id, name=stranger.name, lookup=stranger.lookup)
    new_words = {**taken.passphrase_fields(), "key_slot": taken.slot("passphrase")}
    new_code = {**taken.recovery_fields(), "key_slot": taken.slot("recovery")}
    for path, body in (("passphrase", new_words), ("recovery", new_code)):
        answer = phone.ask("POST", f"/account/{path}", json=body, headers=person.proof())
        assert told(answer) == (409, "name_taken")
    assert phone.ask("GET", "/key-slots").json() == before
    assert phone.sign_in(person).status_code == 201


def rotation(new: Person, plan: bytes, journal: bytes | None = None) -> Json:
    body = {
        **new.passphrase_fields(),
        **new.recovery_fields(),
        "key_slots": [new.slot("passphrase"), new.slot("recovery")],
        "plan": {"object_id": text(new.objects[PLAN]), "envelope": text(plan)},
    }
    if journal:
        body["journal"] = {"object_id": text(new.objects[JOURNAL]), "envelope": text(journal)}
    return body


def test_a_rotation_is_one_step_and_leaves_nothing_of_the_old(
    phone: Browser, person: Person, asking: TestClient, kept: Settings
) -> None:
    plan = phone.register(person)
    second = person.envelope(PLAN, 2, plan)
    phone.save("plan", second, tag(1, plan))
    journal = person.envelope(JOURNAL)
    phone.save("journal", journal, "*")
    other = Browser(asking, "203.0.113.9")
    other.sign_in(person)
    new = Person(account_id=person.account_id, objects=person.objects)
    third, next_journal = new.envelope(PLAN, 3, second), new.envelope(JOURNAL, 2, journal)
    body = rotation(new, third, next_journal)
    stale = {**person.proof(), "If-Match": tag(1, plan)}
    answer = phone.ask("POST", "/account/rotation", json=body, headers=stale)
    assert (answer.status_code, answer.content) == (412, second)
    none = phone.ask("POST", "/account/rotation", json=body, headers=person.proof())
    assert told(none) == (428, "precondition_needed")
    match = {**person.proof(), "If-Match": tag(2, second)}
    without = rotation(new, third)
    assert phone.ask("POST", "/account/rotation", json=without, headers=match).status_code == 422
    assert phone.sign_in(person).status_code == 201
    assert phone.ask("POST", "/account/rotation", json=body, headers=match).status_code == 204
    assert phone.ask("GET", "/plan").content == third
    assert phone.ask("GET", "/journal").content == next_journal
    assert rows(kept) == {**WHOLE, "documents": 2, "revisions": 2}
    assert phone.sign_in(person).status_code == 401
    assert phone.sign_in(new).status_code == 201


def test_deleting_needs_a_proof_and_leaves_no_row(
    phone: Browser, person: Person, kept: Settings
) -> None:
    plan = phone.register(person)
    phone.save("plan", person.envelope(PLAN, 2, plan), tag(1, plan))
    phone.save("journal", person.envelope(JOURNAL), "*")
    assert told(phone.ask("DELETE", "/account")) == (403, "proof_needed")
    answer = phone.ask("DELETE", "/account", headers=person.proof())
    assert (answer.status_code, phone.cookie) == (204, "")
    assert rows(kept) == NOTHING
    assert len(gone.marks(gone.gone_file(kept.key_file))) == 1
    assert phone.sign_in(person).status_code == 401


def test_an_account_that_was_deleted_does_not_begin_again(phone: Browser, person: Person) -> None:
    phone.register(person)
    phone.ask("DELETE", "/account", headers=person.proof())
    assert told(phone.ask("POST", "/accounts", json=person.registration())) == (
        409,
        "account_gone",
    )


def test_a_deletion_that_was_cut_off_after_its_mark_is_finished_at_the_start(
    phone: Browser, person: Person, kept: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.register(person)
    Browser(phone.client, "203.0.113.9").register(Person())

    async def cut_off(_database: Database, _fn: object) -> None:
        raise RuntimeError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr("app.storage.accounts.erase", cut_off)
        patch.setattr(Database, "erase", cut_off)
        phone.ask("DELETE", "/account", headers=person.recovery_proof())
    assert rows(kept)["accounts"] == 2
    prepare(kept)
    assert rows(kept) == WHOLE
