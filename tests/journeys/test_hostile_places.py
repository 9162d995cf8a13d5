"""Hostile strings where no item's details are: lines on paper, names of own parts, the review.

With it what would be seen if it were not so: a script that ran, a lost code point, a field that
nobody typed into.
"""

import re
from typing import Any, get_args

import pytest
from playwright.sync_api import Page, expect

from app.content.sections import Kind
from app.plan.stored import StoredValue
from tests.conftest import ROOT
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.hostile import EMOJI, MARKUP
from tests.journeys.phone import Phone
from tests.journeys.test_hostile import did_run, hostile_value, texts
from tests.journeys.test_hostile_fields import (
    BEFORE,
    BY_KEYBOARD,
    HANDS,
    MAIN,
    SECTIONS,
    SLOTS,
    STRINGS_TYPED,
    Texts,
    before,
    broken,
    differences,
    kept,
    main_of,
    open_part,
    saved,
    shifted,
    shown,
    stored,
    type_all,
    typed,
)
from tests.journeys.test_pictures import opened_plan, values

COUNT = len(STRINGS_TYPED)
AT_ONCE = 50
"""Lines of a part on paper, or own parts, that are there at a time; then they are written over."""
NO_TEXT = {'"checkbox"', '"file"', '"date"', "{isOne"}
"""What inputs are: `{isOne ? "radio" : "checkbox"}` among them."""
DAY = "2027-03-01"


def test_the_places_to_type_in_are_those_of_the_data_and_of_the_stored_plan() -> None:
    """Items' fields by their kinds; what is written elsewhere by the models of the stored plan."""
    assert set(SLOTS) == set(get_args(Kind))
    words = {
        f"{model.__name__}.{field.alias or name}"
        for model in StoredValue.__subclasses__()
        for name, field in model.model_fields.items()
        if field.annotation in (str, str | None)
    }
    assert words == {"OwnSectionValue.title", "ReviewSetting.with"}


ITEM_FIELDS = {"{id}", "{`${id}-${field}`}", "{`${id}-words`}", "{`${id}-main`}"}
PLACES = {*ITEM_FIELDS, '"own-title"', '"review-with"', "{`${words}-${at}`}"}


def test_text_is_typed_in_no_other_place_of_the_front_end() -> None:
    """All is typed into one element; outside of items, whose fields the screen is asked for, it
    stands where these names are. A new one needs its own hostile strings; those of a step, for a
    code, a name or a passphrase, have theirs in test_hostile_steps."""
    files = (ROOT / "frontend/src").rglob("*.tsx")
    source = {path.name: path.read_text("utf-8") for path in files}
    bare = re.compile(
        r"<textarea|contenteditable|type=\"(?:text|search|tel|url|email|number)", re.I
    )
    assert {name for name in source if bare.search(source[name])} == {"growing-text.tsx"}
    whole = "\n".join(source.values())
    assert set(re.findall(r"<input\s+type=(\S+)", whole)) <= NO_TEXT
    assert len(re.findall(r"<input\b", whole)) == len(re.findall(r"<input\s+type=", whole))
    names = re.findall(r"<GrowingText\s+id=(\S+)", whole)
    assert len(names) == whole.count("<GrowingText")
    assert set(names) == PLACES


def begin_lines(page: Page, lists: list[list[str]]) -> None:
    """Each string into the empty line at the end of its list, which makes it an item."""
    for row, all_lists in enumerate(zip(*lists, strict=True)):
        if row % 8:
            page.evaluate("(all) => hands.begin(all)", all_lists)
            continue
        for number, text in enumerate(all_lists):
            page.evaluate("(list) => hands.point(list, -1, 'main')", number)
            page.keyboard.insert_text(text)


def write_over(page: Page, lists: list[list[str]]) -> None:
    for number, lines in enumerate(lists):
        rows = list(enumerate(lines))
        page.evaluate("([list, rows]) => hands.fill(list, 'main', rows)", [number, rows])


def on_paper(phone: Phone) -> Page:
    page = phone.go("/paper")
    expect(page.locator("#app ul.rows")).to_have_count(len(SECTIONS))
    page.evaluate(HANDS)
    assert page.evaluate("() => hands.outside()") == []
    return page


