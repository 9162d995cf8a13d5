"""One request for every kind of answer that the server has: routes, files, errors, redirects."""

from dataclasses import dataclass, field

OURS = {"keel": "1", "sec-fetch-site": "same-origin"}
JSON = {**OURS, "content-type": "application/json"}
ID = "A" * 22

OF_AN_ACCOUNT = [
    *(("GET", path) for path in ("/plan", "/journal", "/plan/revisions", "/plan/revisions/1")),
    *(("GET", path) for path in ("/sessions", "/key-slots")),
    *(("PUT", path) for path in ("/plan", "/journal")),
    *(("POST", f"/account/{what}") for what in ("passphrase", "recovery", "rotation")),
    *(("DELETE", path) for path in ("/account", "/journal", "/sessions", "/sessions/current")),
    *(("DELETE", f"/{what}/{ID}") for what in ("sessions", "key-slots")),
]
"""Every route that needs a session, under /api/v1."""

WITHOUT = [("POST", "/accounts"), ("POST", "/sessions"), ("POST", "/recovery-sessions")]
"""Those that begin one."""

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@dataclass(frozen=True)
class Asked:
    """A request, and the status that it must get."""

    method: str
    path: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"


EVERY = [
    Asked("GET", "/", 200),
    Asked("GET", "/now", 200, HTML),
    Asked("HEAD", "/now", 200),
    Asked("GET", "/assets/main-abc123.js", 200),
    Asked("GET", "/favicon.ico", 200),
    Asked("GET", "/release.json", 200),
    Asked("GET", "/service-worker.js", 200),
    Asked("GET", "/api/v1/content", 200),
    Asked("HEAD", "/api/v1/content", 200),
    Asked("GET", "/api/v1/content?language=en", 200),
    Asked("GET", "/api/v1/openapi.json", 200),
    Asked("GET", "/api/v1/docs", 200, HTML),
    Asked("GET", "/healthz", 200),
    Asked("GET", "/readyz", 200),
    Asked("HEAD", "/readyz", 200),
    Asked("GET", "/now", 308, {"host": "elsewhere.example"}),
    Asked("GET", "/nowhere", 404),
    Asked("GET", "/nowhere", 404, HTML),
    Asked("GET", "/assets/gone-000000.js", 404, HTML),
    Asked("GET", "/api/v1/nowhere", 404, HTML),
    Asked("GET", "/now/", 404),
    Asked("GET", "/../etc/passwd", 404),
    Asked("POST", "/now", 405),
    Asked("DELETE", "/api/v1/content", 405),
    Asked("OPTIONS", "/healthz", 405),
    Asked("POST", "/healthz", 413, {}, b"x" * (1024 * 1024 + 1)),
    Asked("GET", "/api/v1/content?language=tlh", 422),
    *(Asked(method, f"/api/v1{path}", 401, JSON, b"{}") for method, path in OF_AN_ACCOUNT),
    *(Asked(method, f"/api/v1{path}", 403) for method, path in WITHOUT),
    *(Asked(method, f"/api/v1{path}", 422, JSON, b"{}") for method, path in WITHOUT),
    Asked("PATCH", "/api/v1/plan", 405, OURS),
    Asked("HEAD", "/api/v1/plan", 401),
    Asked("POST", "/api/v1/accounts", 413, JSON, b"x" * (1024 * 1024 + 1)),
]
