"""Signing in, by name or by recovery code, and the devices that are signed in."""

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from app.api.deps import (
    JSON,
    Services,
    Visit,
    answer_json,
    done,
    id_of,
    with_token,
    without_token,
)
from app.api.described import COOKIE_NEEDED, KEEL, PROOF, nothing, takes
from app.api.direct import DirectRoute
from app.api.problems import documented
from app.schemas.key_slots import KeySlot
from app.schemas.sessions import ListedSession, Recovery, SignIn
from app.schemas.sessions import Welcome as WelcomeBody
from app.services.sessions import Welcome

KEY_EXAMPLE, ID_EXAMPLE = "A" * 43, "A" * 22
SLOT_EXAMPLE = {"id": ID_EXAMPLE, "kind": "passphrase", "envelope": "U1BFMQEQAAE"}
WELCOME = {"account_id": ID_EXAMPLE, "key_slots": [SLOT_EXAMPLE]}
SIGN_IN = {"name": "quiet-maple-4821", "auth_key": KEY_EXAMPLE, "device": "phone"}
RECOVERY = {"recovery_lookup": ID_EXAMPLE, "recovery_auth": KEY_EXAMPLE, "device": "phone"}
LISTED = [
    {
        "id": ID_EXAMPLE,
        "device": "phone",
        "created_on": "2026-11-22",
        "last_seen_on": "2026-11-22",
        "current": True,
    }
]
SESSIONS = TypeAdapter(list[ListedSession])
ALWAYS = (400, 405, 413, 500, 503)
CHANGES = {"parameters": [KEEL], **COOKIE_NEEDED}
PROVES = {"parameters": [KEEL, PROOF], **COOKIE_NEEDED}
PROOF_ERRORS = (401, 403, "proof_needed", "proof_failed", 429, 507)


def sessions_router(services: Services) -> APIRouter:
    """Under /api/v1."""
    router = APIRouter(prefix="/api/v1", tags=["sessions"], route_class=DirectRoute)
    _add_sign_in(router, services)
    _add_recovery(router, services)
    _add_list(router, services)
    _add_ends(router, services)
    return router


def _add_sign_in(router: APIRouter, services: Services) -> None:
    @router.post(
        "/sessions",
        summary="Sign in by name and passphrase",
        status_code=201,
        response_model=WelcomeBody,
        responses={
            201: {
                "description": "With the cookie, and every way to unlock.",
                "content": {JSON: {"example": WELCOME}},
            },
            **documented(*ALWAYS, "sign_in_failed", 403, 422, 429, 507),
        },
        openapi_extra={**takes(SignIn, SIGN_IN), "parameters": [KEEL]},
    )
    async def sign_in(request: Request) -> Response:
        visit = Visit(services, request)
        visit.check_origin()
        given = await visit.body(SignIn)
        found = await services.sessions.sign_in(
            given.name, given.auth_key, given.device, visit.came, visit.now
        )
        return _welcome(found)


def _add_recovery(router: APIRouter, services: Services) -> None:
    @router.post(
        "/recovery-sessions",
        summary="Sign in by recovery code alone",
        status_code=201,
        response_model=WelcomeBody,
        responses={
            201: {
                "description": "With the cookie, and every way to unlock.",
                "content": {JSON: {"example": WELCOME}},
            },
            **documented(*ALWAYS, "sign_in_failed", 403, 422, 507),
        },
        openapi_extra={**takes(Recovery, RECOVERY), "parameters": [KEEL]},
    )
    async def recover(request: Request) -> Response:
        visit = Visit(services, request)
        visit.check_origin()
        given = await visit.body(Recovery)
        found = await services.sessions.recover(
            given.recovery_lookup, given.recovery_auth, given.device, visit.came, visit.now
        )
        return _welcome(found)


def _add_list(router: APIRouter, services: Services) -> None:
    @router.get(
        "/sessions",
        summary="The devices that are signed in",
        response_model=list[ListedSession],
        responses={
            200: {"description": "The last seen first.", "content": {JSON: {"example": LISTED}}},
            **documented(*ALWAYS, 401),
        },
        openapi_extra=COOKIE_NEEDED,
    )
    async def listed(request: Request) -> Response:
        visit = Visit(services, request)
        session = await visit.signed_in()
        told = [
            ListedSession(**one._asdict(), current=one.id == session.id)
            for one in await services.sessions.listed(session)
        ]
        return visit.answer(Response(SESSIONS.dump_json(told), media_type=JSON))


def _add_ends(router: APIRouter, services: Services) -> None:
    @router.delete(
        "/sessions/current",
        summary="Sign out here",
        status_code=204,
        responses={**nothing("Signed out."), **documented(*ALWAYS, 401, 403, 507)},
        openapi_extra=CHANGES,
    )
    async def end_current(request: Request) -> Response:
        session = await Visit(services, request).changing()
        await services.sessions.end(session, session.id)
        return without_token(done())

    @router.delete(
        "/sessions/{id}",
        summary="Sign another device out",
        status_code=204,
        responses={**nothing("Signed out."), **documented(*ALWAYS, *PROOF_ERRORS, 404, 422)},
        openapi_extra=PROVES,
    )
    async def end(request: Request, id: str) -> Response:
        visit = Visit(services, request)
        session = await visit.proven()
        ended = id_of(id)
        await services.sessions.end(session, ended)
        return without_token(done()) if ended == session.id else visit.answer(done())

    @router.delete(
        "/sessions",
        summary="Sign every other device out",
        status_code=204,
        responses={**nothing("Signed out."), **documented(*ALWAYS, *PROOF_ERRORS)},
        openapi_extra=PROVES,
    )
    async def end_others(request: Request) -> Response:
        visit = Visit(services, request)
        await services.sessions.end_others(await visit.proven())
        return visit.answer(done())


def _welcome(found: Welcome) -> Response:
    slots = [KeySlot.model_validate(slot._asdict()) for slot in found.key_slots]
    told = WelcomeBody(account_id=found.account_id, key_slots=slots)
    return with_token(answer_json(told, 201), found.token)
