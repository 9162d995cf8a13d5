"""A full rotation that is refused leaves everything as it was: keys, slots, sessions and plan."""

from typing import Any

import pytest

from tests.independent.account import Credentials
from tests.independent.changes import rotate, rotation
from tests.independent.conftest import HOST, NewDevice, first_plan
from tests.independent.device import Device
from tests.independent.envelope import JOURNAL, PLAN
from tests.independent.wire import Problem, Stale


@pytest.fixture
def device(new_device: NewDevice, who: Credentials) -> Device:
    made = new_device()
    made.register(made.registration(who, first_plan()))
    made.begin_journal(first_plan("an entry"), bytes(16))
    return made


def is_as_it_was(device: Device, beside: Device, who: Credentials) -> bool:
    """Both sessions and the old secrets still stand, and nothing is new."""
    fresh = beside.data_key
    beside.sign_in(who)
    beside.recover(who)
    is_same = beside.data_key == fresh == device.data_key
    return is_same and device.fetch() is None and device.fetch(JOURNAL) is None


def ask(
    device: Device, fields: dict[str, Any], who: Credentials, **headers: str
) -> tuple[int, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with pytest.raises(Problem) as refused:
        device.wire.ask("POST", "/account/rotation", json=fields, proof=who.proof(), headers=named)
    return refused.value.status, refused.value.code


def test_a_stale_rotation_is_answered_with_the_plan_that_stands(
    device: Device, new_device: NewDevice, who: Credentials
) -> None:
    beside = new_device()
    beside.sign_in(who)
    beside.fetch()
    beside.save(first_plan("saved in the meantime"))
    with pytest.raises(Stale) as stale:
        rotate(device, who.proof(), Credentials.with_random_keys(HOST))
    assert stale.value.envelope == beside.kept[PLAN].envelope
    device.receive(PLAN, stale.value.envelope, stale.value.etag)
    assert is_as_it_was(device, beside, who)


def test_a_rotation_that_leaves_something_out_is_refused_whole(
    device: Device, new_device: NewDevice, who: Credentials
) -> None:
    beside, new, tag = new_device(), Credentials.with_random_keys(HOST), device.kept[PLAN].etag
    beside.sign_in(who)
    before = device.data_key
    whole = rotation(device, new, [PLAN, JOURNAL])
    kept = {name: value for name, value in whole.items() if name != "journal"}
    assert ask(device, kept, who, If_Match=tag)[0] == 422
    assert ask(device, whole | {"key_slots": whole["key_slots"][:1]}, who, If_Match=tag)[0] == 422
    assert ask(device, whole, who)[0] == 428
    assert ask(device, whole, new, If_Match=tag) == (403, "proof_failed")
    foreign = whole | {"journal": whole["journal"] | {"envelope": whole["plan"]["envelope"]}}
    assert ask(device, foreign, who, If_Match=tag) == (422, "wrong_kind")
    device.data_key = before
    assert is_as_it_was(device, beside, who)


def test_a_rotation_to_a_name_that_is_taken_is_refused_whole(
    device: Device, new_device: NewDevice, who: Credentials
) -> None:
    other, beside = Credentials.with_random_keys(HOST), new_device()
    beside.register(beside.registration(other, first_plan()))
    new = Credentials.with_random_keys(HOST)
    new.name = other.name
    with pytest.raises(Problem, match="409 name_taken"):
        rotate(device, who.proof(), new)
    fresh = new_device()
    fresh.sign_in(who)
    assert is_as_it_was(device, fresh, who)
