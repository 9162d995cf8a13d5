"""Serves one release: the files that release.json lists, once they are known to be whole."""

import base64
import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal, cast
from wsgiref.headers import Headers

import brotli
from pydantic import BaseModel, ConfigDict, ValidationError
from servestatic.asgi import FileServerASGI
from servestatic.responders import StaticFile
from starlette.types import ASGIApp, Receive, Scope, Send

from app import limits
from app.api import problems
from app.api.preconditions import matches
from app.errors import CannotStart

LIST = "release.json"
WORKER = "service-worker.js"
BESIDE = {LIST: "application/json", WORKER: "text/javascript; charset=utf-8"}
"""Served too, though the list can't name them: itself, and the worker that holds its hash."""

UNPACK: dict[str, Callable[[bytes], bytes]] = {".br": brotli.decompress, ".gz": gzip.decompress}
"""The compressed forms that may stand beside a file."""

CACHE = {
    "page": "no-cache",
    "immutable": f"public, max-age={limits.IMMUTABLE_SECONDS}, immutable",
}


class ReleasedFile(BaseModel):
    """One row of release.json; `sha256` is base64url, of the body before compression; `policy`
    stands in the place of the Content-Security-Policy that the others have."""

    model_config = ConfigDict(frozen=True)

    path: str
    file: str
    type: str
    sha256: str
    cache: Literal["page", "immutable"]
    policy: str = ""


class Release(BaseModel):
    """What release.json says; `worker` is the service worker's code without its first line,
    which binds it to this list."""

    model_config = ConfigDict(frozen=True)

    id: str
    headers: dict[str, str]
    worker: str
    files: tuple[ReleasedFile, ...]


def read_release(folder: Path) -> Release:
    """Reads the list and every file in it. Raises CannotStart for one missing or changed."""
    try:
        release = Release.model_validate_json((folder / LIST).read_bytes())
    except OSError as error:
        raise CannotStart("release", f"No release in {folder}. Make one: make build") from error
    except ValidationError as error:
        raise CannotStart(
            "release", f"{folder / LIST} is not a release. Run: make build"
        ) from error
    for file in release.files:
        if any(_sha256(body) != file.sha256 for body in _forms(_inside(folder, file.file))):
            raise _changed(file.file)
    _check_worker(folder, release)
    return release


def _forms(path: Path) -> Iterator[bytes]:
    """The file's bytes as they are, then as each compressed form has them."""
    yield _read(path)
    for suffix, unpack in UNPACK.items():
        packed = path.with_name(path.name + suffix)
        if packed.exists():
            try:
                yield unpack(_read(packed))
            except (OSError, EOFError, zlib.error, brotli.error) as error:
                raise _changed(packed.name) from error


def _check_worker(folder: Path, release: Release) -> None:
    """Its code is the list's, and its first line names this very list."""
    binding, _, code = _read(folder / WORKER).partition(b"\n")
    named = _sha256(_read(folder / LIST)).encode()
    if _sha256(code) != release.worker or named not in binding:
        raise _changed(WORKER)


def _read(path: Path) -> bytes:
    """A file that cannot be read is as wrong as one that was changed."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _changed(path.name) from error


def _changed(name: str) -> CannotStart:
    return CannotStart("release", f"{name} is not what {LIST} says. Run: make build")


def _sha256(body: bytes) -> str:
    """In base64url without padding, as release.json has it."""
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()


def pages_by_status(folder: Path, release: Release) -> dict[int, bytes]:
    """The release's own pages for 404 and 500. Raises CannotStart when it lacks one."""
    names = {file.path: file.file for file in release.files}
    try:
        return {
            404: (folder / names["/not-found"]).read_bytes(),
            500: (folder / names["/broken"]).read_bytes(),
        }
    except KeyError as error:
        raise CannotStart("release", f"The release has no page {error}. Run: make build") from error


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise CannotStart("release", f"{LIST} names a file outside of the release. Run: make build")
    return path


class Served(StaticFile):
    """One file and its compressed forms under a weak ETag: the same words in each encoding.

    No Last-Modified: a release that was put back is older by the clock, and still the one to take.
    """

    @staticmethod
    def get_headers(
        headers_list: list[tuple[str, str]], files: Mapping[str | None, object]
    ) -> Headers:
        """What every answer for this file carries."""
        headers = Headers(headers_list)
        if len(files) > 1:
            headers["Vary"] = "Accept-Encoding"
        return headers

    def is_not_modified(self, request_headers: Mapping[str, str]) -> bool:
        """True when whoever asks has this very version."""
        return matches(request_headers.get("HTTP_IF_NONE_MATCH"), self.etag or "")


class ReleaseFiles:
    """The last stop of routing: a file of the release, or nothing is here."""

    def __init__(self, folder: Path, release: Release) -> None:
        files = [*release.files, *(_beside(folder, name, kind) for name, kind in BESIDE.items())]
        self._kinds = {file.path: _kind(file) for file in files}
        self._files = {file.path: _served(folder, file) for file in files}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._files.get(scope["path"])
        if found is None:
            problems.missing()
        scope["keel.route"] = self._kinds[scope["path"]]
        if scope["method"] != "GET":
            problems.refuse_method("GET", "HEAD")
        # Ranges are not for files this small: an answer is whole, or it is 304.
        headers = [(name, value) for name, value in scope["headers"] if name != b"range"]
        await found({**scope, "headers": headers, "extensions": {}}, receive, send)


def _beside(folder: Path, name: str, kind: str) -> ReleasedFile:
    tag = _sha256(_read(folder / name))
    return ReleasedFile(path=f"/{name}", file=name, type=kind, sha256=tag, cache="page")


def _kind(file: ReleasedFile) -> str:
    return "page" if file.type.startswith("text/html") else "asset"


def _served(folder: Path, file: ReleasedFile) -> ASGIApp:
    path = str(folder / file.file)
    headers = [
        ("Content-Type", file.type),
        ("Cache-Control", CACHE[file.cache]),
        ("ETag", f'W/"{file.sha256[:32]}"'),
    ]
    if file.policy:
        headers.append(("Content-Security-Policy", file.policy))
    packed = {"br": f"{path}.br", "gzip": f"{path}.gz"}
    return cast(ASGIApp, FileServerASGI(Served(path, headers, packed)))
