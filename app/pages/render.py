"""Turns the content and the templates into HTML, a page and a language at a time."""

from collections.abc import Mapping, Sequence
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
from app.pages.headers import integrity, last_resort_policy
from app.pages.page_data import data_file, page_data
from app.pages.shown_lines import Words, crisis, home_country, shown_lines
from app.pages.site import PAGES, Entry, Page, address

LAST_RESORT_STYLE = (
    ":root{color-scheme:light dark}body{margin:24px;font:20px/1.5 system-ui}h1{font-size:28px}"
    "a{display:block;padding:14px;border:2px solid;border-radius:12px;color:inherit;"
    "font-weight:600;text-align:center;text-decoration:none}"
)
"""The system's own colours: nothing else is there to take them from."""


@dataclass(frozen=True)
class Script:
    """A script's address, and the hash without which no browser runs it."""

    address: str
    integrity: str


@dataclass(frozen=True)
class Built:
    """What the browser's build left: the text of each style, each script, the names of the scripts
    that a script imports, the text of the one that stands inside a page, the two colours (`day`,
    `night`) that a browser paints around a page, and the address of the worker that stretches a
    passphrase."""

    styles: Mapping[str, str]
    scripts: Mapping[str, Script]
    imports: Mapping[str, Sequence[str]]
    early: str
    colours: Mapping[str, str]
    argon2_worker: str

    def modules(self, entry: str) -> list[Script]:
        """What an entry is made of, the entry itself last."""
        return [self.scripts[name] for name in [*self.imports[entry], entry]]


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
            modules=built.modules(page.entry.name) if page.entry else [],
            early=Markup(built.early) if page.entry and page.entry.reads_early else None,  # noqa: S704
            colours=built.colours,
            crisis=crisis(),
            home=[line for line in found if line.id in at_home],
            others=[line for line in found if line.id not in at_home],
            checked_on=min(line.checked_on for line in read_lines().lines).isoformat(),
            **_data(page.entry, language, folder),
            **_content(page, t),
        )
    )


def _data(entry: Entry | None, language: str, folder: Path) -> dict[str, Any]:
    """What the page's script starts from: inside the page, or the address of a file beside it."""
    if entry is None:
        return {"page_data": None, "data_script": None}
    if entry.data_beside:
        path, body = data_file(entry, language, folder)
        return {"page_data": None, "data_script": Script(path, integrity(body))}
    text = page_data(entry, language, folder)
    return {"page_data": Markup(text), "data_script": None}  # noqa: S704 - no `<` is in it


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
