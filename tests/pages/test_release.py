"""A release is whole, the same twice, and another one as soon as anything in it changes."""

import gzip
import hashlib
import io
import json
import os
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import brotli
import pytest
from PIL import Image

from app.errors import CannotStart
from app.pages import release as release_module
from app.pages.headers import integrity
from app.pages.release import write_release
from tests.api.observatory import MOST, OF_SCRIPTS, score
from tests.pages.conftest import ARGON2_WORKER
from tests.pages.page_faults import read


def listed(release: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / "release.json").read_bytes())
    return found


def all_bytes(release: Path) -> dict[str, bytes]:
    files = (path for path in release.rglob("*") if path.is_file())
    return {str(path.relative_to(release)): path.read_bytes() for path in files}


def constant(release: Path) -> dict[str, Any]:
    """The line that binds the worker to its release."""
    line = (release / "service-worker.js").read_text().partition("\n")[0]
    found: dict[str, Any] = json.loads(line.removeprefix("const RELEASE=").removesuffix(";"))
    return found


def in_base64url(body: bytes) -> str:
    return urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()


def test_every_listed_file_is_there_with_its_hash(release: Path) -> None:
    rows = listed(release)["files"]
    assert {"/", "/now", "/lines", "/not-found", "/broken"} <= {row["path"] for row in rows}
    for row in rows:
        assert in_base64url((release / row["file"]).read_bytes()) == row["sha256"]


def test_every_script_of_a_page_carries_the_hash_of_its_bytes(release: Path) -> None:
    files = {row["path"]: release / row["file"] for row in listed(release)["files"]}
    pages = [path for path in files.values() if path.suffix == ".html"]
    asked = [
        e.attributes
        for page in pages
        for e in read(page.read_text())
        if e.attributes.get("rel") == "modulepreload" or "src" in e.attributes
    ]
    told = {str(one.get("src") or one["href"]): one["integrity"] for one in asked}
    assert told == {
        path: integrity(file.read_bytes())
        for path, file in files.items()
        if file.suffix == ".js" and ARGON2_WORKER not in path
    }


def test_a_page_reaches_every_point_of_the_observatory_that_a_server_can_win(release: Path) -> None:
    headers = {name.lower(): value for name, value in listed(release)["headers"].items()}
    for page in release.rglob("*.html"):
        html = page.read_text()
        has_scripts = '<script type="module"' in html
        assert score(headers, html) == MOST + has_scripts * OF_SCRIPTS, page
        assert score(headers, html.replace(" integrity=", " data-none=")) == MOST


def test_the_same_content_twice_gives_the_same_bytes(assets: Path, tmp_path: Path) -> None:
    write_release(assets, tmp_path / "one")
    for path in assets.rglob("*"):
        os.utime(path, (1, 1))
    write_release(assets, tmp_path / "two")
    assert all_bytes(tmp_path / "one") == all_bytes(tmp_path / "two")


def test_compressed_files_decode_to_the_file(release: Path) -> None:
    found = all_bytes(release)
    pressed = [name for name in found if name.endswith((".br", ".gz"))]
    assert {"now.html.br", "now.html.gz", "release.json.br"} <= set(pressed)
    for name in pressed:
        decode = brotli.decompress if name.endswith(".br") else gzip.decompress
        assert decode(found[name]) == found[name[:-3]]


def test_the_worker_names_the_list_by_its_hash_and_every_offline_path(release: Path) -> None:
    known = constant(release)
    assert known["hash"] == in_base64url((release / "release.json").read_bytes())
    assert known["id"] == listed(release)["id"]
    offline = [row["path"] for row in listed(release)["files"] if row["offline"]]
    assert known["paths"] == offline
    assert {"/", "/now", "/edit", "/read", "/lines", "/privacy", "/not-found"} <= set(offline)
    assert "/broken" not in offline


def test_a_change_of_headers_alone_is_another_release(
    assets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write_release(assets, tmp_path / "one")
    monkeypatch.setattr(release_module, "security_headers", lambda *_: {"X-Frame-Options": "DENY"})
    assert write_release(assets, tmp_path / "two") != before
    one, two = all_bytes(tmp_path / "one"), all_bytes(tmp_path / "two")
    changed = {
        name.removesuffix(".br").removesuffix(".gz") for name in one if one[name] != two[name]
    }
    assert changed == {"release.json", "service-worker.js"}


def test_a_change_of_the_workers_code_alone_is_another_release(
    assets: Path, tmp_path: Path
) -> None:
    before = write_release(assets, tmp_path / "one")
    (assets / "service-worker.js").write_text("// another\n")
    assert write_release(assets, tmp_path / "two") != before


def test_the_id_stands_for_everything_else(release: Path) -> None:
    found = listed(release)
    name = found.pop("id")
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    assert hashlib.sha256(text).hexdigest()[:16] == name


def test_a_page_above_its_limit_stops_the_release_and_leaves_the_old_one(
    assets: Path, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_bytes(release)
    monkeypatch.setattr(release_module, "HTML_LIMIT", 500)
    with pytest.raises(CannotStart, match="most"):
        write_release(assets, release)
    assert all_bytes(release) == before


def test_a_build_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="make build"):
        write_release(tmp_path / "nothing", tmp_path / "out")


def test_a_style_that_would_end_its_element_is_refused(assets: Path, tmp_path: Path) -> None:
    (assets / "styles" / "page.css").write_text("a{}</style><script>")
    with pytest.raises(CannotStart, match="end its own element"):
        write_release(assets, tmp_path / "out")


def test_a_script_that_would_end_its_element_is_refused(assets: Path, tmp_path: Path) -> None:
    (assets / "early.js").write_text("a='</script><img>'")
    with pytest.raises(CannotStart, match="end its own element"):
        write_release(assets, tmp_path / "out")


def test_nothing_is_left_beside_the_release(release: Path, assets: Path) -> None:
    write_release(assets, release)
    assert [path.name for path in release.parent.iterdir() if path.name.startswith(".")] == []


def test_a_second_language_is_in_the_release(
    assets: Path, tmp_path: Path, two_languages: Path
) -> None:
    write_release(assets, tmp_path / "out", two_languages)
    paths = {row["path"] for row in listed(tmp_path / "out")["files"]}
    assert {"/es", "/es/now", "/es/not-found"} <= paths


def test_the_manifest_names_nothing_and_its_icons_are_the_sizes_it_says(release: Path) -> None:
    manifest = json.loads((release / "manifest.webmanifest").read_bytes())
    assert (manifest["name"], manifest["short_name"], manifest["start_url"]) == (
        "Keel",
        "Keel",
        "/",
    )
    assert [one["url"] for one in manifest["shortcuts"]] == ["/now", "/lines"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        picture = Image.open(io.BytesIO((release / icon["src"][1:]).read_bytes()))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        assert picture.format == "PNG"


def test_a_maskable_icon_keeps_its_mark_within_the_safe_circle(release: Path) -> None:
    picture = Image.open(release / "icons" / "maskable-512.png").convert("RGB")
    water = picture.getpixel((0, 0))
    outside = [
        (x, y)
        for x in range(0, 512, 4)
        for y in range(0, 512, 4)
        if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2
    ]
    assert {picture.getpixel(point) for point in outside} == {water}


def test_the_headers_refuse_what_a_page_does_not_need(release: Path) -> None:
    headers = listed(release)["headers"]
    csp = headers["Content-Security-Policy"]
    assert csp.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "; style-src 'sha256-" in csp
    assert csp.endswith("require-trusted-types-for 'script'; trusted-types keel")
    assert "unsafe" not in csp
    assert "*" not in csp
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
