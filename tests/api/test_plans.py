"""Sealed plans: fetched, saved over exactly what they were made from, and refused in one order."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Clock
from tests.api.people import JOURNAL, LENGTH, LENGTHS, OURS, PLAN, Browser, Person, tag, told


@pytest.fixture
def phone(asking: TestClient, person: Person) -> Browser:
    return Browser(asking)


def test_a_plan_is_fetched_as_it_was_sent_and_not_twice(phone: Browser, person: Person) -> None:
    plan = phone.register(person)
    answer = phone.ask("GET", "/plan")
    assert (answer.status_code, answer.content) == (200, plan)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["etag"] == tag(1, plan)
    again = phone.ask("GET", "/plan", headers={"If-None-Match": tag(1, plan)})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag(1, plan))
    other = phone.ask("GET", "/plan", headers={"If-None-Match": tag(2, plan)})
    assert other.content == plan


def test_a_save_is_there_and_the_next_is_made_from_it(phone: Browser, person: Person) -> None:
    plan = phone.register(person)
    for revision in (2, 3, 4):
        match = tag(revision - 1, plan)
        plan = person.envelope(PLAN, revision, plan)
        answer = phone.save("plan", plan, match)
        assert (answer.status_code, answer.json()) == (200, {"revision": revision})
        assert answer.headers["etag"] == tag(revision, plan)
    assert phone.ask("GET", "/plan").content == plan


def test_a_stale_save_is_refused_and_nothing_changes(phone: Browser, person: Person) -> None:
    first = phone.register(person)
    second = person.envelope(PLAN, 2, first)
    phone.save("plan", second, tag(1, first))
    answer = phone.save("plan", person.envelope(PLAN, 2, first), tag(1, first))
    assert (answer.status_code, answer.content) == (412, second)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["etag"] == tag(2, second)
    assert phone.ask("GET", "/plan").content == second


def test_a_save_that_got_no_answer_is_resolved_by_its_hash(phone: Browser, person: Person) -> None:
    first = phone.register(person)
    second = person.envelope(PLAN, 2, first)
    phone.save("plan", second, tag(1, first))
    again = phone.save("plan", second, tag(1, first))
    assert (again.status_code, again.content) == (412, second)
    assert [one["revision"] for one in phone.ask("GET", "/plan/revisions").json()] == [2, 1]


REFUSED_IN_THIS_ORDER = [
    (401, "signed_out"),
    (403, "cross_site"),
    (428, "precondition_needed"),
    (413, "too_large"),
    (422, "truncated"),
    (422, "not_an_envelope"),
    (422, "suite_not_allowed"),
    (422, "kind_unknown"),
    (422, "bad_revision"),
    (422, "wrong_kind"),
    (422, "wrong_account"),
    (422, "wrong_object"),
    (422, "bad_padding"),
    (412, ""),
    (422, "wrong_revision"),
    (422, "wrong_parent"),
    (200, ""),
]


def test_a_save_is_refused_in_one_order(phone: Browser, person: Person) -> None:
    """One request with every fault; each answer names the first, which is then mended."""
    plan = phone.register(person)
    cookie, phone.cookie = phone.cookie, ""
    whole = person.envelope(PLAN, 2, plan)
    huge = bytes(512 * 1024 + 1)
    body, ours, headers = huge, {"Keel": "1"}, {"If-Match": "*"}
    broken = bytearray(b"KEEL" + bytes((2, 99)) + bytes(34) + bytes(8) + bytes(120))
    mends: list[tuple[slice, bytes]] = [
        (slice(0, 4), b"SPE1"),
        (slice(4, 5), b"\1"),
        (slice(5, 6), b"\2"),
        (slice(40, 48), (9).to_bytes(8, "big")),
        (slice(5, 6), b"\1"),
        (slice(8, 24), person.account_id),
        (slice(24, 40), person.objects[PLAN]),
        (slice(168, LENGTH), bytes(LENGTH - 168)),
    ]
    seen = []
    for step in range(len(REFUSED_IN_THIS_ORDER)):
        answer = phone.ask("PUT", "/plan", content=bytes(body), headers=headers, ours=ours)
        is_bytes = answer.headers["content-type"] == "application/octet-stream"
        is_problem = answer.status_code >= 400 and not is_bytes
        seen.append((answer.status_code, answer.json()["code"] if is_problem else ""))
        if step == 0:
            phone.cookie = cookie
        elif step == 1:
            ours = OURS
        elif step == 2:
            headers = {"If-Match": '"7-0123456789abcdef"'}
        elif step == 3:
            body = bytes(159)
        elif step == 4:
            body = bytes(broken)
        elif step <= 12:
            place, right = mends[step - 5]
            broken[place] = right
            body = bytes(broken)
        elif step == 13:
            headers = {"If-Match": tag(1, plan)}
        elif step == 14:
            body = person.envelope(PLAN, 2, b"another")
        elif step == 15:
            body = whole
    assert seen == REFUSED_IN_THIS_ORDER
    assert phone.ask("GET", "/plan").content == whole


@pytest.mark.parametrize("match", ["*", 'W/"1-0123456789abcdef"', '"1-0", "2-0"', "1-0", ""])
def test_a_save_names_one_revision(phone: Browser, person: Person, match: str) -> None:
    plan = phone.register(person)
    headers = {"If-Match": match} if match else {}
    answer = phone.ask("PUT", "/plan", content=plan, headers=headers)
    assert told(answer) == (428, "precondition_needed")


def test_a_plan_has_one_of_six_lengths(phone: Browser, person: Person) -> None:
    plan = phone.register(person)
    for revision, size in enumerate(LENGTHS, 2):
        other = person.envelope(PLAN, revision, plan, size=size)
        for cut in (other[:-1], other + b"\0", other[:160], other.ljust(512 * 1024)):
            answer = phone.save("plan", cut, tag(revision - 1, plan))
            assert told(answer) == (422, "bad_padding"), len(cut)
        assert phone.save("plan", other, tag(revision - 1, plan)).status_code == 200
        plan = other
        assert phone.ask("GET", "/plan").content == plan


def test_a_journal_begins_once(phone: Browser, person: Person) -> None:
    phone.register(person)
    assert told(phone.ask("GET", "/journal")) == (404, "not_found")
    first = person.envelope(JOURNAL)
    assert told(phone.save("journal", first, tag(1, first))) == (412, "stale")
    assert phone.save("journal", first, "*").json() == {"revision": 1}
    again = phone.save("journal", person.envelope(JOURNAL), "*")
    assert (again.status_code, again.content) == (412, first)
    second = person.envelope(JOURNAL, 2, first)
    assert phone.save("journal", second, tag(1, first)).status_code == 200
    assert phone.ask("GET", "/journal").content == second
    assert phone.ask("GET", "/plan").status_code == 200


def test_a_journal_that_is_deleted_may_begin_again(phone: Browser, person: Person) -> None:
    phone.register(person)
    for _ in range(2):
        phone.save("journal", person.envelope(JOURNAL), "*")
        assert phone.ask("DELETE", "/journal").status_code == 204
        assert phone.ask("GET", "/journal").status_code == 404
    assert phone.ask("DELETE", "/journal").status_code == 204


def save_many(phone: Browser, person: Person, plan: bytes, first: int, last: int) -> bytes:
    for revision in range(first, last + 1):
        match = tag(revision - 1, plan)
        plan = person.envelope(PLAN, revision, plan, size=LENGTH)
        assert phone.save("plan", plan, match).status_code == 200
    return plan


def test_twenty_revisions_stay_and_one_a_day_for_thirty_days(
    phone: Browser, person: Person, clock: Clock
) -> None:
    plan = phone.register(person)
    revision = 1
    for _ in range(40):
        plan = save_many(phone, person, plan, revision + 1, revision + 2)
        revision += 2
        clock.forward(days=1)
    plan = save_many(phone, person, plan, revision + 1, revision + 1)
    listed = phone.ask("GET", "/plan/revisions").json()
    numbers = [one["revision"] for one in listed]
    assert numbers[:20] == list(range(82, 62, -1))
    assert numbers[20:] == [61, *range(59, 22, -2)][: len(numbers) - 20]
    oldest = date.fromisoformat(listed[-1]["saved_on"])
    assert (clock.now.date() - oldest).days == 29
    assert {one["size"] for one in listed} == {LENGTH}
    kept = phone.ask("GET", f"/plan/revisions/{numbers[-1]}")
    assert kept.headers["etag"] == tag(numbers[-1], kept.content)
    for gone in (1, numbers[-1] - 1, 10**15, "x", "-1"):
        assert told(phone.ask("GET", f"/plan/revisions/{gone}")) == (404, "not_found")


def test_of_a_journal_one_earlier_revision_stays(
    phone: Browser, person: Person, asking: TestClient
) -> None:
    phone.register(person)
    journal = person.envelope(JOURNAL)
    phone.save("journal", journal, "*")
    for revision in range(2, 6):
        match = tag(revision - 1, journal)
        journal = person.envelope(JOURNAL, revision, journal)
        phone.save("journal", journal, match)
    assert phone.ask("GET", "/journal").content == journal
