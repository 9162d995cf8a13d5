"""Which pages there are, what each is made from, and which words its script is given."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from app.content.guides import read_guides
from app.content.messages import FIRST_LANGUAGE


@dataclass(frozen=True)
class Entry:
    """A script that takes pages over, and which messages it is given (shell patterns)."""

    name: str
    messages: tuple[str, ...]
    with_lines: bool = False
    with_ideas: bool = False
    data_beside: bool = False
    """Its words lie in a script of their own; else in the page, which then needs one file less."""

    reads_early: bool = False
    """A few lines inside the page ask the device for the plan while the page is still read."""

    def needs(self, key: str) -> bool:
        return any(fnmatchcase(key, pattern) for pattern in self.messages)


SCREENS = ("edit", "together", "paper", "blank", "read", "keep_safe", "come_back")
"""Drawn by the main script at the path of their name; without scripts each says what it needs."""

MAIN = Entry(
    "main",
    (
        *("front.*", "edit.*", "read.*", "keep.*", "save.*", "photo.*", "nudge.*", "way.*"),
        *("export.*", "section.*title", "field.*", "choice.*", "foot.professionals"),
        *("paper_picture.*", "needs.title", "together.*", "paper.*", "blank.*"),
        *("backup.*", "come_back.*", "problem.*.said"),
        *("ideas.[!s]*", "ideas.show", "ideas.sources"),
        *(f"page.{screen}.title" for screen in ("front", *SCREENS)),
    ),
    with_ideas=True,
    data_beside=True,
)
NOW = Entry(
    "now",
    ("walk.*", "needs.*", "need.*", "way.*", "section.*.walk", "field.*.label", "lines.promise"),
    with_lines=True,
    reads_early=True,
)


@dataclass(frozen=True)
class Page:
    """One page; `name` finds its `page.<name>.title`, and its template where none is given;
    `style` its bundle."""

    name: str
    path: str
    style: str
    entry: Entry | None = None
    night: bool = False
    offline: bool = True
    template: str = ""


PAGES = (
    Page("front", "/", "app", MAIN),
    Page("now", "/now", "now", NOW, night=True),
    *(Page(one, f"/{one.replace('_', '-')}", "app", MAIN, template="screen") for one in SCREENS),
    Page("lines", "/lines", "page"),
    Page("privacy", "/privacy", "page"),
    *(Page(one.id, one.path, "page", template="guide") for one in read_guides().guides),
    Page("conversation", "/conversation", "page"),
    Page("blank_sheet", "/blank-sheet", "sheet"),
    Page("not_found", "/not-found", "page"),
    Page("broken", "/broken", "page", offline=False),
)


def address(path: str, language: str) -> str:
    """Where a page stands in a language: the first one at the root, any other under its name."""
    if language == FIRST_LANGUAGE:
        return path
    return f"/{language}" + ("" if path == "/" else path)
