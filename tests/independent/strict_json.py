"""Section 4: JSON as an opened envelope holds it; no key twice, sixteen deep at most."""

import json
import math
import re
from typing import Any, NoReturn

from tests.independent.primitives import Refused

DEEPEST = 16
# What may stand between the brackets that are counted: a whole string, or one bracket.
SIGNS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.S)


def read_json(data: bytes) -> Any:
    """Raises Refused bad_json."""
    try:
        text = data.decode("utf-8")
        check_depth(text)
        value = json.loads(
            text,
            object_pairs_hook=each_key_once,
            parse_constant=refuse,
            parse_float=finite,
            parse_int=whole,
        )
        check_whole_letters(value)
    except (ValueError, RecursionError) as error:
        raise Refused("bad_json") from error
    return value


def write_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def check_depth(text: str) -> None:
    depth = 0
    for match in SIGNS.finditer(text):
        depth += (match.group() in "[{") - (match.group() in "]}")
        if depth > DEEPEST:
            raise ValueError("too deep")


def each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def refuse(text: str) -> NoReturn:
    raise ValueError(text)


def finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else refuse(text)


def whole(text: str) -> int:
    """Within what every language can hold."""
    finite(text)
    return int(text)


def check_whole_letters(value: Any) -> None:
    """Half of a surrogate pair, written as an escape, is not a letter."""
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, list):
        for one in value:
            check_whole_letters(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            check_whole_letters(key)
            check_whole_letters(one)
