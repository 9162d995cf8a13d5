"""Section 3: the account's name, and the keys parted from a passphrase."""

import re
import secrets
import string
import unicodedata
from dataclasses import dataclass

from tests.independent.primitives import LABEL, Refused, argon2id, derive, sha256

NAME = re.compile(r"[a-z]{3,9}-[a-z]{3,9}-[0-9]{4}")
LONGEST = 1024  # code points, before NFKC


@dataclass(frozen=True)
class PassphraseKeys:
    """`auth` goes to the server; `wrapping` opens the slot and never leaves."""

    auth: bytes
    wrapping: bytes


def draw_name() -> str:
    """A name of the right shape; an independent client has word lists of its own."""
    words = ("".join(secrets.choice(string.ascii_lowercase) for _ in range(7)) for _ in range(2))
    return f"{'-'.join(words)}-{secrets.randbelow(10_000):04}"


def read_name(typed: str) -> str:
    """As a person types it: any case, spaces for hyphens. Raises Refused bad_name."""
    name = re.sub(r"[\s-]+", "-", typed.strip().lower())
    if not NAME.fullmatch(name):
        raise Refused("bad_name")
    return name


def salt_of(host: str, name: str) -> bytes:
    lower = host.lower().encode()
    return sha256(LABEL + b"pw-salt\0" + len(lower).to_bytes(2, "big") + lower + name.encode())[:16]


def normalised(passphrase: str) -> bytes:
    """Raises Refused bad_passphrase when it is too long, or is not well-formed."""
    if len(passphrase) > LONGEST:
        raise Refused("bad_passphrase")
    try:
        return unicodedata.normalize("NFKC", passphrase).encode()
    except UnicodeEncodeError as error:
        raise Refused("bad_passphrase") from error


def passphrase_keys(host: str, name: str, passphrase: str) -> PassphraseKeys:
    stretched = argon2id(normalised(passphrase), salt_of(host, name))
    return PassphraseKeys(derive(stretched, "pw/auth"), derive(stretched, "pw/kek"))
