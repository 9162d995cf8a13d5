"""The bare endpoint that Keel is measured against: Starlette, one statement, and nothing else.

Token → session JOIN plan, AES-GCM at rest, a conditional UPDATE, and one commit for all saves that
wait together, on SQLite at synchronous=FULL. No sign-in, no checks of what is sealed, no log.
"""

import asyncio
import base64
import os
import re
import sqlite3
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple

import uvicorn
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.people import Person, envelope

TABLES = """
CREATE TABLE sessions (token_hash BLOB PRIMARY KEY, account_id BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE plans (account_id BLOB PRIMARY KEY, revision INTEGER, hash BLOB, sealed BLOB);
"""
FIND = """SELECT p.account_id, p.revision, p.hash, p.sealed FROM sessions s
JOIN plans p ON p.account_id = s.account_id WHERE s.token_hash = ?"""
SAVE = """UPDATE plans SET revision = ?, hash = ?, sealed = ?
WHERE account_id = ? AND revision = ? AND hash = ?"""
KEY = AESGCM(bytes(32))
TOKEN = re.compile(r"__Host-sp=([\w-]{43})")
TAG = re.compile(r'"(\d+)-([0-9a-f]{16})"')


class Save(NamedTuple):
    """One that waits for its commit; `row` is what the statement takes."""

    row: tuple[object, ...]
    saved: asyncio.Future[bool]


def connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def fill(file: Path, people: list[Person]) -> None:
    """Everybody's session and first revision."""
    with closing(connect(file)) as connection:
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        for one in people:
            sealed, account = envelope(one), one.account.bytes
            token_hash = sha256(one.token).digest()
            connection.execute("INSERT INTO sessions VALUES (?, ?)", (token_hash, account))
            row = (account, 1, sha256(sealed).digest(), seal(account, sealed))
            connection.execute("INSERT INTO plans VALUES (?, ?, ?, ?)", row)
        connection.execute("COMMIT")


def seal(account: bytes, plain: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + KEY.encrypt(nonce, plain, account)


def opened(account: bytes, sealed: bytes) -> bytes:
    return KEY.decrypt(sealed[:12], sealed[12:], account)


class Bare:
    """Reads on the event loop's own thread; one other thread writes, and commits in groups."""

    def __init__(self, file: Path) -> None:
        self._reader = connect(file)
        self._writer = connect(file)
        self._waiting: SimpleQueue[Save] = SimpleQueue()
        Thread(target=self._write_for_ever, daemon=True).start()

    def find(self, request: Request) -> tuple[bytes, int, bytes, bytes] | None:
        token = TOKEN.search(request.headers["cookie"])
        if token is None:
            return None
        token_hash = sha256(base64.urlsafe_b64decode(token[1] + "=")).digest()
        row: tuple[bytes, int, bytes, bytes] | None
        row = self._reader.execute(FIND, (token_hash,)).fetchone()
        return row

    async def fetch(self, request: Request) -> Response:
        row = self.find(request)
        return Response(None, 401) if row is None else sealed_answer(200, *row)

    async def save(self, request: Request) -> Response:
        row, named = self.find(request), TAG.fullmatch(request.headers["if-match"])
        sent = await request.body()
        if row is None or named is None:
            return Response(None, 401)
        account, revision, hash, _ = row
        if (int(named[1]), bytes.fromhex(named[2])) != (revision, hash[:8]):
            return sealed_answer(412, *row)
        new_hash = sha256(sent).digest()
        new = (revision + 1, new_hash, seal(account, sent), account, revision, hash)
        saved = asyncio.get_running_loop().create_future()
        self._waiting.put(Save(new, saved))
        if not await saved:
            return Response(None, 409)
        return Response(b"{}", 200, {"etag": etag(revision + 1, new_hash)}, "application/json")

    def _write_for_ever(self) -> None:
        while True:
            group = [self._waiting.get()]
            while not self._waiting.empty():
                group.append(self._waiting.get())
            self._writer.execute("BEGIN IMMEDIATE")
            done = [self._writer.execute(SAVE, one.row).rowcount == 1 for one in group]
            self._writer.execute("COMMIT")
            group[0].saved.get_loop().call_soon_threadsafe(answer_all, group, done)


def answer_all(group: list[Save], done: list[bool]) -> None:
    for one, is_saved in zip(group, done, strict=True):
        one.saved.set_result(is_saved)


def etag(revision: int, hash: bytes) -> str:
    return f'"{revision}-{hash[:8].hex()}"'


def sealed_answer(
    status: int, account: bytes, revision: int, hash: bytes, sealed: bytes
) -> Response:
    headers = {"etag": etag(revision, hash), "cache-control": "no-store"}
    return Response(opened(account, sealed), status, headers, "application/octet-stream")


def main() -> None:
    bare = Bare(Path(sys.argv[2]))
    routes = [
        Route("/api/v1/plan", bare.fetch, methods=["GET"]),
        Route("/api/v1/plan", bare.save, methods=["PUT"]),
    ]
    uvicorn.run(Starlette(routes=routes), port=int(sys.argv[1]), log_level="error", ws="none")


if __name__ == "__main__":
    main()
