"""The pages of words: whole, sourced, said plainly, and honest about who has read them."""

import re

import pytest
from pydantic import ValidationError

from app.content.guides import (
    Guide,
    Guides,
    document_ids,
    message_keys,
    public_works,
    read_documents,
    read_guides,
)
from app.content.lines import read_lines
from app.content.messages import read_messages
from app.content.review import as_markdown, read_review, waiting
from tests.content.reading_grade import grade
from tests.law.tree import ROOT

ENGLISH = read_messages("en")
GUIDES = read_guides().guides
EVERY_GUIDE = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.id)
FOR_STUDY = {"library_care", "library_open", "library_what", "for_professionals"}


def guide_named(name: str) -> Guide:
    return next(guide for guide in GUIDES if guide.id == name)


def words_of(*names: str) -> str:
    """All that the guides say, titles left out."""
    chosen = Guides(guides=tuple(guide_named(name) for name in names))
    keys = message_keys(chosen) - {f"page.{name}.title" for name in names}
    return "\n".join(ENGLISH[key] for key in sorted(keys))


def test_the_guides_have_their_words_and_no_others() -> None:
    families = {f"page.{guide.id}" for guide in GUIDES}
    there = {key for key in ENGLISH if ".".join(key.split(".")[:2]) in families}
    assert there == message_keys(read_guides())


def test_every_document_that_is_cited_has_a_plain_name() -> None:
    known = {one.id for one in read_documents().documents}
    assert {number for guide in GUIDES for number in document_ids(guide)} <= known
    for number in known:
        name = ENGLISH[f"page.document.{number}"]
        assert re.fullmatch(r"an? [a-z’ -]+", name), name


def test_every_number_to_call_is_a_line() -> None:
    lines = {line.id for line in read_lines().lines}
    for guide in GUIDES:
        assert {name for part in guide.parts for name in part.lines} <= lines


def test_only_what_is_said_of_keel_itself_needs_no_other_source() -> None:
    ours = {guide.id for guide in GUIDES if set(guide.sources()) == {"keel"}}
    assert ours == {"library", "help"}


@EVERY_GUIDE
def test_a_page_is_at_grade_six_or_below_or_eight_for_study(guide: Guide) -> None:
    assert grade(words_of(guide.id)) <= (8 if guide.id in FOR_STUDY else 6)


@EVERY_GUIDE
def test_what_a_person_meets_in_a_hard_hour_waits_for_a_clinician(guide: Guide) -> None:
    if guide.id != "help":
        assert guide.needs_review
    assert guide.reviewed is None, "then put the reviewer's name in this test too"


def test_the_page_of_reviews_is_what_the_data_says() -> None:
    page = (ROOT / "docs/content-review.md").read_text("utf-8")
    assert page == as_markdown(read_guides(), read_review()), "python -m app review > the page"
    for words in ("general walk", "lines spanish", "after", "more help", "supporters"):
        assert re.search(rf"^\| {words} \|.*\*\*needs clinical review\*\*", page, re.M), words


def test_a_review_shows_in_the_page_of_reviews() -> None:
    told = guide_named("after").model_dump() | {"reviewed": {"by": "A. Reader", "on": "2027-01-02"}}
    found = as_markdown(Guides(guides=(Guide.model_validate(told),)), read_review())
    assert "| after | `/after` | A. Reader | 2027-01-02 |" in found


def test_every_word_that_is_said_to_wait_is_there() -> None:
    for words in read_review().words:
        patterns = [re.escape(pattern).replace(r"\*", ".+") for pattern in words.messages]
        for pattern in patterns:
            assert any(re.fullmatch(pattern, key) for key in ENGLISH), pattern
    assert waiting("now")
    assert waiting("after")
    assert not waiting("help")


def test_after_a_hard_moment_people_and_lines_come_first_and_no_one_is_blamed() -> None:
    said = words_of("after").lower()
    assert "1-800-222-1222" not in said, "the line's own number is shown, not a copy of it"
    lines = {name for part in guide_named("after").parts for name in part.lines}
    assert lines == {"us_911", "us_poison"}
    assert "therapist" not in said
    assert said.index("am i safe now") >= 0
    for blame in ("should", "again?", "why did", "fault", "weak", "strong enough"):
        assert blame not in said, blame


def test_evidence_is_told_with_its_figures_and_disagreements_are_left_open() -> None:
    care, differ = words_of("library_care"), words_of("library_open")
    for figure in ("half as often", "18,882", "1.29", "harm"):
        assert figure in care
    assert "Simon and others, JAMA, 2022" in public_works(guide_named("library_care"))
    for figure in ("15 to 20 percent", "6 percent", "17 percent", "5 percent"):
        assert figure in differ
    for claim in ("proven", "guarantee", "cure", "prevents", "will stop"):
        assert claim not in (care + differ + words_of("for_professionals", "help")).lower()


def test_needs_are_named_and_how_it_relieves_is_not() -> None:
    everything = words_of(*(guide.id for guide in GUIDES)).lower()
    for word in ("endorphin", "relie", "soothe", "numb the", "pressure out", "feels better"):
        assert word not in everything, word


def test_a_supporter_is_told_to_listen_stay_and_ask_before_anything_else() -> None:
    first = guide_named("supporters").parts[0]
    names = [ENGLISH[f"page.supporters.{first.id}.{number}.name"] for number in (1, 2, 3)]
    assert names == ["Listen.", "Stay.", "Ask."]
    second = ENGLISH["page.supporters.danger.1"]
    assert "911" in second
    assert "the address where they are" in second


def test_people_begin_with_one_that_is_trusted_and_never_with_parents_alone() -> None:
    for name in ("after", "more_help", "help", "when_i_call"):
        assert "parent" not in words_of(name).lower(), name


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "text"}, "has items"),
        ({"kind": "say", "items": [{"source": "keel"}] * 2}, "one message"),
        ({"kind": "way", "to": ["/a", "/b"]}, "one way out"),
        ({"kind": "call", "to": ["/a"]}, "call has lines"),
        ({"kind": "text", "items": [{"source": "a book"}]}, "pattern"),
        ({"kind": "text", "items": [{"source": "public: A book"}]}, "pattern"),
        ({"kind": "text", "items": [{"source": "keel"}], "colour": "red"}, "extra"),
    ],
)
def test_a_fault_in_the_data_is_refused(change: dict[str, object], fault: str) -> None:
    told = {"id": "a", "path": "/a", "needs_review": True, "parts": [{"id": "b", **change}]}
    with pytest.raises(ValidationError, match=fault):
        Guide.model_validate(told)
