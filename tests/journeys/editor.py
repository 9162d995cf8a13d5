"""The editor as a person uses it: open a section, type a line, fold out details, fill them in."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

Words = Callable[..., str]


class Editor:
    """On the page that `/edit` shows; fields are found by the labels that people read."""

    def __init__(self, page: Page, words: Words) -> None:
        self.page = page
        self.words = words

    def open(self, section: str) -> None:
        """From wherever the editor is, by its list of parts."""
        to_list = self.page.locator("a.to-list")
        if to_list.is_visible():
            to_list.click()
        title = self.words(f"section.{section}.title")
        self.page.locator(".part-line").filter(has=self.page.get_by_text(title, exact=True)).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def add(self, text: str) -> Locator:
        """Types a line at the end, key by key; returns its row."""
        row = self.page.locator("[data-line]").last
        key = row.get_attribute("data-line")
        row.locator("textarea").first.press_sequentially(text)
        made = self.page.locator(f'[data-line="{key}"][data-item="true"]')
        expect(made.locator("textarea").first).to_have_value(text)
        return made

    def unfold(self, row: Locator) -> Locator:
        button = row.get_by_role("button", name=self.words("edit.details"))
        if button.get_attribute("aria-expanded") == "false":
            button.click()
        return row

    def fill(self, row: Locator, section: str, **fields: str) -> None:
        for field, text in fields.items():
            label = self.words(f"field.{section}.{field}.label")
            self.unfold(row).get_by_label(label, exact=True).press_sequentially(text)

    def mark(self, row: Locator, section: str, *flags: str) -> None:
        for flag in flags:
            label = self.words(f"field.{section}.{flag}.label")
            self.unfold(row).get_by_label(label, exact=True).check()

    def choose(self, row: Locator, field: str, option: str) -> None:
        label = self.words(f"choice.{field}.{option}")
        self.unfold(row).get_by_label(label, exact=True).check()

    def reach(self, row: Locator, by: str, **fields: str) -> None:
        """The first way of an item: a number, or an app and a handle."""
        way = self.unfold(row).locator(".way-edit").first
        way.get_by_label(self.words("edit.way.by"), exact=True).select_option(by)
        for field, text in fields.items():
            label = self.words(f"edit.way.{field}")
            way.get_by_label(label, exact=True).press_sequentially(text)

    def wait_until_saved(self) -> None:
        expect(self.page.get_by_text(self.words("save.saved"), exact=True)).to_be_visible()


def in_editor(page: Page, words: Words, section: str) -> Editor:
    """The editor of this page, with that section open."""
    editor = Editor(page, words)
    editor.open(section)
    return editor
