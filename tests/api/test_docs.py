"""The API's description is complete, and its page is our own: no script, no foreign host."""

import re
from html.parser import HTMLParser
from typing import Any

import jsonschema
from starlette.testclient import TestClient

from app.api.problems import MEDIA_TYPE


class Page(HTMLParser):
    """Tags in order, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


PUBLIC = ["/healthz", "/readyz", "/api/v1/content"]
BYTES = "application/octet-stream"


def routes(api: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every route."""
    return [
        (method, path, route)
        for path, ways in api["paths"].items()
        for method, route in ways.items()
    ]


def test_every_route_has_words_an_example_and_its_errors(client: TestClient) -> None:
    api = described(client)
    assert len(routes(api)) > 20
    for method, path, route in routes(api):
        assert route["summary"]
        assert {"405", "413", "500"} <= set(route["responses"])
        check_answer(api, f"{method} {path}", route)
        for status, answer in route["responses"].items():
            if int(status) >= 400 and BYTES not in answer["content"]:
                shown = answer["content"][MEDIA_TYPE]
                jsonschema.validate(shown["example"], shown["schema"])
                assert shown["example"]["status"] == int(status)


def check_answer(api: dict[str, Any], name: str, route: dict[str, Any]) -> None:
    """What a route answers when all is well: nothing, bytes, or JSON with an example that fits."""
    well = next(answer for status, answer in route["responses"].items() if int(status) < 300)
    content = well.get("content", {})
    if "204" in route["responses"]:
        assert not content, name
    elif BYTES in content:
        assert "ETag" in well["headers"], name
    else:
        whole = {**content["application/json"]["schema"], "components": api["components"]}
        jsonschema.validate(example_of(api, well), whole)


def example_of(api: dict[str, Any], answer: dict[str, Any]) -> Any:
    """Its own, or its model's."""
    shown = answer["content"]["application/json"]
    if "example" in shown:
        return shown["example"]
    return api["components"]["schemas"][shown["schema"]["$ref"].split("/")[-1]].get("example")


def test_a_body_has_an_example_that_fits(client: TestClient) -> None:
    bodies = [
        (name, shape)
        for _, name, route in routes(described(client))
        for kind, shape in route.get("requestBody", {}).get("content", {}).items()
        if kind != BYTES
    ]
    assert len(bodies) == 6
    for _, shape in bodies:
        jsonschema.validate(shape["example"], shape["schema"])


def test_a_route_of_an_account_says_what_opens_it(client: TestClient) -> None:
    """401 and the cookie belong together, and every change carries the header."""
    for method, path, route in routes(described(client)):
        is_of_an_account = "security" in route
        assert is_of_an_account == ("signed_out" in str(route["responses"].get("401"))), path
        if method != "get":
            assert "Keel" in {one["name"] for one in route["parameters"]}, path
            assert "403" in route["responses"], path


def test_what_a_route_answers_is_what_it_says_it_answers(client: TestClient) -> None:
    api = described(client)
    for path in PUBLIC:
        well = api["paths"][path]["get"]["responses"]["200"]
        schema = well["content"]["application/json"]["schema"]
        whole = {**schema, "components": api["components"]}
        jsonschema.validate(client.get(path).json(), whole)


def test_the_page_shows_every_route_without_a_script(client: TestClient) -> None:
    text = client.get("/api/v1/docs").text
    tags = Page(text).tags
    for method, path, _ in routes(described(client)):
        assert f"{method.upper()} {path}" in text
    assert not {"script", "img", "link", "iframe", "form"} & {tag for tag, _ in tags}
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on")]
    assert not [attrs for _, attrs in tags if "style" in attrs]


def test_the_lines_are_first_on_the_page(client: TestClient) -> None:
    links = [
        attrs["href"] for tag, attrs in Page(client.get("/api/v1/docs").text).tags if tag == "a"
    ]
    assert links[:4] == ["tel:988", "sms:988", "/lines", "tel:911"]


def test_the_usual_pages_of_the_framework_are_off(client: TestClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"):
        assert client.get(path).status_code == 404


def test_no_description_names_a_foreign_host_but_the_lines(client: TestClient) -> None:
    hosts = set(re.findall(r"https?://([a-z0-9.-]+\w)", client.get("/api/v1/openapi.json").text))
    assert hosts <= {"988lifeline.org"}
