"""JSON read strictly: whatever two readers could understand differently is refused."""

import json
import math
import re
from typing import Any

from app.errors import PlanRefused

DEEPEST = 16  # arrays and objects inside each other

_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_strict(source: str | bytes) -> Any:
    """The value that the JSON holds; bytes are UTF-8.

    PlanRefused("bad_json"): not JSON, ill-formed UTF-8, a byte order mark, one key twice in an
    object (in whatever spelling), more than 16 arrays and objects inside each other, half a
    surrogate pair, NaN, infinities and numbers too large for 64-bit floating point.
    """
    try:
        text = source if isinstance(source, str) else source.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_no_key_twice,
            parse_int=_integer,
            parse_float=_finite,
            parse_constant=_no_constant,
        )
        _refuse_surrogates(text)
        _check(value, 0)
    except (ValueError, RecursionError):
        raise PlanRefused("bad_json") from None
    return value


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("one key twice")
    return read


def _finite(literal: str) -> float:
    number = float(literal)
    if not math.isfinite(number):
        raise ValueError("too large a number")
    return number


def _integer(literal: str) -> int:
    _finite(literal)
    return int(literal)


def _no_constant(_: str) -> float:
    raise ValueError("not JSON")


def _check(value: Any, depth: int) -> None:
    if isinstance(value, str):
        _refuse_surrogates(value)
    if not isinstance(value, dict | list):
        return
    if depth == DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, dict):
        for key in value:
            _refuse_surrogates(key)
    for part in value.values() if isinstance(value, dict) else value:
        _check(part, depth + 1)


def _refuse_surrogates(text: str) -> None:
    if _SURROGATE.search(text):
        raise ValueError("half a surrogate pair")
