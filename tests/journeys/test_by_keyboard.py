"""By keyboard alone: a plan is made, put in order, walked; and what fields must carry, live."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.editor import Editor
from tests.journeys.phone import Phone
from tests.journeys.test_pages import axe, is_wider_than_the_screen, small_targets
from tests.journeys.the_plan import ITEMS


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Tab until the focus is on what is called this; then it is visible where the focus is."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found: str = page.evaluate(
            """() => { const one = document.activeElement;
            return one?.getAttribute("aria-label") || one?.labels?.[0]?.innerText
              || one?.innerText || ""; }"""
        )
        if found.strip() == name:
            assert has_outline(page), f"no focus to be seen on {name}"
            return
    raise AssertionError(f"{name} is not reached by Tab")


def has_outline(page: Page) -> bool:
    shown: bool = page.evaluate(
        """() => { const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1
          || document.activeElement.matches("textarea, input"); }"""
    )
    return shown


def lines(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-item=true] textarea").evaluate_all(
        "(all) => all.filter((one) => one.id.endsWith('-main')).map((one) => one.value)"
    )
    return found


def test_a_plan_is_made_put_in_order_and_walked_by_keys_alone(phone: Phone, words: Words) -> None:
    page = phone.open("/")
    page.wait_for_timeout(300)
    tab_to(page, words("page.front.start"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit")
    expect(page.locator("#app h1")).to_be_focused()
    title = words("section.reasons.title")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.querySelector('b')?.innerText") == title:
            break
    page.keyboard.press("Enter")
    expect(page.locator("#app h1")).to_have_text(title)
    tab_to(page, words("field.reasons.text.label"))
    page.keyboard.type("the lake in October")
    page.keyboard.press("Enter")
    page.keyboard.type("Biscuit, my dog")
    expect(page.get_by_text(words("save.saved"), exact=True)).to_be_visible()
    tab_to(page, words("edit.move"))
    page.keyboard.press("ArrowUp")
    assert lines(page) == ["Biscuit, my dog", "the lake in October"]
    expect(page.get_by_text(words("edit.moved", place=1, of=2))).to_be_attached()
    page.keyboard.press("ArrowDown")
    assert lines(page) == ["the lake in October", "Biscuit, my dog"]
    expect(page.get_by_text(words("save.saved"), exact=True)).to_be_visible()
    walk_by_keys(phone, words)


def walk_by_keys(phone: Phone, words: Words) -> None:
    page = phone.go("/now")
    expect(page.locator("#app h1")).to_have_text("the lake in October")
    tab_to(page, words("walk.next"))
    page.keyboard.press("Enter")
    expect(page.locator("#app h1")).to_have_text("Biscuit, my dog")
    expect(page.locator("#app h1")).to_be_focused()
    tab_to(page, words("walk.back"))
    page.keyboard.press("Enter")
    expect(page.locator("#app h1")).to_have_text("the lake in October")


def test_every_field_and_every_word_of_the_plan_keeps_to_itself(
    phone: Phone, words: Words, seal: Seal
) -> None:
    """Live: what autocomplete, spell check and translation would see, on every screen."""
    phone.open("/lines")
    seal(phone, ITEMS)
    page = phone.go("/edit")
    for section in ("coping_strategies", "support_contacts", "environment_safety", "reasons"):
        Editor(page, words).open(section)
        page.locator("[data-line] button[aria-controls]").evaluate_all(
            "(all) => all.forEach((one) => one.click())"
        )
        page.wait_for_timeout(100)
        assert loud_fields(page) == [], section
    for path in ("/", "/now", "/read", "/edit"):
        page = phone.go(path)
        expect(page.locator("#app h1")).to_be_visible()
        assert translatable(page) == [], path


def loud_fields(page: Page) -> list[str]:
    found: list[str] = page.locator(
        "textarea, input:not([type=checkbox], [type=radio])"
    ).evaluate_all(
        """(all) => all.filter((one) => one.type !== "file" && one.type !== "date")
        .filter((one) => one.autocomplete !== "off" || one.spellcheck || one.translate)
        .map((one) => one.outerHTML)"""
    )
    return found


def translatable(page: Page) -> list[str]:
    """Words of the plan in an element that a translator may touch."""
    found: list[str] = page.evaluate(
        """(words) => { const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const seen = [];
        while (all.nextNode()) { const { data, parentElement: one } = all.currentNode;
          const isTheirs = words.some((word) => data.includes(word));
          if (isTheirs && one.translate && one.tagName !== "SCRIPT") seen.push(data); }
        return seen; }""",
        ["Biscuit", "Maya's", "walk the dog", "the mall", "by Friday", "sam#4417"],
    )
    return found


@pytest.mark.parametrize(
    ("scheme", "width", "size"),
    [("light", 375, "100%"), ("dark", 320, "100%"), ("light", 375, "200%"), ("dark", 1100, "100%")],
)
def test_every_screen_with_a_plan_is_sound(
    phones: MakePhone, words: Words, seal: Seal, scheme: str, width: int, size: str
) -> None:
    """axe, targets and width on every screen and state, each in one theme, width and size."""
    phone = phones(color_scheme=scheme, viewport={"width": width, "height": 667})
    phone.start()
    phone.context.add_init_script(
        f"addEventListener('DOMContentLoaded', () => "
        f"{{ document.documentElement.style.fontSize = '{size}'; }})"
    )
    phone.go("/lines")
    seal(phone, ITEMS)
    for name, page in states(phone, words):
        page.wait_for_timeout(200)
        assert axe(page) == [], name
        assert small_targets(page) == [], name
        assert not is_wider_than_the_screen(page), name


def states(phone: Phone, words: Words) -> Iterator[tuple[str, Page]]:
    page = phone.page
    yield "front", opened(phone, "/")
    yield "read", opened(phone, "/read")
    yield "keep safe", opened(phone, "/keep-safe")
    page.get_by_role("button", name=words("keep.delete"), exact=True).click()
    yield "keep safe, asked", page
    yield "the parts", opened(phone, "/edit")
    editor = Editor(page, words)
    for section in ("support_contacts", "coping_strategies", "environment_safety"):
        editor.open(section)
        editor.unfold(page.locator("[data-item=true]").first)
        yield f"edit {section}", page
    editor.unfold(page.locator("[data-item=true]").first)
    page.get_by_role("button", name=words("edit.remove"), exact=True).first.click()
    yield "removed, with undo", page
    page.get_by_role("button", name=words("edit.recently_removed")).last.click()
    yield "recently removed", page
    yield "the walk", opened(phone, "/now")
    for number in range(9):
        page.locator(".walk-foot > button:last-child").click()
        yield f"the walk, step {number + 2}", page


def opened(phone: Phone, path: str) -> Page:
    page = phone.go(path)
    expect(page.locator("#app h1")).to_be_visible()
    return page
