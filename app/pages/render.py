"""Turns the content and the templates into HTML, a page and a language at a time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.content.lines import read_lines
from app.content.messages import FOLDER, fill, languages, read_messages
from app.content.privacy import read_privacy
from app.content.script import parts, read_script
from app.content.sections import read_sections
from app.pages.guide_page import LINK_WORDS, guide_named, read_by, sources
from app.pages.headers import last_resort_policy
from app.pages.ideas import ideas_file
from app.pages.shown_lines import Words, crisis, home_country, shown_lines
from app.pages.site import PAGES, Entry, Page, address

LAST_RESORT_STYLE = (
    ":root{color-scheme:light dark}body{margin:24px;font:20px/1.5 system-ui}h1{font-size:28px}"
    "a{display:block;padding:14px;border:2px solid;border-radius:12px;color:inherit;"
    "font-weight:600;text-align:center;text-decoration:none}"
)
"""The system's own colours: nothing else is there to take them from."""


@dataclass(frozen=True)
class Built:
    """What the browser's build left: the text of each style, the address of each script, and the
    two colours (`day`, `night`) that a browser paints around a page."""

    styles: Mapping[str, str]
    scripts: Mapping[str, str]
    colours: Mapping[str, str]


@dataclass(frozen=True)
class Rendered:
    """One page in one language, at its address."""

    path: str
    page: Page
    html: str


@dataclass(frozen=True)
class LastResort:
    """The page that the service worker carries inside itself, and its own policy."""

    html: str
    policy: str


def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def words_of(language: str, folder: Path = FOLDER) -> Words:
    """`t(key, **values)` for one language; a missing key or value is a KeyError."""
    messages = read_messages(language, folder)

    def t(key: str, **values: object) -> str:
        return fill(messages[key], **values)

    return t


def render_all(built: Built, folder: Path = FOLDER) -> list[Rendered]:
    """Every page in every language."""
    return [
        Rendered(address(page.path, language), page, render(page, language, built, folder))
        for language in languages(folder)
        for page in PAGES
    ]


def render(page: Page, language: str, built: Built, folder: Path = FOLDER) -> str:
    """One page. Raises jinja2.UndefinedError or KeyError where its data is not whole."""
    t = words_of(language, folder)
    found = shown_lines(t)
    at_home = {line.id for line in read_lines().lines if line.country == home_country()}
    return (
        environment()
        .get_template(f"{page.template or page.name}.html")
        .render(
            page=page,
            language=language,
            t=t,
            link=lambda path: address(path, language),
            style=Markup(built.styles[page.style]),  # noqa: S704 - our own build's, not a person's
            script=built.scripts[page.entry.name] if page.entry else None,
            colours=built.colours,
            crisis=crisis(),
            home=[line for line in found if line.id in at_home],
            others=[line for line in found if line.id not in at_home],
            checked_on=min(line.checked_on for line in read_lines().lines).isoformat(),
            page_data=page_data(page.entry, language, folder) if page.entry else "",
            **_content(page, t),
        )
    )


def _content(page: Page, t: Words) -> dict[str, Any]:
    """What guides, the privacy page, the script and the blank sheet are made from."""
    guide = guide_named(page.name)
    return {
        "guide": guide,
        "lines_by_id": {line.id: line for line in shown_lines(t)},
        "link_words": lambda path: t(LINK_WORDS[path]),
        "sources": sources(guide, t),
        "read_by": read_by(page.name, t),
        "privacy": read_privacy(),
        "conversation": {part: read_script().of(part) for part in parts()},
        "sections": [one.id for one in read_sections().sections if one.id != "own"],
    }


def page_data(entry: Entry, language: str, folder: Path = FOLDER) -> Markup:
    """The JSON that a page's script starts from; `<` is written so that no tag can end it early."""
    data: dict[str, Any] = {
        "language": language,
        "messages": {
            key: text for key, text in read_messages(language, folder).items() if entry.needs(key)
        },
        "sections": [_for_script(section, "source") for section in read_sections().sections],
    }
    if entry.with_ideas:
        data["ideas"], _ = ideas_file(language, folder)
    if entry.with_lines:
        data["lines"] = [
            _for_script(line, "source", "checked_on", "hours", "what") | {"ways": _ways(line)}
            for line in read_lines().lines
            if line.country == home_country()
        ]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - escaped in this very line


def last_resort(language: str, folder: Path = FOLDER) -> LastResort:
    """What is left when the cache and the network are both gone."""
    html = (
        environment()
        .get_template("last_resort.html")
        .render(
            language=language,
            t=words_of(language, folder),
            crisis=crisis(),
            style=Markup(LAST_RESORT_STYLE),  # noqa: S704 - the constant above
        )
    )
    return LastResort(html, last_resort_policy(LAST_RESORT_STYLE))


def _for_script(entry: Any, *without: str) -> dict[str, Any]:
    found: dict[str, Any] = entry.model_dump(
        mode="json", exclude_defaults=True, exclude=set(without)
    )
    return found


def _ways(line: Any) -> list[dict[str, Any]]:
    return [_for_script(way) | {"href": way.href} for way in line.ways]
