"""Every route of the API under requests made from its own description: never a 5xx, never a lie."""

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.main import create_app, prepare
from app.settings import Settings
from tests.api.conftest import ORIGIN
from tests.api.small_release import write_small_release


@pytest.fixture(scope="session")
def api(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    folder: Path = tmp_path_factory.mktemp("api")
    chosen = Settings(_env_file=None, data_dir=folder / "data", public_origin=ORIGIN)
    prepare(chosen)
    app = create_app(chosen, write_small_release(folder / "release"))
    return schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", app, headers={"host": "localhost:8000"}
    )


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_server(case: schemathesis.Case) -> None:
    case.call_and_validate(
        headers={"host": "localhost:8000"},
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )
