"""Signing in and staying signed in: one answer for every refusal, and limits that hold."""

import pytest
from starlette.testclient import TestClient

from app import limits
from tests.api.conftest import Clock
from tests.api.people import COOKIE, Browser, Person, text, told


@pytest.fixture
def computer(asking: TestClient) -> Browser:
    return Browser(asking, "203.0.113.2")


def test_the_cookie_is_one_that_no_script_and_no_other_site_gets(
    phone: Browser, person: Person
) -> None:
    answer = phone.sign_in(person)
    value, *rest = answer.headers["set-cookie"].split("; ")
    assert value.startswith(f"{COOKIE}=")
    assert len(value) == len(COOKIE) + 1 + 43
    assert set(rest) == {"Path=/", "Max-Age=34560000", "Secure", "HttpOnly", "SameSite=Strict"}
    assert answer.headers["cache-control"] == "no-store"


def test_a_sign_in_brings_every_way_to_unlock(
    phone: Browser, computer: Browser, person: Person
) -> None:
    answer = computer.sign_in(person)
    assert answer.status_code == 201
    assert answer.json()["account_id"] == text(person.account_id)
    assert [set(slot) for slot in answer.json()["key_slots"]] == [{"id", "kind", "envelope"}] * 2
    assert answer.json()["key_slots"] == phone.ask("GET", "/key-slots").json()


def test_the_recovery_code_alone_signs_in(
    phone: Browser, computer: Browser, person: Person
) -> None:
    body = {**person.recovery_fields(), "device": "tablet"}
    answer = computer.ask("POST", "/recovery-sessions", json=body)
    assert (answer.status_code, len(answer.json()["key_slots"])) == (201, 2)
    assert computer.ask("GET", "/plan").content == phone.ask("GET", "/plan").content
    wrong = {**body, "recovery_auth": text(bytes(32))}
    unknown = {**body, "recovery_lookup": text(bytes(16))}
    for refused in (wrong, unknown):
        answer = computer.ask("POST", "/recovery-sessions", json=refused)
        assert told(answer) == (401, "sign_in_failed")


def test_the_list_names_devices_and_days_and_nothing_else(
    phone: Browser, computer: Browser, person: Person, clock: Clock
) -> None:
    clock.forward(days=3)
    computer.sign_in(person)
    listed = computer.ask("GET", "/sessions").json()
    names = {"id", "device", "created_on", "last_seen_on", "current"}
    assert [set(one) for one in listed] == [names, names]
    assert [(one["device"], one["current"]) for one in listed] == [
        ("computer", True),
        ("phone", False),
    ]
    assert [one["last_seen_on"] for one in listed] == ["2026-11-25", "2026-11-22"]
    phone.ask("GET", "/plan")
    assert {one["last_seen_on"] for one in computer.ask("GET", "/sessions").json()} == {
        "2026-11-25"
    }


def test_a_session_is_ended_by_another_with_a_proof(
    phone: Browser, computer: Browser, person: Person
) -> None:
    computer.sign_in(person)
    listed = computer.ask("GET", "/sessions").json()
    other = next(one["id"] for one in listed if not one["current"])
    assert told(computer.ask("DELETE", f"/sessions/{other}")) == (403, "proof_needed")
    assert told(computer.ask("DELETE", "/sessions")) == (403, "proof_needed")
    assert phone.ask("GET", "/plan").status_code == 200
    answer = computer.ask("DELETE", f"/sessions/{other}", headers=person.proof())
    assert answer.status_code == 204
    assert told(phone.ask("GET", "/plan")) == (401, "signed_out")
    again = computer.ask("DELETE", f"/sessions/{other}", headers=person.recovery_proof())
    assert told(again) == (404, "not_found")


def test_all_others_are_ended_together(phone: Browser, computer: Browser, person: Person) -> None:
    computer.sign_in(person)
    third = Browser(computer.client, "203.0.113.3")
    third.sign_in(person)
    assert third.ask("DELETE", "/sessions", headers=person.recovery_proof()).status_code == 204
    seen = [one.ask("GET", "/plan").status_code for one in (phone, computer, third)]
    assert seen == [401, 401, 200]


def test_signing_out_takes_the_cookie_back(phone: Browser) -> None:
    kept = phone.cookie
    answer = phone.ask("DELETE", "/sessions/current")
    assert (answer.status_code, phone.cookie) == (204, "")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    phone.cookie = kept
    assert told(phone.ask("GET", "/plan")) == (401, "signed_out")


def test_signing_in_ends_the_session_that_the_request_came_with(
    phone: Browser, person: Person
) -> None:
    kept = phone.cookie
    phone.sign_in(person)
    assert len(phone.ask("GET", "/sessions").json()) == 1
    phone.cookie = kept
    assert phone.ask("GET", "/plan").status_code == 401


def test_of_more_than_twenty_sessions_the_longest_unseen_ends(
    phone: Browser, person: Person, asking: TestClient, clock: Clock
) -> None:
    browsers = [phone]
    for number in range(limits.SESSIONS):
        clock.forward(days=1)
        browsers.append(Browser(asking, f"203.0.113.{number + 10}"))
        browsers[-1].sign_in(person)
    seen = [one.ask("GET", "/plan").status_code for one in browsers]
    assert seen == [401, *[200] * limits.SESSIONS]


