"""What the templates of guides ask for: a link's words, sources by name, who has read the page."""

from collections.abc import Mapping

from app.content.guides import Guide, document_ids, public_works, read_guides
from app.content.review import waiting
from app.pages.shown_lines import Words

LINK_WORDS: Mapping[str, str] = {
    "/": "manifest.name",
    "/now": "page.front.now",
    "/read": "page.to_plan",
    "/lines": "lines.title",
    "/privacy": "page.front.privacy",
    "/blank": "page.blank.heading",
    "/together": "page.together.heading",
    "/conversation": "page.conversation.heading",
    "/blank-sheet": "page.blank_sheet.name",
    **{guide.path: f"page.{guide.id}.heading" for guide in read_guides().guides},
}
"""The message that names the page at each path that a guide may lead to."""


def guide_named(name: str) -> Guide | None:
    return next((guide for guide in read_guides().guides if guide.id == name), None)


def sources(guide: Guide | None, t: Words) -> str:
    """The documents and public works that a page rests on, as one line; nothing for no sources."""
    if guide is None:
        return ""
    named = [t(f"page.document.{number}") for number in document_ids(guide)]
    found = "; ".join([*named, *public_works(guide)])
    return t("page.sources", list=found) if found else ""


def read_by(name: str, t: Words) -> str:
    """The line at a page's foot: not read yet, or by whom and when; "" where none is needed."""
    if waiting(name):
        return t("page.unread")
    guide = guide_named(name)
    found = guide.reviewed if guide else None
    return t("page.read_by", by=found.by, on=found.on.isoformat()) if found else ""
