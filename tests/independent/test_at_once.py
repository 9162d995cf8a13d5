"""Many at once: of saves upon one revision one is taken, and of guesses no more than the limit."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.independent.account import Credentials
from tests.independent.conftest import HOST, NewDevice, first_plan
from tests.independent.device import Device
from tests.independent.envelope import PLAN
from tests.independent.wire import Problem, Stale

TOGETHER = 8


def outcomes(attempts: list[Callable[[], None]]) -> Counter[str]:
    with ThreadPoolExecutor(TOGETHER) as pool:
        return Counter(pool.map(outcome, attempts))


def outcome(attempt: Callable[[], None]) -> str:
    try:
        attempt()
    except Stale:
        return "stale"
    except Problem as problem:
        return f"{problem.status} {problem.code}"
    return "taken"


def signed_in(new_device: NewDevice, who: Credentials) -> Device:
    device = new_device()
    device.sign_in(who)
    device.fetch()
    return device


def test_of_saves_upon_one_revision_one_is_taken(new_device: NewDevice, who: Credentials) -> None:
    first = new_device()
    first.register(first.registration(who, first_plan()))
    devices = [signed_in(new_device, who) for _ in range(TOGETHER)]
    plans = [first_plan(f"from device {number}") for number in range(TOGETHER)]
    saves = [lambda d=d, p=p: d.save(p) for d, p in zip(devices, plans, strict=True)]
    assert outcomes(saves) == {"taken": 1, "stale": TOGETHER - 1}  # type: ignore[arg-type]
    winner = next(device for device in devices if device.kept[PLAN].revision == 2)
    assert first.fetch() == winner.kept[PLAN].content


def test_of_first_journals_one_is_taken(new_device: NewDevice, who: Credentials) -> None:
    first = new_device()
    first.register(first.registration(who, first_plan()))
    devices = [signed_in(new_device, who) for _ in range(TOGETHER)]
    begun = [lambda d=d: d.begin_journal(first_plan(), bytes(16)) for d in devices]
    assert outcomes(begun) == {"taken": 1, "stale": TOGETHER - 1}  # type: ignore[arg-type]


def test_one_registration_sent_many_times_at_once_is_one_account(
    new_device: NewDevice, who: Credentials
) -> None:
    first = new_device()
    registration = first.registration(who, first_plan())
    wires = [new_device().wire for _ in range(TOGETHER)]
    sent = [lambda w=w: w.ask("POST", "/accounts", json=registration) for w in wires]
    assert outcomes(sent) == {"taken": TOGETHER}  # type: ignore[arg-type]
    first.sign_in(who)
    assert first.fetch() is not None


def test_guesses_that_come_at_once_are_all_counted(new_device: NewDevice, who: Credentials) -> None:
    """Were they judged before they are counted, all of them would be judged."""
    device = new_device()
    device.register(device.registration(who, first_plan()))
    wrong = Credentials.with_random_keys(HOST)
    wrong.name = who.name
    guessers = [new_device(address="203.0.113.254") for _ in range(3 * TOGETHER)]
    found = outcomes([lambda g=g: g.sign_in(wrong) for g in guessers])  # type: ignore[misc]
    assert set(found) == {"401 sign_in_failed", "429 too_many_attempts"}
    assert 5 <= found["401 sign_in_failed"] <= 10, "a window may end while it is filled"
