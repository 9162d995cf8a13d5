"""The ways to unlock an account's data key."""

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from app.api.deps import JSON, Services, Visit, done, id_of
from app.api.described import COOKIE_NEEDED, nothing
from app.api.problems import documented
from app.api.sessions import ALWAYS, PROOF_ERRORS, PROVES, SLOT_EXAMPLE
from app.schemas.key_slots import KeySlot

SLOTS = TypeAdapter(list[KeySlot])


def key_slots_router(services: Services) -> APIRouter:
    """Under /api/v1."""
    router = APIRouter(prefix="/api/v1", tags=["key slots"])

    @router.get(
        "/key-slots",
        summary="Every way to unlock",
        response_model=list[KeySlot],
        responses={
            200: {"description": "By id.", "content": {JSON: {"example": [SLOT_EXAMPLE]}}},
            **documented(*ALWAYS, 401),
        },
        openapi_extra=COOKIE_NEEDED,
    )
    async def listed(request: Request) -> Response:
        visit = Visit(services, request)
        found = await services.key_slots.listed(await visit.signed_in())
        told = [KeySlot.model_validate(slot._asdict()) for slot in found]
        return visit.answer(Response(SLOTS.dump_json(told), media_type=JSON))

    @router.delete(
        "/key-slots/{id}",
        summary="Take a way to unlock away",
        description="A passphrase's and a recovery code's stay: they are changed instead.",
        status_code=204,
        responses={
            **nothing("Taken away."),
            **documented(*ALWAYS, *PROOF_ERRORS, 404, "slot_needed", 422),
        },
        openapi_extra=PROVES,
    )
    async def remove(request: Request, id: str) -> Response:
        visit = Visit(services, request)
        await services.key_slots.remove(await visit.proven(), id_of(id))
        return visit.answer(done())

    return router
