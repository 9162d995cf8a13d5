"""A server that was put back to an older copy: told, merged, and saved upon."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.independent.account import Credentials
from tests.independent.conftest import HOST, first_plan
from tests.independent.device import Device
from tests.independent.envelope import PLAN
from tests.independent.lies import Between
from tests.independent.plan_items import Writer, values
from tests.independent.primitives import Refused
from tests.independent.process import Server
from tests.independent.wire import Wire

PEOPLE = "people"


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.kill()


def saved(device: Device, value: str) -> None:
    content = device.kept[PLAN].content
    assert content is not None
    device.save(Writer().add(content, PEOPLE, value))


def registered(server: Server) -> Device:
    between = Between()
    device = Device(Wire(server.origin, "203.0.113.7", between), between, "phone")
    device.register(device.registration(Credentials.with_random_keys(HOST), first_plan()))
    return device


def test_a_plan_that_went_back_is_merged_and_saved_upon(own_server: Server, tmp_path: Path) -> None:
    own_server.start()
    device = registered(own_server)
    saved(device, "Sam")
    shutil.copytree(tmp_path / "data", tmp_path / "older")  # nothing is being written
    for name in ("Ana", "Noor"):
        saved(device, name)
    own_server.kill()
    shutil.rmtree(tmp_path / "data")
    shutil.copytree(tmp_path / "older", tmp_path / "data")
    own_server.start()
    with pytest.raises(Refused, match="rollback"):
        device.fetch()
    found = device.wire.ask("GET", "/plan")
    device.receive_anyway(PLAN, found.content, found.headers["etag"])
    saved(device, "Ravi")
    assert device.kept[PLAN].revision == 3, "the server's current and one"
    content = device.kept[PLAN].content
    device.wire.close()
    assert content is not None
    assert values(content, PEOPLE) == ["Sam", "Ana", "Noor", "Ravi"]
