"""One real server for each database, and devices that speak to it from addresses of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count

import pytest

from tests import postgres
from tests.independent.account import Credentials
from tests.independent.device import Device
from tests.independent.lies import Between
from tests.independent.plan_items import Plan, Writer
from tests.independent.process import Server
from tests.independent.wire import Wire

pytest.register_assert_rewrite(
    "tests.independent.chapters_of_saving", "tests.independent.chapters_of_secrets"
)

HOST = "localhost"
NewDevice = Callable[..., Device]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with ExitStack() as ending:
        settings = {}
        if request.param == "postgresql":
            settings["KEEL_DATABASE_URL"] = ending.enter_context(postgres.running())
        server = Server(tmp_path_factory.mktemp("independent"), **settings)
        ending.callback(server.kill)
        server.start()
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    """Running, also after a test that killed it and failed."""
    if running.process is None:
        running.start()
    return running


ADDRESSES = (f"203.0.113.{number % 250 + 1}" for number in count())


@pytest.fixture
def new_device(server: Server) -> Iterator[NewDevice]:
    """A device that was never here; its `wire.client` transport is a `Between`."""
    devices: list[Device] = []

    def make(label: str = "phone", address: str | None = None) -> Device:
        between = Between()
        wire = Wire(server.origin, address or next(ADDRESSES), between)
        devices.append(Device(wire, between, label))
        return devices[-1]

    yield make
    for device in devices:
        device.wire.close()


@pytest.fixture
def who() -> Credentials:
    """A person whose keys cost no Argon2."""
    return Credentials.with_random_keys(HOST)


@pytest.fixture
def plan() -> Plan:
    return first_plan()


def first_plan(text: str = "I stop answering messages") -> Plan:
    return Writer().add({"schema": 1, "items": []}, "warning_signs", text)
