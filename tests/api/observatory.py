"""Mozilla Observatory's rules on headers, as its scoring page states them, for one answer.

100 and the modifiers of each test; bonuses count only from 90 on. Without being on the
browsers' preload list and without subresource integrity, 130 is the most there is to reach; 135
with a cookie.
"""

import re
from collections.abc import Mapping

MOST = 130
SIX_MONTHS = 15768000


def score(headers: Mapping[str, str]) -> int:
    """Points of one answer, by its headers in lower case."""
    changes = [
        _policy(headers.get("content-security-policy", "")),
        _frames(headers),
        _transport(headers.get("strict-transport-security", "")),
        _referrer(headers.get("referrer-policy", "")),
        0 if headers.get("x-content-type-options") == "nosniff" else -5,
        _resources(headers.get("cross-origin-resource-policy", "")),
        -50 if headers.get("access-control-allow-origin") else 0,
        _cookie(headers.get("set-cookie", "")),
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


def _resources(value: str) -> int:
    if not value:
        return 0
    return {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(value, -5)
