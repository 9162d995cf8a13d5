"""Key slots: each stands in a place of its own, and is changed with its secret."""

import base64

from tests.api.people import Browser, Person


def test_a_slot_in_the_place_of_another_is_refused_and_changes_nothing(
    phone: Browser, person: Person
) -> None:
    """A new passphrase under the recovery code's slot, and the other way round."""
    slots = {slot["kind"]: slot for slot in phone.ask("GET", "/key-slots").json()}
    changes = {
        "passphrase": (person.passphrase_fields(), "recovery"),
        "recovery": (person.recovery_fields(), "passphrase"),
    }
    for kind, (fields, other) in changes.items():
        id = base64.urlsafe_b64decode(slots[other]["id"] + "==")
        body = {**fields, "key_slot": person.slot(kind, id=id)}
        answer = phone.ask("POST", f"/account/{kind}", json=body, headers=person.proof())
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert {slot["kind"]: slot for slot in phone.ask("GET", "/key-slots").json()} == slots
