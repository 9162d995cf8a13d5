"""What may be registered, and what a registration may not do to an account that stands."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from tests.independent.account import Credentials
from tests.independent.changes import change_passphrase
from tests.independent.conftest import HOST, NewDevice, first_plan
from tests.independent.device import Device
from tests.independent.envelope import PLAN, Head, seal
from tests.independent.primitives import to_text
from tests.independent.wire import Problem


def refusal(attempt: Callable[[], Any]) -> tuple[int, str]:
    with pytest.raises(Problem) as refused:
        attempt()
    return refused.value.status, refused.value.code


def sealed(device: Device, revision: int, parent: bytes) -> str:
    object_id = device.kept[PLAN].object_id or b""
    head = Head(PLAN, device.account_id, object_id, revision, parent)
    return to_text(seal(device.key(PLAN), head, b"{}"))


Wrong = Callable[[dict[str, Any], Device], dict[str, Any]]
REGISTRATIONS: dict[str, Wrong] = {
    "two passphrase slots": lambda r, _: r | {"key_slots": [r["key_slots"][0]] * 2},
    "no recovery slot": lambda r, _: r | {"key_slots": r["key_slots"][:1]},
    "no slots": lambda r, _: r | {"key_slots": []},
    "an id that is not its envelope's": lambda r, _: (
        r | {"key_slots": [r["key_slots"][0] | {"id": to_text(bytes(16))}, r["key_slots"][1]]}
    ),
    "a kind that is not its envelope's": lambda r, _: (
        r | {"key_slots": [one | {"kind": "recovery"} for one in r["key_slots"]]}
    ),
    "another account's id": lambda r, _: r | {"account_id": to_text(bytes(16))},
    "another object's id": lambda r, _: r | {"plan": r["plan"] | {"object_id": to_text(bytes(16))}},
    "revision 2": lambda r, d: r | {"plan": r["plan"] | {"envelope": sealed(d, 2, bytes(32))}},
    "a parent": lambda r, d: r | {"plan": r["plan"] | {"envelope": sealed(d, 1, b"\1" * 32)}},
    "a name of another shape": lambda r, _: r | {"name": "maple"},
    "a short key": lambda r, _: r | {"auth_key": to_text(bytes(31))},
    "a second spelling": lambda r, _: r | {"auth_key": r["auth_key"] + "="},
    "an unknown device": lambda r, _: r | {"device": "toaster"},
}


@pytest.mark.parametrize("wrong", REGISTRATIONS)
def test_a_registration_that_does_not_hold_together_is_refused(
    new_device: NewDevice, wrong: str
) -> None:
    who, device = Credentials.with_random_keys(HOST), new_device()
    honest = device.registration(who, first_plan())
    assert refusal(lambda: device.register(REGISTRATIONS[wrong](honest, device)))[0] == 422
    assert not device.wire.cookie
    device.register(honest)


def test_a_name_is_given_once(new_device: NewDevice, who: Credentials) -> None:
    first = new_device()
    first.register(first.registration(who, first_plan()))
    other = Credentials.with_random_keys(HOST)
    other.name = who.name
    late = new_device()
    registration = late.registration(other, first_plan())
    assert refusal(lambda: late.register(registration)) == (409, "name_taken")
    assert not late.wire.cookie


def test_a_registration_sent_again_later_takes_nothing_back(
    new_device: NewDevice, who: Credentials
) -> None:
    """It is answered 201 while its secrets hold, and 409 once they were changed."""
    again = new_device()
    registration = again.registration(who, first_plan())
    again.register(registration)
    again.save(first_plan("written since"))
    answer = again.wire.ask("POST", "/accounts", json=registration)
    assert (answer.status_code, again.fetch()) == (201, None)
    newer = Credentials.with_random_keys(HOST)
    newer.name = who.name
    change_passphrase(again, who.proof(), newer)
    old = new_device()
    assert refusal(lambda: old.register(registration)) == (409, "name_taken")
    assert not old.wire.cookie
    assert again.fetch() is None


def test_an_account_id_that_stands_is_not_given_to_another_name(
    new_device: NewDevice, who: Credentials
) -> None:
    first, second = new_device(), new_device()
    first.register(first.registration(who, first_plan()))
    stranger = Credentials.with_random_keys(HOST)
    registration = second.registration(stranger, first_plan())
    plan_id = second.kept[PLAN].object_id or secrets.token_bytes(16)
    second.account_id = first.account_id
    envelope = seal(second.key(PLAN), Head(PLAN, first.account_id, plan_id), b"{}")
    stolen = registration | {
        "account_id": to_text(first.account_id),
        "key_slots": stranger.slots(first.account_id, second.data_key),
        "plan": {"object_id": to_text(plan_id), "envelope": to_text(envelope)},
    }
    assert refusal(lambda: second.register(stolen))[0] in (409, 422)
    assert not second.wire.cookie
    assert first.fetch() is None
