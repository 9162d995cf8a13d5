"""The contract of accounts and key slots, on both databases: found, changed and erased whole."""

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Table, func, select, update

from app.crypto.at_rest import Keyring, new_key, new_pepper
from app.errors import AtRestRefused, Conflict
from app.models import METADATA
from app.models.accounts import ACCOUNTS
from app.models.attempts import ATTEMPTS
from app.models.key_slots import KEY_SLOTS
from app.storage import accounts, key_slots, plans, resealing, sessions
from app.storage.accounts import NOBODY, Candidate, Verifiers
from app.storage.database import Database
from app.storage.key_slots import Slot
from tests.installation import TODAY, revision

DECOY = b"d" * 32
KEYRING = Keyring([new_key()], [new_pepper()])


def bytes_of(number: int, what: int) -> bytes:
    """32 bytes, another for each person and use; with a zero, which a text would end at."""
    return bytes((number, what, 0)).ljust(32, b"\xff")


def verifiers(number: int) -> Verifiers:
    return Verifiers(*(bytes_of(number, what) for what in range(4)))


def mark(number: int) -> bytes:
    return bytes_of(number, 9)


def slots(number: int) -> list[Slot]:
    kinds = ("passphrase", "recovery", "recovery")
    return [Slot(UUID(int=n + 1), kind, bytes([number] * 192)) for n, kind in enumerate(kinds)]


def begin(kept: Database, number: int) -> UUID:
    """One of everything that an account may have."""
    id = uuid4()

    def write(held: Connection) -> None:
        accounts.insert(held, id, verifiers(number), mark(number), TODAY)
        key_slots.insert(held, KEYRING, id, slots(number))
        for kind in (plans.PLAN, plans.JOURNAL):
            plans.insert(held, id, kind, revision(number, 1), TODAY)
        sessions.insert(held, id, uuid4(), bytes_of(number, 5), "phone", TODAY)

    kept.write_now(write)
    return id


def found(kept: Database, find: Callable[..., Candidate], *given: bytes) -> Candidate:
    return kept.read_now(lambda c: find(c, given, DECOY))


def read(kept: Database, id: UUID) -> Verifiers | None:
    return kept.read_now(lambda c: accounts.read_verifiers(c, id))


def slots_of(kept: Database, id: UUID, keyring: Keyring = KEYRING) -> list[Slot]:
    return kept.read_now(lambda c: key_slots.read(c, keyring, id))


def rows(kept: Database, table: Table) -> int:
    return kept.read_now(
        lambda held: held.execute(select(func.count()).select_from(table)).scalar_one()
    )


def test_an_account_is_found_by_its_name_and_by_its_code(kept: Database) -> None:
    one, other = begin(kept, 1), begin(kept, 2)
    older = b"o" * 32
    for id, number in ((one, 1), (other, 2)):
        its = verifiers(number)
        assert found(kept, accounts.find_by_name, its.name) == Candidate(id, its.auth)
        by_code = found(kept, accounts.find_by_lookup, older, its.lookup)
        assert by_code == Candidate(id, its.recovery)
        assert read(kept, id) == its


def test_nobody_is_a_row_like_any_other(kept: Database) -> None:
    assert not kept.read_now(accounts.has_any)
    begin(kept, 1)
    assert kept.read_now(accounts.has_any)
    for find, given in (
        (accounts.find_by_name, verifiers(1).lookup),
        (accounts.find_by_lookup, verifiers(1).name),
    ):
        assert found(kept, find, given, given[:31]) == Candidate(NOBODY, DECOY)
    assert read(kept, uuid4()) is None
    assert kept.read_now(lambda c: accounts.read_mark(c, uuid4())) is None


@pytest.mark.parametrize("taken", ["id", "name", "lookup", "mark"])
def test_what_is_anothers_is_not_given_twice_and_nothing_of_it_stays(
    kept: Database, taken: str
) -> None:
    first = begin(kept, 1)
    id = first if taken == "id" else uuid4()
    new, its_mark = verifiers(2), mark(1 if taken == "mark" else 2)
    if taken in ("name", "lookup"):
        new = new._replace(**{taken: getattr(verifiers(1), taken)})

    def write(held: Connection) -> None:
        accounts.insert(held, id, new, its_mark, TODAY)

    with pytest.raises(Conflict, match="name_taken"):
        kept.write_now(write)
    assert rows(kept, METADATA.tables["accounts"]) == 1
    assert read(kept, first) == verifiers(1)


def test_secrets_are_changed_for_one_account_alone(kept: Database) -> None:
    one, other = begin(kept, 1), begin(kept, 2)
    kept.write_now(lambda c: accounts.write_passphrase(c, one, bytes_of(3, 0), bytes_of(3, 1)))
    kept.write_now(lambda c: accounts.write_recovery(c, one, bytes_of(3, 2), bytes_of(3, 3)))
    assert read(kept, one) == verifiers(3)
    assert read(kept, other) == verifiers(2)


