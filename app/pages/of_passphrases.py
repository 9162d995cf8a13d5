"""What passphrases are drawn from, and which are too common: files asked for when one is made."""

import base64
import hashlib
import json

from app.content.common_passphrases import common_hashes
from app.content.drawn_words import read_drawn_words


def drawn_words_file() -> tuple[str, bytes]:
    """Its address, which changes with its bytes, and its bytes: a JSON list of words."""
    return _named("drawn-words", read_drawn_words().words)


def common_passphrases_file() -> tuple[str, bytes]:
    """The same; its bytes are the hashes as base64url in one JSON text."""
    return _named(
        "common-passphrases", base64.urlsafe_b64encode(common_hashes()).rstrip(b"=").decode()
    )


def _named(name: str, content: object) -> tuple[str, bytes]:
    body = json.dumps(content, separators=(",", ":")).encode()
    return f"/assets/{name}-{hashlib.sha256(body).hexdigest()[:10]}.json", body
