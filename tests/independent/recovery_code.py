"""Section 3: the recovery code, written and read in Crockford's base32 with check characters."""

import re
from dataclasses import dataclass

from tests.independent.primitives import LABEL, Refused, derive, sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans("OIL", "011")
IGNORED = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
LETTERS = 36  # 32 of the secret, 4 that check them


@dataclass(frozen=True)
class RecoveryKeys:
    """`lookup` finds the account, `auth` signs in, `wrapping` opens the slot."""

    lookup: bytes
    auth: bytes
    wrapping: bytes


def base32(data: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    return "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, len(bits) - 4, 5))


def check_letters(secret: bytes) -> str:
    return base32(sha256(LABEL + b"recovery-check\0" + secret))[:4]


def written(secret: bytes) -> str:
    """Nine groups of four."""
    letters = base32(secret) + check_letters(secret)
    return "-".join(letters[at : at + 4] for at in range(0, LETTERS, 4))


def read(code: str) -> bytes:
    """The 20 bytes. Raises Refused recovery_format, or recovery_typo when the check differs."""
    letters = IGNORED.sub("", code).upper().translate(ALIKE)
    if len(letters) != LETTERS or not set(letters) <= set(ALPHABET):
        raise Refused("recovery_format")
    bits = "".join(f"{ALPHABET.index(letter):05b}" for letter in letters[:32])
    secret = int(bits, 2).to_bytes(20, "big")
    if letters[32:] != check_letters(secret):
        raise Refused("recovery_typo")
    return secret


def recovery_keys(secret: bytes) -> RecoveryKeys:
    return RecoveryKeys(
        derive(secret, "recovery/lookup", 16),
        derive(secret, "recovery/auth"),
        derive(secret, "recovery/kek"),
    )
