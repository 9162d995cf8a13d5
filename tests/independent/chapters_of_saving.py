"""The first half of an account's life: registered, saved, found stale, lost on the way, kept."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest

from tests.independent.account import Credentials
from tests.independent.device import Device, Kept
from tests.independent.envelope import JOURNAL, PLAN, head_of
from tests.independent.passphrase import read_name
from tests.independent.plan_items import Plan, Writer, merge, values
from tests.independent.process import Server
from tests.independent.wire import Problem, Stale

SIGNS, PLACES, URGES = "warning_signs", "places", "urges"


@dataclass
class Life:
    """Who it is, with two devices of theirs; `writer` is this running of the app."""

    server: Server
    who: Credentials
    phone: Device
    computer: Device
    writer: Writer

    def with_one_more(self, device: Device, section: str, value: str, kind: int = PLAN) -> Plan:
        content = device.kept[kind].content
        assert content is not None
        return self.writer.add(content, section, value)

    def refused_sign_in(self, who: Credentials) -> int:
        with pytest.raises(Problem) as refused:
            self.computer.sign_in(who)
        return refused.value.status


def told(problem: pytest.ExceptionInfo[Problem]) -> tuple[int, str]:
    return problem.value.status, problem.value.code


def an_account_is_registered_though_the_answer_is_lost(life: Life) -> None:
    """The same registration sent again is a 201 again, and one account, not two."""
    phone = life.phone
    plan = life.writer.add({"schema": 1, "items": []}, SIGNS, "I stop answering messages")
    registration = phone.registration(life.who, plan)
    phone.between.is_losing_answer = True
    with pytest.raises(httpx.ReadError):
        phone.register(registration)
    phone.register(registration)
    assert phone.wire.cookie
    phone.kept[PLAN].sending = phone.kept[PLAN].envelope
    phone.register(registration)
    assert phone.kept[PLAN].revision == 1
    assert phone.fetch() is None, "304: what was just acknowledged is not new"


def five_revisions_are_saved_and_a_power_cut_takes_none(life: Life) -> None:
    """Neither of them, nor of the failures that were counted."""
    for number in range(2, 7):
        life.phone.save(life.with_one_more(life.phone, PLACES, f"the bench by the river {number}"))
        assert life.phone.kept[PLAN].revision == number
    nobody = Credentials.with_random_keys(life.who.host)
    assert 429 in [life.refused_sign_in(nobody) for _ in range(11)]
    life.server.kill()
    life.server.start()
    assert life.phone.fetch() is None
    assert life.refused_sign_in(nobody) == 429
    assert life.phone.wire.ask("GET", "/plan").content == life.phone.kept[PLAN].envelope


def a_second_device_signs_in_by_name_and_passphrase(life: Life) -> None:
    """The name as a person types it; the device adopts the plan that opens."""
    typed = life.who.name.upper().replace("-", " ", 2)
    assert read_name(f" {typed} ") == life.who.name
    life.computer.sign_in(life.who)
    assert life.computer.account_id == life.phone.account_id
    assert life.computer.fetch() == life.phone.kept[PLAN].content
    assert life.computer.kept[PLAN].object_id == life.phone.kept[PLAN].object_id


def a_stale_save_is_answered_with_what_stands_there(life: Life) -> None:
    """Opened, merged and saved upon it: both devices' words are there afterwards."""
    life.computer.save(life.with_one_more(life.computer, SIGNS, "written on the computer"))
    mine = life.with_one_more(life.phone, SIGNS, "written on the phone")
    with pytest.raises(Stale) as stale:
        life.phone.save(mine)
    assert stale.value.envelope == life.computer.kept[PLAN].envelope
    theirs = life.phone.receive(PLAN, stale.value.envelope, stale.value.etag)
    life.phone.save(merge(mine, theirs))
    found = life.computer.fetch()
    assert found is not None
    assert {"written on the computer", "written on the phone"} <= set(values(found, SIGNS))


def an_answer_that_was_lost_is_resolved_by_its_hash(life: Life) -> None:
    phone, before = life.phone, life.phone.kept[PLAN].revision
    for is_taken in (True, False):
        phone.between.is_losing_answer = is_taken
        phone.between.is_losing_request = not is_taken
        with pytest.raises(httpx.TransportError):
            phone.save(life.with_one_more(phone, PLACES, f"the library, taken: {is_taken}"))
        assert phone.kept[PLAN].sending, "no answer is no yes"
        phone.send()
    assert phone.kept[PLAN].revision == before + 2
    assert life.computer.fetch() == phone.kept[PLAN].content


def a_journal_is_begun_once_and_saved(life: Life) -> None:
    with pytest.raises(Problem) as absent:
        life.phone.fetch(JOURNAL)
    assert absent.value.status == 404
    begun: Plan = {"schema": 1, "items": []}
    life.phone.begin_journal(begun, secrets.token_bytes(16))
    journal_id = life.phone.kept[JOURNAL].object_id
    assert journal_id
    with pytest.raises(Stale) as stale:
        life.computer.begin_journal(begun, journal_id)
    assert head_of(stale.value.envelope).kind == JOURNAL
    assert stale.value.envelope == life.phone.kept[JOURNAL].envelope
    life.computer.kept[JOURNAL] = Kept(journal_id)
    life.phone.save(
        life.with_one_more(life.phone, URGES, "it passed after a walk", JOURNAL), JOURNAL
    )
    assert life.computer.fetch(JOURNAL) == life.phone.kept[JOURNAL].content
    assert life.phone.kept[JOURNAL].revision == 2


def earlier_revisions_are_listed_and_one_is_opened(life: Life) -> None:
    current = life.phone.kept[PLAN].revision
    listed = life.phone.wire.ask("GET", "/plan/revisions").json()
    numbers = {one["revision"] for one in listed}
    assert numbers >= set(range(1, current)), "fewer than twenty: none may be gone"
    assert all(set(one) == {"revision", "saved_on", "size"} for one in listed)
    assert {one["saved_on"] for one in listed} == {datetime.now(UTC).date().isoformat()}
    assert values(life.phone.revision(2), PLACES) == ["the bench by the river 2"]
    assert len(life.phone.wire.ask("GET", "/plan/revisions/2").content) == next(
        one["size"] for one in listed if one["revision"] == 2
    )
    with pytest.raises(Problem) as absent:
        life.phone.revision(current + 1)
    assert absent.value.status == 404
