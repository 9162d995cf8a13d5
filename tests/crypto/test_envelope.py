"""The envelope against its vectors, and against damage of every kind."""

import hashlib
import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto import envelope
from app.crypto.envelope import Expected, Kind, Sealing
from app.errors import EnvelopeRefused
from tests.crypto.vector_cases import (
    BAD,
    BASE_KEY,
    GOOD,
    Case,
    code_of,
    expected_of,
    from_base64url,
    plaintext_of,
    read,
    seal_again,
)
from tests.vectors.mutations import mutations

PLAN = Sealing(Kind.PLAN, account=b"\xa0" * 16, object=b"\xb1" * 16, revision=1, parent=bytes(32))
EXPECTED = Expected(Kind.PLAN, account=PLAN.account, object=PLAN.object)


def named(case: Case) -> str:
    return str(case.get("why", f"kind {case.get('kind')}, revision {case.get('revision')}"))


def refusal(sealed: bytes, key: bytes = BASE_KEY, expected: Expected = EXPECTED) -> str:
    return code_of(envelope, key, expected, sealed)


@pytest.mark.parametrize("case", GOOD, ids=named)
def test_a_good_envelope_is_made_to_the_byte_and_opens(case: Case) -> None:
    sealed = seal_again(envelope, case)
    assert len(sealed) == case["size"]
    assert hashlib.sha256(sealed).hexdigest() == case["envelope_sha256"]
    if "envelope" in case:
        assert sealed == from_base64url(case["envelope"])
    opened = envelope.open(bytes.fromhex(case["base_key"]), expected_of(envelope, case), sealed)
    assert opened.plaintext == plaintext_of(case)
    assert (opened.revision, opened.schema) == (case["revision"], case["schema"])
    assert opened.parent.hex() == case["parent"]


@pytest.mark.parametrize("case", BAD, ids=named)
def test_a_bad_envelope_is_refused_with_its_code(case: Case) -> None:
    expected = expected_of(envelope, case)
    assert refusal(from_base64url(case["envelope"]), expected=expected) == case["error"]


@pytest.mark.parametrize("case", GOOD, ids=named)
def test_anything_over_512_kib_is_refused_before_it_is_looked_at(case: Case) -> None:
    longer = seal_again(envelope, case) + bytes(524_288)
    assert refusal(longer, expected=expected_of(envelope, case)) == "too_large"
    assert refusal(b"?" * (524_288 + 1)) == "too_large"
    assert refusal(b"?" * 524_288) == "not_an_envelope"


def test_262141_bytes_cannot_be_sealed() -> None:
    with pytest.raises(EnvelopeRefused, match=r"^too_large$"):
        envelope.seal(BASE_KEY, PLAN, bytes(262_141))
    assert len(envelope.seal(BASE_KEY, PLAN, bytes(262_140))) == 144 + 262_144 + 16


@pytest.mark.parametrize("base", [0, 13], ids=["plan", "slot"])
def test_every_flipped_bit_is_refused(base: int) -> None:
    case = GOOD[base]
    sealed, key = from_base64url(case["envelope"]), bytes.fromhex(case["base_key"])
    expected = expected_of(envelope, case)
    opened = []
    for bit in range(8 * len(sealed)):
        damaged = bytearray(sealed)
        damaged[bit // 8] ^= 1 << bit % 8
        if refusal(bytes(damaged), key, expected) == "open":
            opened.append(bit)
    assert opened == []
    assert refusal(sealed, key, expected) == "open"


@pytest.mark.parametrize("base", [0, 13], ids=["plan", "slot"])
def test_every_shorter_length_is_refused(base: int) -> None:
    case = GOOD[base]
    sealed, key = from_base64url(case["envelope"]), bytes.fromhex(case["base_key"])
    for length in range(len(sealed)):
        code = refusal(sealed[:length], key, expected_of(envelope, case))
        assert code == ("truncated" if length < 160 else "wrong_key_or_altered")


def test_100000_mutations_are_refused_as_the_bytes_say() -> None:
    run = read("mutations-v1.json")
    cases = [GOOD[at] for at in run["bases"]]
    expected = [(bytes.fromhex(case["base_key"]), expected_of(envelope, case)) for case in cases]
    codes = []
    for one in mutations([from_base64url(case["envelope"]) for case in cases], 100_000):
        codes.append(refusal(one.damaged, *expected[one.base]))
        assert codes[-1] == one.code
    assert codes[:2_000] == run["first"].split("\n")
    for count, digest in run["digests"].items():
        assert hashlib.sha256("\n".join(codes[: int(count)]).encode()).hexdigest() == digest


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_random_bytes_are_refused_with_a_code(noise: bytes, has_head: bool) -> None:
    head = seal_again(envelope, GOOD[0])[:48] if has_head else b""
    assert refusal(head + noise) != "open"


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=40_000),
    st.sampled_from([Kind.PLAN, Kind.JOURNAL, Kind.SHARE, Kind.EXPORT, Kind.DEVICE]),
    st.integers(1, 2**53 - 1),
)
def test_what_is_sealed_opens_again(plaintext: bytes, kind: Kind, revision: int) -> None:
    sealing = replace(PLAN, kind=kind, revision=revision, parent=b"\7" * 32)
    sealed = envelope.seal(BASE_KEY, sealing, plaintext)
    expected = replace(EXPECTED, kind=kind, lowest_revision=revision)
    opened = envelope.open(BASE_KEY, expected, sealed)
    assert (opened.plaintext, opened.revision) == (plaintext, revision)
    assert opened.parent == sealing.parent


def test_another_key_opens_nothing() -> None:
    sealed = envelope.seal(BASE_KEY, PLAN, b"{}")
    assert refusal(sealed, key=os.urandom(32)) == "wrong_key_or_altered"


def test_two_seals_of_one_plan_share_no_salt_and_no_ciphertext() -> None:
    first, second = (envelope.seal(BASE_KEY, PLAN, b"{}") for _ in range(2))
    assert first[:80] == second[:80]
    assert first[80:112] != second[80:112]
    assert first[144:] != second[144:]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": 4}, "kind_unknown"),
        ({"revision": 0}, "bad_revision"),
        ({"revision": 2**53}, "bad_revision"),
        ({"schema": 0}, "bad_schema"),
        ({"schema": 2}, "newer_schema"),
        ({"kind": Kind.SLOT_PIN}, "bad_padding"),
    ],
)
def test_what_could_not_be_opened_is_not_sealed(wrong: dict[str, int], code: str) -> None:
    with pytest.raises(EnvelopeRefused, match=f"^{code}$"):
        envelope.seal(BASE_KEY, replace(PLAN, **wrong), b"{}")  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["account", "object", "parent"])
def test_a_head_of_another_length_is_a_mistake_of_ours(field: str) -> None:
    with pytest.raises(ValueError, match="bytes expected"):
        envelope.seal(BASE_KEY, replace(PLAN, **{field: b"short"}), b"{}")  # type: ignore[arg-type]


def test_an_error_carries_nothing_but_its_code() -> None:
    sealed = envelope.seal(BASE_KEY, PLAN, b'{"text":"canary"}')
    with pytest.raises(EnvelopeRefused) as caught:
        envelope.open(os.urandom(32), EXPECTED, sealed)
    assert caught.value.args == ("wrong_key_or_altered",)
    assert caught.value.__cause__ is None
