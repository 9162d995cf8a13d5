"""Serves one release: exactly the files that release.json lists, after checking that they are whole."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from wsgiref.headers import Headers

from pydantic import BaseModel, ConfigDict, ValidationError
from servestatic.asgi import FileServerASGI
from servestatic.responders import StaticFile
from starlette.types import Receive, Scope, Send

from app import limits
from app.api import problems
from app.api.preconditions import matches
from app.errors import CannotStart

LIST = "release.json"
CACHE = {
    "page": "no-cache",
    "immutable": f"public, max-age={limits.IMMUTABLE_SECONDS}, immutable",
}


class ReleasedFile(BaseModel):
    """One row of release.json; `sha256` is base64url, of the body before compression."""

    model_config = ConfigDict(frozen=True)

    path: str
    file: str
    type: str
    sha256: str
    cache: Literal["page", "immutable"]


class Release(BaseModel):
    """What release.json says."""

    model_config = ConfigDict(frozen=True)

    id: str
    headers: dict[str, str]
    files: tuple[ReleasedFile, ...]


def read_release(folder: Path) -> Release:
    """Reads the list and every file in it. Raises CannotStart for one that is missing or changed."""
    try:
        release = Release.model_validate_json((folder / LIST).read_bytes())
    except OSError as error:
        raise CannotStart("release", f"No release in {folder}. Make one: make build") from error
    except ValidationError as error:
        raise CannotStart(
            "release", f"{folder / LIST} is not a release. Run: make build"
        ) from error
    for file in release.files:
        if _sha256(_inside(folder, file.file)) != file.sha256:
            raise CannotStart("release", f"{file.file} is not what {LIST} says. Run: make build")
    return release


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


def _sha256(path: Path) -> str:
    """Of the whole file, in base64url without padding; "" when it cannot be read."""
    try:
        digest = hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return ""
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


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
        self._kinds = {file.path: _kind(file) for file in release.files}
        self._files = {file.path: _served(folder, file) for file in release.files}
        listed = hashlib.sha256((folder / LIST).read_bytes()).hexdigest()[:32]
        self._kinds[f"/{LIST}"] = "asset"
        self._files[f"/{LIST}"] = FileServerASGI(
            Served(
                str(folder / LIST),
                _headers("application/json", listed, "page"),
                _packed(folder / LIST),
            )
        )

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


def _kind(file: ReleasedFile) -> str:
    return "page" if file.type.startswith("text/html") else "asset"


def _served(folder: Path, file: ReleasedFile) -> FileServerASGI:
    path = folder / file.file
    return FileServerASGI(
        Served(str(path), _headers(file.type, file.sha256[:32], file.cache), _packed(path))
    )


def _headers(media_type: str, tag: str, cache: str) -> list[tuple[str, str]]:
    return [
        ("Content-Type", media_type),
        ("Cache-Control", CACHE[cache]),
        ("ETag", f'W/"{tag}"'),
    ]


def _packed(path: Path) -> dict[str, str]:
    return {"br": f"{path}.br", "gzip": f"{path}.gz"}
