"""Reads a page as a browser without scripts does, and names what is wrong with it."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit

FOCUSABLE = {"a", "button", "input", "select", "textarea", "summary", "iframe"}
VOID = {"meta", "link", "br", "img", "input", "hr"}
NAMES = (
    *("Now", "Edit", "Read", "Keep safe", "Lines", "Privacy", "When I call", "After", "More help"),
    *("Supporters", "Library", "Help", "For professionals", "Conversation", "Blank sheet"),
    *("Together", "Paper", "Blank", "Come back"),
)
TITLES = {"Keel"} | {f"Keel · {name}" for name in NAMES}
HEADINGS = ("h1", "h2", "h3", "h4")


@dataclass
class Element:
    """A start tag, what encloses it, and the words inside it."""

    tag: str
    attributes: dict[str, str | None]
    inside: tuple["Element", ...]
    words: str = ""


@dataclass
class Read(HTMLParser):
    """All elements of one page, in order."""

    elements: list[Element] = field(default_factory=list)
    stack: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), tuple(self.stack))
        self.elements.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack[-1].tag != tag:
            raise ValueError(f"</{tag}> closes nothing")
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        for element in self.stack:
            element.words += data


def read(html: str) -> list[Element]:
    """Raises ValueError for elements that are not closed in order."""
    page = Read()
    page.feed(html)
    page.close()
    if page.stack:
        raise ValueError(f"<{page.stack[-1].tag}> is not closed")
    return page.elements


def faults(html: str, paths: set[str], hosts: set[str], script: str = "") -> list[str]:
    """What a page must not be, one sentence a fault; `paths` are ours, `hosts` the lines', `script`
    the one that may stand inside it."""
    elements = read(html)
    return [
        *_frame(elements),
        *_bar(elements),
        *_links(elements, paths, hosts),
        *_inline(elements, script),
        *_words(elements),
        *_headings(elements),
    ]


def _frame(elements: list[Element]) -> list[str]:
    by_tag = {element.tag: element for element in elements}
    found = []
    if not by_tag["html"].attributes.get("lang"):
        found.append("no language")
    if by_tag["title"].words not in TITLES:
        found.append(f"a title that says too much: {by_tag['title'].words}")
    if sum(element.tag == "h1" for element in elements) != 1:
        found.append("not exactly one h1")
    if not any(e.tag == "main" and e.attributes.get("id") == "main" for e in elements):
        found.append("no main")
    return found


def _bar(elements: list[Element]) -> list[str]:
    focusable = [
        e for e in elements if e.tag in FOCUSABLE or e.attributes.get("tabindex") is not None
    ]
    first = [(e.tag, e.attributes.get("href")) for e in focusable[:4]]
    in_bar = all(
        any(outer.attributes.get("class") == "bar" for outer in e.inside) for e in focusable[:4]
    )
    targets = [href for _, href in first]
    is_bar = len(targets) == 4 and targets[:2] == ["tel:988", "sms:988"]
    if not in_bar or not is_bar or targets[3] != "tel:911" or "/lines" not in (targets[2] or ""):
        return [f"the bar is not first: {targets}"]
    return []


def _links(elements: list[Element], paths: set[str], hosts: set[str]) -> list[str]:
    found = []
    ids = [e.attributes["id"] for e in elements if e.attributes.get("id")]
    if len(set(ids)) != len(ids):
        found.append("an id stands twice")
    for element in elements:
        for name in ("href", "src", "action", "poster", "data"):
            found += _link(element.attributes.get(name), set(ids), paths, hosts)
        if element.tag == "a" and not element.words.strip():
            found.append("a link without words")
    return found


def _link(url: str | None, ids: set[str | None], paths: set[str], hosts: set[str]) -> list[str]:
    if url is None:
        return []
    parts = urlsplit(url)
    if parts.scheme in ("tel", "sms"):
        return []
    if parts.scheme or parts.netloc:
        is_fine = parts.scheme == "https" and parts.netloc in hosts
        return [] if is_fine else [f"a foreign address: {url}"]
    if url.startswith("#"):
        return [] if url[1:] in ids else [f"leads nowhere: {url}"]
    return [] if parts.path in paths else [f"leads nowhere: {url}"]


def _inline(elements: list[Element], script: str) -> list[str]:
    found = []
    for element in elements:
        found += [f"runs inline: {name}" for name in element.attributes if name.startswith("on")]
        found += ["an inline style attribute"] if "style" in element.attributes else []
        is_data = element.attributes.get("type") == "application/json"
        is_allowed = is_data or element.words in ("", script)
        if element.tag == "script" and not is_allowed:
            found.append("an inline script")
        if element.tag == "script" and is_data:
            json.loads(element.words)
    return found


def _words(elements: list[Element]) -> list[str]:
    shown = " ".join(e.words for e in elements if e.tag == "main")
    return ["an exclamation mark"] if "!" in shown else []


def _headings(elements: list[Element]) -> list[str]:
    """A heading is at most one step below the one before it, and the first is the highest."""
    levels = [HEADINGS.index(e.tag) for e in elements if e.tag in HEADINGS]
    jumps = [after for before, after in pairwise([-1, *levels]) if after > before + 1]
    return [f"a heading that skips a step: h{level + 1}" for level in jumps]
