"""Every cited line is one that is known, and no document's sentence was carried over."""

import json
from pathlib import Path

import pytest

from app.content.messages import languages, read_messages
from tests.content.source_lines import (
    RUNS,
    TABLE,
    changed,
    cited,
    copied,
    digest,
    documents,
    held_runs,
    line_at,
    unknown,
)

KNOWN: dict[str, str] = json.loads(TABLE.read_bytes())
DOCUMENTS = documents()
HELD: set[str] = set(json.loads(RUNS.read_bytes()))


def test_every_cited_line_is_in_the_table_and_no_other() -> None:
    assert unknown(cited(), KNOWN) == set()


def test_the_table_holds_hashes_and_nothing_to_read() -> None:
    assert all(len(known) == 64 and int(known, 16) >= 0 for known in KNOWN.values())


if DOCUMENTS is not None:  # where they do not lie beside the project, their hashes stand in

    def test_the_documents_hold_every_cited_line() -> None:
        assert DOCUMENTS is not None
        assert changed(KNOWN, DOCUMENTS) == []

    def test_the_hashed_runs_are_the_documents_own() -> None:
        assert DOCUMENTS is not None
        assert held_runs(DOCUMENTS) == HELD


@pytest.mark.parametrize("language", languages())
def test_no_text_shares_six_words_in_a_row_with_a_document(language: str) -> None:
    assert len(HELD) > 1000
    assert copied(dict(read_messages(language)), HELD) == []


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A document of three lines, the second one empty."""
    text = "  A lamp by the harbor burns all night long. \n\nThe second thing it says.\n"
    (tmp_path / "007_lamp.txt").write_text(text, "utf-8")
    return tmp_path


def test_a_line_that_changed_moved_or_is_not_there_is_seen(planted: Path) -> None:
    right = digest("A lamp by the harbor burns all night long.")
    assert changed({"007:1": right}, planted) == []
    for source in ("007:2", "007:3", "007:4", "008:1"):
        assert changed({source: right}, planted) == [source]
    with pytest.raises(LookupError):
        line_at(planted, "007:2")


def test_a_source_that_nobody_checked_and_one_that_nobody_cites_are_seen(tmp_path: Path) -> None:
    deep = {"guides": [{"parts": [{"source": "007:1 007:2"}, {"source": "public: A lamp, 2020"}]}]}
    (tmp_path / "deep.json").write_text(json.dumps(deep), "utf-8")
    assert unknown(cited(tmp_path), {"007:1": "", "007:2": ""}) == set()
    assert unknown(cited(tmp_path), {"007:2": ""}) == {"007:1"}
    assert unknown(cited(tmp_path), {"007:1": "", "007:2": "", "007:3": ""}) == {"007:3"}


def test_a_sentence_that_was_carried_over_is_seen(planted: Path) -> None:
    carried = {"a.b": "At sea: a Lamp by the harbor burns!", "a.c": "A lamp by the harbor glows."}
    assert copied(carried, held_runs(planted)) == ["a.b: a lamp by the harbor burns"]
