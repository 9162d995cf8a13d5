"""The independent cryptography agrees with every vector, and refuses what the vectors refuse."""

import hashlib
import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.independent import export_file, recovery_code
from tests.independent.envelope import Expected, Head, open_envelope, seal
from tests.independent.passphrase import passphrase_keys, read_name, salt_of
from tests.independent.primitives import (
    LABEL,
    Refused,
    argon2id,
    derive,
    sha256,
    to_bytes,
    to_text,
)
from tests.independent.strict_json import read_json
from tests.vectors.mutations import mutations

FOLDER = Path(__file__).parents[1] / "vectors"
Case = dict[str, Any]


def given(name: str) -> Case:
    found: Case = json.loads((FOLDER / f"{name}-v1.json").read_bytes())
    return found


def code_of(attempt: Callable[[], object]) -> str:
    """The code an attempt is refused with, or "open"."""
    try:
        attempt()
    except Refused as refused:
        return refused.code
    return "open"


ENVELOPES = given("envelope")
BASE_KEY = bytes.fromhex(ENVELOPES["base_key"])
REFUSED = [*ENVELOPES["bad"], *given("refused")["bad"]]
PARTED = {
    "data_key": ("data/plan", "data/journal"),
    "device_key": ("data/device", "device/pin"),
    "passkey_prf": ("prf/kek",),
    "room": ("live/id", "live/join", "live/key"),
}
RECOVERY, JSON_TEXTS, EXPORT = given("recovery-code"), given("strict-json"), given("export")


def plaintext_of(case: Case) -> bytes:
    if "plaintext_hex" in case:
        return bytes.fromhex(case["plaintext_hex"])
    letter, count = case.get("plaintext_repeat", ("", 0))
    return str(case.get("plaintext", letter * count)).encode()


def head_in(case: Case) -> Head:
    account, object_id = bytes.fromhex(case["account"]), bytes.fromhex(case["object"])
    parent = bytes.fromhex(case["parent"])
    return Head(case["kind"], account, object_id, case["revision"], parent, case["schema"])


def sealed_as_given(case: Case) -> bytes:
    key, salt = bytes.fromhex(case["base_key"]), bytes.fromhex(case["salt"])
    return seal(key, head_in(case), plaintext_of(case), salt)


def expected_in(case: Case) -> Expected:
    expect = case["expect"]
    account, object_id = bytes.fromhex(expect["account"]), bytes.fromhex(expect["object"])
    return Expected(expect["kind"], account, object_id, expect["min_revision"])


@pytest.mark.parametrize("case", ENVELOPES["good"], ids=lambda case: f"{case['kind']}")
def test_a_good_envelope_is_sealed_to_the_same_bytes_and_opens(case: Case) -> None:
    head, plaintext = head_in(case), plaintext_of(case)
    key, made = bytes.fromhex(case["base_key"]), sealed_as_given(case)
    assert (len(made), sha256(made).hex()) == (case["size"], case["envelope_sha256"])
    assert to_text(made) == case.get("envelope", to_text(made))
    expected = Expected(head.kind, head.account, head.object, head.revision)
    assert open_envelope(key, made, expected) == plaintext
    assert code_of(lambda: open_envelope(key, made + bytes(524_288), expected)) == "too_large"


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case['error']}: {case['why']}")
def test_a_bad_envelope_is_refused_by_its_name(case: Case) -> None:
    envelope, expected = to_bytes(case["envelope"]), expected_in(case)
    assert code_of(lambda: open_envelope(BASE_KEY, envelope, expected)) == case["error"]


def test_what_does_not_fit_is_not_sealed() -> None:
    head = head_in(ENVELOPES["good"][0])
    assert code_of(lambda: seal(BASE_KEY, head, b"a" * 262_140)) == "open"
    assert code_of(lambda: seal(BASE_KEY, head, b"a" * 262_141)) == "too_large"


def test_ten_thousand_damaged_envelopes_are_refused_as_another_code_counted_them() -> None:
    run = given("mutations")
    cases = [ENVELOPES["good"][at] for at in run["bases"]]
    keys = [bytes.fromhex(case["base_key"]) for case in cases]
    heads = [head_in(case) for case in cases]
    sealed = [sealed_as_given(case) for case in cases]
    expected = [Expected(one.kind, one.account, one.object, one.revision) for one in heads]

    def outcome(base: int, damaged: bytes) -> str:
        return code_of(lambda: open_envelope(keys[base], damaged, expected[base]))

    codes = [outcome(one.base, one.damaged) for one in mutations(sealed, 10_000, run["seed"])]
    assert "\n".join(codes[:2_000]) == run["first"]
    assert hashlib.sha256("\n".join(codes).encode()).hexdigest() == run["digests"]["10000"]


