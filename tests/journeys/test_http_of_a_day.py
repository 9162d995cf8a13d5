"""A whole day with a backup: no secret and no word of the plan stands in anything that was sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.independent.account import Credentials
from tests.independent.device import Device
from tests.independent.lies import Between
from tests.independent.primitives import derive
from tests.independent.wire import Wire
from tests.journeys.backing_up import Backing, plan_kept, unfold, values
from tests.journeys.conftest import MakePhone, Words
from tests.journeys.editor import Editor
from tests.journeys.leaks import code_forms, leaks
from tests.journeys.relay import Relay
from tests.journeys.server import Server
from tests.journeys.the_plan import CANARIES, type_the_plan

OWN = "seven herons over a slow river"
OURS_TOO = "Can you talk"  # an example among the app's own words, which everyone is sent
LATER = "written when the backup was on"


@pytest.fixture
def relay(release: Path, tmp_path: Path) -> Iterator[Relay]:
    """A server of its own behind it: whatever it is asked passes here."""
    folder = tmp_path / "behind"
    folder.mkdir()
    server = Server(folder)
    with Relay(server.port) as relay:
        server.origin = f"http://localhost:{relay.port}"
        server.start()
        yield relay
        server.stop()


def written_and_backed_up(backing: Backing) -> list[str]:
    """The plan typed in by the screens alone; the code of its backup."""
    page = backing.phone.open("/")
    page.get_by_role("link", name=backing.words("page.front.start")).click()
    editor = Editor(page, backing.words)
    type_the_plan(editor)
    editor.wait_until_saved()
    return backing.turn_on()


def changed(backing: Backing) -> list[str]:
    """One more line, another passphrase, another code; the new code."""
    backing.phone.go("/edit")
    editor = Editor(backing.page, backing.words)
    editor.open("coping_strategies")
    editor.add(LATER)
    editor.wait_until_saved()
    backing.backed_up()
    unfold(backing, "backup.passphrase")
    backing.page.get_by_label(backing.words("backup.passphrase_new")).fill(OWN)
    backing.press("backup.passphrase")
    backing.sees("backup.passphrase_done")
    unfold(backing, "backup.new_code")
    backing.press("backup.new_code")
    code = backing.code_shown()
    backing.type_back(code)
    backing.headed("backup.done")
    return code


def comes_back(backing: Backing, name: str) -> None:
    """By name and passphrase."""
    page = backing.phone.open("/come-back")
    page.locator("summary").click()
    page.get_by_label(backing.words("come_back.name")).fill(name)
    page.get_by_label(backing.words("come_back.passphrase")).fill(OWN)
    page.get_by_role("button", name=backing.words("come_back.show")).last.click()
    backing.headed("front.title")


def keys_of(relay: Relay, who: Credentials) -> list[str | bytes]:
    """What an account's person holds and no server may: found by the client of the protocol."""
    origin = f"http://localhost:{relay.port}"
    device = Device(Wire(origin, "203.0.113.9", Between()), Between(), "phone")
    device.recover(who)
    device.wire.close()
    subkeys = [derive(device.data_key, label) for label in ("data/plan", "data/journal")]
    return [device.data_key, *subkeys, who.words.wrapping, who.recovery.wrapping]


@pytest.mark.timeout(300)
def test_all_that_passes_in_a_day_holds_no_secret_and_no_word(
    phones: MakePhone, words: Words, relay: Relay, sealing_script: str, tmp_path: Path
) -> None:
    """Both directions, every byte. Controls: the drawn name, which travels, is found in what was
    asked; the session, which is given, in what was answered."""
    origin = f"http://localhost:{relay.port}"
    first = Backing(phones("first"), words)
    first.phone.origin = origin
    old = written_and_backed_up(first)
    before = values(plan_kept(first.phone, sealing_script), "settings")
    new = changed(first)
    [secrets] = [one for one in before if one.get("name") == "account"]
    name = str(secrets["account_name"])

    second = Backing(phones("second"), words)
    second.phone.origin = origin
    comes_back(second, name)
    assert LATER in second.plan_shown()
    [session] = [str(one["value"]) for one in second.phone.context.cookies()]

    who = Credentials("localhost", name, OWN, "-".join(new))
    keys = keys_of(relay, who)
    unfold(second, "backup.delete")
    second.press("backup.delete")
    second.sees("backup.deleted")

    assert b"content-encoding" not in relay.answered.lower(), "what is packed cannot be searched"
    asked, answered = tmp_path / "asked", tmp_path / "answered"
    asked.write_bytes(relay.asked)
    answered.write_bytes(relay.answered)
    codes = [*code_forms(old), *code_forms(new)]
    passphrases = [str(secrets["passphrase"]), OWN]
    told = [*CANARIES, LATER, *codes, *passphrases, *keys]
    assert leaks([asked], told) == []
    assert leaks([answered], [one for one in told if one != OURS_TOO]) == []
    assert leaks([asked, answered], [name]) == [f"{name!r} in asked"]
    assert f"{session!r} in answered" in leaks([asked, answered], [session])
