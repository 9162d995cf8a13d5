"""Whose address is counted: the last one that somebody trusted saw, and nobody's own claim."""

from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi import Request
from starlette.testclient import TestClient

from app import limits
from app.api.deps import Services, Visit
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import PROXY
from tests.api.people import ORIGIN, Browser, Person

PUBLIC, STRANGER = "1.2.3.4", "9.9.9.9"
CHAIN = "127.0.0.1, 10.0.0.0/8, 2001:db8:ffff::/48"


class Case(NamedTuple):
    """Who is connected, what was forwarded line by line, who is trusted, and who is counted."""

    peer: str
    lines: list[str]
    trusted: str
    counted: str


CASES = {
    "nobody in between": Case(STRANGER, [], "", STRANGER),
    "a stranger's word": Case(STRANGER, [PUBLIC], "", STRANGER),
    "a stranger's word, beside a proxy": Case(STRANGER, [PUBLIC], "127.0.0.1", STRANGER),
    "a near peer that nobody named": Case("127.0.0.1", [PUBLIC], "", ""),
    "a private peer that nobody named": Case("10.0.0.1", [PUBLIC], "127.0.0.1", ""),
    "a near peer by IPv6": Case("::1", [PUBLIC], "127.0.0.1", ""),
    "no address at all": Case("", [PUBLIC], "127.0.0.1", ""),
    "a proxy's word": Case("127.0.0.1", [PUBLIC], "127.0.0.1", PUBLIC),
    "a proxy, as IPv6 tells it": Case("::ffff:127.0.0.1", [PUBLIC], "127.0.0.1", PUBLIC),
    "a proxy that says nothing": Case("127.0.0.1", [], "127.0.0.1", ""),
    "a proxy that says an empty word": Case("127.0.0.1", ["", " "], "127.0.0.1", ""),
    "what came before is a claim": Case("127.0.0.1", ["6.6.6.6, 1.2.3.4"], "127.0.0.1", PUBLIC),
    "in lines of their own": Case("127.0.0.1", ["6.6.6.6", "7.7.7.7", PUBLIC], CHAIN, PUBLIC),
    "a chain of proxies": Case("127.0.0.1", ["6.6.6.6, 1.2.3.4, 10.9.9.9"], CHAIN, PUBLIC),
    "a chain, half of it IPv6": Case("10.1.1.1", ["1.2.3.4,2001:db8:ffff::7"], CHAIN, PUBLIC),
    "a claim to be a proxy": Case("127.0.0.1", ["127.0.0.1, 10.0.0.1, 1.2.3.4"], CHAIN, PUBLIC),
    "nobody but proxies": Case("127.0.0.1", ["10.0.0.1, 127.0.0.1"], CHAIN, ""),
    "a claim that is none": Case("127.0.0.1", ["<script>, ::::, 1.2.3.4"], CHAIN, PUBLIC),
    "a word that is no address": Case("127.0.0.1", ["6.6.6.6, unknown"], CHAIN, ""),
    "an address in another spelling": Case("127.0.0.1", ["01.2.3.4"], CHAIN, ""),
    "a number": Case("127.0.0.1", ["16909060"], CHAIN, ""),
    "spaces and tabs": Case("127.0.0.1", [" 6.6.6.6 ,\t1.2.3.4 "], CHAIN, PUBLIC),
    "IPv4 inside IPv6": Case("127.0.0.1", ["::ffff:1.2.3.4"], CHAIN, PUBLIC),
    "IPv6": Case("127.0.0.1", ["2001:470:1:2:3:4:5:6"], CHAIN, "2001:470:1:2::"),
    "IPv6, with a zone": Case("127.0.0.1", ["2001:470:1:2::9%eth0"], CHAIN, "2001:470:1:2::"),
    "an address with its port": Case("127.0.0.1", ["1.2.3.4:50123"], CHAIN, PUBLIC),
    "a proxy with its port": Case("127.0.0.1", ["1.2.3.4:1, 10.9.9.9:443"], CHAIN, PUBLIC),
    "IPv6 with its port": Case("127.0.0.1", ["[2001:470:1:2::9]:443"], CHAIN, "2001:470:1:2::"),
    "IPv6 in brackets": Case("127.0.0.1", ["[2001:470:1:2::9%eth0]"], CHAIN, "2001:470:1:2::"),
    "IPv6 with a port and no brackets": Case("127.0.0.1", ["::ffff:1.2.3.4:443"], CHAIN, ""),
    "a port that is none": Case("127.0.0.1", ["1.2.3.4:http"], CHAIN, ""),
    "a stranger by IPv6": Case("2001:470:1:2::9", [PUBLIC], CHAIN, "2001:470:1:2::"),
}


def counted(case: Case) -> bytes:
    nothing: Any = None
    proxies = Settings(_env_file=None, trusted_proxies=case.trusted).proxies
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    services = Services(nothing, nothing, nothing, nothing, lambda: moment, ORIGIN, proxies)
    headers = [(b"x-forwarded-for", line.encode()) for line in case.lines]
    client = (case.peer, 50000) if case.peer else None
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers, "client": client}
    return Visit(services, Request(scope)).came.address


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_the_last_address_that_a_trusted_proxy_saw_is_counted(case: Case) -> None:
    expected = ip_address(case.counted).packed if case.counted else b""
    assert counted(case) == (expected if len(expected) < 16 else expected[:8])


@pytest.mark.parametrize("peer", [PROXY[0], STRANGER])
def test_another_claim_each_time_begins_no_count_anew(
    data_dir: Path, small_release: Path, peer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a browser behind the proxy, whose claim the proxy puts its address after; and without."""
    monkeypatch.setattr(limits, "REGISTRATIONS", limits.REGISTRATIONS._replace(most=6))
    kept: dict[str, Any] = {"data_dir": data_dir, "public_origin": ORIGIN}
    settings = Settings(_env_file=None, trusted_proxies="127.0.0.1", **kept)
    app, seen = create_app(settings, small_release), 0
    with TestClient(app, base_url=ORIGIN, client=(peer, 1)) as client:
        while seen <= limits.REGISTRATIONS.most:
            claimed = f"10.0.{seen}.1, 198.51.100.{seen}, {PUBLIC}"
            body = Person().registration()
            answer = Browser(client, claimed).ask("POST", "/accounts", json=body)
            if answer.status_code == 429:
                break
            seen += 1
    assert seen == limits.REGISTRATIONS.most
