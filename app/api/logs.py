"""What is written down of a request: one JSON line, never who sent what to which address."""

import json
import logging
import sys
import traceback
from pathlib import Path

ACCESS = logging.getLogger("keel.access")
FAULTS = logging.getLogger("keel.faults")
ROOT = Path(__file__).parents[2]
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class LogLine(logging.Formatter):
    """One JSON object a line; a message that is already an object's text goes out as it is."""

    def format(self, record: logging.LogRecord) -> str:
        """Leaves out arguments' values of exceptions: a stack's messages may hold what was sent."""
        text = record.getMessage()
        if record.name.startswith("keel."):
            return text
        return json.dumps({"level": record.levelname, "from": record.name, "says": text})


def configure(level: str) -> None:
    """Everything goes to standard output; the web server itself only speaks up when it must."""
    lines = logging.StreamHandler(sys.stdout)
    lines.setFormatter(LogLine())
    # What no line says need not be found out for each (the logging manual's "Optimization").
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    logging.basicConfig(level=level.upper(), handlers=[lines], force=True)
    for noisy in ("uvicorn", "uvicorn.error", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.ERROR)


def write_access(method: str, route: str, status: int, seconds: float, request_id: str) -> None:
    """`route` is a template, `page`, `asset`, `host` or `none`: never the path asked for."""
    method = method if method in METHODS else "other"
    ACCESS.info(
        f'{{"method": "{method}", "route": "{route}", "status": {status}, '
        f'"ms": {seconds * 1000:.1f}, "id": "{request_id}"}}'
    )


def write_fault(error: BaseException, request_id: str) -> None:
    """Which kind of error, and where in our code; not its message, which may hold what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_short(frame.filename)}:{frame.lineno}" for frame in frames]
    FAULTS.error(
        json.dumps({"fault": type(error).__name__, "where": places[-8:], "id": request_id})
    )


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
