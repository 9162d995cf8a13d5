"""Crisis lines as the pages show them: words for each way, in the page's language."""

from collections.abc import Callable
from dataclasses import dataclass

from app.content.lines import Line, LineWay, read_lines

Words = Callable[..., str]
"""A message by its key, filled with values."""


@dataclass(frozen=True)
class Crisis:
    """What the bar shows: the first line, and the number for danger to life."""

    number: str
    call: str
    text: str
    emergency: str
    emergency_call: str


@dataclass(frozen=True)
class ShownWay:
    words: str
    name: str
    href: str
    is_page: bool


@dataclass(frozen=True)
class Emergency:
    words: str
    calls: tuple[tuple[str, str], ...]
    text_words: str
    text: tuple[str, str] | None


@dataclass(frozen=True)
class ShownLine:
    id: str
    language: str | None
    headline: str | None
    name: str
    note: str | None
    ways: tuple[ShownWay, ...]
    emergency: Emergency | None


def crisis() -> Crisis:
    """The line that every page carries: the first crisis line, and its country's emergency line."""
    lines = read_lines().lines
    emergency = next(line for line in lines if line.what == "emergency").ways[0]
    ways = {way.by: way for way in lines[0].ways}
    return Crisis(
        number=str(ways["call"].number),
        call=ways["call"].href,
        text=ways["text"].href,
        emergency=str(emergency.number),
        emergency_call=emergency.href,
    )


def home_country() -> str:
    return read_lines().lines[0].country


def shown_lines(t: Words) -> list[ShownLine]:
    """All lines in the data's order; the first, whose number the bar shows too, as a headline."""
    return [_shown(line, t, is_first=not index) for index, line in enumerate(read_lines().lines)]


def _shown(line: Line, t: Words, is_first: bool) -> ShownLine:
    name = t(f"lines.{line.id}.name")
    return ShownLine(
        id=line.id,
        language=line.language,
        headline=line.ways[0].number if is_first else None,
        name=name,
        note=t(f"lines.{line.id}.note") if line.note else None,
        ways=tuple(_way(way, line, name, t, is_first) for way in line.ways),
        emergency=_emergency(line, t),
    )


def _way(way: LineWay, line: Line, name: str, t: Words, is_first: bool) -> ShownWay:
    variant = "_press" if way.press else "_body" if way.body else ""
    if is_first and way.number and not variant:
        variant = "_short"
    tongue = f"{line.language}." if line.language else ""
    words = t(
        f"lines.{tongue}{way.by}{variant}",
        number=way.number,
        press=way.press,
        body=way.body,
    )
    spoken = t("lines.button", way=words, name=name)
    return ShownWay(words=words, name=spoken, href=way.href, is_page=way.url is not None)


def _emergency(line: Line, t: Words) -> Emergency | None:
    if not line.emergency:
        return None
    text = line.emergency_text
    return Emergency(
        words=t("bar.danger"),
        calls=tuple((f"tel:{number}", number) for number in line.emergency),
        text_words=t("lines.emergency_text"),
        text=(f"sms:{text}", text) if text else None,
    )
