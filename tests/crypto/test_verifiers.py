"""Verifiers are HMAC-SHA-256 of exactly what docs/protocol.md says, and checking them raises."""

import hashlib
import hmac

import pytest

from app.crypto.verifiers import check, verifier
from app.errors import VerifierRefused

PEPPER = bytes(range(32))


def test_a_verifier_is_an_hmac_of_label_bar_and_secret() -> None:
    expected = hmac.new(PEPPER, b"name|quiet-maple-4821", hashlib.sha256).digest()
    assert verifier(PEPPER, "name", b"quiet-maple-4821") == expected
    assert len(expected) == 32


def test_the_label_the_pepper_and_the_secret_each_make_another() -> None:
    made = [
        verifier(pepper, label, secret)
        for pepper in (PEPPER, bytes(32))
        for label in ("auth", "recovery", "gone")
        for secret in (b"", b"a", b"|a")
    ]
    assert len(set(made)) == len(made)


@pytest.mark.parametrize("label", ["", "auth|", "a|b"])
def test_a_label_that_could_run_into_its_secret_is_a_mistake(label: str) -> None:
    with pytest.raises(ValueError, match="without a bar"):
        verifier(PEPPER, label, b"secret")


def test_the_right_secret_passes_and_any_other_is_refused() -> None:
    stored = verifier(PEPPER, "auth", b"secret")
    check(stored, verifier(PEPPER, "auth", b"secret"))
    for wrong in (verifier(PEPPER, "auth", b"Secret"), stored[:-1], b"", stored + b"\0"):
        with pytest.raises(VerifierRefused) as refused:
            check(stored, wrong)
        assert refused.value.code == "wrong_secret"


def test_nothing_of_a_secret_is_in_what_is_told() -> None:
    with pytest.raises(VerifierRefused) as refused:
        check(b"stored-canary", b"given-canary")
    assert "canary" not in repr(refused.value)
