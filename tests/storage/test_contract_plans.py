"""The contract of sealed plans and journals, on both databases: one save wins, and what is kept."""

import hashlib
from datetime import date, timedelta
from functools import partial
from random import Random
from uuid import UUID, uuid4

import pytest

from app import limits
from app.errors import Stale
from app.models.plans import DOCUMENTS, REVISIONS
from app.models.sessions import SignedIn
from app.storage import accounts, plans, sessions
from app.storage.database import Connection, Database
from app.storage.plans import JOURNAL, PLAN, ListedRevision, NewRevision, Standing
from tests.installation import TODAY, envelope, revision
from tests.storage.test_contract_accounts import mark, rows, verifiers

TOKEN = b"\0" + b"t" * 31
OBJECT = revision(1, 1).object_id
Listed = list[ListedRevision]


@pytest.fixture
def account(kept: Database) -> UUID:
    """Signed in, with a plan and a journal at revision 1; somebody else is there too."""
    one = uuid4()
    for number, id in ((1, one), (2, uuid4())):
        kept.write_now(partial(begin, number=number, id=id))
    return one


def begin(held: Connection, number: int, id: UUID) -> None:
    accounts.insert(held, id, verifiers(number), mark(number), TODAY)
    sessions.insert(held, id, id, TOKEN if number == 1 else bytes(32), "phone", TODAY)
    for kind in (PLAN, JOURNAL):
        plans.insert(held, id, kind, revision(number, 1), TODAY)


def save(
    kept: Database, account: UUID, new: NewRevision, kind: int = PLAN, today: date = TODAY
) -> bool:
    return kept.write_now(lambda c: plans.save(c, account, kind, new, today))


def listed(kept: Database, account: UUID, kind: int = PLAN) -> Listed:
    return kept.read_now(lambda c: plans.read_revisions(c, account, kind))


def read(kept: Database, account: UUID, kind: int, number: int) -> bytes | None:
    return kept.read_now(lambda c: plans.read_revision(c, account, kind, number))


def find(kept: Database, kind: int = PLAN, *, with_envelope: bool = True) -> Standing | None:
    return kept.read_now(lambda c: plans.find(c, TOKEN, TODAY, kind, with_envelope=with_envelope))


def test_a_token_finds_where_its_plan_stands(kept: Database, account: UUID) -> None:
    assert save(kept, account, revision(1, 2))
    session = SignedIn(account, account, TODAY, TODAY, False)
    new = revision(1, 2)
    expected = Standing(session, OBJECT, 2, new.hash, new.envelope)
    assert find(kept) == expected
    assert find(kept, with_envelope=False) == expected._replace(envelope=None)
    first = revision(1, 1)
    assert find(kept, JOURNAL) == Standing(session, OBJECT, 1, first.hash, first.envelope)


def test_a_token_that_nobody_has_finds_nothing(kept: Database, account: UUID) -> None:
    for token, today in ((b"n" * 32, TODAY), (TOKEN, TODAY + timedelta(limits.IDLE_DAYS))):
        for with_envelope in (True, False):
            wanted = partial(plans.find, token_hash=token, today=today, kind=PLAN)
            assert not kept.read_now(partial(wanted, with_envelope=with_envelope))


def test_a_journal_that_is_not_there_leaves_the_session(kept: Database, account: UUID) -> None:
    kept.write_now(lambda c: plans.remove(c, account, JOURNAL))
    found = find(kept, JOURNAL)
    assert found
    assert (found.session.account_id, found.revision, found.envelope) == (account, 0, None)
    assert find(kept)
    assert rows(kept, DOCUMENTS) == 3


@pytest.mark.parametrize(
    "other",
    [
        {"revision": 1},
        {"revision": 3},
        {"parent": bytes(32)},
        {"parent": hashlib.sha256(b"another").digest()},
        {"object_id": UUID(int=9)},
    ],
    ids=str,
)
def test_a_save_over_anything_else_changes_nothing(
    kept: Database, account: UUID, other: dict[str, object]
) -> None:
    before = find(kept)
    assert not save(kept, account, revision(1, 2)._replace(**other))  # type: ignore[arg-type]
    assert find(kept) == before
    assert [one.revision for one in listed(kept, account)] == [1]


def test_a_save_for_another_account_or_kind_changes_nothing(kept: Database, account: UUID) -> None:
    assert not save(kept, uuid4(), revision(1, 2))
    kept.write_now(lambda c: plans.remove(c, account, JOURNAL))
    assert not save(kept, account, revision(1, 2), JOURNAL)
    assert rows(kept, REVISIONS) == 3


