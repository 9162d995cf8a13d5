"""Session tokens are random, and the database holds only what can't be turned back."""

from hashlib import sha256

from app.crypto.tokens import new_token, token_hash


def test_tokens_are_32_bytes_and_never_alike() -> None:
    found = {new_token() for _ in range(1000)}
    assert len(found) == 1000
    assert {len(token) for token in found} == {32}


def test_a_hash_is_sha_256_and_not_the_token() -> None:
    token = new_token()
    assert token_hash(token) == sha256(token).digest() != token
