"""Warns at the end of a run when a crisis line was read too long ago; `make lines` fails then."""

from datetime import UTC, date, datetime

import pytest

from app.content.lines import overdue


def warning(today: date) -> str:
    """One line naming what to read again, or nothing."""
    old = ", ".join(line.id for line in overdue(today))
    return f"WARNING: read these crisis lines again in their sources: {old}" if old else ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if found := warning(datetime.now(UTC).date()):
        terminalreporter.write_line(found, yellow=True)
