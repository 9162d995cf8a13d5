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


def test_every_route_has_words_an_example_and_its_errors(client: TestClient) -> None:
    api = described(client)
    assert set(api["paths"]) == {"/healthz", "/readyz", "/api/v1/content"}
    for path, methods in api["paths"].items():
        for route in methods.values():
            assert route["summary"]
            assert {"405", "413", "500"} <= set(route["responses"])
            assert example_of(api, route) is not None, path
            for status, answer in route["responses"].items():
                if int(status) >= 400:
                    shown = answer["content"][MEDIA_TYPE]
                    jsonschema.validate(shown["example"], shown["schema"])
                    assert shown["example"]["status"] == int(status)


def example_of(api: dict[str, Any], route: dict[str, Any]) -> Any:
    """The example of what a route answers when all is well: its own, or its model's."""
    answer = route["responses"]["200"]["content"]["application/json"]
    if "example" in answer:
        return answer["example"]
    return api["components"]["schemas"][answer["schema"]["$ref"].split("/")[-1]].get("example")


def test_what_a_route_answers_is_what_it_says_it_answers(client: TestClient) -> None:
    api = described(client)
    for path, methods in api["paths"].items():
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": api["components"]}
        jsonschema.validate(client.get(path).json(), whole)
        jsonschema.validate(example_of(api, methods["get"]), whole)


def test_the_page_shows_every_route_without_a_script(client: TestClient) -> None:
    text = client.get("/api/v1/docs").text
    tags = Page(text).tags
    for path in described(client)["paths"]:
        assert f"GET {path}" in text
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
