"""The contract of sessions, on both databases: found by token, renewed once, listed and ended."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from app import limits
from app.errors import SignedOut
from app.models.sessions import SESSIONS, SignedIn
from app.storage import accounts, sessions
from app.storage.database import Database
from tests.installation import TODAY
from tests.storage.test_contract_accounts import mark, rows, verifiers


@pytest.fixture
def account(kept: Database) -> UUID:
    return someone(kept, 1)


def someone(kept: Database, number: int) -> UUID:
    id = uuid4()
    kept.write_now(lambda c: accounts.insert(c, id, verifiers(number), mark(number), TODAY))
    return id


def token(number: int) -> bytes:
    """A token's hash; with a zero, which a text would end at."""
    return bytes((0, number)).ljust(32, b"\xfe")


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def begin(kept: Database, account: UUID, number: int, today: date = TODAY) -> UUID:
    id = UUID(int=1000 - number)
    kept.write_now(lambda c: sessions.insert(c, account, id, token(number), "phone", today))
    return id


def find(kept: Database, number: int, today: date = TODAY) -> SignedIn | None:
    return kept.read_now(lambda c: sessions.find(c, token(number), today))


def found(kept: Database, number: int, today: date = TODAY) -> SignedIn:
    session = find(kept, number, today)
    assert session
    return session


def renew(kept: Database, session: SignedIn, old: bytes, new: bytes, today: date) -> bool:
    return kept.write_now(lambda c: sessions.renew(c, session, old, new, today))


def ids(kept: Database, account: UUID) -> list[UUID]:
    return [one.id for one in kept.read_now(lambda c: sessions.read_all(c, account))]


def test_a_session_is_found_by_its_token_alone(kept: Database, account: UUID) -> None:
    id = begin(kept, account, 1)
    assert find(kept, 1) == SignedIn(account, id, TODAY, TODAY, False)
    assert find(kept, 2) is None
    assert kept.read_now(lambda c: sessions.find(c, token(1)[:31], TODAY)) is None


def test_one_that_is_idle_for_a_year_has_ended(kept: Database, account: UUID) -> None:
    begin(kept, account, 1)
    begin(kept, account, 2, after(1))
    ends = after(limits.IDLE_DAYS)
    assert find(kept, 1, ends - timedelta(days=1))
    assert not kept.read_now(lambda c: sessions.have_idle(c, ends - timedelta(days=1)))
    assert find(kept, 1, ends) is None
    assert kept.read_now(lambda c: sessions.have_idle(c, ends))
    kept.write_now(lambda c: sessions.end_idle(c, ends))
    assert rows(kept, SESSIONS) == 1
    assert find(kept, 2, ends)


def test_a_renewed_token_and_the_one_before_both_hold(kept: Database, account: UUID) -> None:
    id = begin(kept, account, 1)
    old = found(kept, 1)
    assert kept.write_now(lambda c: sessions.renew(c, old, token(1), token(2), after(30)))
    assert find(kept, 2, after(30)) == SignedIn(account, id, after(30), after(30), False)
    assert find(kept, 1, after(30)) == SignedIn(account, id, after(30), after(30), True)


def test_of_two_renewals_the_first_is_taken(kept: Database, account: UUID) -> None:
    begin(kept, account, 1)
    old = found(kept, 1)
    assert kept.write_now(lambda c: sessions.renew(c, old, token(1), token(2), after(30)))
    assert not kept.write_now(lambda c: sessions.renew(c, old, token(1), token(3), after(30)))
    assert find(kept, 3, after(30)) is None
    assert find(kept, 2, after(30))


def test_the_token_before_holds_until_the_new_one_was_seen(kept: Database, account: UUID) -> None:
    begin(kept, account, 1)
    kept.write_now(lambda c: sessions.renew(c, found(kept, 1), token(1), token(2), after(30)))
    old = found(kept, 1, after(30))
    kept.write_now(lambda c: sessions.see(c, old, after(31)))
    assert find(kept, 1, after(31)) == old._replace(last_seen_on=after(31))
    new = found(kept, 2, after(31))
    kept.write_now(lambda c: sessions.see(c, new, after(32)))
    assert find(kept, 1, after(32)) is None
    assert find(kept, 2, after(32))


def test_an_answer_that_was_lost_is_renewed_from_the_token_before(
    kept: Database, account: UUID
) -> None:
    begin(kept, account, 1)
    kept.write_now(lambda c: sessions.renew(c, found(kept, 1), token(1), token(2), after(30)))
    old = found(kept, 1, after(31))
    assert kept.write_now(lambda c: sessions.renew(c, old, token(1), token(3), after(31)))
    assert [bool(find(kept, n, after(31))) for n in (1, 2, 3)] == [True, False, True]


def test_sessions_are_listed_the_last_seen_first(kept: Database, account: UUID) -> None:
    other = someone(kept, 2)
    begin(kept, other, 9)
    made = [begin(kept, account, n, after(n)) for n in (2, 3, 1)]
    assert ids(kept, account) == [made[1], made[0], made[2]]


def test_one_session_too_many_ends_the_longest_unseen(kept: Database, account: UUID) -> None:
    other = someone(kept, 2)
    begin(kept, other, 99)
    made = [begin(kept, account, n, after(n)) for n in range(limits.SESSIONS)]
    kept.write_now(lambda c: sessions.see(c, found(kept, 0, after(20)), after(20)))
    newest = begin(kept, account, 50, after(21))
    assert ids(kept, account) == [newest, made[0], *reversed(made[2:])]
    assert find(kept, 99, after(21))


def test_of_one_day_the_first_that_came_ends_first(kept: Database, account: UUID) -> None:
    made = [begin(kept, account, n) for n in range(limits.SESSIONS + 2)]
    assert ids(kept, account) == list(reversed(made[2:]))


def test_nobody_ends_a_session_of_anothers(kept: Database, account: UUID) -> None:
    other = someone(kept, 2)
    id = begin(kept, account, 1)
    assert not kept.write_now(lambda c: sessions.end(c, other, id))
    assert find(kept, 1)
    assert kept.write_now(lambda c: sessions.end(c, account, id))
    assert not kept.write_now(lambda c: sessions.end(c, account, id))
    assert find(kept, 1) is None


def test_all_others_end_and_nobody_elses(kept: Database, account: UUID) -> None:
    other = someone(kept, 2)
    begin(kept, other, 9)
    made = [begin(kept, account, n) for n in range(3)]
    kept.write_now(lambda c: sessions.end_others(c, account, made[1]))
    assert ids(kept, account) == [made[1]]
    assert find(kept, 9)


def test_a_session_ends_by_either_of_its_tokens(kept: Database, account: UUID) -> None:
    for number in (2, 4):
        begin(kept, account, number)
        given = (found(kept, number), token(number), token(number + 1), after(30))
        assert renew(kept, *given)
    kept.write_now(lambda c: sessions.end_by_token(c, token(7)))
    assert len(ids(kept, account)) == 2
    kept.write_now(lambda c: sessions.end_by_token(c, token(2)))
    kept.write_now(lambda c: sessions.end_by_token(c, token(5)))
    assert ids(kept, account) == []


def test_an_account_that_went_away_gets_no_session(kept: Database, account: UUID) -> None:
    kept.write_now(lambda c: accounts.erase(c, account))
    with pytest.raises(SignedOut):
        begin(kept, account, 1)
    assert rows(kept, SESSIONS) == 0
