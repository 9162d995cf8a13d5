"""Each sentence of the privacy page names its check, and the check is there."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.content.messages import read_messages
from app.content.privacy import BEYOND, Privacy, message_keys, read_privacy
from tests.law.tree import ROOT


def missing_checks(privacy: Privacy, root: Path = ROOT) -> list[str]:
    """Checks that no file holds."""
    named = [check for part in privacy.parts for one in part.sentences for check in one.checks]
    return [check for check in named if not _is_there(check, root)]


def _is_there(check: str, root: Path) -> bool:
    name, _, test = check.partition("::")
    file = root / name
    if not file.is_file():
        return False
    begins = (
        rf"def {re.escape(test)}\(" if name.endswith(".py") else rf'\btest\("{re.escape(test)}"'
    )
    return re.search(begins, file.read_text("utf-8")) is not None


def one_sentence(check: str, part: str = "kept") -> Privacy:
    checks = {"checks": [check]} if check else {}
    return Privacy.model_validate({"parts": [{"id": part, "sentences": [checks]}]})


def test_every_check_that_a_sentence_names_is_there() -> None:
    assert missing_checks(read_privacy()) == []


def test_a_check_that_is_not_there_is_seen(tmp_path: Path) -> None:
    for name, text in (("a.py", "def test_one(x):"), ("b.test.ts", 'test("one day", () => {')):
        (tmp_path / "tests").mkdir(exist_ok=True)
        (tmp_path / "tests" / name).write_text(text)
    there = ["tests/a.py::test_one", "tests/b.test.ts::one day"]
    gone = ["tests/a.py::test_on", "tests/b.test.ts::one", "tests/c.py::test_one"]
    assert [missing_checks(one_sentence(check), tmp_path) for check in there] == [[], []]
    assert [missing_checks(one_sentence(check), tmp_path) for check in gone] == [
        [one] for one in gone
    ]


def test_a_sentence_without_a_check_is_refused_but_where_nothing_can_hold_it() -> None:
    with pytest.raises(ValidationError, match="names its check"):
        one_sentence("")
    assert one_sentence("", BEYOND).parts[0].sentences[0].names == []


def test_a_check_reads_as_a_sentence() -> None:
    found = one_sentence("tests/a.py::test_no_answer_sets_a_cookie")
    assert found.parts[0].sentences[0].names == ["no answer sets a cookie"]


def test_the_page_has_its_words_and_no_others() -> None:
    there = {key for key in read_messages("en") if re.match(r"page\.privacy\.[a-z]+\.", key)}
    assert there == message_keys(read_privacy())
