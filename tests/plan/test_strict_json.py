"""Strict JSON: the same texts are read, and the same ones refused, as in TypeScript."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import PlanRefused
from app.plan import strict_json
from app.plan.strict_json import parse_strict

CASES = json.loads(
    (Path(__file__).parents[1] / "vectors" / "strict-json-v1.json").read_text("utf-8")
)

Case = dict[str, Any]


def named(case: Case) -> str:
    return str(case["why"])


def source_of(case: Case) -> str | bytes:
    if "utf8_hex" in case:
        return bytes.fromhex(case["utf8_hex"])
    if "repeat" in case:
        before, times, middle, after, again = case["repeat"]
        return str(before * times + middle + after * again)
    return str(case["text"])


def refusal(source: str | bytes) -> str:
    try:
        parse_strict(source)
    except PlanRefused as refused:
        return refused.code
    return "read"


@pytest.mark.parametrize("case", CASES["good"], ids=named)
def test_what_has_one_meaning_is_read(case: Case) -> None:
    assert parse_strict(source_of(case)) == json.loads(source_of(case))


@pytest.mark.parametrize("case", CASES["bad"], ids=named)
def test_what_could_be_understood_differently_is_refused(case: Case) -> None:
    assert refusal(source_of(case)) == "bad_json"


def test_a_lone_surrogate_in_the_text_itself_is_refused() -> None:
    assert refusal('"\ud83d"') == "bad_json"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(VALUES, st.booleans())
def test_what_is_written_is_read_again(value: Any, is_ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=is_ascii)
    if refusal(text) == "read":
        assert parse_strict(text.encode()) == value


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_noise_is_read_or_refused_and_nothing_else(noise: bytes) -> None:
    assert refusal(noise) in {"read", "bad_json"}


@pytest.mark.parametrize(
    ("name", "put"),
    [
        ("_no_key_twice", dict),
        ("_refuse_surrogates", lambda text: None),
        ("_check", lambda value, depth: None),
        ("_no_constant", float),
        ("_finite", float),
    ],
)
def test_each_check_is_needed(monkeypatch: pytest.MonkeyPatch, name: str, put: Any) -> None:
    monkeypatch.setattr(strict_json, name, put)
    assert any(refusal(source_of(case)) == "read" for case in CASES["bad"])
