"""Every word on a screen: one file a language, found by its name (messages/en.json)."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).with_name("messages")
FIRST_LANGUAGE = "en"
"""The language whose pages stand at `/`; every other one stands at `/<language>/`."""

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@cache
def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The first language, then the others by name."""
    found = {path.stem for path in folder.glob("*.json")}
    return (FIRST_LANGUAGE, *sorted(found - {FIRST_LANGUAGE}))


@cache
def read_messages(language: str, folder: Path = FOLDER) -> Mapping[str, str]:
    """All messages of one language. Raises ValueError when it is no flat object of texts."""
    found = json.loads((folder / f"{language}.json").read_bytes())
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise ValueError(f"{language}.json is not a flat object of texts")
    return MappingProxyType(found)


def fill(text: str, **values: object) -> str:
    """Puts the values in the text's {places}. Raises KeyError for a place without a value."""
    return PLACEHOLDER.sub(lambda place: str(values[place[1]]), text)


def message(language: str, key: str, **values: object) -> str:
    """One message, filled. Raises KeyError for a key the language lacks."""
    return fill(read_messages(language)[key], **values)
