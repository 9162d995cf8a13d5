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

from app.storage.database import Database
from tests.api.conftest import ORIGIN

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
    seen: set[int] = set()

    for found in api.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=WITHOUT_SHRINKING,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: Any) -> None:
            response = case.call(headers=HOST)
            seen.add(response.status_code)
            case.validate_response(response, checks=CHECKS)

        with suppress(Unsatisfiable):  # a route that takes nothing cannot be asked wrongly
            check()
    return seen


def test_requests_that_fit_are_answered(app: Any) -> None:
    assert strike(app, schemathesis.GenerationMode.POSITIVE, 60) == {200}


def test_requests_that_do_not_fit_break_nothing(app: Any) -> None:
    seen = strike(app, schemathesis.GenerationMode.NEGATIVE, 200)
    assert {422} <= seen <= {200, 404, 405, 422}


def test_a_server_that_breaks_is_found(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_database: Database, _fn: object) -> NoReturn:
        raise RuntimeError("planted")

    monkeypatch.setattr(Database, "read", fail)
    with pytest.raises(FailureGroup, match="Server error"):
        strike(app, schemathesis.GenerationMode.POSITIVE, 2)
