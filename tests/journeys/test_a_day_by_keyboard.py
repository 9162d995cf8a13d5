"""A whole day with the keys alone: begun, filled in together, asked for help by it, deleted."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Words
from tests.journeys.phone import Phone
from tests.journeys.test_by_keyboard import tab_to

SAVED = "save.saved"


def press(page: Page, name: str) -> None:
    """Tab to what is called this, and press it."""
    tab_to(page, name, most=120)
    page.keyboard.press("Enter")


def heading(page: Page, text: str) -> None:
    """The screen with this heading has the focus on it, so that Tab goes on from its top."""
    expect(page.locator("#app h1")).to_have_text(text)
    expect(page.locator("#app h1")).to_be_focused()


def to_part(page: Page, title: str) -> None:
    """From the list of parts into the one of this title."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.querySelector('b')?.innerText") == title:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{title} is not reached by Tab")


def test_a_whole_day_needs_no_pointer(phone: Phone, words: Words) -> None:
    page = phone.open("/")
    page.wait_for_timeout(300)
    fill_in(page, words)
    together(page, words)
    from_paper(phone, words)
    ask_for_help(phone, words)
    delete(phone, words)


def fill_in(page: Page, words: Words) -> None:
    """An own line, its details, an idea taken, one removed and brought back."""
    press(page, words("page.front.start"))
    heading(page, words("edit.title"))
    to_part(page, words("section.coping_strategies.title"))
    heading(page, words("section.coping_strategies.title"))
    tab_to(page, words("field.coping_strategies.text.label"))
    page.keyboard.type("walk the dog")
    press(page, words("edit.details"))
    tab_to(page, words("choice.needs.rest"))
    page.keyboard.press("Space")
    press(page, words("ideas.show"))
    idea = words("idea.coping_strategies.quiet_music")
    first = page.locator(".ideas button, [class*=idea] button").first
    expect(first).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if idea in str(page.evaluate("() => document.activeElement.innerText ?? ''")):
            break
    page.keyboard.press("Enter")
    expect(page.locator("[data-item=true]")).to_have_count(2)
    press(page, words("edit.remove"))
    expect(page.locator("[data-item=true]")).to_have_count(1)
    press(page, words("edit.undo"))
    expect(page.locator("[data-item=true]")).to_have_count(2)
    expect(page.get_by_text(words(SAVED), exact=True)).to_be_visible()


def together(page: Page, words: Words) -> None:
    """Into it from the front, on to the first part, a line written there."""
    page.goto(page.url.replace("/edit", "/"))
    expect(page.locator("#app h1")).to_be_visible()
    press(page, words("front.together"))
    heading(page, words("together.title"))
    title = words("section.warning_signs.title")
    press(page, words("together.go_on", part=title))
    heading(page, title)
    tab_to(page, words("field.warning_signs.text.label"))
    page.keyboard.type("I stop answering")
    expect(page.get_by_text(words(SAVED), exact=True)).to_be_visible()


def from_paper(phone: Phone, words: Words) -> None:
    """Return makes the next line; the person gets a number in the editor."""
    page = phone.go("/paper")
    expect(page.locator("#app h1")).to_be_visible()
    tab_to(page, words("field.reasons.text.label"), most=120)
    page.keyboard.type("the lake in October")
    page.keyboard.press("Enter")
    page.keyboard.type("Biscuit, my dog")
    expect(page.get_by_text(words(SAVED), exact=True)).to_be_visible()


def ask_for_help(phone: Phone, words: Words) -> None:
    """The walk, a need, back to the step, out of it, and the whole plan read."""
    page = phone.go("/now")
    expect(page.locator("#app h1")).to_be_visible()
    press(page, words("needs.link"))
    heading(page, words("needs.title"))
    press(page, words("need.rest.title"))
    heading(page, words("need.rest.title"))
    press(page, words("walk.return"))
    press(page, words("walk.next"))
    press(page, words("walk.stop"))
    page.wait_for_url(lambda url: url.endswith("/"))
    expect(page.locator("#app h1")).to_be_visible()
    press(page, words("front.read"))
    expect(page.get_by_text("Biscuit, my dog")).to_be_visible()


def delete(phone: Phone, words: Words) -> None:
    """Two touches, which are two keys."""
    page = phone.go("/keep-safe")
    expect(page.locator("#app h1")).to_be_visible()
    press(page, words("keep.delete"))
    press(page, words("keep.delete_now"))
    expect(page.get_by_text(words("keep.gone"), exact=False).first).to_be_visible()
    phone.until(lambda: page.evaluate("async () => (await indexedDB.databases()).length") == 0)