@pytest.mark.parametrize("change", [accounts.write_passphrase, accounts.write_recovery])
def test_a_change_to_what_is_anothers_is_refused(
    kept: Database, change: Callable[[Connection, UUID, bytes, bytes], None]
) -> None:
    one = begin(kept, 1)
    begin(kept, 2)
    is_name = change is accounts.write_passphrase
    taken = verifiers(2).name if is_name else verifiers(2).lookup
    with pytest.raises(Conflict, match="name_taken"):
        kept.write_now(lambda c: change(c, one, taken, bytes_of(9, 9)))
    assert read(kept, one) == verifiers(1)


def test_erasing_takes_all_of_one_account_and_nothing_of_another(kept: Database) -> None:
    one = begin(kept, 1)
    before = {table.name: rows(kept, table) for table in METADATA.sorted_tables}
    other = begin(kept, 2)
    kept.write_now(lambda c: accounts.erase(c, other))
    assert {table.name: rows(kept, table) for table in METADATA.sorted_tables} == before
    assert before == {"attempts": 0, "accounts": 1, "key_slots": 3, "documents": 2} | {
        "sessions": 1,
        "revisions": 2,
    }
    assert slots_of(kept, one) == slots(1)
    kept.write_now(lambda c: accounts.erase(c, other))


def test_every_table_with_an_account_in_it_is_erased(kept: Database) -> None:
    """A table that comes later must be named in OF_AN_ACCOUNT, or erasing would leave it."""
    named = {table.name for table in accounts.OF_AN_ACCOUNT}
    belong = {table.name for table in METADATA.sorted_tables if "account_id" in table.c}
    others = {table.name for table in METADATA.sorted_tables} - belong
    assert (named, others) == (belong, {ACCOUNTS.name, ATTEMPTS.name})


def test_marked_accounts_are_erased_however_many_marks_there_are(kept: Database) -> None:
    one, two, three = (begin(kept, number) for number in (1, 2, 3))
    marks = {number.to_bytes(32, "big") for number in range(2 * accounts.MARKS_AT_ONCE)}
    assert kept.write_now(lambda c: accounts.erase_marked(c, marks)) == 0
    assert kept.write_now(lambda c: accounts.erase_marked(c, marks | {mark(1), mark(3)})) == 2
    marked = kept.read_now(lambda c: [accounts.read_mark(c, id) for id in (one, two, three)])
    assert marked == [None, mark(2), None]


def test_key_slots_come_back_as_they_were_by_id(kept: Database) -> None:
    one, other = begin(kept, 1), begin(kept, 2)
    assert slots_of(kept, one) == slots(1)
    kept.write_now(lambda c: key_slots.remove_kind(c, one, "recovery"))
    assert slots_of(kept, one) == slots(1)[:1]
    assert slots_of(kept, other) == slots(2)
    kept.write_now(lambda c: key_slots.remove_all(c, one))
    kept.write_now(lambda c: key_slots.insert(c, KEYRING, one, slots(3)[::-1]))
    assert slots_of(kept, one) == slots(3)


def test_a_key_slot_opens_only_where_it_was_put(kept: Database) -> None:
    one, other = begin(kept, 1), begin(kept, 2)

    def move(held: Connection) -> None:
        ours = select(KEY_SLOTS.c.sealed).where(KEY_SLOTS.c.account_id == one).limit(1)
        theirs = update(KEY_SLOTS).where(KEY_SLOTS.c.account_id == other)
        held.execute(theirs.values(sealed=held.execute(ours).scalar_one()))

    kept.write_now(move)
    with pytest.raises(AtRestRefused):
        slots_of(kept, other)


def test_resealing_reaches_every_slot_and_each_opens_as_before(kept: Database) -> None:
    people = {begin(kept, number): number for number in range(40)}
    assert rows(kept, KEY_SLOTS) > resealing.AT_ONCE
    rotated = Keyring([new_key(), *KEYRING.keys], KEYRING.peppers)
    done, last = 0, None
    while True:
        some = kept.write_now(partial(resealing.reseal_some, keyring=rotated, after=last))
        done, last = done + some.resealed, some.last
        if last is None:
            break
    assert done == rows(kept, KEY_SLOTS) == 3 * len(people)
    assert kept.read_now(resealing.sealed_under) == {rotated.keys[0].id: done}
    newest = Keyring(rotated.keys[:1], KEYRING.peppers)
    for id, number in people.items():
        assert slots_of(kept, id, newest) == slots(number)
