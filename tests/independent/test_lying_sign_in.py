"""A server that lies at sign-in: key slots of others, swapped, relabelled or altered."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.independent.account import Credentials, Json
from tests.independent.conftest import HOST, NewDevice, first_plan
from tests.independent.device import Device
from tests.independent.lies import told
from tests.independent.primitives import Refused, to_bytes, to_text

# What a device refuses does not hang on where the server keeps things.
pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)
Change = Callable[[Json, Json], Json]


def registered(device: Device, who: Credentials) -> Device:
    device.register(device.registration(who, first_plan()))
    return device


def slot_with(answer: Json, **changes: Any) -> Json:
    """The passphrase slot changed, the others as they are."""
    slots = [
        slot | changes if slot["kind"] == "passphrase" else slot for slot in answer["key_slots"]
    ]
    return answer | {"key_slots": slots}


def slot_of(answer: Json, kind: str) -> Json:
    return next(slot for slot in answer["key_slots"] if slot["kind"] == kind)


def flipped(text: str, at: int) -> str:
    data = bytearray(to_bytes(text))
    data[at] ^= 1
    return to_text(bytes(data))


LIES: dict[str, tuple[str, Change]] = {
    "a stranger's slots": (
        "wrong_account",
        lambda mine, other: mine | {"key_slots": other["key_slots"]},
    ),
    "a stranger's whole answer": ("wrong_key_or_altered", lambda _, other: other),
    "another account's id": (
        "wrong_account",
        lambda mine, other: mine | {"account_id": other["account_id"]},
    ),
    "the recovery slot in its place": (
        "wrong_kind",
        lambda mine, _: slot_with(mine, **(slot_of(mine, "recovery") | {"kind": "passphrase"})),
    ),
    "another id on it": ("wrong_object", lambda mine, _: slot_with(mine, id=to_text(bytes(16)))),
    "a flipped bit": (
        "wrong_key_or_altered",
        lambda mine, _: slot_with(
            mine, envelope=flipped(slot_of(mine, "passphrase")["envelope"], -1)
        ),
    ),
    "a cut slot": (
        "truncated",
        lambda mine, _: slot_with(mine, envelope=slot_of(mine, "passphrase")["envelope"][:200]),
    ),
    "padding on it": (
        "bad_base64url",
        lambda mine, _: slot_with(mine, envelope=slot_of(mine, "passphrase")["envelope"] + "="),
    ),
    "no slots": ("no_slot", lambda mine, _: mine | {"key_slots": []}),
}


def replayed(answer: Json) -> Callable[..., httpx.Response]:
    body = json.dumps(answer).encode()
    return lambda *_: told(201, body, content_type="application/json")


def answer_to(device: Device, who: Credentials) -> Json:
    fields = {**who.passphrase_fields(), "device": "phone"}
    found: Json = device.wire.ask("POST", "/sessions", json=fields).json()
    return found


@pytest.mark.parametrize("lie", [None, *LIES])
def test_a_lie_at_sign_in_gives_no_key(
    new_device: NewDevice, who: Credentials, lie: str | None
) -> None:
    """None is the control: the honest answer, told the same way, opens."""
    stranger = Credentials.with_random_keys(HOST)
    known = registered(new_device(), who)
    mine, other = answer_to(known, who), answer_to(registered(new_device(), stranger), stranger)
    fresh = new_device()
    code, change = LIES[lie] if lie else ("", lambda mine, _: mine)
    fresh.between.lie = replayed(change(mine, other))
    if not lie:
        fresh.sign_in(who)
        assert fresh.data_key == known.data_key
        return
    with pytest.raises(Refused) as refused:
        fresh.sign_in(who)
    assert refused.value.code == code
    assert not fresh.data_key


def test_a_device_that_knows_its_account_takes_no_other(
    new_device: NewDevice, who: Credentials
) -> None:
    stranger = Credentials.with_random_keys(HOST)
    known, other = registered(new_device(), who), registered(new_device(), stranger)
    before = known.data_key
    known.between.lie = replayed(answer_to(other, stranger))
    with pytest.raises(Refused, match="wrong_account"):
        known.sign_in(who)
    assert known.data_key == before
