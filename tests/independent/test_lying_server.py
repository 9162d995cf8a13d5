"""A server that lies: whatever it swaps, alters, rolls back or forks is refused by its name."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest

from tests.independent.account import Credentials
from tests.independent.conftest import HOST, NewDevice, first_plan
from tests.independent.device import Device, etag_of
from tests.independent.envelope import JOURNAL, PLAN, Head, head_of, seal
from tests.independent.lies import told
from tests.independent.plan_items import Writer, values
from tests.independent.primitives import Refused, sha256
from tests.independent.strict_json import write_json
from tests.independent.wire import BYTES, Stale

# What a device refuses does not hang on where the server keeps things.
pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)


@dataclass
class Scene:
    """A device that knows revision 3 of its plan, and all that a server could show it instead."""

    phone: Device
    stranger: Device
    history: list[bytes]

    @property
    def honest(self) -> bytes:
        return self.history[-1]

    def forged(self, revision: int, parent: bytes, object_id: bytes | None = None) -> bytes:
        """Sealed by the account itself, as another branch of its own history would be."""
        known = head_of(self.honest)
        head = Head(PLAN, known.account, object_id or known.object, revision, parent)
        return seal(self.phone.key(PLAN), head, write_json(first_plan("another branch")))

    def with_byte(self, at: int, value: int | None = None) -> bytes:
        changed = bytearray(self.honest)
        changed[at] = changed[at] ^ 1 if value is None else value
        return bytes(changed)


@pytest.fixture
def scene(new_device: NewDevice) -> Scene:
    phone, stranger = new_device(), new_device()
    for device in (phone, stranger):
        who = Credentials.with_random_keys(HOST)
        device.register(device.registration(who, first_plan()))
    history = [phone.kept[PLAN].envelope]
    for text in ("call Sam", "go to the library"):
        content = phone.kept[PLAN].content
        assert content is not None
        phone.save(Writer().add(content, "people", text))
        history.append(phone.kept[PLAN].envelope)
    phone.begin_journal({"schema": 1, "items": []}, bytes(range(16)))
    return Scene(phone, stranger, history)


PAGE = b"<!doctype html><title>Welcome to our wireless network</title>" * 10
SHOWN: dict[str, tuple[str, Callable[[Scene], bytes]]] = {
    "its journal": ("wrong_kind", lambda s: s.phone.kept[JOURNAL].envelope),
    "a stranger's plan": ("wrong_account", lambda s: s.stranger.kept[PLAN].envelope),
    "another object": ("wrong_object", lambda s: s.forged(4, sha256(s.honest), bytes(16))),
    "the revision before": ("rollback", lambda s: s.history[1]),
    "the first revision": ("rollback", lambda s: s.history[0]),
    "this number, other bytes": ("fork", lambda s: s.forged(3, sha256(s.history[1]))),
    "the next, another parent": ("fork", lambda s: s.forged(4, sha256(s.history[0]))),
    "nothing": ("truncated", lambda _: b""),
    "a beginning": ("truncated", lambda s: s.honest[:159]),
    "half of it": ("wrong_key_or_altered", lambda s: s.honest[:4000]),
    "a sign-in page of a network": ("not_an_envelope", lambda _: PAGE),
    "far too much": ("too_large", lambda s: s.honest + bytes(512 * 1024)),
    "another suite": ("suite_not_allowed", lambda s: s.with_byte(4, 2)),
    "an unknown kind": ("kind_unknown", lambda s: s.with_byte(5, 99)),
    "revision 0": ("bad_revision", lambda s: s.with_byte(47, 0)),
    "a raised revision": ("wrong_key_or_altered", lambda s: s.with_byte(47, 4)),
    "a later schema": ("wrong_key_or_altered", lambda s: s.with_byte(7, 2)),
    "another parent": ("wrong_key_or_altered", lambda s: s.with_byte(48)),
    "another salt": ("wrong_key_or_altered", lambda s: s.with_byte(80)),
    "another commitment": ("wrong_key_or_altered", lambda s: s.with_byte(112)),
    "one flipped bit": ("wrong_key_or_altered", lambda s: s.with_byte(200)),
    "another tag": ("wrong_key_or_altered", lambda s: s.with_byte(-1)),
}


def shows(
    envelope: bytes, status: int = 200, etag: str | None = None
) -> Callable[..., httpx.Response]:
    """A lie that puts this in the place of the honest answer."""
    tag = etag or (etag_of(envelope) if len(envelope) > 48 else '"1-0000000000000000"')
    return lambda *_: told(status, envelope, content_type=BYTES, etag=tag)


def refused_code(attempt: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        attempt()
    return refused.value.code


@pytest.mark.parametrize("shown", SHOWN)
def test_what_is_shown_in_place_of_the_plan_is_refused_and_never_kept(
    scene: Scene, shown: str
) -> None:
    code, make = SHOWN[shown]
    kept = scene.phone.kept[PLAN]
    before = (kept.envelope, kept.content, kept.object_id)
    scene.phone.between.lie = shows(make(scene))
    assert refused_code(scene.phone.fetch) == code
    assert (kept.envelope, kept.content, kept.object_id) == before
    scene.phone.between.lie = None
    assert scene.phone.fetch() is None, "the honest server is believed again"


def test_the_same_way_of_showing_an_honest_envelope_is_believed(scene: Scene) -> None:
    """The control: the refusals above come from what is shown."""
    newer = scene.forged(4, sha256(scene.honest))
    scene.phone.between.lie = shows(newer)
    found = scene.phone.fetch()
    assert found is not None
    assert values(found, "warning_signs") == ["another branch"]


def test_a_wrong_tag_and_an_unasked_304_are_refused(scene: Scene, new_device: NewDevice) -> None:
    scene.phone.between.lie = shows(scene.honest, etag='"3-0000000000000000"')
    assert refused_code(scene.phone.fetch) == "wrong_etag"
    fresh = new_device()
    fresh.account_id, fresh.data_key = scene.phone.account_id, scene.phone.data_key
    fresh.between.lie = lambda *_: told(304, etag=etag_of(scene.honest))
    assert refused_code(fresh.fetch) == "unasked_304"


@pytest.mark.parametrize(
    ("code", "revision", "etag"),
    [("wrong_revision", 5, None), ("wrong_etag", 4, '"4-0000000000000000"')],
)
def test_a_yes_to_something_else_is_no_yes(
    scene: Scene, code: str, revision: int, etag: str | None
) -> None:
    kept = scene.phone.kept[PLAN]

    def lie(*_: object) -> httpx.Response:
        body = f'{{"revision": {revision}}}'.encode()
        return told(200, body, content_type="application/json", etag=etag or etag_of(kept.sending))

    scene.phone.between.lie = lie
    assert refused_code(lambda: scene.phone.save(first_plan())) == code
    assert kept.sending, "it is still unsent"
    assert kept.envelope == scene.honest


@pytest.mark.parametrize("shown", ["the revision before", "one flipped bit", "a stranger's plan"])
def test_what_a_412_carries_is_opened_like_anything_else(scene: Scene, shown: str) -> None:
    code, make = SHOWN[shown]
    scene.phone.between.lie = shows(make(scene), status=412)
    with pytest.raises(Stale) as stale:
        scene.phone.save(first_plan())
    envelope, etag = stale.value.envelope, stale.value.etag
    assert refused_code(lambda: scene.phone.receive(PLAN, envelope, etag)) == code


def test_a_save_that_was_only_pretended_is_noticed_at_the_next_look(scene: Scene) -> None:
    scene.phone.between.lie = lambda request, _: shows(request.content, status=412)()
    scene.phone.save(first_plan())
    assert scene.phone.kept[PLAN].revision == 4
    scene.phone.between.lie = shows(scene.honest)
    assert refused_code(scene.phone.fetch) == "rollback"
