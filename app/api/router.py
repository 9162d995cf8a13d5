"""All routes together, the release's files behind them, and the one way that errors take."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from starlette.types import ASGIApp

from app.api.accounts import accounts_router
from app.api.content import content_router
from app.api.deps import Services
from app.api.direct import take_in
from app.api.docs import docs_router
from app.api.health import health_router
from app.api.key_slots import key_slots_router
from app.api.plans import plans_router
from app.api.problems import Problems
from app.api.sessions import sessions_router

ROUTERS = (plans_router, sessions_router, accounts_router, key_slots_router)
"""What answers under /api/v1 for an account; routes are looked through from the first on."""


def add_routes(
    app: FastAPI,
    *,
    files: ASGIApp,
    problems: Problems,
    is_ready: Callable[[], Awaitable[bool]],
    services: Services,
) -> None:
    """What no route matches goes to `files`; a path with a slash too many is not there."""
    problems.install(app)
    take_in(app, [router(services) for router in ROUTERS])
    take_in(app, [health_router(is_ready), content_router(), docs_router(app)])
    app.router.redirect_slashes = False
    app.router.default = files
