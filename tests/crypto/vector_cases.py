"""Reading the vectors, and one run over all of them that any implementation can be put through."""

import base64
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from app.errors import EnvelopeRefused

FOLDER = Path(__file__).parents[1] / "vectors"

Case = dict[str, Any]


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / name).read_bytes())
    return found


GIVEN = read("envelope-v1.json")
GOOD: list[Case] = GIVEN["good"]
BAD: list[Case] = [*GIVEN["bad"], *read("refused-v1.json")["bad"]]
BASE_KEY = bytes.fromhex(GIVEN["base_key"])


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def plaintext_of(case: Case) -> bytes:
    if "plaintext_hex" in case:
        return bytes.fromhex(case["plaintext_hex"])
    if "plaintext_repeat" in case:
        letter, times = case["plaintext_repeat"]
        return str(letter * times).encode()
    return str(case["plaintext"]).encode()


def seal_again(envelope: ModuleType, case: Case) -> bytes:
    sealing = envelope.Sealing(
        kind=case["kind"],
        account=bytes.fromhex(case["account"]),
        object=bytes.fromhex(case["object"]),
        revision=case["revision"],
        parent=bytes.fromhex(case["parent"]),
        schema=case["schema"],
    )
    key, salt = bytes.fromhex(case["base_key"]), bytes.fromhex(case["salt"])
    made: bytes = envelope.seal(key, sealing, plaintext_of(case), salt=salt)
    return made


def expected_of(envelope: ModuleType, case: Case) -> Any:
    """From a good case itself, or from what a bad one says that its caller expects."""
    said = case.get("expect", case)
    return envelope.Expected(
        kind=said["kind"],
        account=bytes.fromhex(said["account"]),
        object=bytes.fromhex(said["object"]),
        lowest_revision=said.get("min_revision", case.get("revision")),
    )


def code_of(envelope: ModuleType, key: bytes, expected: Any, sealed: bytes) -> str:
    """ "open", or the code of the refusal; any other error is let through."""
    try:
        envelope.open(key, expected, sealed)
    except EnvelopeRefused as refused:
        return refused.code
    return "open"


def wrong_refusals(envelope: ModuleType) -> list[str]:
    """The bad cases that this implementation opens, or refuses for another reason."""
    found = []
    for case in BAD:
        sealed = from_base64url(case["envelope"])
        code = code_of(envelope, BASE_KEY, expected_of(envelope, case), sealed)
        if code != case["error"]:
            found.append(f"{case['why']}: {code}, not {case['error']}")
    return found
