"""The release's files: kept and packed rightly, whole or refused, and never a page for a file."""

import gzip
import json
from pathlib import Path

import brotli
import pytest
from starlette.testclient import TestClient

from app.api.releases import pages_by_status, read_release
from app.errors import CannotStart
from tests.api.every_answer import HTML
from tests.api.small_release import FILES, body_of, write_small_release

PACKED = [path for path, name, _, _ in FILES if name != "favicon.ico"]


@pytest.mark.parametrize("path", [path for path, *_ in FILES])
def test_a_file_is_served_as_it_was_listed(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept-encoding": "identity"})
    assert answer.content == body_of(path)
    assert answer.headers["content-type"] == next(kind for at, _, kind, _ in FILES if at == path)
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("path", PACKED)
@pytest.mark.parametrize(
    ("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_packed_forms_hold_the_same_bytes(
    client: TestClient, path: str, encoding: str, unpack: object
) -> None:
    with client.stream("GET", path, headers={"accept-encoding": encoding}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert len(packed) == int(answer.headers["content-length"]) < len(body_of(path))
    assert callable(unpack)
    assert unpack(packed) == body_of(path)


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        *(("", None), ("identity", None), ("deflate", None), ("gzip;q=0, br;q=0", None)),
        *(("br;q=0, gzip", "gzip"), ("gzip, br", "br")),
    ],
)
def test_only_what_is_accepted_is_sent(
    client: TestClient, accepts: str, encoding: str | None
) -> None:
    answer = client.get("/now", headers={"accept-encoding": accepts})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.content == body_of("/now")


def test_pages_are_asked_for_again_and_named_files_are_kept_for_a_year(client: TestClient) -> None:
    assert client.get("/now").headers["cache-control"] == "no-cache"
    kept = client.get("/assets/main-abc123.js").headers["cache-control"]
    assert kept == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/now", "/assets/main-abc123.js", "/release.json"])
def test_what_somebody_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    etag = first.headers["etag"]
    for named in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        answer = client.get(path, headers={"if-none-match": named})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
        assert answer.headers["cache-control"] == first.headers["cache-control"]
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    assert "last-modified" not in first.headers


def test_a_head_says_what_a_get_would_without_the_body(client: TestClient) -> None:
    for path in ("/now", "/api/v1/content", "/nowhere", "/healthz"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (get.status_code, b"")
        named = ("content-type", "content-length", "etag", "cache-control")
        assert [head.headers.get(name) for name in named] == [
            get.headers.get(name) for name in named
        ]


@pytest.mark.parametrize("wanted", ["bytes=0-3", "bytes=99999-", "nonsense"])
def test_a_range_gets_the_whole(client: TestClient, wanted: str) -> None:
    answer = client.get("/now", headers={"range": wanted})
    assert (answer.status_code, answer.content) == (200, body_of("/now"))


@pytest.mark.parametrize(
    "path",
    ["/assets/gone-000000.js", "/icons/gone.png", "/gone.css", "/api/v1/gone", "/now.html.br"],
)
def test_a_missing_file_is_never_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"


def test_a_person_who_is_lost_gets_the_releases_page(client: TestClient) -> None:
    answer = client.get("/nowhere", headers=HTML)
    assert (answer.status_code, answer.content) == (404, body_of("/not-found"))
    assert answer.headers["cache-control"] == "no-store"


def _truncate(folder: Path) -> None:
    (folder / "now.html").write_bytes(body_of("/now")[:-1])


def _remove(folder: Path) -> None:
    (folder / "assets/main-abc123.js").unlink()


def _lie_in_brotli(folder: Path) -> None:
    (folder / "now.html.br").write_bytes(brotli.compress(b"something else"))


def _cut_gzip(folder: Path) -> None:
    (folder / "now.html.gz").write_bytes((folder / "now.html.gz").read_bytes()[:20])


def _change_the_worker(folder: Path) -> None:
    with (folder / "service-worker.js").open("ab") as worker:
        worker.write(b"//")


def _take_another_releases_worker(folder: Path) -> None:
    name = folder / "service-worker.js"
    name.write_bytes(b'const RELEASE={"hash":"other"};\n' + name.read_bytes().partition(b"\n")[2])


def _cut_the_list(folder: Path) -> None:
    (folder / "release.json").write_bytes(b'{"id":')


def _change_a_header(folder: Path) -> None:
    text = (folder / "release.json").read_bytes()
    (folder / "release.json").write_bytes(text.replace(b"no-referrer", b"unsafe-url"))


def _lead_outside(folder: Path) -> None:
    listed = json.loads((folder / "release.json").read_bytes())
    listed["files"][0]["file"] = "../outside"
    (folder / "release.json").write_text(json.dumps(listed))


@pytest.mark.parametrize(
    "break_it",
    [
        _truncate,
        _remove,
        _lie_in_brotli,
        _cut_gzip,
        _change_the_worker,
        _take_another_releases_worker,
        _cut_the_list,
        _change_a_header,
        _lead_outside,
    ],
)
def test_a_release_that_is_not_whole_is_refused(release: Path, break_it: object) -> None:
    assert read_release(release).id
    assert callable(break_it)
    break_it(release)
    with pytest.raises(CannotStart, match="make build"):
        read_release(release)


def test_no_release_at_all_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="make build"):
        read_release(tmp_path)


def test_a_release_without_its_error_pages_is_refused(tmp_path: Path) -> None:
    folder = write_small_release(tmp_path / "lacking")
    release = read_release(folder)
    files = tuple(file for file in release.files if file.path != "/broken")
    with pytest.raises(CannotStart, match="/broken"):
        pages_by_status(folder, release.model_copy(update={"files": files}))
