"""What a PostgreSQL server says of itself: with less than this, what was answered could be lost."""

from sqlalchemy import Connection

from app.errors import CannotStart

PROMISES = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
}
"""What each setting may be; SQLite's stand in database.py, where its connections ask for them."""


def check_promises(connection: Connection) -> dict[str, object]:
    """Every setting, as it holds for whoever connects like this. Raises CannotStart (database)."""
    found = {name: connection.exec_driver_sql(f"SHOW {name}").scalar() for name in PROMISES}
    for name, said in found.items():
        if said not in PROMISES[name]:
            raise CannotStart(
                "database",
                f"PostgreSQL says {name}={said}, so that what people were told is saved could be "
                f"lost when it crashes. Set {name} = on, for the server and for this user.",
            )
    return found
