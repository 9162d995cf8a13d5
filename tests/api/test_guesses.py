"""A secret is guessed at nowhere more often than at a sign-in, and a proof is read as HTTP says."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app import limits
from tests.api.conftest import Clock
from tests.api.people import Browser, Person, text, told


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """A limit that is reached sooner."""
    monkeypatch.setattr(limits, "SIGN_INS_ANYWHERE", limits.SIGN_INS_ANYWHERE._replace(most=4))
    return 4


def register_again(client: TestClient, person: Person, number: int) -> Any:
    """From another address each time, as whoever knows the account's id and name."""
    return Browser(client, f"198.51.100.{number}").ask(
        "POST", "/accounts", json=person.registration()
    )


def test_registering_again_is_no_way_to_guess_without_end(
    asking: TestClient, phone: Browser, person: Person, few: int, clock: Clock
) -> None:
    """Sent with the right secret it is answered, so a wrong one counts as at a sign-in."""
    guess = Person(account_id=person.account_id, name=person.name)
    answers = [told(register_again(asking, guess, number)) for number in range(few + 2)]
    assert answers == [*[(409, "name_taken")] * few, *[(429, "too_many_attempts")] * 2]
    assert told(register_again(asking, person, 50)) == (429, "too_many_attempts")
    assert told(Browser(asking, "198.51.100.60").sign_in(person)) == (429, "too_many_attempts")
    clock.forward(hours=1)
    assert Browser(asking, "198.51.100.61").sign_in(person).status_code == 201


def test_registering_again_with_the_right_secret_is_never_too_often(
    asking: TestClient, phone: Browser, person: Person, few: int
) -> None:
    for number in range(few * 2):
        body = person.registration()
        answer = Browser(asking, f"198.51.100.{number}").ask("POST", "/accounts", json=body)
        assert answer.status_code == 201


def test_another_name_with_the_same_id_tells_nothing_and_counts_nothing(
    asking: TestClient, phone: Browser, person: Person, few: int
) -> None:
    for number in range(few * 2):
        other = Person(account_id=person.account_id)
        assert told(register_again(asking, other, number)) == (409, "name_taken")
    assert Browser(asking, "198.51.100.60").sign_in(person).status_code == 201


@pytest.mark.parametrize("scheme", ["KEEL-PASSPHRASE", "keel-passphrase", "Keel-passPhrase"])
def test_the_scheme_of_a_proof_is_one_in_any_case(
    client: TestClient, person: Person, scheme: str
) -> None:
    """RFC 9110, 11.1; and the kinds stay apart."""
    phone = Browser(client)
    phone.register(person)
    secret = text(person.auth_key)
    for spaces in (" ", "   "):
        proof = {"Authorization": f"{scheme}{spaces}{secret}"}
        assert phone.ask("DELETE", "/sessions", headers=proof).status_code == 204
    other = {"Authorization": f"{scheme} {text(person.recovery_auth)}"}
    assert told(phone.ask("DELETE", "/sessions", headers=other)) == (403, "proof_failed")
    recovery = {"Authorization": f"keel-RECOVERY {text(person.recovery_auth)}"}
    assert phone.ask("DELETE", "/sessions", headers=recovery).status_code == 204
