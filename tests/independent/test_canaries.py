"""Words and keys of one whole life, looked for in all that was written and all that travelled."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import httpx
import pytest

from tests.independent.account import Credentials
from tests.independent.changes import change_passphrase, change_recovery, rotate
from tests.independent.conftest import HOST, first_plan
from tests.independent.device import LABELS, Device
from tests.independent.envelope import JOURNAL, PLAN
from tests.independent.lies import Between
from tests.independent.passphrase import PassphraseKeys, normalised, salt_of
from tests.independent.primitives import argon2id, derive, to_bytes
from tests.independent.process import ROOT, Server
from tests.independent.wire import Problem, Wire

WORDS, URGE, LABEL, ADDRESS = "canary in the plan", "canary in the journal", "c4nary", "203.0.113.9"
NAME = "canary-marigold-4821"


def forms(secret: bytes) -> set[bytes]:
    """As it is, in hexadecimal, and in base64 of both alphabets wherever in a text it begins."""
    found = {secret, secret.hex().encode(), secret.hex().upper().encode()}
    for before in range(3):
        whole = base64.b64encode(bytes(before) + secret)
        inner = whole[(0, 2, 3)[before] : (before + len(secret)) * 8 // 6]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


@dataclass
class Life:
    """What a person and their devices knew; `heard` is every request with its answer."""

    server: Server
    who: list[Credentials] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    heard: list[tuple[httpx.Request, httpx.Response]] = field(default_factory=list)
    kept_back: dict[str, bytes] = field(default_factory=dict)
    shown: dict[str, bytes] = field(default_factory=dict)
    ids: dict[str, bytes] = field(default_factory=dict)

    def device(self, label: str) -> Device:
        between = Between()
        device = Device(Wire(self.server.origin, ADDRESS, between), between, label)
        between.lie = self.hear
        self.devices.append(device)
        return device

    def hear(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        self.heard.append((request, answer))
        for line in answer.headers.get_list("set-cookie"):
            token = line.partition(";")[0].partition("=")[2]
            if token:
                self.shown[f"token {len(self.heard)}"] = to_bytes(token)
        return answer

    def know(self, who: Credentials, device: Device) -> None:
        """Writes down what must stay on the device, and what goes to the server to be forgotten."""
        n = f" {len(self.who)}"
        self.who.append(who)
        keys = {"wrapping": who.words.wrapping, "recovery": who.recovery.wrapping}
        keys |= {"code": who.code.encode(), "passphrase": who.passphrase.encode()}
        keys |= {"data": device.data_key, "words": WORDS.encode(), "urge": URGE.encode()}
        keys |= {label: derive(device.data_key, label) for label in LABELS.values()}
        self.kept_back |= {key + n: value for key, value in keys.items()}
        told = {"name": who.name.encode(), "auth": who.words.auth}
        told |= {"lookup": who.recovery.lookup, "recovery": who.recovery.auth}
        self.shown |= {key + n: value for key, value in told.items()}


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Lived, with every word that the log can say, up to just before its deletion."""
    folder = tmp_path_factory.mktemp("canaries")
    temporary = folder / "temporary"
    temporary.mkdir()
    places = dict.fromkeys(("TMPDIR", "SQLITE_TMPDIR"), str(temporary))
    server = Server(folder, KEEL_LOG_LEVEL="debug", **places)
    server.start()
    life = Life(server)
    try:
        live(life)
        back_up(server)
        yield life
    finally:
        server.kill()
        for device in life.devices:
            device.wire.close()


def live(life: Life) -> None:
    phone, computer = life.device("phone"), life.device("computer")
    first = Credentials(HOST, NAME, "the passphrase of a canary")
    stretched = argon2id(normalised(first.passphrase), salt_of(HOST, NAME))
    first.words = PassphraseKeys(derive(stretched, "pw/auth"), derive(stretched, "pw/kek"))
    life.kept_back["stretched"] = stretched
    phone.register(phone.registration(first, first_plan(WORDS)))
    life.know(first, phone)
    wrong = Credentials.with_random_keys(HOST)
    wrong.name = NAME
    for who in (wrong, Credentials.with_random_keys(HOST)):
        with pytest.raises(Problem):
            computer.sign_in(who)
    computer.sign_in(first)
    phone.save(first_plan(WORDS + " again"))
    phone.begin_journal(first_plan(URGE), bytes(range(16)))
    ids = {"account": phone.account_id, "journal": bytes(range(16))}
    life.ids = ids | {"plan": phone.kept[PLAN].object_id or b""}
    second = Credentials.with_random_keys(HOST)
    change_passphrase(phone, first.recovery_proof(), second)
    change_recovery(phone, second.proof(), second)
    life.know(second, phone)
    third = Credentials.with_random_keys(HOST)
    rotate(phone, second.proof(), third)
    life.know(third, phone)
    ask_wrongly(phone, third)


