"""The contract of counted attempts, on both databases: counted, waited for, forgotten."""

from app.limits import Rule
from app.models.attempts import ATTEMPTS
from app.storage import attempts
from app.storage.attempts import Tried
from app.storage.database import Database
from tests.storage.test_contract_accounts import rows

MINUTE, HOUR = Rule("minute", 60, 3), Rule("hour", 3600, 5)
NOW = 1_800_000_000
ONE, OTHER = b"\x00" * 32, b"\xff" * 32


def count(kept: Database, now: int, *rules: Rule, subject: bytes = ONE) -> int:
    """Seconds to wait, committed."""
    tried = [Tried(subject, rule) for rule in rules]
    return kept.write_now(lambda c: attempts.count(c, tried, now))


def test_so_many_are_heard_and_then_none_until_the_time_is_over(kept: Database) -> None:
    assert [count(kept, NOW + n, MINUTE) for n in range(5)] == [0, 0, 0, 57, 56]
    assert count(kept, NOW + 59, MINUTE) == 1
    assert [count(kept, NOW + 60, MINUTE) for _ in range(4)] == [0, 0, 0, 60]


def test_each_subject_and_each_rule_is_counted_by_itself(kept: Database) -> None:
    for _ in range(4):
        count(kept, NOW, MINUTE)
    assert count(kept, NOW, MINUTE) == 60
    assert count(kept, NOW, MINUTE, subject=OTHER) == 0
    assert count(kept, NOW, HOUR) == 0


def test_the_longest_wait_is_told(kept: Database) -> None:
    waits = [count(kept, NOW + 61 * n, HOUR, MINUTE) for n in range(6)]
    assert waits[:5] == [0] * 5
    assert waits[5] == 3600 - 61 * 5
    assert rows(kept, ATTEMPTS) == 2


def test_whoever_succeeded_starts_from_nothing(kept: Database) -> None:
    for subject in (ONE, OTHER):
        for _ in range(4):
            count(kept, NOW, MINUTE, subject=subject)
    tried = [Tried(ONE, MINUTE), Tried(ONE, HOUR)]
    kept.write_now(lambda c: attempts.forget(c, tried))
    assert count(kept, NOW, MINUTE) == 0
    assert count(kept, NOW, MINUTE, subject=OTHER) == 60


def test_only_what_is_over_is_forgotten(kept: Database) -> None:
    count(kept, NOW, MINUTE, HOUR)
    assert not kept.read_now(lambda c: attempts.have_ended(c, NOW + 59))
    kept.write_now(lambda c: attempts.forget_ended(c, NOW + 59))
    assert rows(kept, ATTEMPTS) == 2
    assert kept.read_now(lambda c: attempts.have_ended(c, NOW + 60))
    kept.write_now(lambda c: attempts.forget_ended(c, NOW + 60))
    assert rows(kept, ATTEMPTS) == 1
    assert not kept.read_now(lambda c: attempts.have_ended(c, NOW + 60))
