"""JSON that nobody's device sends: 4xx of one shape, whatever stands in whichever field."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.people import PLAN, Browser, Json, Person, tag, text

KEY = "A" * 43
NOT_CANONICAL = {
    "last bits set": KEY[:-1] + "B",
    "padded": KEY + "=",
    "other alphabet": "+/" + KEY[2:],
    "a space": " " + KEY,
    "a line's end": KEY + "\n",
    "one too long": KEY + "A",
    "one too short": KEY[:-1],
    "33 bytes": "A" * 44,
    "full width": "Ａ" + KEY[1:],
}
ODD: dict[str, str] = {
    **{name: json.dumps(value) for name, value in NOT_CANONICAL.items()},
    "null": "null",
    "a number": "1",
    "a huge number": "9" * 4000,
    "a number past all": "9" * 100_000,
    "an infinite number": "1e999",
    "no number": "NaN",
    "true": "true",
    "a list": "[]",
    "lists in lists": "[" * 100_000 + "]" * 100_000,
    "objects in objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "never closed": "[" * 100_000,
    "an object": "{}",
    "NUL": '"\\u0000"',
    "NUL as it is": '"\0"',
    "half a pair": '"\\ud800"',
    "half a pair, reversed": '"\\udc00\\ud800"',
    "a tab": '"\t"',
}
RAW = {
    "nothing": b"",
    "no object": b"[]",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "no UTF-8": b'{"name": "\xff"}',
    "a surrogate in UTF-8": b'{"name": "\xed\xa0\x80"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "deep": b"[" * 100_000,
    "two values": b"{} {}",
}
MARK = "@@@"
HOLES = ("/sessions", "/recovery-sessions", "/account/passphrase", "/accounts")
"""They have every field that there is."""


@pytest.fixture
def asking(client: TestClient) -> TestClient:
    """One database is enough here."""
    return client


def bodies(person: Person, plan: bytes) -> dict[str, Json]:
    """One for every route that takes JSON, each as it should be."""
    slots = [person.slot("passphrase"), person.slot("recovery")]
    secrets = {**person.passphrase_fields(), **person.recovery_fields()}
    sealed = {"object_id": text(person.objects[PLAN]), "envelope": text(plan)}
    return {
        "/sessions": {**person.passphrase_fields(), "device": "phone"},
        "/recovery-sessions": {**person.recovery_fields(), "device": "phone"},
        "/account/passphrase": {**person.passphrase_fields(), "key_slot": slots[0]},
        "/account/recovery": {**person.recovery_fields(), "key_slot": slots[1]},
        "/account/rotation": {**secrets, "key_slots": slots, "plan": sealed},
        "/accounts": Person().registration(),
    }


def holes(body: Any) -> Iterator[Any]:
    """The body once for each field, wherever it stands, with MARK in its place."""
    for key in body if isinstance(body, dict) else range(len(body)):
        one = body.copy()
        one[key] = MARK
        yield one
        if isinstance(body[key], dict | list):
            for inner in holes(body[key]):
                yield {**body, key: inner} if isinstance(body, dict) else [inner]


def send(phone: Browser, person: Person, path: str, sent: bytes) -> Any:
    headers = {"Content-Type": "application/json", "If-Match": tag(1, b"")}
    phone_only = Browser(phone.client, cookie=phone.cookie)
    return phone_only.ask("POST", path, content=sent, headers=headers | person.recovery_proof())


def is_refused(answer: Any) -> bool:
    told = answer.json()
    return (
        400 <= answer.status_code < 500
        and answer.headers["content-type"] == "application/problem+json"
        and list(told) == ["type", "title", "status", "code", "request_id"]
        and "set-cookie" not in answer.headers
    )


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_no_field_takes_what_it_is_not_meant_for(phone: Browser, person: Person, odd: str) -> None:
    plan = phone.ask("GET", "/plan").content
    for path in HOLES:
        body = bodies(person, plan)[path]
        for hole in holes(body):
            sent = json.dumps(hole).replace(f'"{MARK}"', odd).encode()
            answer = send(phone, person, path, sent)
            assert is_refused(answer), (path, hole)
            assert answer.status_code in (401, 422, 429), (path, hole)
    assert phone.ask("GET", "/plan").content == plan


@pytest.mark.parametrize("raw", RAW.values(), ids=list(RAW))
def test_what_is_no_json_object_is_refused_everywhere(
    phone: Browser, person: Person, raw: bytes
) -> None:
    for path in bodies(person, b""):
        answer = send(phone, person, path, raw)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_one_key_twice_is_refused_wherever_it_stands(phone: Browser, person: Person) -> None:
    """In either spelling, and in fields that nobody knows; once, it is taken."""
    device = {"device": "phone"}
    body = json.dumps({**person.recovery_fields(), **device})
    twice = [body[:-1] + f', "{key}": "phone"}}' for key in ("device", "d\\u0065vice")]
    twice += [body[:-1] + ', "more": [{"a": 1, "a": 1}]}', '{"device": "phone", ' + body[1:]]
    for sent in twice:
        answer = send(phone, person, "/recovery-sessions", sent.encode())
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    known = send(phone, person, "/recovery-sessions", (body[:-1] + ', "more": {"a": 1}}').encode())
    assert known.status_code == 201


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "a/json"])
def test_json_that_does_not_say_so_is_refused(phone: Browser, person: Person, kind: str) -> None:
    """A form of another site's page can send these, and no other."""
    body = json.dumps({**person.recovery_fields(), "device": "phone"}).encode()
    headers = {"Content-Type": kind}
    answer = phone.ask("POST", "/recovery-sessions", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