def test_of_more_than_twenty_on_one_day_the_first_ends(
    phone: Browser, person: Person, asking: TestClient
) -> None:
    """Days alone are kept: which of today's came last is told by its number."""
    browsers = [phone]
    for number in range(limits.SESSIONS + 2):
        browsers.append(Browser(asking, f"203.0.113.{number + 10}"))
        browsers[-1].sign_in(person)
    seen = [one.ask("GET", "/plan").status_code for one in browsers]
    assert seen == [*[401] * 3, *[200] * limits.SESSIONS]


def test_a_session_ends_after_a_year_without_use(phone: Browser, clock: Clock) -> None:
    clock.forward(days=limits.IDLE_DAYS - 1)
    assert phone.ask("GET", "/plan").status_code == 200
    clock.forward(days=limits.IDLE_DAYS)
    assert told(phone.ask("GET", "/plan")) == (401, "signed_out")


def test_a_token_is_renewed_monthly_and_a_lost_answer_signs_nobody_out(
    phone: Browser, clock: Clock
) -> None:
    first = phone.cookie
    clock.forward(days=limits.RENEWAL_DAYS - 1)
    phone.ask("GET", "/plan")
    assert phone.cookie == first
    clock.forward(days=1)
    phone.ask("GET", "/plan")
    second = phone.cookie
    assert second != first
    phone.cookie = first  # the answer with the new one never came, and others were on their way
    answers = [phone.ask("GET", "/plan") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 200]
    assert phone.cookie == first
    clock.forward(days=1)
    phone.ask("GET", "/plan")
    third = phone.cookie
    assert third not in (first, second)
    phone.cookie = second
    assert phone.ask("GET", "/plan").status_code == 401
    phone.cookie = third
    clock.forward(days=1)
    assert phone.ask("GET", "/plan").status_code == 200
    phone.cookie = first
    assert phone.ask("GET", "/plan").status_code == 401


FIVE = limits.SIGN_INS_HERE[0].most


def wrong(person: Person) -> Person:
    return Person(name=person.name)


def statuses(browser: Browser, person: Person, times: int) -> list[int]:
    return [browser.sign_in(person).status_code for _ in range(times)]


def test_five_failures_a_minute_and_the_right_words_wait_too(
    phone: Browser, computer: Browser, person: Person, clock: Clock
) -> None:
    assert statuses(computer, wrong(person), FIVE + 1) == [*[401] * FIVE, 429]
    answer = computer.sign_in(person)
    assert told(answer) == (429, "too_many_attempts")
    assert answer.headers["retry-after"] == "60"
    elsewhere = Browser(computer.client, "203.0.113.77")
    assert elsewhere.sign_in(person).status_code == 201
    recovery = {**person.recovery_fields(), "device": "phone"}
    assert computer.ask("POST", "/recovery-sessions", json=recovery).status_code == 201
    clock.forward(seconds=60)
    assert computer.sign_in(person).status_code == 201


def test_twenty_an_hour_by_name_and_address(
    phone: Browser, computer: Browser, person: Person, clock: Clock
) -> None:
    seen = []
    for _ in range(5):
        seen += statuses(computer, wrong(person), FIVE)
        clock.forward(seconds=61)
    assert seen == [*[401] * 20, *[429] * 5]
    clock.forward(hours=1)
    assert computer.sign_in(person).status_code == 201


def test_a_hundred_an_hour_by_name_from_anywhere(
    phone: Browser, person: Person, asking: TestClient
) -> None:
    seen = []
    for number in range(26):
        seen += statuses(Browser(asking, f"198.51.100.{number}"), wrong(person), 4)
    assert seen == [*[401] * 100, *[429] * 4]


def test_a_success_begins_the_count_anew(computer: Browser, phone: Browser, person: Person) -> None:
    for _ in range(3):
        assert statuses(computer, wrong(person), FIVE - 1) == [401] * (FIVE - 1)
        assert computer.sign_in(person).status_code == 201


def test_a_failed_proof_counts_as_a_failed_sign_in(phone: Browser, person: Person) -> None:
    seen = [
        told(phone.ask("DELETE", "/sessions", headers=wrong(person).proof()))
        for _ in range(FIVE + 1)
    ]
    assert seen == [*[(403, "proof_failed")] * FIVE, (429, "too_many_attempts")]
    assert phone.ask("DELETE", "/sessions", headers=person.proof()).status_code == 429
    assert phone.sign_in(person).status_code == 429
    assert phone.ask("DELETE", "/sessions", headers=person.recovery_proof()).status_code == 204


@pytest.mark.parametrize(
    "proof",
    ["", "Keel-Passphrase", "Bearer x", "Keel-Passphrase AAAA", "Keel-Passkey " + "A" * 43],
)
def test_what_is_no_proof_is_asked_for_again(phone: Browser, proof: str) -> None:
    headers = {"Authorization": proof} if proof else {}
    assert told(phone.ask("DELETE", "/account", headers=headers)) == (403, "proof_needed")
