"""Whether the process runs, and whether it can answer: asked by whatever stands in front of it."""

from collections.abc import Awaitable, Callable
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from app.api.problems import documented, not_ready

NEVER_KEPT = "no-store"


class Health(BaseModel):
    """`ok`: the process runs. `ready`: the database answers, and has the newest tables."""

    model_config = ConfigDict(json_schema_extra={"example": {"status": "ok"}})

    status: Literal["ok", "ready"]


def health_router(is_ready: Callable[[], Awaitable[bool]]) -> APIRouter:
    """`is_ready` asks the database, and may raise DatabaseUnavailable."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", summary="Does the process run?", responses=documented(405, 413, 500))
    async def healthz(response: Response) -> Health:
        response.headers["Cache-Control"] = NEVER_KEPT
        return Health(status="ok")

    @router.get("/readyz", summary="Can it answer?", responses=documented(405, 413, 500, 503))
    async def readyz(response: Response) -> Health:
        response.headers["Cache-Control"] = NEVER_KEPT
        if not await is_ready():
            not_ready()
        return Health(status="ready")

    return router
