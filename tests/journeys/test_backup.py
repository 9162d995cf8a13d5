"""A phone is wiped, a code is typed, the plan is there; and the server holds no word of it."""

import base64
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.journeys.backing_up import Backing, plan_kept, values, with_plan
from tests.journeys.conftest import MakePhone, Seal, Words
from tests.journeys.leaks import code_forms, leaks
from tests.journeys.phone import Phone
from tests.journeys.server import Server
from tests.journeys.the_plan import CANARIES, links


def test_a_wiped_phone_has_its_plan_again_by_its_code_and_the_server_holds_no_word_of_it(
    phones: MakePhone, seal: Seal, words: Words, server: Server, sealing_script: str, tmp_path: Path
) -> None:
    before = with_plan(phones("before"), words, seal)
    code = before.turn_on()
    plan, walk = before.plan_shown(), first_step(before)
    account = values(plan_kept(before.phone, sealing_script), "settings")
    before.phone.close()

    after = Backing(phones("after"), words)
    page = after.phone.open("/")
    page.get_by_role("link", name=words("page.front.come_back")).click()  # one
    after.type_code(code)  # two
    after.press("come_back.show")  # three
    after.headed("front.title")
    after.backed_up()
    assert after.plan_shown() == plan
    assert first_step(after) == walk

    [secrets] = [one for one in account if one.get("name") == "account"]
    told = [*CANARIES, *code_forms(code), secrets["account_name"], secrets["passphrase"]]
    back_up(server, tmp_path / "copy")
    assert leaks(files_of(server, tmp_path / "copy"), told) == []


def first_step(backing: Backing) -> tuple[str, list[str]]:
    backing.phone.go("/now")
    return backing.page.locator(".walk-step").inner_text(), links(backing.page)


def back_up(server: Server, file: Path) -> None:
    environment = {**os.environ, "KEEL_DATA_DIR": str(server.data)}
    command = [sys.executable, "-m", "app", "backup", str(file)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def files_of(server: Server, *more: Path) -> list[Path]:
    """The database and what lies beside it, the log of its process, and the copies."""
    found = [path for path in server.folder.rglob("*") if path.is_file()]
    names = {path.name for path in found}
    assert {"keel.sqlite3", "keel.sqlite3-wal", "server.log"} <= names, names
    return [*found, *more]


@pytest.mark.parametrize("name", ["keel.sqlite3", "keel.sqlite3-wal", "server.log", "copy"])
@pytest.mark.parametrize("shift", [0, 1, 2])
def test_a_word_that_leaked_would_be_found(tmp_path: Path, name: str, shift: int) -> None:
    file = tmp_path / name
    for word in ("Biscuit", b"\x00\xfe\x3f secret bytes"):
        plain = word if isinstance(word, bytes) else word.encode()
        noise = os.urandom(300)
        for planted in (
            plain,
            plain.hex().encode(),
            base64.b64encode(b"abc"[:shift] + plain + b"and more"),
            base64.urlsafe_b64encode(b"abc"[:shift] + plain + b"and more"),
        ):
            file.write_bytes(noise + planted + noise)
            assert leaks([file], [word]) == [f"{word!r} in {name}"]
        file.write_bytes(noise)
        assert leaks([file], [word]) == []


def test_what_is_typed_after_it_is_backed_up_by_itself_and_both_truths_are_told(
    phone: Phone, seal: Seal, words: Words
) -> None:
    backing = with_plan(phone, words, seal)
    backing.turn_on()
    page = phone.go("/edit")
    head = page.locator(".edit-head")
    expect(head).to_contain_text(words("save.saved"))
    backing.backed_up()
    page.locator(".part-line").first.click()
    page.locator("[data-line] textarea").last.press_sequentially("up all night")
    expect(head).to_contain_text(words("backup.pending"))
    expect(head).to_contain_text(words("save.saved"))
    backing.backed_up()
    expect(head).to_contain_text(words("save.saved"))
    phone.go("/")
    expect(page.locator(".front")).to_contain_text(words("save.saved"))
    backing.backed_up()


def test_the_code_is_printed_alone_on_a_page(phone: Phone, seal: Seal, words: Words) -> None:
    backing = with_plan(phone, words, seal)
    phone.page.add_init_script("globalThis.print = () => { globalThis.printed = true; }")
    code = backing.show_code()
    page = phone.page
    page.emulate_media(media="print")
    expect(page.locator(".code")).to_be_visible()
    assert read_by_a_camera(page) == "-".join(code)
    shown = page.evaluate("() => document.body.innerText")
    assert all(group in shown for group in code)
    assert phone.origin in shown
    for word in (*CANARIES, "988", words("keep.title")):
        assert word not in shown
    page.emulate_media(media="screen")
    backing.press("backup.print")
    assert page.evaluate("() => globalThis.printed")
    backing.press("read.printed_yes")
    backing.headed("backup.done")
    for move in (page.go_back, page.go_forward):
        move()
        expect(page.get_by_role("heading", level=1)).to_have_text(words("keep.title"))
        expect(page.locator(".code")).to_have_count(0)


def read_by_a_camera(page: Page) -> str:
    """What the square on the paper says."""
    paper = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    [found] = zxingcpp.read_barcodes(paper)
    return str(found.text)
