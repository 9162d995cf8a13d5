"""Who may ask for a change, and in which order a save is refused."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from tests.independent.account import Credentials
from tests.independent.changes import change_recovery, key_slots, sessions
from tests.independent.conftest import HOST, NewDevice, first_plan
from tests.independent.device import Device
from tests.independent.envelope import JOURNAL, PLAN, Head, seal
from tests.independent.plan_items import Plan
from tests.independent.primitives import sha256
from tests.independent.wire import Problem, Stale

Change = tuple[str, dict[str, str | None]]


@pytest.fixture
def device(new_device: NewDevice, who: Credentials) -> Device:
    made = new_device()
    made.register(made.registration(who, first_plan()))
    return made


def refusal(attempt: Callable[[], Any]) -> tuple[int, str]:
    with pytest.raises(Problem) as refused:
        attempt()
    return refused.value.status, refused.value.code


def with_headers(device: Device, **changed: str | None) -> None:
    """From now on these headers are sent in the place of a browser's; None leaves one out."""
    plain = device.wire.headers

    def headers(method: str, proof: str | None) -> dict[str, str]:
        sent = plain(method, proof)
        for name, value in changed.items():
            sent.pop(name.replace("_", "-"), None)
            if value is not None:
                sent[name.replace("_", "-")] = value
        return sent

    device.wire.headers = headers  # type: ignore[method-assign]


