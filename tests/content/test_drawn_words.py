"""The words of passphrases and names: enough of them, plain, and none that could hurt."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.drawn_words import COUNT, DATA, DrawnWords, read_drawn_words
from tests.law.words import banned, telling

# What was taken out of the lists, as hashes: the words themselves stand nowhere.
UNKIND = set(json.loads(Path(__file__).with_name("unkind_words.json").read_text("utf-8")))


def unkind(words: tuple[str, ...]) -> list[str]:
    hashes = ((hashlib.sha256(f"keel:{word}".encode()).hexdigest()[:16], word) for word in words)
    return [word for found, word in hashes if found in UNKIND]


def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_bytes())
    return found


def test_there_are_five_throws_of_a_die_for_each_word() -> None:
    assert len(set(read_drawn_words().words)) == COUNT == 6**5


def test_a_name_has_enough_words_for_its_first_and_its_second() -> None:
    short = sum(len(word) <= 5 for word in read_drawn_words().words)
    assert short >= 1024
    assert COUNT - short >= 2048


def test_no_word_is_one_that_was_taken_out() -> None:
    assert len(UNKIND) > 2000
    assert unkind(read_drawn_words().words) == []


def test_one_that_was_taken_out_would_be_seen() -> None:
    assert unkind(("meadow", "xerox", "lemon")) == ["xerox", "lemon"]


def test_no_word_names_a_method_or_says_what_this_is_about() -> None:
    words = {word: word for word in read_drawn_words().words}
    assert banned(words, {}) == []
    assert [word for word in telling(words) if not word.startswith("harmon")] == []


@pytest.mark.parametrize("word", ["zz", "abcdefghij", "Zoo", "été", "t-shirt", "abacus"])
def test_a_word_of_another_shape_or_twice_is_refused(word: str) -> None:
    DrawnWords.model_validate(data())
    found = data()
    found["words"][-1] = word
    with pytest.raises(ValidationError):
        DrawnWords.model_validate(found)


def test_one_word_fewer_is_refused() -> None:
    found = data()
    found["words"].pop()
    with pytest.raises(ValidationError):
        DrawnWords.model_validate(found)
