"""Nobody else: without a session, with another's ids, or from another site's page."""

import pytest
from starlette.testclient import TestClient

from tests.api.every_answer import OF_AN_ACCOUNT, WITHOUT
from tests.api.people import PLAN, Browser, Person, tag, told

CHANGES = [one for one in OF_AN_ACCOUNT if one[0] != "GET"]


@pytest.fixture
def asking(client: TestClient) -> TestClient:
    """One database is enough here."""
    return client


def test_these_are_all_routes_that_there_are(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    found = {
        (way.upper(), path.removeprefix("/api/v1"))
        for path, ways in paths.items()
        for way, route in ways.items()
        if "Keel" in str(route.get("parameters")) or "security" in route
    }
    named = {
        (way, path.replace("A" * 22, "{id}").replace("revisions/1", "revisions/{revision}"))
        for way, path in [*OF_AN_ACCOUNT, *WITHOUT]
    }
    assert found == named


@pytest.mark.parametrize(("method", "path"), OF_AN_ACCOUNT)
def test_nothing_is_answered_without_a_session(client: TestClient, method: str, path: str) -> None:
    for cookie in ("", "x", "A" * 42 + "B", "A" * 43):
        assert told(Browser(client, cookie=cookie).ask(method, path)) == (401, "signed_out")


FOREIGN: list[dict[str, str]] = [
    {},
    {"Keel": "1"},
    {"Keel": "2", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8000"},
    *({"Keel": "1", "Sec-Fetch-Site": site} for site in ("cross-site", "same-site", "none", "")),
    {"Keel": "1", "Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8000"},
    *(
        {"Keel": "1", "Origin": origin}
        for origin in ("null", "http://localhost", "https://localhost:8000", "http://evil.example")
    ),
]
OURS = [
    {"Keel": "1", "Sec-Fetch-Site": "same-origin"},
    {"Keel": "1", "Origin": "http://localhost:8000"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_change_that_another_site_asks_for_is_refused(
    phone: Browser, person: Person, headers: dict[str, str]
) -> None:
    """On every route, with cookie and proof; and nothing was changed."""
    for method, path in [*CHANGES, *WITHOUT]:
        answer = phone.ask(method, path, ours=headers, headers=person.proof())
        assert told(answer) == (403, "cross_site"), path
    assert phone.ask("GET", "/plan").status_code == 200


@pytest.mark.parametrize("headers", OURS, ids=str)
def test_a_change_that_our_own_page_asks_for_is_made(
    phone: Browser, person: Person, headers: dict[str, str]
) -> None:
    plan = phone.ask("GET", "/plan").content
    match = {"If-Match": tag(1, plan)}
    new = person.envelope(PLAN, 2, plan)
    assert phone.ask("PUT", "/plan", content=new, headers=match, ours=headers).status_code == 200


def test_no_answer_lets_another_origin_read_it(phone: Browser) -> None:
    for method in ("GET", "OPTIONS"):
        answer = phone.ask(method, "/plan", headers={"Origin": "https://evil.example"})
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_anothers_ids_are_nothing_here(phone: Browser, person: Person, client: TestClient) -> None:
    """Every route that takes an id, and every body that names an account."""
    stranger, other = Person(), Browser(client)
    plan = other.register(stranger)
    theirs = other.ask("GET", "/sessions").json()[0]["id"]
    slots = other.ask("GET", "/key-slots").json()
    for path in (f"/sessions/{theirs}", *(f"/key-slots/{slot['id']}" for slot in slots)):
        answer = phone.ask("DELETE", path, headers=person.proof())
        assert told(answer) == (404, "not_found")
    mine = phone.ask("GET", "/plan").content
    saved = phone.save("plan", stranger.envelope(PLAN, 2, plan), tag(1, mine))
    assert told(saved) == (422, "wrong_account")
    moved = person.envelope(PLAN, 2, mine, object=stranger.objects[PLAN])
    assert told(phone.save("plan", moved, tag(1, mine))) == (422, "wrong_object")
    foreign = {**person.passphrase_fields(), "key_slot": stranger.slot("passphrase")}
    changed = phone.ask("POST", "/account/passphrase", json=foreign, headers=person.proof())
    assert told(changed) == (422, "wrong_account")
    for proof in (stranger.proof(), stranger.recovery_proof()):
        assert told(phone.ask("DELETE", "/account", headers=proof)) == (403, "proof_failed")
    assert other.ask("GET", "/plan").content == plan
    assert other.ask("GET", "/sessions").json()[0]["id"] == theirs
    assert other.ask("GET", "/key-slots").json() == slots
