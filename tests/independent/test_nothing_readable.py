"""What the server wrote, read as a thief would: no name, no secret, no address, no opened slot."""

from pathlib import Path

import pytest

from tests.independent.account import Credentials, Json
from tests.independent.changes import change_passphrase, change_recovery
from tests.independent.conftest import HOST, NewDevice, first_plan
from tests.independent.device import Device
from tests.independent.envelope import PLAN
from tests.independent.primitives import to_bytes, to_text
from tests.independent.process import Server
from tests.independent.wire import Problem

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)
ADDRESS = "203.0.113.251"


def written(server: Server) -> dict[Path, bytes]:
    """Every file of the data directory, and the log."""
    files = [path for path in server.data.rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in [*files, server.log]}


def holders(server: Server, secret: bytes) -> list[str]:
    """Files that hold it as bytes, base64url or hexadecimal."""
    forms = (secret, to_text(secret).encode(), secret.hex().encode())
    return [
        path.name for path, data in written(server).items() if any(form in data for form in forms)
    ]


def lived(device: Device, who: Credentials) -> tuple[Json, list[str]]:
    """A short life with a failure in it; the registration, and every token that was given."""
    registration = device.registration(who, first_plan())
    device.register(registration)
    tokens = [device.wire.cookie]
    wrong = Credentials.with_random_keys(HOST)
    wrong.name = who.name
    with pytest.raises(Problem):
        device.sign_in(wrong)
    device.sign_in(who)
    device.fetch()
    device.save(first_plan("saved once more"))
    change_recovery(device, who.proof(), who)
    change_passphrase(device, who.recovery_proof(), who)
    return registration, [*tokens, device.wire.cookie]


def test_no_file_holds_what_a_thief_could_use(
    server: Server, new_device: NewDevice, who: Credentials
) -> None:
    device = new_device(address=ADDRESS)
    registration, tokens = lived(device, who)
    secrets = [who.name.encode(), ADDRESS.encode(), b"stop answering"]
    secrets += [who.words.auth, who.recovery.lookup, who.recovery.auth, device.data_key]
    secrets += [to_bytes(token) for token in tokens]
    secrets += [to_bytes(slot["envelope"])[112:] for slot in registration["key_slots"]]
    for number, secret in enumerate(secrets):
        assert holders(server, secret) == [], f"secret {number}"


def test_what_is_kept_on_purpose_is_found_there(
    server: Server, new_device: NewDevice, who: Credentials
) -> None:
    """The control: the search finds a sealed plan, and a secret planted in the log."""
    device = new_device(address=ADDRESS)
    lived(device, who)
    assert holders(server, device.kept[PLAN].envelope[-64:])
    with server.log.open("ab") as log:
        log.write(to_text(bytes(range(32))).encode())
    assert holders(server, bytes(range(32))) == [server.log.name]
