"""Crisis lines: each with its source and day, a warning when one was read too long ago."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.lines import DATA, Lines, LineWay, hosts, message_keys, overdue, read_lines
from app.content.messages import languages, read_messages
from tests.content.conftest import warning


def with_first(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_bytes())
    found["lines"][0].update(changes)
    return found


def test_every_line_has_a_source_and_a_day_that_is_not_to_come() -> None:
    for line in read_lines().lines:
        assert line.source.startswith("https://")
        assert line.checked_on <= datetime.now(UTC).date()


@pytest.mark.parametrize("language", languages())
def test_every_line_has_its_words(language: str) -> None:
    assert message_keys(read_lines()) <= read_messages(language).keys()


def test_the_first_line_is_988_by_call_text_and_chat() -> None:
    ways = read_lines().lines[0].ways
    assert [way.href for way in ways] == [
        "tel:988",
        "sms:988",
        "https://988lifeline.org/chat",
    ]


def test_nobody_is_told_to_press_three() -> None:
    assert {way.press for line in read_lines().lines for way in line.ways} == {None, "1", "2"}


def test_only_the_lines_own_hosts_are_linked() -> None:
    assert hosts() == {"988lifeline.org", "findahelpline.com"}


@pytest.mark.parametrize(
    ("way", "href"),
    [
        ({"by": "call", "number": "13 11 14"}, "tel:131114"),
        ({"by": "call", "number": "0800-0113"}, "tel:08000113"),
        ({"by": "call", "number": "988", "press": "2"}, "tel:988"),
        ({"by": "text", "number": "85258", "body": "SHOUT"}, "sms:85258?&body=SHOUT"),
        ({"by": "asl", "url": "https://988lifeline.org"}, "https://988lifeline.org"),
    ],
)
def test_a_way_becomes_a_link_that_needs_no_script(way: dict[str, str], href: str) -> None:
    assert LineWay.model_validate(way).href == href


@pytest.mark.parametrize(
    "fault",
    [
        {"source": ""},
        {"source": "http://988lifeline.org"},
        {"checked_on": "today"},
        {"ways": []},
        {"ways": [{"by": "call"}]},
        {"ways": [{"by": "chat", "number": "988"}]},
        {"ways": [{"by": "call", "number": "98 eight"}]},
        {"id": "us_asl"},
        {"what": "shop"},
    ],
)
def test_a_fault_in_the_data_is_refused(fault: dict[str, Any]) -> None:
    Lines.model_validate(with_first())
    with pytest.raises(ValidationError):
        Lines.model_validate(with_first(**fault))


def test_a_line_is_overdue_after_180_days_and_not_before() -> None:
    read_on = date(2026, 1, 1)
    lines = Lines.model_validate(with_first(checked_on=read_on.isoformat()))
    assert "us_988" not in {line.id for line in overdue(read_on + timedelta(180), lines)}
    assert overdue(read_on + timedelta(181), lines)[0].id == "us_988"


def test_lines_that_were_read_long_ago_are_named_in_a_warning() -> None:
    read_on = min(line.checked_on for line in read_lines().lines)
    assert warning(read_on + timedelta(180)) == ""
    assert "us_988" in warning(read_on + timedelta(181))
