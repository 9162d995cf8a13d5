"""An account, from its first request to its last."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.api import problems
from app.api.deps import JSON, Services, Visit, answer_json, done, with_token, without_token
from app.api.described import COOKIE_NEEDED, ETAG, IF_MATCH, KEEL, PROOF, nothing, stale, takes
from app.api.preconditions import etag_of, named_revision
from app.api.problems import ENVELOPE_CODES, documented
from app.api.sessions import ALWAYS, ID_EXAMPLE, KEY_EXAMPLE, PROOF_ERRORS, PROVES, SLOT_EXAMPLE
from app.errors import RequestRefused
from app.schemas import accounts as bodies
from app.schemas.ciphertext import check_envelope, check_first
from app.schemas.key_slots import KeySlot, check_slots
from app.schemas.plans import SealedPlan
from app.services.accounts import Registration, Rotation, Secrets, Slot
from app.services.plans import JOURNAL, PLAN, Base, NewRevision, Standing

EVERY_WAY = {"passphrase", "recovery"}
PASSPHRASE_EXAMPLE = {"name": "quiet-maple-4821", "auth_key": KEY_EXAMPLE}
RECOVERY_EXAMPLE = {"recovery_lookup": ID_EXAMPLE, "recovery_auth": KEY_EXAMPLE}
SEALED_EXAMPLE: dict[str, Any] = {
    **PASSPHRASE_EXAMPLE,
    **RECOVERY_EXAMPLE,
    "key_slots": [SLOT_EXAMPLE, {**SLOT_EXAMPLE, "kind": "recovery"}],
    "plan": {"object_id": ID_EXAMPLE, "envelope": "U1BFMQEBAAE"},
}
REGISTRATION_EXAMPLE = {"account_id": ID_EXAMPLE, "device": "phone", **SEALED_EXAMPLE}
BODY_ERRORS = (422, *ENVELOPE_CODES)


def accounts_router(services: Services) -> APIRouter:
    """Under /api/v1."""
    router = APIRouter(prefix="/api/v1", tags=["accounts"])
    _add_register(router, services)
    _add_changes(router, services)
    _add_rotation(router, services)

    @router.delete(
        "/account",
        summary="Delete the account and everything of it",
        status_code=204,
        responses={**nothing("It is gone for good."), **documented(*ALWAYS, *PROOF_ERRORS)},
        openapi_extra=PROVES,
    )
    async def delete(request: Request) -> Response:
        session = await Visit(services, request).proven()
        await services.accounts.delete(session)
        return without_token(done())

    return router


def _add_register(router: APIRouter, services: Services) -> None:
    @router.post(
        "/accounts",
        summary="Begin an account with a sealed plan",
        description="Sent again with the same id, name and auth_key, it is answered again.",
        status_code=201,
        response_model=bodies.Begun,
        responses={
            201: {
                "description": "With the cookie, and the plan's ETag.",
                "headers": ETAG,
                "content": {JSON: {"example": {"account_id": ID_EXAMPLE}}},
            },
            **documented(
                *(*ALWAYS, 403, "signups_closed", 409, "account_gone"),
                *(*BODY_ERRORS, 429, 507),
            ),
        },
        openapi_extra={
            **takes(bodies.Registration, REGISTRATION_EXAMPLE),
            "parameters": [KEEL],
        },
    )
    async def register(request: Request) -> Response:
        visit = Visit(services, request)
        visit.check_origin()
        given = await visit.body(bodies.Registration)
        new = _registration(given)
        begun = await services.accounts.register(new, visit.came.address, visit.token, visit.now)
        answer = answer_json(bodies.Begun(account_id=given.account_id), 201)
        answer.headers["ETag"] = etag_of(begun.revision, begun.hash)
        return with_token(answer, begun.token)


def _add_changes(router: APIRouter, services: Services) -> None:
    @router.post(
        "/account/passphrase",
        summary="Change the passphrase, and the name if a new one was drawn",
        status_code=204,
        responses={
            **nothing("Changed; every other device is signed out."),
            **documented(*ALWAYS, *PROOF_ERRORS, 409, *BODY_ERRORS),
        },
        openapi_extra=PROVES
        | takes(bodies.NewPassphrase, {**PASSPHRASE_EXAMPLE, "key_slot": SLOT_EXAMPLE}),
    )
    async def change_passphrase(request: Request) -> Response:
        visit = Visit(services, request)
        session = await visit.proven()
        given = await visit.body(bodies.NewPassphrase)
        slot = _slots([given.key_slot], {"passphrase"}, session.account_id)[0]
        await services.accounts.change_passphrase(session, given.name, given.auth_key, slot)
        return visit.answer(done())

    @router.post(
        "/account/recovery",
        summary="Change the recovery code",
        status_code=204,
        responses={
            **nothing("Changed."),
            **documented(*ALWAYS, *PROOF_ERRORS, 409, *BODY_ERRORS),
        },
        openapi_extra=PROVES
        | takes(
            bodies.NewRecovery,
            {**RECOVERY_EXAMPLE, "key_slot": {**SLOT_EXAMPLE, "kind": "recovery"}},
        ),
    )
    async def change_recovery(request: Request) -> Response:
        visit = Visit(services, request)
        session = await visit.proven()
        given = await visit.body(bodies.NewRecovery)
        slot = _slots([given.key_slot], {"recovery"}, session.account_id)[0]
        await services.accounts.change_recovery(
            session, given.recovery_lookup, given.recovery_auth, slot
        )
        return visit.answer(done())


def _add_rotation(router: APIRouter, services: Services) -> None:
    @router.post(
        "/account/rotation",
        summary="Every secret anew, the data key too",
        description="Plan and journal come sealed anew, as their next revisions.",
        status_code=204,
        responses={
            **nothing("All of it; old revisions and other sessions are gone."),
            **documented(*ALWAYS, *PROOF_ERRORS, 409, 428, *BODY_ERRORS),
            **stale(),
        },
        openapi_extra={
            **takes(bodies.Rotation, SEALED_EXAMPLE),
            **COOKIE_NEEDED,
            "parameters": [KEEL, PROOF, IF_MATCH],
        },
    )
    async def rotate(request: Request) -> Response:
        visit = Visit(services, request)
        session = await visit.proven()
        base = named_revision(request)
        if base is None:
            problems.refuse_precondition()
        given = await visit.body(bodies.Rotation)
        slots = _slots(given.key_slots, EVERY_WAY, session.account_id)
        plan = await _next(visit, PLAN, given.plan, Base(*base))
        journal = await _next(visit, JOURNAL, given.journal, None)
        if plan is None:
            raise RequestRefused("invalid_request")
        new = Rotation(_secrets(given), slots, plan, journal)
        await services.accounts.rotate(session, new, visit.now)
        return visit.answer(done())


async def _next(
    visit: Visit, kind: int, given: SealedPlan | None, base: Base | None
) -> NewRevision | None:
    """Checked as a save is. None where there is none, which both sides have to agree on."""
    plans = visit.services.plans
    standing = await plans.fetch(visit.token, kind, visit.now, with_envelope=False)
    if given is None or not standing.revision:
        if given or standing.revision:
            raise RequestRefused("invalid_request")
        return None
    if given.object_id != standing.object_id:
        raise RequestRefused("wrong_object")
    new = _checked(given, kind, standing)
    stands = Base(standing.revision, standing.hash[:8])
    await plans.check(standing, kind, base or stands, new)
    return new


def _checked(given: SealedPlan, kind: int, standing: Standing) -> NewRevision:
    account = standing.session.account_id
    return NewRevision(
        *check_envelope(given.envelope, kind=kind, account=account, object_id=given.object_id)
    )


def _registration(given: bodies.Registration) -> Registration:
    account, plan = given.account_id, given.plan
    slots = _slots(given.key_slots, EVERY_WAY, account)
    first = check_first(plan.envelope, kind=PLAN, account=account, object_id=plan.object_id)
    return Registration(account, _secrets(given), given.device, slots, NewRevision(*first))


def _slots(given: list[KeySlot], kinds: set[str], account: UUID) -> list[Slot]:
    check_slots(given, kinds, account)
    return [Slot(slot.id, slot.kind, slot.envelope) for slot in given]


def _secrets(given: bodies.Secrets) -> Secrets:
    return Secrets(given.name, given.auth_key, given.recovery_lookup, given.recovery_auth)