@pytest.mark.timeout(240)
def test_every_line_of_the_paper_page_keeps_every_string(
    phone: Phone, words: Words, seal: Seal, sealing_script: str
) -> None:
    """Every string in every part; over all parts each of them begins a line as well."""
    lists = [shifted(STRINGS_TYPED, number) for number in range(len(SECTIONS))]
    assert {text for lines in lists for text in lines[:AT_ONCE]} == set(STRINGS_TYPED)
    phone.open("/lines")
    seal(phone, [("own_sections", {"title": BEFORE})])
    page = on_paper(phone)
    for start in range(0, COUNT, AT_ONCE):
        now = [lines[start : start + AT_ONCE] for lines in lists]
        (write_over if start else begin_lines)(page, now)
        saved(page, words)
        wanted = {one: [broken(text) for text in now[at]] for at, one in enumerate(SECTIONS)}
        assert differences(wanted, lines_kept(opened_plan(phone, sealing_script))) == []
        page = on_paper(phone)
        held = {one: page.evaluate("(at) => hands.held(at)", at) for at, one in enumerate(SECTIONS)}
        assert {slot for texts_held in held.values() for slot in texts_held} == {MAIN}
        assert differences(wanted, {one: held[one][MAIN] for one in SECTIONS}) == []
        assert not did_run(page)


def lines_kept(plan: dict[str, Any]) -> Texts:
    own = next(one["id"] for one in plan["items"] if one["section"] == "own_sections")
    homes = {section: own if section == "own" else section for section in SECTIONS}
    return {
        section: [item[main_of(section)] for item in values(plan, home)]
        for section, home in homes.items()
    }


@pytest.mark.timeout(240)
def test_every_string_can_name_an_own_part(
    phone: Phone, words: Words, seal: Seal, sealing_script: str
) -> None:
    """Some at a time, the same parts named anew; read in the list, a few in their field too."""
    phone.open("/lines")
    seal(phone, [("own_sections", {"title": BEFORE})] * AT_ONCE)
    page = open_part(phone, "own")
    for begin in range(0, COUNT, AT_ONCE):
        names = STRINGS_TYPED[begin : begin + AT_ONCE]
        wanted = {"title": [broken(text) for text in names]}
        name_parts(page, names)
        saved(page, words)
        plan = opened_plan(phone, sealing_script)
        titles = [item["title"] for item in values(plan, "own_sections")]
        assert differences(wanted, {"title": titles}) == []
        page = open_part(phone, "own")
        assert differences(wanted, {"title": texts(page, ".part-line b .plan-text")}) == []
        expect(page.locator("#own-title")).to_have_value(wanted["title"][0])
        assert not did_run(page)


def name_parts(page: Page, names: list[str]) -> None:
    """The first of them by keyboard."""
    assert page.evaluate("() => hands.outside()") == ["own-title"]
    page.locator("#own-title").select_text()
    page.keyboard.insert_text(names[0])
    rest = [(len(SECTIONS) - 1 + at, text) for at, text in enumerate(names) if at]
    page.evaluate("(rest) => hands.titles(rest)", rest)


def closing(page: Page, phone: Phone, words: Words) -> Page:
    """The end of the same editor, together with someone; all parts have something in them."""
    page.goto(phone.origin + "/together")
    page.get_by_role("button", name=words("together.read_through")).click()
    page.get_by_role("button", name=words("together.next")).click()
    expect(page.locator("#review-with")).to_be_visible()
    page.evaluate(HANDS)
    assert page.evaluate("() => hands.outside()") == ["review-on", "review-with"]
    return page


TYPE_AND_LEAVE = """(text) => {
  for (const id of ["review-on", "review-with"]) hands.type(document.getElementById(id), text);
  dispatchEvent(new PageTransitionEvent("pagehide")); }"""
READ_ELSEWHERE = """async (wanted) => {
  const field = document.getElementById("review-with");
  for (let turn = 0; turn < 600 && field.value !== wanted; turn++)
    await new Promise((done) => setTimeout(done, 5));
  return [field.value, document.getElementById("review-on").value]; }"""


