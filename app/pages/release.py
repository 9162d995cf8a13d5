"""Writes the release: every file the server hands out, its hash and type, the headers of all."""

import gzip
import hashlib
import json
import shutil
import tempfile
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import brotli

from app.content.messages import FIRST_LANGUAGE, FOLDER, languages
from app.errors import CannotStart
from app.pages.headers import argon2_policy, integrity, security_headers
from app.pages.ideas import ideas_file
from app.pages.manifest import ROBOTS, manifest
from app.pages.of_passphrases import common_passphrases_file, drawn_words_file
from app.pages.page_data import data_file
from app.pages.render import Built, Rendered, Script, last_resort, render_all
from app.pages.site import MAIN

HTML_LIMIT = 10 * 1024
"""Bytes of one page with its style, brotli: more than this, and no release is written."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
PRESSED = {".css", ".html", ".js", ".json", ".txt", ".webmanifest"}
"""Kinds of file that are worth compressing; the others are compressed already."""

WORKER = "service-worker.js"
LIST = "release.json"

SHOWN_ICONS = {"icon-192.png"}
"""Icons that a browser asks for with a page; the rest are for installing, which needs a network."""


@dataclass(frozen=True)
class Released:
    """One row of release.json."""

    path: str
    file: str
    type: str
    sha256: str
    cache: str
    offline: bool
    policy: str = ""
    """A Content-Security-Policy of its own, in place of the one that all others have."""


@dataclass(frozen=True)
class File:
    """One file before it is written: its address, its bytes, and how it may be kept."""

    path: str
    file: str
    body: bytes
    cache: str = "page"
    offline: bool = False
    policy: str = ""

    def row(self) -> Released:
        kind = TYPES[Path(self.file).suffix]
        digest = sha256(self.body)
        return Released(self.path, self.file, kind, digest, self.cache, self.offline, self.policy)


def sha256(body: bytes) -> str:
    """As release.json and the service worker write it: base64url without padding."""
    return urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()


def write_release(assets: Path, out: Path, messages: Path = FOLDER) -> str:
    """Writes the whole release beside `out`, then puts it in its place; returns its id.

    Raises CannotStart("release") when the browser's build is not there or a page is too large.
    """
    built = _read_built(assets)
    pages, beside = _pages(render_all(built, messages)), _beside(messages)
    files = [*pages, *beside, *_assets(assets, built), *_constants(built)]
    worker = (assets / WORKER).read_bytes()
    listed = _listed(files, security_headers(built.styles.values(), [built.early]), worker)
    text = _json(listed)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".release-") as temporary:
        whole = Path(temporary) / "whole"
        for file in files:
            _write(whole / file.file, file.body)
        _write(whole / LIST, text)
        _write(whole / WORKER, _with_release(worker, listed, text, messages))
        shutil.rmtree(out, ignore_errors=True)
        whole.rename(out)
    return str(listed["id"])


def _read_built(assets: Path) -> Built:
    try:
        names = json.loads((assets / "assets.json").read_bytes())
        styles = {
            name: (assets / "styles" / f"{name}.css").read_text().strip()
            for name in names["styles"]
        }
        early = (assets / names["early"]).read_text().strip()
        scripts = {
            name: Script(f"/assets/{file}", integrity((assets / file).read_bytes()))
            for name, file in names["scripts"].items()
        }
        stretching = f"/assets/{names['argon2_worker']}"
        built = Built(
            styles, scripts, names["imports"], early, names["colours"], argon2_worker=stretching
        )
    except (OSError, ValueError, KeyError) as error:
        raise CannotStart("release", f"No build in {assets}. Make one: make build") from error
    for name, text in [*styles.items(), ("early", early)]:
        if "</" in text or "<!--" in text:
            raise CannotStart("release", f"The text of {name} would end its own element.")
    return built


def _pages(pages: list[Rendered]) -> list[File]:
    """Raises CannotStart("release") for a page that has grown above its limit."""
    files = []
    for rendered in pages:
        body = rendered.html.encode()
        size = len(brotli.compress(body))
        if size > HTML_LIMIT:
            sentence = f"{rendered.path} is {size} bytes as brotli; {HTML_LIMIT} is the most."
            raise CannotStart("release", sentence)
        name = "index" if rendered.path == "/" else rendered.path.strip("/")
        files.append(File(rendered.path, f"{name}.html", body, offline=rendered.page.offline))
    return files


def _beside(messages: Path) -> list[File]:
    """The words of the screens and the ideas in each language, and what passphrases are made by."""
    spoken = languages(messages)
    found = [data_file(MAIN, language, messages) for language in spoken]
    found += [ideas_file(language, messages) for language in spoken]
    return [
        *(File(path, path[1:], body, "immutable", offline=True) for path, body in found),
        *(
            File(path, path[1:], body, "immutable")
            for path, body in (drawn_words_file(), common_passphrases_file())
        ),
    ]


def _assets(assets: Path, built: Built) -> list[File]:
    own_policies = {built.argon2_worker: argon2_policy()}
    scripts = [
        File(
            path,
            path[1:],
            (assets / Path(path).name).read_bytes(),
            "immutable",
            offline=True,
            policy=own_policies.get(path, ""),
        )
        for path in [*(one.address for one in built.scripts.values()), built.argon2_worker]
    ]
    icons = [
        File(
            f"/icons/{icon.name}",
            f"icons/{icon.name}",
            icon.read_bytes(),
            offline=icon.name in SHOWN_ICONS,
        )
        for icon in sorted((assets / "icons").glob("*.png"))
    ]
    favicon = (assets / "icons" / "favicon.ico").read_bytes()
    schema = (assets / "safety-plan.v1.json").read_bytes()
    return [
        *scripts,
        *icons,
        File("/favicon.ico", "favicon.ico", favicon, offline=True),
        File("/schema/safety-plan.v1.json", "schema/safety-plan.v1.json", schema),
    ]


def _constants(built: Built) -> list[File]:
    return [
        File(
            "/manifest.webmanifest",
            "manifest.webmanifest",
            manifest(built.colours["night"]),
            offline=True,
        ),
        File("/robots.txt", "robots.txt", ROBOTS),
    ]


def _listed(files: list[File], headers: dict[str, str], worker: bytes) -> dict[str, Any]:
    """What release.json says; its id stands for all the rest, headers and the worker's code too."""
    rest = {
        "headers": headers,
        "worker": sha256(worker),
        "files": [asdict(file.row()) for file in sorted(files, key=lambda file: file.path)],
    }
    return {"id": hashlib.sha256(_json(rest)).hexdigest()[:16], **rest}


def _with_release(worker: bytes, listed: dict[str, Any], text: bytes, messages: Path) -> bytes:
    """The worker's code after one line that binds it to this release and no other."""
    shown = last_resort(FIRST_LANGUAGE, messages)
    headers = {"content-type": TYPES[".html"], "content-security-policy": shown.policy}
    constant = {
        "id": listed["id"],
        "hash": sha256(text),
        "paths": [file["path"] for file in listed["files"] if file["offline"]],
        "lastResort": {"html": shown.html, "headers": headers},
    }
    return b"const RELEASE=" + _json(constant) + b";\n" + worker


def _json(found: object) -> bytes:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _write(path: Path, body: bytes) -> None:
    """The file, and beside it what a browser that can read brotli or gzip is sent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    if path.suffix in PRESSED:
        path.with_name(f"{path.name}.br").write_bytes(brotli.compress(body))
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(body, 9, mtime=0))
