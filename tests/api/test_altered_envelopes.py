"""Envelopes with a bit turned, or worse: refused by name for what the server can see, else kept."""

import json
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.errors import EnvelopeRefused
from app.schemas.ciphertext import check_envelope, check_slot
from app.schemas.fields import to_bytes
from tests.api.people import JOURNAL, LENGTHS, PLAN, Browser, Json, Person, tag, text
from tests.vectors.mutations import KINDS, mutations

MUTATIONS = 100_000
SCHEMA = range(6, 8)
"""Of the plaintext: the one field of the head that only a key can judge."""


@pytest.fixture
def asking(client: TestClient) -> TestClient:
    """One database is enough here."""
    return client


def expected(envelope: bytes, damaged: bytes) -> str:
    """The first refusal of PROTOCOL 4 and 10 for a plan that should have been `envelope`."""
    revision = int.from_bytes(damaged[40:48], "big")
    refusals = {
        "truncated": len(damaged) < 160,
        "not_an_envelope": damaged[:4] != b"SPE1",
        "suite_not_allowed": damaged[4:5] != b"\1",
        "kind_unknown": damaged[5:6] not in {bytes((kind,)) for kind in KINDS},
        "bad_revision": not 0 < revision < 2**53,
        "wrong_kind": damaged[5:6] != envelope[5:6],
        "wrong_account": damaged[8:24] != envelope[8:24],
        "wrong_object": damaged[24:40] != envelope[24:40],
        "bad_padding": len(damaged) not in LENGTHS,
        "wrong_revision": damaged[40:48] != envelope[40:48],
        "wrong_parent": damaged[48:80] != envelope[48:80],
    }
    return next((code for code, is_refused in refusals.items() if is_refused), "")


def flipped(envelope: bytes, bit: int) -> bytes:
    changed = bytearray(envelope)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_each_bit_of_a_plans_head_is_refused_by_its_name(phone: Browser, person: Person) -> None:
    plan, seen = phone.ask("GET", "/plan").content, set[str]()
    envelope = person.envelope(PLAN, 2, plan)
    for bit in range(80 * 8):
        if bit // 8 in SCHEMA:
            continue
        damaged = flipped(envelope, bit)
        answer = phone.save("plan", damaged, tag(1, plan))
        told = (answer.status_code, answer.json()["code"])
        assert told == (422, expected(envelope, damaged)), bit
        assert told[1]
        seen.add(told[1])
    assert len(seen) == 9
    assert phone.ask("GET", "/plan").content == plan
    assert phone.save("plan", envelope, tag(1, plan)).status_code == 200


def test_what_only_a_key_can_judge_is_kept_as_it_was_sent(phone: Browser, person: Person) -> None:
    """Schema, salt, commitment, ciphertext and tag: the server reads none of them."""
    stands, revision = phone.ask("GET", "/plan").content, 1
    places = [48, 63, 640, 895, 896, 1151, 1152, 5000, 8 * len(stands) - 1]
    for bit in places:
        new = flipped(person.envelope(PLAN, revision + 1, stands), bit)
        assert phone.save("plan", new, tag(revision, stands)).status_code == 200, bit
        stands, revision = new, revision + 1
        assert phone.ask("GET", "/plan").content == stands


def test_lengths_and_kinds_at_their_edges(phone: Browser, person: Person) -> None:
    plan = phone.ask("GET", "/plan").content
    for size in (0, 1, 79, 159, 160):
        answer = phone.save("plan", person.envelope(PLAN, 2, plan)[:size], tag(1, plan))
        assert answer.json()["code"] == ("truncated" if size < 160 else "bad_padding"), size
    for kind in {*range(40), 127, 128, 255}:
        envelope = person.envelope(JOURNAL, 3, plan)
        envelope = envelope[:5] + bytes((kind,)) + envelope[6:]
        answer = phone.save("journal", envelope, "*")
        code = "wrong_revision" if kind == JOURNAL else "wrong_kind"
        assert answer.json()["code"] == (code if kind in KINDS else "kind_unknown"), kind


def test_a_hundred_thousand_damaged_ones_are_refused_as_another_code_says() -> None:
    """No error but ours, and none is accepted whose head another reader would refuse."""
    person, other = Person(), Person()
    bases = [
        one.envelope(kind, revision, b"x")
        for one in (person, other)
        for kind, revision in ((PLAN, 1), (PLAN, 2**53 - 1), (JOURNAL, 7))
    ]
    accepted = 0
    for mutation in mutations(bases, MUTATIONS):
        base, damaged = bases[mutation.base], mutation.damaged
        place = {"account": UUID(bytes=base[8:24]), "object_id": UUID(bytes=base[24:40])}
        told = expected(base, damaged)
        told = "" if told in ("wrong_revision", "wrong_parent") else told
        assert judged(damaged, base[5], place) == told
        accepted += not told
    assert MUTATIONS / 4 < accepted < MUTATIONS * 3 / 4


def judged(damaged: bytes, kind: int, place: dict[str, UUID]) -> str:
    """The code of its refusal; nothing when it was taken, with all that it says of itself."""
    try:
        found = check_envelope(damaged, kind=kind, **place)
    except EnvelopeRefused as refused:
        return refused.code
    told = (found.revision.to_bytes(8, "big"), found.parent, found.envelope)
    assert told == (damaged[40:48], damaged[48:80], damaged)
    return ""


def test_each_bit_of_a_slots_head_is_refused() -> None:
    person = Person()
    for kind in ("passphrase", "recovery"):
        slot = person.slot(kind)
        place: Json = {"kind": kind, "account": UUID(bytes=person.account_id)}
        place["id"] = UUID(bytes=to_bytes(slot["id"]))
        envelope = to_bytes(slot["envelope"])
        check_slot(envelope, **place)
        for bit in (bit for bit in range(80 * 8) if bit // 8 not in SCHEMA):
            with pytest.raises(EnvelopeRefused):
                check_slot(flipped(envelope, bit), **place)
        for damaged in (envelope[:-1], envelope + b"\0", envelope[:160], b""):
            with pytest.raises(EnvelopeRefused, match=r"truncated|bad_padding"):
                check_slot(damaged, **place)


@pytest.mark.parametrize("part", ["plan", "key_slots"])
def test_a_registration_with_one_damaged_envelope_begins_nothing(
    client: TestClient, part: str
) -> None:
    person, phone = Person(), Browser(client)
    body = person.registration()
    for byte in (0, 4, 5, 8, 24, 40, 47, 48, 79):
        damaged: Json = json.loads(json.dumps(body))
        sealed = damaged["plan"] if part == "plan" else damaged["key_slots"][0]
        sealed["envelope"] = text(flipped(to_bytes(sealed["envelope"]), byte * 8))
        answer = phone.ask("POST", "/accounts", json=damaged)
        assert answer.status_code == 422, byte
        assert "set-cookie" not in answer.headers
    assert phone.sign_in(person).status_code == 401
    assert phone.ask("POST", "/accounts", json=body).status_code == 201
