"""A new code, a new passphrase, signing out, and the ways to delete: what holds afterwards."""

import pytest
from playwright.sync_api import expect

from tests.journeys.backing_up import Backing, plan_kept, rows, unfold, values, with_plan
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.phone import Phone
from tests.journeys.server import Server

NEW = "seven herons over a slow river"


@pytest.fixture
def backing(phone: Phone, seal: Seal, words: Words) -> Backing:
    return with_plan(phone, words, seal)


def comes_back(phones: MakePhone, words: Words, name: str) -> Backing:
    back = Backing(phones(name), words)
    back.phone.is_offline = True  # the console tells of a 401
    back.phone.start()
    return back


def test_a_new_code_and_a_new_passphrase_hold_and_the_old_ones_open_nothing(
    backing: Backing, phones: MakePhone, words: Words, sealing_script: str
) -> None:
    old = backing.turn_on()
    plan = backing.plan_shown()
    unfold(backing, "backup.passphrase")
    field = backing.page.get_by_label(words("backup.passphrase_new"))
    field.fill("short")
    backing.press("backup.passphrase")
    backing.sees("problem.passphrase_short.said")
    field.fill("Correct-Horse-Battery-Staple!")
    backing.press("backup.passphrase")
    backing.sees("problem.passphrase_common.said")
    field.fill(NEW)
    backing.press("backup.passphrase")
    backing.sees("backup.passphrase_done")
    unfold(backing, "backup.new_code")
    backing.press("backup.new_code")
    new = backing.code_shown()
    assert new != old
    backing.type_back(new)
    backing.headed("backup.done")
    settings = values(plan_kept(backing.phone, sealing_script), "settings")
    [secrets] = [one for one in settings if one["name"] == "account"]
    assert secrets["passphrase"] == NEW
    backing.phone.close()

    back = comes_back(phones, words, "by code")
    back.come_back(old)
    back.sees("problem.sign_in_failed.said")
    back.type_code(new)
    back.press("come_back.show")
    back.headed("front.title")
    assert back.plan_shown() == plan
    back.phone.close()

    again = comes_back(phones, words, "by name")
    page = again.phone.go("/come-back")
    page.locator("summary").click()
    page.get_by_label(words("come_back.name")).fill(secrets["account_name"].upper())
    page.get_by_label(words("come_back.passphrase")).fill(NEW)
    page.get_by_role("button", name=words("come_back.show")).last.click()
    again.headed("front.title")
    assert again.plan_shown() == plan


def test_a_backup_that_is_deleted_is_gone_and_the_plan_stays_here(
    backing: Backing, phones: MakePhone, words: Words, server: Server
) -> None:
    accounts = rows(server, "accounts")
    code, plan = backing.turn_on(), backing.plan_shown()
    assert rows(server, "accounts") == accounts + 1
    unfold(backing, "backup.delete")
    backing.sees("backup.delete_about")
    assert rows(server, "accounts") == accounts + 1
    backing.press("backup.delete")
    backing.sees("backup.deleted")
    assert rows(server, "accounts") == accounts
    assert backing.plan_shown() == plan
    back = comes_back(phones, words, "other")
    back.come_back(code)
    back.sees("problem.sign_in_failed.said")


def test_signed_out_the_plan_stays_and_the_code_signs_in_again(
    backing: Backing, words: Words, sealing_script: str
) -> None:
    code, plan = backing.turn_on(), backing.plan_shown()
    unfold(backing, "backup.leave")
    backing.sees("backup.leave_about")
    backing.press("backup.leave")
    backing.sees("backup.left")
    assert backing.phone.context.cookies() == []
    assert backing.plan_shown() == plan
    backing.come_back(code)
    backing.headed("come_back.two")
    backing.press("come_back.merge")
    backing.headed("front.title")
    backing.backed_up()
    assert backing.plan_shown() == plan


def test_what_is_unsent_is_named_before_signing_out(backing: Backing, server: Server) -> None:
    backing.turn_on()
    backing.phone.is_offline = True
    server.stop()
    page = backing.page
    backing.phone.go("/edit")
    page.locator(".part-line").first.click()
    page.locator("[data-line] textarea").last.press_sequentially("said and not sent")
    backing.sees("backup.why")
    unfold(backing, "backup.leave")
    backing.sees("backup.leave_unsent")


def test_delete_everything_ends_the_session_and_the_backup_stays(
    backing: Backing, phones: MakePhone, words: Words, server: Server
) -> None:
    sessions, accounts = rows(server, "sessions"), rows(server, "accounts")
    code, plan = backing.turn_on(), backing.plan_shown()
    assert rows(server, "sessions") == sessions + 1
    backing.phone.go("/keep-safe")
    backing.press("keep.delete")
    backing.sees("keep.delete_backup")
    backing.press("keep.delete_now")
    expect(backing.page.get_by_role("heading", level=1)).to_have_text(words("keep.gone"))
    backing.phone.until(lambda: rows(server, "sessions") == sessions)
    assert rows(server, "accounts") == accounts + 1
    left = backing.phone.storage()
    assert (left["databases"], left["cookies"]) == ({}, [])
    back = comes_back(phones, words, "other")
    back.come_back(code)
    back.headed("front.title")
    assert back.plan_shown() == plan
