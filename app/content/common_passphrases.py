"""Long passphrases that many people have chosen, as hashes, read from common_passphrases.json."""

import hashlib
import unicodedata
from functools import cache
from pathlib import Path

from pydantic import Base64Bytes, Field

from app.content.sections import Content
from app.content.sources import Source

BYTES = 4
"""Of each hash: one passphrase in 440,000 that nobody else has chosen is refused by chance."""


class CommonPassphrases(Content):
    """`own` are phrases that everybody knows, in words; `hashes` are of those that leaked."""

    about: str
    source: Source
    changes: str
    licence: str
    own: tuple[str, ...] = Field(min_length=1)
    hashes: Base64Bytes


def folded(passphrase: str) -> str:
    """What is left of it whichever way it is written: NFKC, lower case, letters and digits."""
    lower = unicodedata.normalize("NFKC", passphrase).lower()
    return "".join(letter for letter in lower if unicodedata.category(letter)[0] in "LN")


def hashed(passphrase: str) -> bytes:
    return hashlib.sha256(folded(passphrase).encode()).digest()[:BYTES]


DATA = Path(__file__).with_name("common_passphrases.json")


@cache
def read_common_passphrases(path: Path = DATA) -> CommonPassphrases:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return CommonPassphrases.model_validate_json(path.read_bytes())


@cache
def common_hashes() -> bytes:
    """Every one of them, four bytes each, in their order."""
    found = read_common_passphrases()
    leaked = {found.hashes[at : at + BYTES] for at in range(0, len(found.hashes), BYTES)}
    return b"".join(sorted(leaked | {hashed(one) for one in found.own}))
