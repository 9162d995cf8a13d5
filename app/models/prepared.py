"""A Core statement that is run often: prepared once, with what its columns' types do to a value.

To run it SQLAlchemy's own way costs four times what SQLite needs for it, and that is most of what
fetching a plan costs. PostgreSQL, where the way there costs more, gets it in SQLAlchemy's own way.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, TextClause, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

Change = Callable[[Any], Any] | None
DIALECT = sqlite.dialect()


class Prepared:
    """`given` names every value that the statement does not hold itself. Not for one that may break
    a constraint: SQLite's own errors come up as they are."""

    def __init__(
        self, statement: Select[*tuple[Any, ...]] | Update | Delete | Insert | TextClause
    ) -> None:
        compiled: Any = statement.compile(dialect=DIALECT)
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        self._statement = statement
        self._text = str(compiled)
        self._given = [(name, _stored(compiled.binds[name].type)) for name in compiled.positiontup]
        own = {name: one.value for name, one in compiled.binds.items() if not one.required}
        self._own = {name: value for name, value in own.items() if value is not None}
        self._found = [_found(column.type) for column in columns]

    def first(self, connection: Connection, given: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row; None when there is none."""
        if connection.dialect.name != DIALECT.name:
            row = connection.execute(self._statement, given).first()
            return None if row is None else tuple(row)
        found = self._run(connection, given).fetchone()
        return None if found is None else self._read(found)

    def rows(self, connection: Connection, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row."""
        if connection.dialect.name != DIALECT.name:
            return [tuple(row) for row in connection.execute(self._statement, given)]
        return [self._read(found) for found in self._run(connection, given)]

    def change(self, connection: Connection, given: Mapping[str, Any]) -> int:
        """How many rows it changed."""
        if connection.dialect.name != DIALECT.name:
            return connection.execute(self._statement, given).rowcount
        changed: int = self._run(connection, given).rowcount
        return changed

    def _run(self, connection: Connection, given: Mapping[str, Any]) -> Any:
        raw: Any = connection.connection.dbapi_connection
        return raw.execute(self._text, self._values(given))

    def _values(self, given: Mapping[str, Any]) -> list[Any]:
        every = {**self._own, **given} if self._own else given
        return [every[name] if to is None else to(every[name]) for name, to in self._given]

    def _read(self, found: tuple[Any, ...]) -> tuple[Any, ...]:
        if not self._found:  # of a text's columns nobody knows the types
            return found
        pairs = zip(found, self._found, strict=True)
        return tuple([value if to is None else to(value) for value, to in pairs])


def _stored(kind: TypeEngine[Any]) -> Change:
    return kind.dialect_impl(DIALECT).bind_processor(DIALECT)


def _found(kind: TypeEngine[Any]) -> Change:
    return kind.dialect_impl(DIALECT).result_processor(DIALECT, None)
