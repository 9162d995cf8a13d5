"""Every route of the API under requests made from its own description: never a 5xx, never a lie.

Driven by hand rather than by schemathesis' pytest plugin, which does not know this pytest.
"""

from contextlib import suppress
from typing import Any, NoReturn

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from app.storage.database import Database
from tests.api.people import COOKIE, ORIGIN, OURS, Browser, Person

HOST = {"host": ORIGIN.removeprefix("http://")}
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
WITHOUT_SHRINKING = (Phase.explicit, Phase.generate)


def strike(app: Any, mode: schemathesis.GenerationMode, examples: int) -> set[int]:
    """Sends requests to every operation of `app`; returns the statuses that came back.

    Raises schemathesis' FailureGroup for an answer that its description does not allow.
    """
    api: Any = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HOST)
    operations = [found.ok() for found in api.get_all_operations()]
    people = [somebody(app) for _ in operations]  # one each: an operation may sign its own out
    seen: set[int] = set()
    for operation, person in zip(operations, people, strict=True):
        seen |= strike_one(operation, mode, examples, {**HOST, **OURS, **person})
    return seen


def strike_one(
    operation: Any, mode: schemathesis.GenerationMode, examples: int, headers: dict[str, str]
) -> set[int]:
    seen: set[int] = set()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=WITHOUT_SHRINKING,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        response = case.call(headers=headers)
        seen.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    with suppress(Unsatisfiable):  # a route that takes nothing cannot be asked wrongly
        check()
    return seen


def somebody(app: Any) -> dict[str, str]:
    """The cookie of an account of its own, since an operation may sign it out."""
    phone = Browser(TestClient(app, base_url=ORIGIN))
    phone.register(Person())
    return {"cookie": f"{COOKIE}={phone.cookie}"}


REFUSED = {401, 403, 404, 412, 422, 428, 429}
"""What may become of a request that fits its description and is not meant by anybody."""


def test_requests_that_fit_are_answered(app: Any) -> None:
    seen = strike(app, schemathesis.GenerationMode.POSITIVE, 40)
    assert {200} <= seen <= {200, 201, 204, 304, *REFUSED}


def test_requests_that_do_not_fit_break_nothing(app: Any) -> None:
    seen = strike(app, schemathesis.GenerationMode.NEGATIVE, 100)
    assert {422} <= seen <= {200, 201, 204, 304, 405, *REFUSED}


def test_a_server_that_breaks_is_found(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_database: Database, _fn: object) -> NoReturn:
        raise RuntimeError("planted")

    monkeypatch.setattr("tests.api.test_schemathesis.somebody", lambda _app: {})
    monkeypatch.setattr(Database, "read", fail)
    with pytest.raises(FailureGroup, match="Server error"):
        strike(app, schemathesis.GenerationMode.POSITIVE, 2)
