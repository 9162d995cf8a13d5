"""Every page is whole without scripts: the bar first, nothing foreign or inline, no dead end."""

import json
from pathlib import Path

import pytest

from app.content.lines import hosts, read_lines
from app.content.messages import FOLDER, languages, read_messages
from app.pages.headers import inline_hash, policy
from app.pages.page_data import data_file, page_data
from app.pages.render import Built, last_resort, render, render_all
from app.pages.site import MAIN, NOW, PAGES, Page, address
from tests.pages.page_faults import faults, read

OURS = {page.path for page in PAGES} | {
    *("/manifest.webmanifest", "/favicon.ico", "/icons/apple-touch-180.png"),
    *("/assets/main-1.js", "/assets/now-1.js"),
}


def ours(folder: Path = FOLDER) -> set[str]:
    """Every address that a page may lead to or load, in the languages of `folder`."""
    return OURS | {data_file(MAIN, one, folder)[0] for one in languages(folder)}


EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def page_named(name: str) -> Page:
    return next(page for page in PAGES if page.name == name)


@EVERY_PAGE
def test_a_page_is_whole_without_scripts(page: Page, built: Built) -> None:
    script = built.early if page.name == "now" else ""
    assert faults(render(page, "en", built), ours(), hosts(), script) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("<body>", '<body><a href="/now">Skip</a>', "the bar is not first"),
        ('href="tel:988"', 'href="tel:989"', "the bar is not first"),
        ("<title>Keel", "<title>Suicide plan", "a title that says too much"),
        ("<main", '<img src="https://example.com/x.png"><main', "a foreign address"),
        ("<main", '<a href="/gone">x</a><main', "leads nowhere"),
        ("<main", '<a href="#gone">x</a><main', "leads nowhere"),
        ("<main", '<p onclick="x()">x</p><main', "runs inline"),
        ("<main", '<p style="color:red">x</p><main', "inline style"),
        ("<main", "<script>x()</script><main", "an inline script"),
        ("<h1", "<h1>x</h1><h1", "not exactly one h1"),
        ("</main>", "Well done!</main>", "an exclamation mark"),
        ("</main>", "<h3>x</h3></main>", "a heading that skips a step"),
        (' lang="en"', "", "no language"),
    ],
)
def test_a_planted_fault_is_seen(before: str, after: str, fault: str, built: Built) -> None:
    html = render(page_named("not_found"), "en", built)
    assert before in html
    found = faults(html.replace(before, after, 1), ours(), hosts())
    assert any(fault in one for one in found)


def test_every_page_stands_in_a_second_language_too(built: Built, two_languages: Path) -> None:
    rendered = render_all(built, two_languages)
    paths = ours(two_languages) | {address(page.path, "es") for page in PAGES}
    spanish = [one for one in rendered if one.path.startswith("/es")]
    assert len(spanish) == len(PAGES)
    for one in spanish:
        html = one.html.replace("<title>¡", "<title>").replace("· ¡", "· ")
        script = built.early if one.page.name == "now" else ""
        assert faults(html, paths, hosts(), script) == []
        assert '<html lang="es"' in html
        assert "¡" in html
        assert 'href="/es/lines"' in html


def test_a_message_that_a_language_lacks_stops_the_release(
    built: Built, two_languages: Path
) -> None:
    spanish = json.loads((two_languages / "es.json").read_bytes())
    del spanish["bar.call"]
    (two_languages / "es.json").write_text(json.dumps(spanish))
    with pytest.raises(KeyError, match=r"bar\.call"):
        render_all(built, two_languages)


def test_the_general_walk_has_five_screens_and_every_next_leads_on(built: Built) -> None:
    elements = read(render(page_named("now"), "en", built))
    steps = [e for e in elements if e.attributes.get("class") == "general"]
    assert [e.attributes["id"] for e in steps] == [f"step-{n}" for n in range(1, 6)]
    forward = [e for e in elements if e.words == "Next"]
    assert [e.attributes["href"] for e in forward] == [f"#step-{n}" for n in range(2, 6)]
    assert all("big" in str(e.attributes["class"]) for e in forward)


