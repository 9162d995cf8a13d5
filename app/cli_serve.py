"""Serving: the database made ready, the app put together, and the web server run."""

import os
import signal
import sys

import uvicorn

from app import limits
from app.cli_words import in_words, read_settings
from app.main import create_from_environment, prepare
from app.settings import Settings

if sys.platform != "win32":
    from app.cli_http import BoundedRequest as Reader
else:  # h11 puts an end to a head of its own accord; httptools is twice as quick
    Reader = "h11"


def serve() -> None:
    """Until it is stopped; raises SystemExit with a sentence when it cannot start."""
    os.umask(0o077)
    settings = read_settings()
    with in_words():
        was_behind = prepare(settings)
        app = create_from_environment()
    print(_banner(settings, was_behind), flush=True)
    for asked in (signal.SIGINT, signal.SIGTERM):  # raised again once every answer is out
        signal.signal(asked, lambda *_: sys.exit(0))
    uvicorn.run(
        app if settings.workers == 1 else "app.main:create_from_environment",
        factory=settings.workers > 1,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=Reader,
        ws="none",
        log_config=None,
        timeout_graceful_shutdown=limits.SHUTDOWN_SECONDS,
    )


def _banner(settings: Settings, was_behind: bool) -> str:
    told = [
        "",
        f"  Keel   {settings.public_origin}",
        f"  Data   {settings.data_dir.absolute()}{' (brought up to date)' * was_behind}",
        "  Stop   Ctrl+C",
        "",
    ]
    return "\n".join(told)
