"""Sealed plans and journals: bytes in, bytes out, and never over something newer."""

from hashlib import sha256

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from app.api import problems
from app.api.deps import JSON, Services, Visit, answer_json, done
from app.api.described import (
    COOKIE_NEEDED,
    ETAG,
    IF_MATCH,
    IF_NONE_MATCH,
    KEEL,
    Description,
    nothing,
    sealed,
    stale,
    takes_envelope,
)
from app.api.direct import DirectRoute
from app.api.preconditions import (
    asks_for_a_first,
    etag_of,
    if_none_match,
    matches,
    named_revision,
    sealed_answer,
)
from app.api.problems import ENVELOPE_CODES, documented
from app.api.sessions import ALWAYS, CHANGES
from app.errors import NotThere
from app.schemas.ciphertext import check_envelope
from app.schemas.plans import ListedRevision, Saved
from app.services.plans import JOURNAL, PLAN, Base, NewRevision

REVISIONS = TypeAdapter(list[ListedRevision])
NAMES = {PLAN: "plan", JOURNAL: "journal"}
LISTED = [{"revision": 7, "saved_on": "2026-11-22", "size": 8352}]
FETCHED: dict[int | str, Description] = {
    304: {"description": "What If-None-Match names is still the newest."}
}
SAVED: dict[int | str, Description] = {
    200: {
        "description": "Saved, on disk.",
        "headers": ETAG,
        "content": {JSON: {"example": {"revision": 8}}},
    }
}
SAVE_ERRORS = (401, 403, 428, 422, *ENVELOPE_CODES, 507)


def plans_router(services: Services) -> APIRouter:
    """Under /api/v1."""
    router = APIRouter(prefix="/api/v1", tags=["sealed plans"], route_class=DirectRoute)
    for kind in NAMES:
        _add_fetch(router, services, kind)
        _add_save(router, services, kind)

    @router.delete(
        "/journal",
        summary="Delete the journal",
        status_code=204,
        responses={**nothing("It is gone, or never was."), **documented(*ALWAYS, 401, 403, 507)},
        openapi_extra=CHANGES,
    )
    async def delete_journal(request: Request) -> Response:
        visit = Visit(services, request)
        await services.plans.remove_journal(await visit.changing())
        return visit.answer(done())

    @router.get(
        "/plan/revisions",
        summary="The revisions of the plan that are kept",
        response_model=list[ListedRevision],
        responses={
            200: {"description": "The newest first.", "content": {JSON: {"example": LISTED}}},
            **documented(*ALWAYS, 401),
        },
        openapi_extra=COOKIE_NEEDED,
    )
    async def revisions(request: Request) -> Response:
        visit = Visit(services, request)
        found = await services.plans.revisions(await visit.signed_in())
        told = [ListedRevision.model_validate(one) for one in found]
        return visit.answer(Response(REVISIONS.dump_json(told), media_type=JSON))

    @router.get(
        "/plan/revisions/{revision}",
        summary="An earlier revision of the plan",
        response_class=Response,
        responses={200: sealed("As it was sent."), **documented(*ALWAYS, 401, 404, 422)},
        openapi_extra=COOKIE_NEEDED,
    )
    async def revision(request: Request, revision: str) -> Response:
        visit = Visit(services, request)
        session = await visit.signed_in()
        number = int(revision) if revision.isdecimal() and len(revision) <= 16 else 0
        envelope = await services.plans.revision(session, number)
        return visit.answer(sealed_answer(envelope, etag_of(number, sha256(envelope).digest())))

    return router


def _add_fetch(router: APIRouter, services: Services, kind: int) -> None:
    @router.get(
        f"/{NAMES[kind]}",
        summary=f"Fetch the sealed {NAMES[kind]}",
        operation_id=f"fetch_{NAMES[kind]}",
        response_class=Response,
        responses={
            200: sealed("The newest revision."),
            **FETCHED,
            **documented(*ALWAYS, 401, *([404] if kind == JOURNAL else [])),
        },
        openapi_extra={"parameters": [IF_NONE_MATCH], **COOKIE_NEEDED},
    )
    async def fetch(request: Request) -> Response:
        visit = Visit(services, request)
        found = await services.plans.fetch(visit.token, kind, visit.now, with_envelope=True)
        await visit.keep(found.session)
        if not found.revision or found.envelope is None:
            raise NotThere
        etag = etag_of(found.revision, found.hash)
        if matches(if_none_match(request), etag):
            return visit.answer(Response(None, 304, {"ETag": etag}))
        return visit.answer(sealed_answer(found.envelope, etag))


def _add_save(router: APIRouter, services: Services, kind: int) -> None:
    first = " For a first one: If-None-Match: *." if kind == JOURNAL else ""

    @router.put(
        f"/{NAMES[kind]}",
        summary=f"Save the next revision of the {NAMES[kind]}",
        description=f"Answered once it is on disk.{first}",
        operation_id=f"save_{NAMES[kind]}",
        response_model=Saved,
        responses={**SAVED, **documented(*ALWAYS, *SAVE_ERRORS), **stale()},
        openapi_extra={**takes_envelope(KEEL, IF_MATCH), **COOKIE_NEEDED},
    )
    async def save(request: Request) -> Response:
        visit = Visit(services, request)
        standing = await services.plans.fetch(visit.token, kind, visit.now, with_envelope=True)
        await visit.keep(standing.session)
        visit.check_origin()
        base = _base(request, kind)
        found = check_envelope(
            await visit.envelope(),
            kind=kind,
            account=standing.session.account_id,
            object_id=standing.object_id if standing.revision else None,
        )
        new = NewRevision(*found)
        await services.plans.save(standing, kind, base, new, visit.now)
        answer = answer_json(Saved(revision=new.revision))
        answer.headers["ETag"] = etag_of(new.revision, new.hash)
        return visit.answer(answer)


def _base(request: Request, kind: int) -> Base | None:
    """What the save was made from; None for a first journal. 428 for anything else."""
    if kind == JOURNAL and asks_for_a_first(request):
        return None
    named = named_revision(request)
    if named is None or "if-none-match" in request.headers:
        problems.refuse_precondition()
    return Base(*named)
