"""The keyring opens what it sealed, where it was put, and refuses all else with a code."""

import pytest

from app.crypto.at_rest import Keyring, RestKey, key_id, new_key, new_pepper
from app.crypto.verifiers import verifier
from app.errors import AtRestRefused
from tests.crypto.vector_cases import from_base64url, read

VECTORS = read("at-rest-v1.json")
ACCOUNT, ROW = b"\xa0" * 16, b"\xb1" * 16
PLACE = {"table": "key_slots", "column": "sealed", "row": ROW, "account": ACCOUNT}
RING = Keyring([new_key()], [new_pepper()])


def code_of(ring: Keyring, sealed: bytes, **elsewhere: str | bytes) -> str:
    try:
        ring.open(sealed, **{**PLACE, **elsewhere})  # type: ignore[arg-type]
    except AtRestRefused as refused:
        return refused.code
    return "open"


def seal(ring: Keyring, plain: bytes) -> bytes:
    return ring.seal(plain, **PLACE)  # type: ignore[arg-type]


def vector_ring() -> Keyring:
    key = RestKey(bytes.fromhex(VECTORS["key_id"]), bytes.fromhex(VECTORS["key"]))
    return Keyring([new_key(), key], [bytes.fromhex(VECTORS["pepper"])])


@pytest.mark.parametrize("case", VECTORS["good"], ids=lambda case: case["column"])
def test_a_vector_opens_where_it_was_put(case: dict[str, str]) -> None:
    opened = vector_ring().open(
        from_base64url(case["sealed"]),
        table=case["table"],
        column=case["column"],
        row=bytes.fromhex(case["row"]),
        account=bytes.fromhex(case["account"]),
    )
    assert opened.hex() == case["plain_hex"]


@pytest.mark.parametrize("case", VECTORS["verifiers"], ids=lambda case: case["label"])
def test_a_verifier_is_the_one_of_the_vector(case: dict[str, str]) -> None:
    ring = vector_ring()
    assert ring.verifier(case["label"], case["secret"].encode()).hex() == case["verifier"]


@pytest.mark.parametrize("plain", [b"", b"x", bytes(192), bytes(100_000)])
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    sealed = seal(RING, plain)
    assert RING.open(sealed, **PLACE) == plain  # type: ignore[arg-type]
    assert sealed[:4] == b"SPR1"
    assert key_id(sealed) == RING.keys[0].id
    assert len(sealed) == 4 + 8 + 12 + len(plain) + 16


def test_two_seals_of_one_thing_share_nothing_but_version_and_key() -> None:
    first, second = seal(RING, bytes(32)), seal(RING, bytes(32))
    assert first[:12] == second[:12]
    assert first[12:24] != second[12:24]
    assert first[24:] != second[24:]


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"table": "passkeys"},
        {"column": "kind"},
        {"row": bytes(16)},
        {"account": bytes(16)},
        {"row": ACCOUNT, "account": ROW},
    ],
)
def test_sealed_bytes_put_somewhere_else_are_refused(elsewhere: dict[str, str | bytes]) -> None:
    assert code_of(RING, seal(RING, b"slot"), **elsewhere) == "altered"


def test_every_flipped_bit_and_every_shorter_length_is_refused() -> None:
    sealed = seal(RING, bytes(32))
    for bit in range(8 * len(sealed)):
        damaged = bytearray(sealed)
        damaged[bit // 8] ^= 1 << bit % 8
        expected = "not_sealed" if bit < 32 else "key_unknown" if bit < 96 else "altered"
        assert code_of(RING, bytes(damaged)) == expected
    for length in range(len(sealed)):
        assert code_of(RING, sealed[:length]) == ("not_sealed" if length < 40 else "altered")
    assert code_of(RING, sealed) == "open"


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    newer = Keyring([new_key(), *RING.keys], RING.peppers)
    assert code_of(newer, seal(RING, b"slot")) == "open"
    assert key_id(seal(newer, b"slot")) == newer.keys[0].id
    assert code_of(RING, seal(newer, b"slot")) == "key_unknown"


def test_older_peppers_are_looked_for_and_the_newest_is_stored() -> None:
    old, new = new_pepper(), new_pepper()
    ring = Keyring(RING.keys, [new, old])
    assert ring.pepper == new
    assert ring.verifier("name", b"n") == verifier(new, "name", b"n")
    assert ring.verifiers("name", b"n") == (
        verifier(new, "name", b"n"),
        verifier(old, "name", b"n"),
    )


def test_its_repr_shows_no_secret() -> None:
    ring = Keyring([RestKey(b"\1" * 8, b"canary" * 5 + b"ca")], [b"pepper-canary" * 2 + b"-pepp"])
    told = f"{ring!r} {ring} {ring.keys} {ring.keys[0]}"
    assert "canary" not in told
    assert ring.keys[0].secret.hex() not in told
    assert "0101010101010101" in told


@pytest.mark.parametrize(("keys", "peppers"), [([], [bytes(32)]), ([new_key()], [])])
def test_an_empty_keyring_is_none(keys: list[RestKey], peppers: list[bytes]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        Keyring(keys, peppers)