def ask_wrongly(phone: Device, who: Credentials) -> None:
    """The canaries in every place that is refused: device, id, path, query, headers, types."""
    path = f"/plan/revisions/{LABEL}"
    sign_in = {**who.passphrase_fields(), "device": LABEL}
    for method, address, body in (
        ("POST", "/sessions", sign_in),
        ("POST", "/recovery-sessions", {**who.recovery_fields(), "device": WORDS}),
        ("POST", "/sessions", {**sign_in, "name": {WORDS: [URGE]}}),
        ("DELETE", f"/sessions/{LABEL}?{LABEL}={LABEL}", None),
        ("GET", path, None),
        ("PUT", f"/{LABEL}", {LABEL: WORDS}),
    ):
        headers = {"User-Agent": LABEL, "Referer": WORDS}
        with pytest.raises(Problem):
            phone.wire.ask(method, address, json=body, headers=headers, proof=who.proof())


def back_up(server: Server) -> None:
    """As an operator does, beside the running server."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KEEL_")}
    command = [sys.executable, "-m", "app", "backup", str(server.data.parent / "backup.sqlite3")]
    done = subprocess.run(
        command, cwd=ROOT, env=clean | server.settings, capture_output=True, check=True
    )
    (server.data.parent / "backup.log").write_bytes(done.stdout + done.stderr)


def holders(folder: Path, secret: bytes) -> list[str]:
    """Files below the folder that hold it in any form."""
    wanted = forms(secret)
    return [path.name for path, text in read(folder) if any(one in text for one in wanted)]


@cache
def read(folder: Path) -> list[tuple[Path, bytes]]:
    """Without the zeros that keep room for a full disk."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [(path, path.read_bytes().rstrip(b"\0")) for path in files]


DATABASE = {"keel.sqlite3", "keel.sqlite3-wal", "backup.sqlite3"}


def test_no_file_holds_a_word_or_a_key(life: Life) -> None:
    folder = life.server.data.parent
    names = {path.name for path in folder.rglob("*") if path.is_file()}
    assert names >= {*DATABASE, "keel.sqlite3-shm", "keys.json", "server.log", "backup.log"}
    searched = life.kept_back | life.shown
    assert len(searched) > 30
    more = {"label": LABEL.encode(), "address": ADDRESS.encode()}
    for what, secret in (searched | more).items():
        assert holders(folder, secret) == [], what
    assert b'"method": "PUT"' in life.server.log.read_bytes()


def test_ids_stand_in_the_database_alone(life: Life) -> None:
    for what, id in life.ids.items():
        assert {"backup.sqlite3"} <= set(holders(life.server.data.parent, id)) <= DATABASE, what


def test_a_canary_that_was_written_is_found(life: Life, tmp_path: Path) -> None:
    """The control, for every form and for what is kept on purpose."""
    kept = life.devices[0].kept
    for kind in (PLAN, JOURNAL):
        assert "backup.sqlite3" in holders(life.server.data.parent, kept[kind].envelope[-64:])
    secret = life.kept_back["stretched"]
    hidden = [secret.hex(), secret.hex().upper()]
    hidden += [base64.b64encode(bytes(n) + secret + b"more").decode() for n in range(3)]
    hidden += [base64.urlsafe_b64encode(bytes(n) + secret).decode() for n in range(3)]
    for number, text in enumerate(hidden):
        (tmp_path / str(number)).write_text(f"before{text}after")
    assert len(holders(tmp_path, secret)) == len(hidden)
    assert holders(tmp_path, os.urandom(32)) == []


def travelled(life: Life) -> dict[str, bytes]:
    """Everything, by where it stood."""
    where: dict[str, list[bytes]] = {}
    for request, answer in life.heard:
        for name, value in request.headers.raw:
            where.setdefault(f"> {name.decode().lower()}", []).append(value)
        for name, value in answer.headers.raw:
            where.setdefault(f"< {name.decode().lower()}", []).append(value)
        where.setdefault("> path", []).append(str(request.url).encode())
        where.setdefault("> body", []).append(request.content)
        where.setdefault("< body", []).append(answer.content)
        if answer.status_code >= 400:
            where.setdefault("< error", []).append(answer.content)
    return {place: b"\n".join(parts) for place, parts in where.items()}


def places(life: Life, secret: bytes) -> set[str]:
    wanted = forms(secret)
    return {place for place, text in travelled(life).items() if any(one in text for one in wanted)}


def test_what_opens_a_plan_never_travels(life: Life) -> None:
    """But where the test itself put the words into requests that were refused."""
    ours = {"> body", "> referer"}
    for what, secret in life.kept_back.items():
        allowed = ours if what.startswith(("words", "urge")) else set()
        assert places(life, secret) <= allowed, what


def test_what_signs_in_travels_in_bodies_and_in_two_headers_alone(life: Life) -> None:
    assert len(life.heard) > 12
    for what, secret in life.shown.items():
        if what.startswith("token"):
            assert places(life, secret) <= {"> cookie", "< set-cookie"}, what
            assert "< set-cookie" in places(life, secret)
        else:
            assert places(life, secret) <= {"> body", "> authorization"}, what
    assert places(life, life.shown["auth 0"]) == {"> body"}
    assert places(life, LABEL.encode()) == {"> body", "> path", "> user-agent"}
