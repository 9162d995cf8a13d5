"""All routes together, the release's files behind them, and the one way that errors take."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from starlette.types import ASGIApp

from app.api.content import content_router
from app.api.docs import docs_router
from app.api.health import health_router
from app.api.problems import Problems


def add_routes(
    app: FastAPI,
    *,
    files: ASGIApp,
    problems: Problems,
    is_ready: Callable[[], Awaitable[bool]],
) -> None:
    """What no route matches goes to `files`; a path with a slash too many is not there."""
    problems.install(app)
    app.include_router(health_router(is_ready))
    app.include_router(content_router())
    app.include_router(docs_router(app))
    app.router.redirect_slashes = False
    app.router.default = files
