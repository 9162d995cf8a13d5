"""Mozilla Observatory's rules, as its scoring page states them, for one answer.

100 and the modifiers of each test; bonuses count only from 90 on. Why nothing can have more, and
the 150 that was asked for least of all: docs/decisions/2026-11-22_observatory-has-145-points.md.
"""

import re
from collections.abc import Mapping

from tests.pages.page_faults import read

MOST = 130
OF_SCRIPTS = 5
"""More, for a page whose scripts all carry their hash."""
OF_A_COOKIE = 5
"""More, for an answer that sets a cookie with every attribute."""
SIX_MONTHS = 15768000


def score(headers: Mapping[str, str], html: str = "") -> int:
    """Points of one answer, by its headers in lower case and the scripts of its page."""
    changes = [
        _policy(headers.get("content-security-policy", "")),
        _frames(headers),
        _transport(headers.get("strict-transport-security", "")),
        _referrer(headers.get("referrer-policy", "")),
        0 if headers.get("x-content-type-options") == "nosniff" else -5,
        _resources(headers.get("cross-origin-resource-policy", "")),
        -50 if headers.get("access-control-allow-origin") else 0,
        _cookie(headers.get("set-cookie", "")),
        _scripts(html),
    ]
    points = 100 + sum(change for change in changes if change < 0)
    return points + sum(change for change in changes if change > 0) if points >= 90 else points


def directives(policy: str) -> dict[str, list[str]]:
    """A Content-Security-Policy by directive."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): sources for name, *sources in parts}


def _policy(policy: str) -> int:
    found = directives(policy)
    if not found:
        return -25
    scripts = found.get("script-src", found.get("default-src", ["*"]))
    wide = {"'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*"}
    if wide & set(scripts):
        return -20
    if wide & set(found.get("style-src", found.get("default-src", ["*"]))):
        return 0
    is_closed = found.get("default-src") == ["'none'"] and found.get("form-action") in (
        ["'none'"],
        ["'self'"],
    )
    return 10 if is_closed else 5


def _frames(headers: Mapping[str, str]) -> int:
    if "frame-ancestors" in directives(headers.get("content-security-policy", "")):
        return 5
    return 0 if headers.get("x-frame-options") in ("DENY", "SAMEORIGIN") else -20


def _transport(value: str) -> int:
    age = re.search(r"max-age=(\d+)", value)
    if age is None:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def _referrer(value: str) -> int:
    if not value:
        return 0
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    return 5 if value in private else -5


def _cookie(value: str) -> int:
    """Ours is a session's: it needs every attribute."""
    said = {part.strip().lower() for part in value.split(";")[1:]}
    if not value:
        return 0
    if "secure" not in said:
        return -40
    if "httponly" not in said:
        return -30
    return 5 if {"samesite=strict", "samesite=lax"} & said else 0


def _scripts(html: str) -> int:
    """Nothing is taken for scripts of our own origin without a hash; others we have none."""
    scripts = [e.attributes for e in read(html) if e.tag == "script" and "src" in e.attributes]
    assert all(str(script["src"]).startswith("/") for script in scripts)
    return OF_SCRIPTS if scripts and all("integrity" in script for script in scripts) else 0


def _resources(value: str) -> int:
    if not value:
        return 0
    return {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(value, -5)
