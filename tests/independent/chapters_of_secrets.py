"""The second half of an account's life: lost and recovered, its secrets changed, ended."""

import pytest

from tests.independent.account import Credentials, open_slot
from tests.independent.changes import (
    change_passphrase,
    change_recovery,
    delete_account,
    key_slots,
    rotate,
    sessions,
)
from tests.independent.chapters_of_saving import PLACES, URGES, Life, told
from tests.independent.device import Device
from tests.independent.envelope import JOURNAL, PLAN
from tests.independent.plan_items import values
from tests.independent.primitives import Refused
from tests.independent.wire import Problem

SIGNED_OUT, SIGN_IN_FAILED = (401, "signed_out"), (401, "sign_in_failed")


def is_signed_out(device: Device, path: str = "/plan") -> bool:
    with pytest.raises(Problem) as refused:
        device.wire.ask("GET", path)
    return told(refused) == SIGNED_OUT


def cannot_begin(device: Device, who: Credentials, way: str) -> bool:
    """`way` is sign_in or recover; either fails by the same name."""
    with pytest.raises(Problem) as refused:
        getattr(device, way)(who)
    return told(refused) == SIGN_IN_FAILED


def the_code_alone_brings_it_back(life: Life, tablet: Device) -> None:
    """Then a new passphrase is set by the code, and every other session ends."""
    code = Credentials(life.who.host, name="", passphrase="", code=life.who.code.lower())
    tablet.recover(code)
    assert tablet.fetch() == life.phone.kept[PLAN].content
    before, life.who = (
        life.who,
        Credentials(life.who.host, life.who.name, "six other words were offered", life.who.code),
    )
    change_passphrase(tablet, before.recovery_proof(), life.who)
    assert is_signed_out(life.phone)
    assert is_signed_out(life.computer)
    assert tablet.fetch() is None, "the session that asked goes on"
    assert cannot_begin(life.phone, before, "sign_in")
    life.phone.sign_in(life.who)
    life.computer.sign_in(life.who)
    assert life.phone.fetch() is None


def the_recovery_code_is_changed_and_the_old_one_is_dead(life: Life, tablet: Device) -> None:
    before, life.who = life.who, Credentials(life.who.host, life.who.name, life.who.passphrase)
    with pytest.raises(Problem) as refused:
        change_recovery(life.phone, "", life.who)
    assert told(refused) == (403, "proof_needed")
    change_recovery(life.phone, life.who.proof(), life.who)
    assert cannot_begin(tablet, before, "recover")
    tablet.recover(life.who)
    assert tablet.fetch() is None
    assert life.phone.fetch() is None, "the others stay signed in"


def sessions_are_listed_and_ended(life: Life, tablet: Device) -> None:
    listed = {one["device"]: one for one in sessions(life.phone)}
    assert sorted(one["device"] for one in sessions(life.phone)) == ["computer", "phone", "tablet"]
    fields = {"id", "device", "created_on", "last_seen_on", "current"}
    assert all(set(one) == fields for one in listed.values())
    assert [name for name, one in listed.items() if one["current"]] == ["phone"]
    ask, proof = life.phone.wire.ask, life.who.proof()
    with pytest.raises(Problem) as refused:
        ask("DELETE", f"/sessions/{listed['tablet']['id']}")
    assert told(refused) == (403, "proof_needed")
    ask("DELETE", f"/sessions/{listed['tablet']['id']}", proof=proof)
    assert is_signed_out(tablet)
    assert ask("DELETE", "/sessions", proof=proof).status_code == 204
    assert is_signed_out(life.computer)
    assert [one["current"] for one in sessions(life.phone)] == [True]
    life.computer.sign_in(life.who)
    token = life.computer.wire.cookie
    assert life.computer.wire.ask("DELETE", "/sessions/current").status_code == 204
    life.computer.wire.cookie = token
    assert is_signed_out(life.computer), "it is ended, not only forgotten"


def everything_is_rotated(life: Life, tablet: Device, rotated: Credentials) -> None:
    """A new name, passphrase, code and data key; what they replace opens nothing any more."""
    before, old_key = life.who, life.phone.data_key
    tablet.recover(life.who)
    life.who = rotated
    rotate(life.phone, before.proof(), life.who)
    assert is_signed_out(tablet)
    assert cannot_begin(tablet, before, "sign_in")
    assert cannot_begin(tablet, before, "recover")
    listed = life.phone.wire.ask("GET", "/plan/revisions").json()
    current = life.phone.kept[PLAN].revision
    assert {one["revision"] for one in listed} <= {current}, "old revisions go"
    assert {one["kind"] for one in key_slots(life.phone)} == {"passphrase", "recovery"}
    tablet.sign_in(life.who)
    assert tablet.data_key == life.phone.data_key != old_key
    found = tablet.fetch()
    assert found is not None
    assert "the bench by the river 2" in values(found, PLACES)
    tablet.kept[JOURNAL].object_id = life.phone.kept[JOURNAL].object_id
    assert values(tablet.fetch(JOURNAL) or {}, URGES) == ["it passed after a walk"]
    with pytest.raises(Refused, match="wrong_key_or_altered"):
        open_slot(key_slots(tablet), "passphrase", tablet.account_id, before.words.wrapping)


def the_journal_is_deleted(life: Life) -> None:
    assert life.phone.wire.ask("DELETE", "/journal").status_code == 204
    with pytest.raises(Problem) as absent:
        life.phone.wire.ask("GET", "/journal")
    assert absent.value.status == 404
    assert life.phone.fetch() is None, "the plan stays"


def the_account_is_deleted_and_nothing_answers_for_it(life: Life, tablet: Device) -> None:
    with pytest.raises(Problem) as refused:
        delete_account(life.phone, "")
    assert told(refused) == (403, "proof_needed")
    delete_account(life.phone, life.who.proof())
    for path in ("/plan", "/journal", "/plan/revisions", "/plan/revisions/1", "/sessions"):
        assert is_signed_out(life.phone, path)
        assert is_signed_out(tablet, path)
    assert cannot_begin(tablet, life.who, "sign_in")
    assert cannot_begin(tablet, life.who, "recover")
    life.server.kill()
    life.server.start()
    assert cannot_begin(tablet, life.who, "sign_in")
    assert is_signed_out(life.phone)
