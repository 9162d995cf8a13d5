"""Session tokens: 32 random bytes for the cookie, and their hash for the database."""

import os
from hashlib import sha256

TOKEN_BYTES = 32


def new_token() -> bytes:
    """32 bytes of the platform's random generator."""
    return os.urandom(TOKEN_BYTES)


def token_hash(token: bytes) -> bytes:
    """SHA-256, 32 bytes: a token has 256 bits already, so that nothing slower is needed."""
    return sha256(token).digest()
