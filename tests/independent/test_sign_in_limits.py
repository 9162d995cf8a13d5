"""Failures at the door: counted before they are judged, limited, and alike for every name."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.independent.account import Credentials
from tests.independent.changes import change_recovery
from tests.independent.conftest import HOST, NewDevice, first_plan
from tests.independent.device import Device
from tests.independent.wire import Problem

A_MINUTE, AN_HOUR_IN_ALL = 5, 100
# A window may end while it is being filled.
MOST_IN_TWO = 2 * A_MINUTE


def registered(new_device: NewDevice, who: Credentials) -> Device:
    device = new_device()
    device.register(device.registration(who, first_plan()))
    return device


def with_wrong_words(who: Credentials) -> Credentials:
    wrong = Credentials.with_random_keys(HOST)
    wrong.name = who.name
    return wrong


def refusal(attempt: Callable[[], Any]) -> Problem:
    with pytest.raises(Problem) as refused:
        attempt()
    return refused.value


def fails_until_limited(attempt: Callable[[], Any], code: str) -> int:
    """How many were judged before the first 429, which says when to come again."""
    for judged in range(MOST_IN_TWO + 1):
        problem = refusal(attempt)
        if problem.status == 429:
            assert problem.retry_after is not None
            assert 1 <= problem.retry_after <= 3600
            return judged
        assert problem.code == code
    raise AssertionError("never limited")


def test_failed_sign_ins_are_limited_and_the_right_words_wait_too(
    new_device: NewDevice, who: Credentials
) -> None:
    registered(new_device, who)
    guesser = new_device()
    judged = fails_until_limited(lambda: guesser.sign_in(with_wrong_words(who)), "sign_in_failed")
    assert A_MINUTE <= judged <= MOST_IN_TWO
    assert refusal(lambda: guesser.sign_in(who)).status == 429
    elsewhere = new_device()
    elsewhere.sign_in(who)
    assert elsewhere.fetch(), "another address is not locked out by the guesser"


def test_the_recovery_code_stands_outside_the_limit(
    new_device: NewDevice, who: Credentials
) -> None:
    registered(new_device, who)
    guesser = new_device()
    fails_until_limited(lambda: guesser.sign_in(with_wrong_words(who)), "sign_in_failed")
    guesser.recover(who)
    assert guesser.fetch()


def test_a_success_begins_the_count_anew(new_device: NewDevice, who: Credentials) -> None:
    registered(new_device, who)
    device = new_device()
    for _ in range(3):
        for _ in range(A_MINUTE - 1):
            assert refusal(lambda: device.sign_in(with_wrong_words(who))).status == 401
        device.sign_in(who)


def test_a_name_that_nobody_has_is_limited_alike(new_device: NewDevice) -> None:
    nobody, guesser = Credentials.with_random_keys(HOST), new_device()
    judged = fails_until_limited(lambda: guesser.sign_in(nobody), "sign_in_failed")
    assert A_MINUTE <= judged <= MOST_IN_TWO


def test_a_name_is_guessed_at_no_more_than_a_hundred_times_from_everywhere(
    new_device: NewDevice, who: Credentials
) -> None:
    registered(new_device, who)
    wrong, judged = with_wrong_words(who), 0
    for _ in range(AN_HOUR_IN_ALL // A_MINUTE + 1):
        guesser = new_device()
        judged += sum(
            refusal(lambda one=guesser: one.sign_in(wrong)).status == 401  # type: ignore[misc]
            for _ in range(A_MINUTE)
        )
    assert judged == AN_HOUR_IN_ALL
    owner = new_device()
    assert refusal(lambda: owner.sign_in(who)).status == 429
    owner.recover(who)
    assert owner.fetch(), "the code still opens the door"


def test_knocking_on_while_limited_makes_no_wait_longer_and_locks_nobody_out(
    new_device: NewDevice, who: Credentials
) -> None:
    """What was refused unjudged is no failed sign-in, and takes nothing of the hundred."""
    registered(new_device, who)
    guesser, wrong = new_device(), with_wrong_words(who)
    fails_until_limited(lambda: guesser.sign_in(wrong), "sign_in_failed")
    for _ in range(AN_HOUR_IN_ALL):
        problem = refusal(lambda: guesser.sign_in(wrong))
    assert (problem.retry_after or 0) <= 60
    new_device().sign_in(who)


def test_failed_proofs_count_as_failed_sign_ins_do(new_device: NewDevice, who: Credentials) -> None:
    device = registered(new_device, who)
    wrong = with_wrong_words(who).proof()
    judged = fails_until_limited(lambda: change_recovery(device, wrong, who), "proof_failed")
    assert A_MINUTE <= judged <= MOST_IN_TWO
    assert refusal(lambda: device.sign_in(who)).status == 429
    assert device.fetch() is None, "reading goes on"


NAMES = (
    "",
    "x",
    "Quiet-Maple-4821",
    "quiet-maple-48211",
    "a" * 2000,
    "quiet maple 4821",
    "é-é-0000",
)


@pytest.mark.parametrize("name", NAMES)
def test_known_unknown_and_ill_formed_names_are_answered_alike(
    new_device: NewDevice, who: Credentials, name: str
) -> None:
    registered(new_device, who)
    unknown, odd = Credentials.with_random_keys(HOST), with_wrong_words(who)
    odd.name = name
    problems = [
        refusal(lambda one=one: new_device().sign_in(one))  # type: ignore[misc]
        for one in (with_wrong_words(who), unknown, odd)
    ]
    assert {(one.status, one.code) for one in problems} == {(401, "sign_in_failed")}
    assert len({comparable(one.answer) for one in problems}) == 1


def comparable(answer: httpx.Response) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """Headers and bytes, without the two that differ from one answer to the next."""
    request_id = answer.json()["request_id"]
    headers = ((name, value) for name, value in answer.headers.items() if name != "date")
    told = tuple((name, value.replace(request_id, "")) for name, value in headers)
    return told, answer.content.replace(request_id.encode(), b"")
