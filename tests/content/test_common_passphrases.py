"""Passphrases that many people have chosen: known however they are written, and nobody else's."""

import pytest
from pydantic import ValidationError

from app.content.common_passphrases import (
    BYTES,
    DATA,
    CommonPassphrases,
    common_hashes,
    folded,
    hashed,
    read_common_passphrases,
)
from app.content.drawn_words import read_drawn_words
from tests.law.words import banned, telling

SHORTEST = 15


def is_common(passphrase: str) -> bool:
    found = common_hashes()
    known = {found[at : at + BYTES] for at in range(0, len(found), BYTES)}
    return hashed(passphrase) in known


@pytest.mark.parametrize(
    "passphrase",
    [
        "passwordpassword",
        "PASSWORD password",
        "123456789123456789",
        "qwertyuiopasdfgh",
        "1qaz2wsx3edc4rfv",
        "correct horse battery staple",
        "Correct-Horse-Battery-Staple!",
        "ｍａｙ the force be with you",
    ],
)
def test_what_many_have_chosen_is_known_however_it_is_written(passphrase: str) -> None:
    assert is_common(passphrase)


def test_what_was_drawn_is_not() -> None:
    words = read_drawn_words().words
    drawn = [" ".join(words[at : at + 6]) for at in range(0, 1200, 6)]
    assert [one for one in [*drawn, "seven herons over a slow river"] if is_common(one)] == []


def test_there_are_enough_of_them_each_once_and_in_order() -> None:
    found = common_hashes()
    each = [found[at : at + BYTES] for at in range(0, len(found), BYTES)]
    assert len(found) % BYTES == 0
    assert each == sorted(set(each))
    assert len(each) > 9000


def test_those_in_words_are_long_enough_to_be_chosen_and_say_nothing_hurtful() -> None:
    own = {one: one for one in read_common_passphrases().own}
    assert all(len(one) >= SHORTEST for one in own)
    assert banned(own, {}) == []
    assert telling(own) == []


def test_folding_keeps_letters_and_digits_of_every_script() -> None:
    assert folded("Straße, zwölf Möwen & ein Boot 2") == "straßezwölfmöweneinboot2"
    assert folded("пароль-Пароль") == "парольпароль"
    assert folded(" -!👍 ") == ""


def test_data_of_another_shape_is_refused() -> None:
    with pytest.raises(ValidationError):
        CommonPassphrases.model_validate_json(DATA.read_bytes().replace(b'"own"', b'"mine"'))
