"""Sweeping: what has ended is deleted while the server runs, though nobody comes to ask for it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from app import limits
from app.errors import KeelError
from app.storage import attempts, ballast, sessions
from app.storage.database import Connection, Database


async def sweep_for_ever(database: Database, clock: Callable[[], datetime]) -> None:
    """Every limits.SWEEP_SECONDS. A database that is away is swept when it is back."""
    while True:
        await asyncio.sleep(limits.SWEEP_SECONDS)
        with suppress(KeelError):
            await sweep(database, clock())


async def sweep(database: Database, now: datetime) -> None:
    """Counts of attempts whose time is over, and sessions that were idle for too long. Writes
    only when there is something to delete. The ballast is put back once there is room."""
    seconds, today = int(now.timestamp()), now.date()

    def has_ended(connection: Connection) -> bool:
        counted = attempts.have_ended(connection, seconds)
        return counted or sessions.have_idle(connection, today)

    def write(connection: Connection) -> None:
        attempts.forget_ended(connection, seconds)
        sessions.end_idle(connection, today)

    if await database.read(has_ended):
        await database.erase(write)
    if database.path is not None:
        ballast.put_in(ballast.ballast_file(database.path))
