"""A plan that is on paper: one page, the paper's order, the return key, one saved word."""

from playwright.sync_api import expect

from tests.journeys.conftest import Words
from tests.journeys.phone import Phone
from tests.journeys.test_together import SECTIONS


def test_it_is_copied_line_by_line_with_the_return_key_alone(phone: Phone, words: Words) -> None:
    page = phone.open("/")
    page.get_by_role("link", name=words("page.front.paper")).click()
    expect(page.locator("#app h1")).to_have_text(words("paper.title"))
    titles = [words(f"section.{section}.title") for section in SECTIONS]
    assert [one for one in page.locator("h2").all_inner_texts() if one in titles] == titles
    page.locator(".paper textarea").first.tap()
    for title in titles:
        for number in (1, 2):
            page.keyboard.type(f"{title} {number}")
            page.keyboard.press("Enter")
        page.keyboard.press("Enter")  # on a line still empty: on to the next part
    expect(page.get_by_text(words("save.saved"), exact=True)).to_be_visible()
    read = phone.go("/read")
    expect(read.locator(".read-main")).to_have_text(
        [f"{title} {number}" for title in titles for number in (1, 2)]
    )


def test_there_are_no_prompts_details_or_ideas(phone: Phone, words: Words) -> None:
    page = phone.open("/paper")
    page.locator(".paper textarea").first.tap()
    page.keyboard.type("staying in bed")
    expect(page.get_by_text(words("save.saved"), exact=True)).to_have_count(1)
    for key in ("edit.details", "ideas.show"):
        expect(page.get_by_role("button", name=words(key))).to_have_count(0)
    expect(page.locator(".handle:visible")).to_have_count(0)
    placeholders = page.locator(".paper textarea").evaluate_all(
        "(all) => all.map((one) => one.placeholder)"
    )
    assert set(placeholders) == {words("edit.write")}
