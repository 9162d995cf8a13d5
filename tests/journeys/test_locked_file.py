"""A locked file out of the browser: only its passphrase opens it, with no server and no browser."""

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from tests.conftest import ROOT
from tests.journeys.backing_up import PATIENCE, with_plan
from tests.journeys.conftest import Seal, Words
from tests.journeys.leaks import leaks
from tests.journeys.phone import Phone
from tests.journeys.the_plan import CANARIES

PASSPHRASE = "Straße, zwölf Möwen & ein Boot"


def opened(file: Path, passphrase: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", "open", str(file)]
    return subprocess.run(
        command, cwd=ROOT, input=f"{passphrase}\n", capture_output=True, text=True, check=False
    )


def test_a_locked_file_is_made_without_a_network_and_opened_by_its_passphrase_alone(
    phone: Phone, seal: Seal, words: Words, tmp_path: Path
) -> None:
    backing = with_plan(phone, words, seal)
    phone.go("/read")
    phone.wait_for_worker()
    phone.context.set_offline(True)
    phone.is_offline = True
    page = phone.page
    page.locator("summary", has_text=words("read.locked")).click()
    field = page.get_by_label(words("read.locked_passphrase"))
    field.fill("too short")
    backing.press("read.lock")
    backing.sees("problem.passphrase_short.said")
    field.fill(PASSPHRASE)
    backing.press("read.lock")
    save = page.get_by_role("button", name=words("read.hand_over"))
    expect(save).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as download:
        save.click()
    assert download.value.suggested_filename.startswith("keel-20")
    file = tmp_path / download.value.suggested_filename
    assert file.suffix == ".keel"
    download.value.save_as(file)
    assert leaks([file], [*CANARIES, PASSPHRASE]) == []
    plan = json.loads(opened(file, PASSPHRASE).stdout)
    assert plan["format"] == "safety-plan"
    said = json.dumps(plan, ensure_ascii=False)
    assert [
        word for word in ("walk the dog", "Maya", "555-0117", "Biscuit") if word not in said
    ] == []
    wrong = opened(file, PASSPHRASE.lower())
    assert (wrong.returncode != 0, wrong.stdout) == (True, "")
    phone.go("/keep-safe")
    expect(page.locator(".copies")).to_contain_text(words("keep.locked"))