FOREIGN: list[dict[str, str | None]] = [
    {"Keel": None},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
    {"Sec_Fetch_Site": "none"},
    {"Sec_Fetch_Site": None, "Origin": None},
    {"Sec_Fetch_Site": None, "Origin": "https://elsewhere.example"},
    {"Sec_Fetch_Site": None, "Origin": "null"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_change_asked_for_from_elsewhere_is_refused(
    device: Device, headers: dict[str, str | None]
) -> None:
    with_headers(device, **headers)
    assert refusal(lambda: device.save(first_plan())) == (403, "cross_site")
    assert device.fetch() is None, "reading is no change, and nothing was changed"


@pytest.mark.parametrize("headers", [{}, {"Sec_Fetch_Site": None}, {"Origin": None}], ids=str)
def test_a_change_asked_for_from_our_own_page_is_made(
    device: Device, headers: dict[str, str | None]
) -> None:
    with_headers(device, **headers)
    device.save(first_plan())
    assert device.kept[PLAN].revision == 2


def test_signing_in_and_registering_are_changes_too(
    new_device: NewDevice, who: Credentials
) -> None:
    foreign = new_device()
    with_headers(foreign, Sec_Fetch_Site="cross-site")
    registration = foreign.registration(who, first_plan())
    assert refusal(lambda: foreign.register(registration)) == (403, "cross_site")
    assert refusal(lambda: foreign.sign_in(who)) == (403, "cross_site")
    assert refusal(lambda: foreign.recover(who)) == (403, "cross_site")


def put(device: Device, envelope: bytes, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return device.wire.ask("PUT", "/plan", envelope=envelope, headers=named)


def sealed(device: Device, revision: int, parent: bytes, account: bytes | None = None) -> bytes:
    kept = device.kept[PLAN]
    assert kept.object_id is not None
    head = Head(PLAN, account or device.account_id, kept.object_id, revision, parent)
    return seal(device.key(PLAN), head, b"{}")


def test_a_save_with_every_fault_is_refused_for_one_after_the_other(device: Device) -> None:
    """401, 403, 428, 413, 422, 412, 422: each fault is mended in its turn."""
    cookie, current = device.wire.cookie, device.kept[PLAN]
    huge, stale = bytes(512 * 1024 + 1), '"7-0123456789abcdef"'
    plain = device.wire.headers
    with_headers(device, Keel=None)
    device.wire.cookie = ""
    assert refusal(lambda: put(device, huge)) == (401, "signed_out")
    device.wire.cookie = cookie
    assert refusal(lambda: put(device, huge)) == (403, "cross_site")
    device.wire.headers = plain  # type: ignore[method-assign]
    assert refusal(lambda: put(device, huge))[0] == 428
    assert refusal(lambda: put(device, huge, If_Match=stale))[0] == 413
    assert refusal(lambda: put(device, bytes(200), If_Match=stale)) == (422, "not_an_envelope")
    foreign = sealed(device, 9, bytes(32), secrets.token_bytes(16))
    assert refusal(lambda: put(device, foreign, If_Match=stale)) == (422, "wrong_account")
    ninth = sealed(device, 9, bytes(32))
    with pytest.raises(Stale) as found:
        put(device, ninth, If_Match=stale)
    assert (found.value.envelope, found.value.etag) == (current.envelope, current.etag)
    assert refusal(lambda: put(device, ninth, If_Match=current.etag)) == (422, "wrong_revision")
    orphan = sealed(device, 2, bytes(32))
    assert refusal(lambda: put(device, orphan, If_Match=current.etag)) == (422, "wrong_parent")
    assert device.fetch() is None, "nothing was changed by any of them"
    whole = sealed(device, 2, sha256(current.envelope))
    assert put(device, whole, If_Match=current.etag).json() == {"revision": 2}


@pytest.mark.parametrize("match", ["", "*", 'W/"1-0123456789abcdef"', '"1-0", "2-0"', "1-0"])
def test_a_save_needs_one_strong_tag(device: Device, match: str) -> None:
    headers = {"If_Match": match} if match else {}
    assert refusal(lambda: put(device, device.kept[PLAN].envelope, **headers))[0] == 428


def test_a_weak_or_listed_tag_is_enough_to_be_told_that_nothing_is_new(device: Device) -> None:
    tag = device.kept[PLAN].etag
    for known in (tag, f"W/{tag}", f'"0-0", {tag}', "*"):
        answer = device.wire.ask("GET", "/plan", headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag


def test_a_second_journal_of_another_id_is_not_taken(device: Device) -> None:
    """Two devices that began one at once: the first stands, and the other is told."""
    begun: Plan = {"items": []}
    device.begin_journal(begun, secrets.token_bytes(16))
    first = device.kept[JOURNAL].envelope
    refused = refusal(lambda: device.begin_journal(begun, secrets.token_bytes(16)))
    assert refused == (422, "wrong_object"), "an envelope's code comes before 412"
    assert device.wire.ask("GET", "/journal").content == first


def test_signing_in_ends_the_session_that_the_request_came_with(
    device: Device, who: Credentials
) -> None:
    first = device.wire.cookie
    device.sign_in(who)
    assert device.wire.cookie != first
    assert device.fetch() is None
    device.wire.cookie = first
    assert refusal(device.fetch) == (401, "signed_out")


def test_the_slots_of_passphrase_and_code_cannot_be_taken_away(
    device: Device, who: Credentials
) -> None:
    for slot in key_slots(device):
        path = f"/key-slots/{slot['id']}"
        assert refusal(lambda p=path: device.wire.ask("DELETE", p)) == (403, "proof_needed")  # type: ignore[misc]
        proven = refusal(lambda p=path: device.wire.ask("DELETE", p, proof=who.proof()))  # type: ignore[misc]
        assert proven[0] == 409
    assert {slot["kind"] for slot in key_slots(device)} == {"passphrase", "recovery"}


def test_another_account_proves_nothing_here(device: Device, new_device: NewDevice) -> None:
    """A proof is of the session's own account; a session's id is nothing to another's."""
    stranger, other = Credentials.with_random_keys(HOST), new_device()
    other.register(other.registration(stranger, first_plan()))
    for proof in (stranger.proof(), stranger.recovery_proof()):
        refused = refusal(lambda p=proof: change_recovery(device, p, stranger))  # type: ignore[misc]
        assert refused == (403, "proof_failed")
    session = sessions(device)[0]["id"]
    attempt = refusal(
        lambda: other.wire.ask("DELETE", f"/sessions/{session}", proof=stranger.proof())
    )
    assert attempt[0] == 404
    assert device.fetch() is None


OF_AN_ACCOUNT = [
    *(("GET", path) for path in ("/plan", "/journal", "/plan/revisions", "/plan/revisions/1")),
    *(("GET", path) for path in ("/sessions", "/key-slots")),
    *(("PUT", path) for path in ("/plan", "/journal")),
    *(("POST", f"/account/{what}") for what in ("passphrase", "recovery", "rotation")),
    *(("DELETE", path) for path in ("/account", "/journal", "/sessions", "/sessions/x")),
    ("DELETE", "/key-slots/AAAAAAAAAAAAAAAAAAAAAA"),
]


@pytest.mark.parametrize("cookie", ["", "A" * 43, "x"])
@pytest.mark.parametrize(("method", "path"), OF_AN_ACCOUNT)
def test_nothing_of_an_account_is_answered_without_its_session(
    new_device: NewDevice, method: str, path: str, cookie: str
) -> None:
    device = new_device()
    device.wire.cookie = cookie
    assert refusal(lambda: device.wire.ask(method, path)) == (401, "signed_out")


def test_the_last_twenty_revisions_stay_as_they_were_saved(device: Device) -> None:
    saved = {1: device.kept[PLAN].envelope}
    for number in range(2, 26):
        device.save(first_plan(f"revision {number}"))
        saved[number] = device.kept[PLAN].envelope
    listed = {one["revision"] for one in device.wire.ask("GET", "/plan/revisions").json()}
    assert listed >= set(range(6, 25)), "twenty with the one that stands"
    assert len(listed) <= 21, "and one for today"
    for number in listed:
        found = device.wire.ask("GET", f"/plan/revisions/{number}")
        assert found.content == saved[number]
    assert refusal(lambda: device.wire.ask("GET", "/plan/revisions/2"))[0] == 404