def test_of_two_saves_from_one_revision_the_second_is_refused(
    kept: Database, account: UUID
) -> None:
    mine = revision(1, 2)
    theirs = mine._replace(hash=hashlib.sha256(b"theirs").digest(), envelope=b"theirs")
    assert save(kept, account, theirs)
    assert not save(kept, account, mine)
    assert not save(kept, account, theirs)
    newest = kept.read_now(lambda c: plans.read_newest(c, account, PLAN))
    assert newest == (2, theirs.hash, b"theirs")


def test_a_first_revision_is_taken_once(kept: Database, account: UUID) -> None:
    with pytest.raises(Stale):
        kept.write_now(lambda c: plans.insert(c, account, JOURNAL, revision(1, 1), TODAY))
    with pytest.raises(Stale):
        kept.write_now(lambda c: plans.insert(c, uuid4(), PLAN, revision(1, 1), TODAY))
    assert rows(kept, DOCUMENTS) == rows(kept, REVISIONS) == 4


def test_a_revision_that_is_kept_is_read_as_it_was_sent(kept: Database, account: UUID) -> None:
    longest = revision(1, 2, limits.ENVELOPE_BYTES)._replace(parent=revision(1, 1).hash)
    assert save(kept, account, longest)
    for number, size in ((1, 8352), (2, limits.ENVELOPE_BYTES)):
        assert read(kept, account, PLAN, number) == envelope(1, number, size)
    for whose, kind, number in ((account, PLAN, 3), (account, JOURNAL, 2), (uuid4(), PLAN, 1)):
        assert read(kept, whose, kind, number) is None
    expected = [
        ListedRevision(n, TODAY, size) for n, size in ((2, limits.ENVELOPE_BYTES), (1, 8352))
    ]
    assert listed(kept, account) == expected


def that_stay(saved_on: dict[int, date], today: date) -> set[int]:
    """Said once more, another way: the newest, and the last of each of the last days."""
    newest = set(sorted(saved_on)[-limits.PLAN_REVISIONS :])
    last_of_day = {day: number for number, day in sorted(saved_on.items())}
    young = today - timedelta(days=limits.PLAN_DAYS)
    return newest | {number for day, number in last_of_day.items() if day > young}


@pytest.mark.parametrize("seed", range(4))
def test_the_last_twenty_stay_and_the_last_of_each_of_thirty_days(
    kept: Database, account: UUID, seed: int
) -> None:
    """Days with many saves and with none, and a pause so long that all but the newest is old."""
    random = Random(seed)
    today, saved_on = TODAY, {1: TODAY}
    pause = random.randint(60, 110)

    def write(held: Connection) -> None:
        nonlocal today
        for number in range(2, 140):
            today += timedelta(days=40 if number == pause else random.choice((0, 0, 1, 1, 2)))
            new = revision(1, number, 64)
            if number == 2:
                new = new._replace(parent=revision(1, 1).hash)
            assert plans.save(held, account, PLAN, new, today)
            saved_on[number] = today
            found = plans.read_revisions(held, account, PLAN)
            assert {one.revision for one in found} == that_stay(saved_on, today)
            assert all(one.saved_on == saved_on[one.revision] for one in found)

    kept.write_now(write)
    assert rows(kept, REVISIONS) == len(that_stay(saved_on, today)) + 3


def test_of_a_journal_one_earlier_revision_stays(kept: Database, account: UUID) -> None:
    for number in range(2, 6):
        assert save(kept, account, revision(1, number), JOURNAL, TODAY + timedelta(number))
        kept_now = [one.revision for one in listed(kept, account, JOURNAL)]
        assert kept_now == [number, number - 1]
    assert [one.revision for one in listed(kept, account)] == [1]


def test_older_revisions_are_forgotten_and_saving_goes_on(kept: Database, account: UUID) -> None:
    for number in range(2, 25):
        assert save(kept, account, revision(1, number))
    kept.write_now(lambda c: plans.forget_older(c, account, PLAN, 24))
    assert [one.revision for one in listed(kept, account)] == [24]
    for number in range(25, 50):
        assert save(kept, account, revision(1, number))
    assert [one.revision for one in listed(kept, account)] == list(range(49, 29, -1))
    assert [one.revision for one in listed(kept, account, JOURNAL)] == [1]
