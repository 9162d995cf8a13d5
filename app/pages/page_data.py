"""What a page's script starts from: its words, the sections, the lines, where the ideas lie."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.content.lines import read_lines
from app.content.messages import FOLDER, read_messages
from app.content.sections import read_sections
from app.pages.ideas import ideas_file
from app.pages.of_passphrases import common_passphrases_file, drawn_words_file
from app.pages.shown_lines import home_country
from app.pages.site import Entry


def page_data(entry: Entry, language: str, folder: Path = FOLDER) -> str:
    """The JSON that a page's script starts from; `<` is written so that no tag can end it early."""
    data: dict[str, Any] = {
        "language": language,
        "messages": _by_parts(
            (key, text) for key, text in read_messages(language, folder).items() if entry.needs(key)
        ),
        "sections": [_for_script(section, "source") for section in read_sections().sections],
    }
    if entry.with_ideas:
        data["ideas"], _ = ideas_file(language, folder)
        data["drawnWords"], _ = drawn_words_file()
        data["commonPassphrases"], _ = common_passphrases_file()
    if entry.with_lines:
        data["lines"] = [
            _for_script(line, "source", "checked_on", "hours", "what") | {"ways": _ways(line)}
            for line in read_lines().lines
            if line.country == home_country()
        ]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def data_file(entry: Entry, language: str, folder: Path = FOLDER) -> tuple[str, bytes]:
    """For an entry of many pages: one script that they share, kept for as long as its bytes are the
    same. Its address and its bytes."""
    body = f"globalThis.pageData={page_data(entry, language, folder)};\n".encode()
    digest = hashlib.sha256(body).hexdigest()[:10]
    return f"/assets/words.{language}-{digest}.js", body


def _by_parts(messages: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """`a.b` lies at `b` in `a`: an eighteenth less to send than flat. No key is another's start."""
    found: dict[str, Any] = {}
    for key, text in messages:
        *parts, last = key.split(".")
        at = found
        for part in parts:
            at = at.setdefault(part, {})
        at[last] = text
    return found


def _for_script(entry: Any, *without: str) -> dict[str, Any]:
    found: dict[str, Any] = entry.model_dump(
        mode="json", exclude_defaults=True, exclude=set(without)
    )
    return found


def _ways(line: Any) -> list[dict[str, Any]]:
    return [_for_script(way) | {"href": way.href} for way in line.ways]