@pytest.mark.timeout(240)
def test_every_string_can_be_with_whom_the_plan_is_looked_at_again(
    phone: Phone, words: Words, seal: Seal, sealing_script: str
) -> None:
    """One field, so one string after another; each read from the device anew by a second tab.

    Written at once because the page is told that it goes; those by keyboard after the usual pause,
    and the second tab is loaded anew for each of them.
    """
    phone.open("/lines")
    seal(phone, [(section, hostile_value(section, BEFORE)) for section in SECTIONS[:-1]])
    page = closing(phone.page, phone, words)
    other = closing(phone.context.new_page(), phone, words)
    found = []
    for at, text in enumerate(STRINGS_TYPED):
        if at in BY_KEYBOARD:
            page.locator("#review-with").select_text()
            page.keyboard.insert_text(text)
            saved(page, words)
            other.reload()
            expect(other.locator("#review-with")).to_have_value(broken(text))
        else:
            page.evaluate(TYPE_AND_LEAVE, text)
        found.append(other.evaluate(READ_ELSEWHERE, broken(text)))
    wanted = {"with": [broken(text) for text in STRINGS_TYPED], "on": [""] * COUNT}
    assert differences(wanted, {"with": [a for a, _ in found], "on": [b for _, b in found]}) == []
    page.locator("#review-on").fill(DAY)
    saved(page, words)
    [review] = values(opened_plan(phone, sealing_script), "settings")
    assert review == {"name": "review", "on": DAY, "with": STRINGS_TYPED[-1]}
    assert not did_run(page)
    assert not did_run(other)


LET_IN = """() => { for (const field of document.querySelectorAll("#app textarea")) {
  const place = document.createElement("p");
  place.innerHTML = field.value;
  document.body.append(place); } }"""


def test_a_string_that_became_markup_would_be_seen_to_run(phones: MakePhone, seal: Seal) -> None:
    """In a browser that is told to leave the policy aside, and on a page that writes it as HTML."""
    phone = phones("without a policy", bypass_csp=True)
    phone.open("/lines")
    seal(phone, [("reasons", {"text": text}) for text in MARKUP[9:12]])
    page = open_part(phone, "reasons")
    assert not did_run(page)
    page.evaluate(LET_IN)
    phone.until(lambda: did_run(page))
    phone.faults.clear()


LOSE = """(lost) => addEventListener("input", ({ target }) => {
  if (target.value === lost) target.value = [...lost].slice(0, -1).join(""); }, true)"""


def test_a_lost_code_point_would_be_seen(
    phone: Phone, words: Words, seal: Seal, sealing_script: str
) -> None:
    """In the fields, and in what is kept; in the one string that loses it, and in no other."""
    wanted = kept("reasons", typed("reasons", EMOJI))
    phone.open("/lines")
    seal(phone, before("reasons", len(EMOJI)))
    page = open_part(phone, "reasons")
    page.evaluate(LOSE, EMOJI[1])
    type_all(page, typed("reasons", EMOJI))
    saved(page, words)
    on_device = stored("reasons", opened_plan(phone, sealing_script))
    for found in (shown(page, len(EMOJI)), on_device):
        lost = differences(wanted, found)
        assert [one.split()[0] for one in lost] == [MAIN, "photo-words"]
        assert all(repr(EMOJI[1]) in one and repr(EMOJI[1][:-1]) in one for one in lost)


PLANT = """() => { const field = document.createElement("textarea");
  field.id = `${hands.row(0, 0).dataset.line}-new`; hands.row(0, 0).append(field); }"""


def test_a_field_that_nobody_typed_into_would_be_seen(phone: Phone, seal: Seal) -> None:
    """One more on the screen than in the data, or one more in the data than on the screen."""
    phone.open("/lines")
    seal(phone, before("warning_signs", 1))
    page = open_part(phone, "warning_signs")
    wanted = {MAIN: [BEFORE]}
    assert differences(wanted, shown(page, 1)) == []
    with pytest.raises(AssertionError, match="not those of the data"):
        differences(wanted | {"new": [""]}, shown(page, 1))
    page.evaluate(PLANT)
    with pytest.raises(AssertionError, match="not those of the data"):
        differences(wanted, shown(page, 1))
