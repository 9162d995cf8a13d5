"""A person who backs a plan up, and comes back to it, by the screens alone."""

import json
import sqlite3
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Seal, Words
from tests.journeys.phone import Phone
from tests.journeys.server import Server
from tests.journeys.the_plan import ITEMS

COME_BACK = "/come-back"
PATIENCE = 20_000  # ms: a key is made while others use this machine too


class Backing:
    """On one phone; what is on its screen is found by the words that people read."""

    def __init__(self, phone: Phone, words: Words) -> None:
        self.phone = phone
        self.words = words

    @property
    def page(self) -> Page:
        return self.phone.page

    def press(self, key: str) -> None:
        self.page.get_by_role("button", name=self.words(key), exact=True).first.click()

    def sees(self, key: str, **values: object) -> None:
        seen = self.page.get_by_text(self.words(key, **values)).first
        expect(seen).to_be_visible(timeout=PATIENCE)

    def headed(self, key: str) -> None:
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(self.words(key), timeout=PATIENCE)

    def show_code(self) -> list[str]:
        """From keep safe; the nine groups."""
        self.phone.go("/keep-safe")
        self.press("backup.turn_on")
        return self.code_shown()

    def code_shown(self) -> list[str]:
        self.page.locator(".code").wait_for(timeout=PATIENCE)
        return self.page.locator(".code li").all_inner_texts()

    def type_back(self, code: list[str]) -> None:
        """Two groups as they were written down, in small letters."""
        if self.page.locator(".code").count():
            self.press("backup.written")
        for number, group in enumerate(code, 1):
            field = self.page.get_by_label(self.words("backup.group", number=number), exact=True)
            if field.count():
                field.fill(group.lower())
        self.press("backup.finish")

    def turn_on(self) -> list[str]:
        code = self.show_code()
        self.type_back(code)
        self.headed("backup.done")
        self.backed_up()
        return code

    def backed_up(self) -> None:
        """The second truth, wherever on the screen it stands; its day is left open."""
        before, _, after = self.words("backup.saved", day="\n").partition("\n")
        expect(self.page.locator("main")).to_contain_text((before + after).strip())

    def type_code(self, code: list[str]) -> None:
        self.page.get_by_label(self.words("backup.code"), exact=True).fill(" ".join(code))

    def come_back(self, code: list[str]) -> None:
        self.phone.go(COME_BACK)
        self.type_code(code)
        self.press("come_back.show")

    def plan_shown(self) -> str:
        """All that the plan's own page says."""
        self.phone.go("/read")
        self.page.locator(".read-parts").wait_for()
        return self.page.locator(".read-parts").inner_text()


def unfold(backing: Backing, *keys: str) -> None:
    """Keep safe, with this folded out below the ways to change it."""
    backing.phone.go("/")
    backing.page.get_by_role("link", name=backing.words("front.keep_safe")).click()
    for key in ("backup.change", *keys):
        backing.page.locator("summary", has_text=backing.words(key)).first.click()


def with_plan(phone: Phone, words: Words, seal: Seal, items: int = len(ITEMS)) -> Backing:
    """A phone that holds a plan, and no backup yet."""
    phone.open("/lines")
    seal(phone, ITEMS[:items])
    return Backing(phone, words)


def plan_kept(phone: Phone, sealing_script: str) -> dict[str, Any]:
    """The plan as it lies on the phone."""
    phone.page.evaluate(sealing_script + ";globalThis.forTests = forTests;true")
    found: dict[str, Any] = json.loads(phone.page.evaluate("() => forTests.openedPlan()"))
    return found


def values(plan: dict[str, Any], section: str) -> list[dict[str, Any]]:
    """What the items of a section say, those in the plan's settings among them."""
    return [
        sibling["value"]
        for item in plan["items"]
        if item["section"] == section
        for sibling in item["sibs"]
    ]


def rows(server: Server, table: str) -> int:
    """How many the server holds, as it lies on its disk."""
    with sqlite3.connect(f"file:{server.data}/keel.sqlite3?mode=ro", uri=True) as database:
        found: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    database.close()
    return found
