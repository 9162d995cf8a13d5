"""The contract's database: current, without rows, once on SQLite and once on real PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.storage.database import Database


@pytest.fixture
def kept(database_url: str) -> Iterator[Database]:
    with closing(Database(database_url)) as database:
        yield database
