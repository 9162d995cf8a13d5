"""Section 10's manners over httpx: the cookie, the headers of a change, and problems."""

from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from tests.independent.primitives import Refused

COOKIE = "__Host-sp"
ATTRIBUTES = {"secure", "httponly", "samesite=strict", "path=/"}
CHANGES = {"POST", "PUT", "DELETE"}
BYTES, PROBLEM = "application/octet-stream", "application/problem+json"
PROBLEM_FIELDS = {"type", "title", "status", "code", "request_id"}


class Problem(Exception):
    """An answer that says no: its status, its stable code, and when to come again (seconds)."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.status = answer.status_code
        self.code = problem_code(answer)
        after = answer.headers.get("retry-after")
        self.retry_after = int(after) if after else None
        super().__init__(f"{self.status} {self.code}")


class Stale(Exception):
    """412 with the envelope that stands at the server in the place of ours."""

    def __init__(self, envelope: bytes, etag: str | None) -> None:
        super().__init__("stale")
        self.envelope = envelope
        self.etag = etag


def problem_code(answer: httpx.Response) -> str:
    """Raises Refused not_a_problem when an error has another shape than the protocol's."""
    if answer.headers.get("content-type", "").split(";")[0] != PROBLEM:
        raise Refused(f"not_a_problem: {answer.status_code} {answer.text[:80]}")
    told = answer.json()
    if PROBLEM_FIELDS - set(told) or told["status"] != answer.status_code:
        raise Refused(f"not_a_problem: {sorted(told)}")
    return str(told["code"])


def cookie_in(answer: httpx.Response) -> str | None:
    """The session's token when one was set, "" when it was taken back."""
    for line in answer.headers.get_list("set-cookie"):
        first, *rest = (part.strip() for part in line.split(";"))
        name, _, value = first.partition("=")
        attributes = {part.lower() for part in rest}
        if name != COOKIE:
            raise Refused(f"unknown_cookie: {name}")
        if not attributes >= ATTRIBUTES or any(one.startswith("domain") for one in attributes):
            raise Refused(f"weak_cookie: {sorted(attributes)}")
        return "" if "max-age=0" in attributes else value.strip('"')
    return None


class Wire:
    """One browser's way to one server; keeps the cookie itself, since http is not https here."""

    def __init__(self, origin: str, address: str, transport: httpx.BaseTransport) -> None:
        nothing_kept = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        self.origin = origin
        self.cookie = ""
        self.address = address
        self.client = httpx.Client(
            base_url=origin,
            transport=transport,
            verify=False,
            cookies=nothing_kept,
            timeout=30,
        )

    def close(self) -> None:
        self.client.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        envelope: bytes | None = None,
        proof: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """2xx or 304. Raises Stale, Problem, and httpx.TransportError when no answer came."""
        sent = self.headers(method, proof) | (headers or {})
        if envelope is not None:
            sent["Content-Type"] = BYTES
        answer = self.client.request(
            method, path_of(path), json=json, content=envelope, headers=sent
        )
        cookie = cookie_in(answer)
        self.cookie = self.cookie if cookie is None else cookie
        return accepted(answer)

    def headers(self, method: str, proof: str | None) -> dict[str, str]:
        """What a browser of our own origin would send, and a proxy would add."""
        made = {"Accept": "*/*", "X-Forwarded-For": self.address}
        if self.cookie:
            made["Cookie"] = f"{COOKIE}={self.cookie}"
        if method in CHANGES:
            made |= {"Keel": "1", "Sec-Fetch-Site": "same-origin", "Origin": self.origin}
        if proof:
            made["Authorization"] = proof
        return made


def path_of(path: str) -> str:
    return f"/api/v1{path}"


def accepted(answer: httpx.Response) -> httpx.Response:
    is_envelope = answer.headers.get("content-type") == BYTES
    if answer.status_code == 412 and is_envelope:
        raise Stale(answer.content, answer.headers.get("etag"))
    if answer.status_code >= 300 and answer.status_code != 304:
        raise Problem(answer)
    return answer
