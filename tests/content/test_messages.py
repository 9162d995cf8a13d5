"""Messages: found by their file, filled by name, and missing loudly."""

import json
from pathlib import Path

import pytest

from app.content.messages import fill, languages, message, read_messages


def test_a_second_file_is_a_second_language(tmp_path: Path) -> None:
    for language in ("es", "en"):
        (tmp_path / f"{language}.json").write_text(json.dumps({"bar.more": language}))
    assert languages(tmp_path) == ("en", "es")
    assert read_messages("es", tmp_path)["bar.more"] == "es"


def test_a_message_is_filled_by_name() -> None:
    assert message("en", "bar.call", number="988") == "Call 988"


def test_a_value_that_looks_like_a_place_is_left_as_it_is() -> None:
    assert fill("{a} {b}", a="{b}", b="x") == "{b} x"


def test_a_missing_key_and_a_missing_value_are_errors() -> None:
    with pytest.raises(KeyError):
        message("en", "no.such_key")
    with pytest.raises(KeyError):
        message("en", "bar.call")


def test_a_file_that_is_not_flat_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en.json").write_text('{"a": {"b": "c"}}')
    with pytest.raises(ValueError, match="flat"):
        read_messages("en", tmp_path)
