"""The words that are drawn for a backup as one file: asked for when a backup is turned on."""

import hashlib
import json

from app.content.drawn_words import read_drawn_words


def drawn_words_file() -> tuple[str, bytes]:
    """Its address, which changes with its bytes, and its bytes: a JSON list of words."""
    body = json.dumps(read_drawn_words().words, separators=(",", ":")).encode()
    digest = hashlib.sha256(body).hexdigest()[:10]
    return f"/assets/drawn-words-{digest}.json", body