def test_the_labels_part_the_keys() -> None:
    keys = given("keys")
    for parent, labels in PARTED.items():
        for label in labels:
            length = 16 if label == "live/id" else 32
            assert derive(bytes.fromhex(keys[parent]), label, length).hex() == keys[label]
    assert {name for name in keys if "/" in name} == {"pin/kek", *chain(*PARTED.values())}
    stretched = argon2id(keys["pin"].encode(), bytes.fromhex(keys["pin_salt"]))
    assert derive(stretched + bytes.fromhex(keys["device/pin"]), "pin/kek").hex() == keys["pin/kek"]


def test_a_passphrase_gives_its_keys_in_every_spelling() -> None:
    for case in given("passphrase")["vectors"]:
        host, name = case["host"], read_name(case["account_name"])
        found = passphrase_keys(host, name, case["passphrase"])
        assert salt_of(host, name).hex() == case["salt"]
        assert found.auth.hex() == case["auth_key"]
        assert found.wrapping.hex() == case["wrapping_key"]


@pytest.mark.parametrize("passphrase", ["a" * 1025, "\ud800" + "a" * 20])
def test_a_passphrase_that_is_too_long_or_ill_formed_is_refused(passphrase: str) -> None:
    assert code_of(lambda: passphrase_keys("a.example", "abc-abc-0000", passphrase)) == (
        "bad_passphrase"
    )


@pytest.mark.parametrize("case", RECOVERY["codes"], ids=lambda case: case["code"])
def test_a_recovery_code_is_written_and_read_and_gives_its_keys(case: Case) -> None:
    secret = bytes.fromhex(case["secret"])
    assert recovery_code.written(secret) == case["code"]
    assert recovery_code.read(case["code"]) == secret
    keys = recovery_code.recovery_keys(secret)
    assert keys.lookup.hex() == case["lookup"]
    assert (keys.auth.hex(), keys.wrapping.hex()) == (case["auth_key"], case["wrapping_key"])


@pytest.mark.parametrize("typed", RECOVERY["accepted"])
def test_every_way_to_type_a_recovery_code_is_read(typed: str) -> None:
    assert recovery_code.read(typed).hex() == RECOVERY["codes"][0]["secret"]


@pytest.mark.parametrize("case", RECOVERY["refused"], ids=lambda case: case["code"])
def test_a_mistyped_recovery_code_is_refused_by_its_name(case: Case) -> None:
    assert code_of(lambda: recovery_code.read(case["code"])) == case["error"]


def test_a_share_has_its_keys_from_a_link_and_from_spoken_words() -> None:
    share = given("share")
    secret = bytes.fromhex(share["secret"])
    assert "1" + to_text(secret) == share["link_fragment"]
    assert derive(secret, "share/id", 16).hex() == share["id"]
    assert derive(secret, "share/key").hex() == share["key"]
    access = derive(secret, "share/access")
    assert (access.hex(), sha256(access).hex()) == (share["access"], share["access_hash"])
    spoken = share["words"]
    words = " ".join(spoken["words"].lower().split()).encode()
    salt = sha256(LABEL + b"share/words\0" + spoken["host"].encode())[:16]
    assert argon2id(words, salt).hex() == spoken["secret"]


def test_the_export_opens_and_each_damaged_one_is_refused_by_its_name() -> None:
    data, words = to_bytes(EXPORT["file"]), EXPORT["passphrase"]
    assert sha256(data).hex() == EXPORT["sha256"]
    assert export_file.open_export(words, data).decode() == EXPORT["plaintext"]
    last, salt = bytes((data[-1] ^ 1,)), bytes((data[5] ^ 1,))
    damaged: dict[str, tuple[str, bytes]] = {
        "first byte to 0x00": (words, b"\0" + data[1:]),
        "byte 4 (KDF suite) to 2": (words, data[:4] + b"\2" + data[5:]),
        "byte 5 (salt) flipped": (words, data[:5] + salt + data[6:]),
        "last byte flipped": (words, data[:-1] + last),
        "another passphrase": (words + "!", data),
        "cut to 100 bytes": (words, data[:100]),
    }
    for case in EXPORT["bad"]:
        passphrase, file = damaged[case["change"]]
        refused = code_of(lambda p=passphrase, f=file: export_file.open_export(p, f))  # type: ignore[misc]
        assert refused == case["error"], case["change"]


def text_of(case: Case) -> bytes:
    if "utf8_hex" in case:
        return bytes.fromhex(case["utf8_hex"])
    if "repeat" in case:
        start, times, middle, end, ends = case["repeat"]
        return str(start * times + middle + end * ends).encode()
    return str(case["text"]).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("case", JSON_TEXTS["good"], ids=lambda case: case["why"])
def test_good_json_is_read(case: Case) -> None:
    assert code_of(lambda: read_json(text_of(case))) == "open"


@pytest.mark.parametrize("case", JSON_TEXTS["bad"], ids=lambda case: case["why"])
def test_bad_json_is_refused(case: Case) -> None:
    assert code_of(lambda: read_json(text_of(case))) == "bad_json"


@pytest.mark.parametrize("text", ["AA==", "AB", "A", "A+_/", "AAA\n", "é"])
def test_a_second_spelling_of_bytes_is_refused(text: str) -> None:
    assert code_of(lambda: to_bytes(text)) == "bad_base64url"
