"""Hostile strings as codes, names and passphrases: held as typed, never run, never said again."""

import pytest
from playwright.sync_api import Locator

from tests.journeys.backing_up import Backing, plan_kept, unfold, values, with_plan
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.hostile import RUN
from tests.journeys.test_hostile import did_run
from tests.journeys.test_hostile_fields import STRINGS_TYPED, broken

SHORTEST = 15
REFUSED = [text for text in STRINGS_TYPED if len(text) < SHORTEST]
"""As a new passphrase; a longer one would be taken."""
TAKEN = [f"<img src=x onerror={RUN}>", "\u202eلوحة 🧑‍🤝‍🧑 ‘\u0301{{7*7}}%s\\"]

# Typed and entered, one after another: what the field then holds and what the page then says.
ENTER = """async (field, strings) => {
  const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  const found = [];
  for (const text of strings) {
    set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => setTimeout(done, 4));
    const enter = { key: "Enter", bubbles: true, cancelable: true };
    field.dispatchEvent(new KeyboardEvent("keydown", enter));
    const status = field.closest(".step").querySelector("[role=status]");
    for (let turn = 0; turn < 200 && !SAID.test(status.textContent); turn++)
      await new Promise((done) => setTimeout(done, 4));
    found.push([field.value, document.querySelector("main").innerText]);
  }
  return found; }"""


def entered(field: Locator, strings: list[str], said: str) -> None:
    """Each is refused by the same sentence, and by nothing else that the page says."""
    found = field.evaluate(ENTER.replace("SAID", f"/{said}/"), strings)
    assert [held for held, _ in found] == [broken(text) for text in strings]
    screens = {told for _, told in found}
    assert len(screens) == 1, "what was typed changes what is said"
    assert said in screens.pop()


@pytest.mark.timeout(240)
def test_no_step_says_again_what_was_typed_into_it(
    phones: MakePhone, seal: Seal, words: Words
) -> None:
    """Coming back by code and by name; a passphrase that is chosen; the code typed back."""
    backing = with_plan(phones("one"), words, seal)
    page = backing.page
    backing.phone.go("/come-back")
    page.locator("summary").click()
    code = page.get_by_label(words("backup.code"), exact=True)
    entered(code, STRINGS_TYPED, words("problem.recovery_format.said"))
    for label in ("come_back.name", "come_back.passphrase"):
        field = page.get_by_label(words(label))
        entered(field, STRINGS_TYPED, words("problem.bad_name.said"))
    given = backing.show_code()
    backing.press("backup.written")
    group = page.locator(".step textarea").first
    entered(group, STRINGS_TYPED, words("problem.not_typed_back.said"))
    page.locator(".step ~ button").first.click()
    backing.type_back(given)
    backing.headed("backup.done")
    unfold(backing, "backup.passphrase")
    chosen = page.get_by_label(words("backup.passphrase_new"))
    entered(chosen, REFUSED, words("problem.passphrase_short.said"))
    assert not did_run(page)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("passphrase", TAKEN, ids=["markup", "odd letters"])
def test_a_hostile_passphrase_that_is_taken_opens_the_backup_and_never_runs(
    phones: MakePhone, seal: Seal, words: Words, sealing_script: str, passphrase: str
) -> None:
    backing = with_plan(phones("one"), words, seal)
    backing.turn_on()
    unfold(backing, "backup.passphrase")
    backing.page.get_by_label(words("backup.passphrase_new")).fill(passphrase)
    backing.press("backup.passphrase")
    backing.sees("backup.passphrase_done")
    settings = values(plan_kept(backing.phone, sealing_script), "settings")
    [secrets] = [one for one in settings if one["name"] == "account"]
    assert secrets["passphrase"] == passphrase
    plan = backing.plan_shown()

    back = Backing(phones("two"), words)
    page = back.phone.open("/come-back")
    page.locator("summary").click()
    page.get_by_label(words("come_back.name")).fill(secrets["account_name"])
    page.get_by_label(words("come_back.passphrase")).fill(passphrase)
    page.get_by_role("button", name=words("come_back.show_named")).last.click()
    back.headed("front.title")
    assert back.plan_shown() == plan
    assert not did_run(page)
    assert not did_run(backing.page)
