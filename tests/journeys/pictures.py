"""Makes the README's three pictures: `python -m tests.journeys.pictures`, after `make build`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from app.content.messages import message
from tests.journeys import the_plan
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone
from tests.journeys.server import ROOT, Server

PICTURES = ROOT / "docs/pictures"
AT_NIGHT = "2026-11-22T01:05:00-05:00"


def words(key: str, **values: object) -> str:
    return message("en", key, **values)


def keep(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"{name}.png")


def write(page: Page) -> None:
    """The plan of the journey, without its signs: a picture on a public page stays calm."""
    editor = Editor(page, words)
    the_plan.people_and_places(editor)
    the_plan.people_i_can_tell(editor)
    the_plan.environment_and_reasons(editor)
    the_plan.what_i_can_do(editor)
    editor.wait_until_saved()
    editor.open("coping_strategies")


def make(phone: Phone) -> None:
    page = phone.open("/edit")
    page.locator("#app h1").wait_for()
    write(page)
    keep(page, "edit")
    phone.go("/").locator("#app h1").wait_for()
    keep(page, "front")
    page.clock.set_fixed_time(AT_NIGHT)
    phone.go("/now").get_by_role("button", name=words("walk.next"), exact=True).click()
    keep(page, "walk")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        phone = Phone(playwright, Path(folder) / "phone", server.origin)
        try:
            make(phone)
        finally:
            phone.close()
            server.stop()


if __name__ == "__main__":
    main()