def test_the_walk_and_the_lines_say_that_an_urge_is_reason_enough(built: Built) -> None:
    for name in ("now", "lines"):
        main = next(e for e in read(render(page_named(name), "en", built)) if e.tag == "main")
        assert "You do not have to be thinking about dying." in main.words


def test_the_first_visit_says_what_this_is_where_it_stays_and_what_it_is_not(
    built: Built,
) -> None:
    elements = read(render(page_named("front"), "en", built))
    static = next(e for e in elements if e.attributes.get("id") == "static")
    for key in ("what", "where", "not_care", "others", "others_answer", "safari_week"):
        assert read_messages("en")[f"page.front.{key}"] in static.words
    links = {e.words: e.attributes["href"] for e in elements if e.tag == "a"}
    assert (links["Start my plan"], links["I need help now"]) == ("/edit", "/now")


def test_every_number_is_readable_as_text(built: Built) -> None:
    words = next(e.words for e in read(render(page_named("lines"), "en", built)) if e.tag == "main")
    for line in read_lines().lines:
        for number in [way.number for way in line.ways if way.number] + list(line.emergency):
            assert number in words


def test_a_style_is_allowed_by_its_hash_and_another_is_not(built: Built) -> None:
    allowed = policy(built.styles.values())
    for page in PAGES:
        style = next(e.words for e in read(render(page, "en", built)) if e.tag == "style")
        assert inline_hash(style) in allowed
        assert inline_hash(style + " ") not in allowed


def test_one_script_stands_inside_the_walk_alone_and_is_allowed_by_its_hash(built: Built) -> None:
    allowed = policy(built.styles.values(), [built.early])
    scripts = {
        (page.name, e.words)
        for page in PAGES
        for e in read(render(page, "en", built))
        if e.tag == "script" and "type" not in e.attributes
    }
    assert scripts == {("now", built.early)}
    assert f"script-src 'self' {inline_hash(built.early)};" in allowed
    assert inline_hash(built.early + " ") not in allowed


def test_a_page_asks_at_once_for_all_that_its_script_imports(built: Built) -> None:
    def asked(name: str) -> list[str | None]:
        elements = read(render(page_named(name), "en", built))
        return [
            e.attributes["href"] for e in elements if e.attributes.get("rel") == "modulepreload"
        ]

    assert asked("now") == ["/assets/now-1.js"]
    assert asked("front")[1:] == ["/assets/now-1.js", "/assets/main-1.js"]


def test_a_page_can_never_end_its_data_early(built: Built, two_languages: Path) -> None:
    english = json.loads((two_languages / "en.json").read_bytes())
    english["walk.next"] = "</script><script>alert(1)</script>"
    (two_languages / "en.json").write_text(json.dumps(english))
    html = render(page_named("now"), "en", built, two_languages)
    assert "alert" in html
    assert "<script>alert" not in html
    data = next(e for e in read(html) if e.attributes.get("id") == "page-data")
    assert json.loads(data.words)["messages"]["walk"]["next"] == english["walk.next"]


def test_the_walk_is_given_its_own_words_and_the_home_lines_and_no_more() -> None:
    data = json.loads(page_data(NOW, "en"))
    assert {line["country"] for line in data["lines"]} == {"US"}
    assert not {"edit", "front", "page"} & data["messages"].keys()
    assert "lines" not in json.loads(page_data(MAIN, "en"))


def test_the_last_resort_calls_texts_and_allows_only_its_own_style() -> None:
    found = last_resort("en")
    assert all(link in found.html for link in ('href="tel:988"', 'href="sms:988"', "tel:911"))
    style = found.html.partition("<style>")[2].partition("</style>")[0]
    assert inline_hash(style) in found.policy
    assert "'unsafe" not in found.policy
    assert not any(bad in found.html for bad in ("<script", "http://", "https://", "style="))
