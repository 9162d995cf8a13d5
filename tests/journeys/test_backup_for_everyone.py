"""The backup's screens for every eye and hand: by keys alone, and sound in each light and size."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.backing_up import Backing, with_plan
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.test_by_keyboard import tab_to
from tests.journeys.test_pages import axe, is_wider_than_the_screen, small_targets
from tests.journeys.the_plan import ITEMS


@pytest.mark.parametrize(
    ("scheme", "width", "size"), [("light", 375, "200%"), ("dark", 320, "100%")]
)
def test_every_screen_of_the_backup_is_sound(
    phones: MakePhone, seal: Seal, words: Words, scheme: str, width: int, size: str
) -> None:
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 667}}
    phone = phones("sound", **options)
    phone.is_offline = True  # the console tells of a 401
    phone.start()
    phone.context.add_init_script(
        f"addEventListener('DOMContentLoaded', () => "
        f"{{ document.documentElement.style.fontSize = '{size}'; }})"
    )
    phone.go("/lines")
    seal(phone, ITEMS)
    for name, page in states(Backing(phone, words)):
        page.wait_for_timeout(200)
        assert axe(page) == [], name
        assert small_targets(page) == [], name
        assert not is_wider_than_the_screen(page), name


def states(backing: Backing) -> Iterator[tuple[str, Page]]:
    page = backing.page
    code = backing.show_code()
    yield "the code", page
    backing.press("backup.written")
    backing.press("backup.finish")
    backing.sees("problem.not_typed_back.said")
    yield "not typed back", page
    backing.type_back(code)
    backing.headed("backup.done")
    yield "done", page
    page.get_by_role("link", name=backing.words("keep.title")).click()
    page.locator("summary", has_text=backing.words("backup.change")).click()
    for one in page.locator("details details summary").all():
        one.click()
    yield "keep safe", page
    backing.phone.go("/")
    yield "the front", page
    backing.phone.go("/edit")
    backing.backed_up()
    yield "edit", page
    backing.phone.go("/read")
    page.locator("summary", has_text=backing.words("read.locked")).click()
    yield "a locked file", page
    page.context.clear_cookies()
    backing.phone.go("/edit")
    page.locator(".part-line").first.click()
    page.locator("[data-line] textarea").last.press_sequentially("signed out")
    backing.sees("backup.why")
    yield "edit, signed out", page
    page.get_by_role("link", name=backing.words("backup.why")).click()
    backing.sees("problem.signed_out.said")
    yield "signed out", page
    backing.phone.go("/come-back")
    page.locator("summary").click()
    backing.press("come_back.show")
    backing.sees("problem.recovery_format.said")
    yield "come back", page


def test_a_backup_is_turned_on_and_come_back_to_by_keys_alone(
    phones: MakePhone, seal: Seal, words: Words
) -> None:
    backing = with_plan(phones("first"), words, seal)
    page = backing.phone.go("/keep-safe")
    tab_to(page, words("backup.turn_on"))
    page.keyboard.press("Enter")
    code = backing.code_shown()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    tab_to(page, words("backup.written"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    for number, group in enumerate(code, 1):
        label = words("backup.group", number=number)
        if page.get_by_label(label, exact=True).count():
            tab_to(page, label)
            page.keyboard.type(group)
    page.keyboard.press("Enter")
    backing.headed("backup.done")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    backing.phone.close()

    back = Backing(phones("second"), words)
    page = back.phone.open("/")
    page.wait_for_timeout(300)
    tab_to(page, words("page.front.come_back"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/come-back")
    tab_to(page, words("backup.code"))
    page.keyboard.type("-".join(code))
    page.keyboard.press("Enter")
    back.headed("front.title")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_no_field_of_the_backup_is_learnt_by_keyboard_or_browser(
    phones: MakePhone, words: Words
) -> None:
    page = phones("fields").open("/come-back")
    page.locator("summary").click()
    fields = page.locator("textarea").all()
    assert len(fields) == 3
    for field in fields:
        told = {name: field.get_attribute(name) for name in ("autocomplete", "autocapitalize")}
        told |= {name: field.get_attribute(name) for name in ("spellcheck", "translate")}
        assert told == {
            "autocomplete": "off",
            "autocapitalize": "off",
            "spellcheck": "false",
            "translate": "no",
        }
