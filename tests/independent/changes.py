"""What changes an account: each with a proof, each with new slots sealed on the device."""

import secrets

from tests.independent.account import Credentials, Json, sealed_slot
from tests.independent.device import PATHS, Device
from tests.independent.envelope import PLAN
from tests.independent.wire import Problem, Stale


def change_passphrase(device: Device, proof: str, who: Credentials) -> None:
    """The name may be newly drawn with it; ends every other session."""
    slot = sealed_slot("passphrase", device.account_id, who.words.wrapping, device.data_key)
    fields = {**who.passphrase_fields(), "key_slot": slot}
    device.wire.ask("POST", "/account/passphrase", json=fields, proof=proof)


def change_recovery(device: Device, proof: str, who: Credentials) -> None:
    """The code before it is dead."""
    slot = sealed_slot("recovery", device.account_id, who.recovery.wrapping, device.data_key)
    fields = {**who.recovery_fields(), "key_slot": slot}
    device.wire.ask("POST", "/account/recovery", json=fields, proof=proof)


def rotate(device: Device, proof: str, who: Credentials) -> None:
    """Every secret anew, the data key among them; all as it was when it is refused."""
    before = device.data_key
    device.data_key = secrets.token_bytes(32)
    kinds = [kind for kind, kept in device.kept.items() if kept.envelope]
    match = {"If-Match": device.kept[PLAN].etag}
    fields = rotation(device, who, kinds)
    try:
        device.wire.ask("POST", "/account/rotation", json=fields, proof=proof, headers=match)
    except (Problem, Stale):
        device.data_key = before
        raise
    for kind in kinds:
        device.kept[kind].was_saved()


def rotation(device: Device, who: Credentials, kinds: list[int]) -> Json:
    """The plan, and the journal where there is one, sealed as the next revision."""
    fields = {**who.passphrase_fields(), **who.recovery_fields()}
    fields["key_slots"] = who.slots(device.account_id, device.data_key)
    for kind in kinds:
        kept = device.kept[kind]
        assert kept.content is not None
        kept.sending = device.sealed(kind, kept.content)
        fields[PATHS[kind].strip("/")] = device.travelling(kind)
    return fields


def delete_account(device: Device, proof: str) -> None:
    device.wire.ask("DELETE", "/account", proof=proof)


def sessions(device: Device) -> list[Json]:
    found: list[Json] = device.wire.ask("GET", "/sessions").json()
    return found


def key_slots(device: Device) -> list[Json]:
    found: list[Json] = device.wire.ask("GET", "/key-slots").json()
    return found
