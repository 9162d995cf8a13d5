"""The pages of words as a browser without scripts shows them, in every language."""

from urllib.parse import unquote

import pytest

from app.content.guides import Guide, read_guides
from app.content.lines import read_lines
from app.content.messages import languages, read_messages
from app.content.privacy import read_privacy
from app.content.script import read_script
from app.content.sections import read_sections
from app.pages.render import Built, render
from app.pages.site import PAGES, Page
from tests.pages.page_faults import Element, read

ENGLISH = read_messages("en")
GUIDES = read_guides().guides
EVERY_GUIDE = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.id)


def page_named(name: str) -> Page:
    return next(page for page in PAGES if page.name == name)


def elements_of(name: str, built: Built, language: str = "en") -> list[Element]:
    return read(render(page_named(name), language, built))


def main_words(name: str, built: Built, language: str = "en") -> str:
    return next(e.words for e in elements_of(name, built, language) if e.tag == "main")


def links(name: str, built: Built) -> set[str]:
    return {
        str(e.attributes["href"])
        for e in elements_of(name, built)
        if e.tag == "a" and any(outer.tag == "main" for outer in e.inside)
    }


@EVERY_GUIDE
@pytest.mark.parametrize("language", languages())
def test_a_guide_says_all_of_its_words(guide: Guide, language: str, built: Built) -> None:
    said = main_words(guide.id, built, language)
    messages = read_messages(language)
    for part in guide.parts:
        for number in range(1, len(part.items) + 1):
            assert messages[f"page.{guide.id}.{part.id}.{number}"] in said
        assert not part.title or messages[f"page.{guide.id}.{part.id}.title"] in said


@EVERY_GUIDE
def test_a_guide_leads_back_and_can_be_reached(guide: Guide, built: Built) -> None:
    assert guide.up in links(guide.id, built)
    others = [page.name for page in PAGES if page.name not in (guide.id, "broken")]
    assert any(guide.path in links(name, built) for name in others)


def test_what_waits_for_a_clinician_says_so_and_help_does_not(built: Built) -> None:
    line = ENGLISH["page.unread"]
    for name in ("now", "lines", "after", "more_help", "supporters", "when_i_call", "conversation"):
        assert line in main_words(name, built), name
    assert line not in main_words("help", built)


def test_sources_stand_at_the_foot_by_plain_name_without_a_line_number(built: Built) -> None:
    said = main_words("library_care", built)
    assert "a therapy guide on self-injury" in said
    assert "Simon and others, JAMA, 2022" in said
    assert "004:" not in said
    assert ENGLISH["page.sources"].partition(":")[0] not in main_words("help", built)


def test_words_to_send_are_shown_and_travel_whole(built: Built) -> None:
    for name, part in (("after", "words"), ("more_help", "words")):
        words = ENGLISH[f"page.{name}.{part}.1"]
        sent = next(href for href in links(name, built) if href.startswith("sms:?&body="))
        assert unquote(sent.partition("body=")[2]) == words
        assert words in main_words(name, built)


def test_after_a_hard_moment_911_and_poison_help_are_a_tap_away(built: Built) -> None:
    poison = next(line for line in read_lines().lines if line.what == "poison")
    assert {"tel:911", poison.ways[0].href, "/now", "/read", "/more-help"} <= links("after", built)
    assert str(poison.ways[0].number) in main_words("after", built)


def test_the_quiet_row_stands_where_a_calm_day_passes_by(built: Built) -> None:
    for name in ("front", "help", "privacy", "lines", "library", "for_professionals"):
        assert {"/help", "/privacy", "/for-professionals"} <= links(name, built), name


def test_the_lines_and_the_walks_end_lead_to_what_happens_when_i_call(built: Built) -> None:
    assert "/when-i-call" in links("lines", built)
    assert {"/when-i-call", "/more-help"} <= links("now", built)


def test_the_conversation_guide_holds_every_line_of_the_script(built: Built) -> None:
    said = main_words("conversation", built)
    for line in read_script().script:
        assert ENGLISH[f"script.{line.section}.{line.id}"] in said
    assert ENGLISH["page.conversation.measured"] in said


def test_the_blank_sheet_has_the_seven_parts_in_order_and_the_number(built: Built) -> None:
    headings = [e.words for e in elements_of("blank_sheet", built) if e.tag == "h2"]
    titles = [
        ENGLISH[f"section.{section.id}.title"]
        for section in read_sections().sections
        if section.id != "own"
    ]
    assert headings == [f"{number} {title}" for number, title in enumerate(titles, 1)] + [
        "Call or text 988"
    ]
    assert "911" in main_words("blank_sheet", built)


def test_each_sentence_on_privacy_carries_the_name_of_its_check(built: Built) -> None:
    rows = [e for e in elements_of("privacy", built) if e.tag == "li"]
    for part in read_privacy().parts:
        for number, sentence in enumerate(part.sentences, 1):
            text = ENGLISH[f"page.privacy.{part.id}.{number}"]
            row = next(row for row in rows if row.words.startswith(text))
            assert all(name in row.words for name in sentence.names)
            assert bool(sentence.names) == (ENGLISH["page.checked"] in row.words)
