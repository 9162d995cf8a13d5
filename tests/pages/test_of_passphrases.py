"""What passphrases are made by, and the stretching worker: fetched when needed, hashed."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.api.releases import ReleasedFile, _served
from app.content.common_passphrases import common_hashes
from app.content.drawn_words import read_drawn_words
from app.pages.headers import argon2_policy
from app.pages.of_passphrases import common_passphrases_file, drawn_words_file
from app.pages.page_data import page_data
from app.pages.site import MAIN, NOW
from tests.pages.conftest import ARGON2_WORKER


def rows(release: Path) -> dict[str, dict[str, Any]]:
    listed = json.loads((release / "release.json").read_bytes())
    return {row["path"]: row for row in listed["files"]}


def test_the_file_is_the_list_and_its_name_changes_with_it() -> None:
    path, body = drawn_words_file()
    assert json.loads(body) == list(read_drawn_words().words)
    assert hashlib.sha256(body).hexdigest()[:10] in path


def test_it_is_in_the_release_and_is_fetched_only_when_a_backup_is_turned_on(release: Path) -> None:
    row = rows(release)[drawn_words_file()[0]]
    assert (row["cache"], row["offline"]) == ("immutable", False)


def test_the_main_script_knows_where_it_lies_and_the_walk_does_not() -> None:
    assert json.loads(page_data(MAIN, "en"))["drawnWords"] == drawn_words_file()[0]
    assert "drawnWords" not in json.loads(page_data(NOW, "en"))


def test_the_common_passphrases_lie_beside_them(release: Path) -> None:
    path, body = common_passphrases_file()
    text = json.loads(body)
    assert base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) == common_hashes()
    assert rows(release)[path]["cache"] == "immutable"
    assert json.loads(page_data(MAIN, "en"))["commonPassphrases"] == path


def test_the_worker_alone_may_run_webassembly(release: Path) -> None:
    found = rows(release)
    policies = {path: row["policy"] for path, row in found.items() if row["policy"]}
    assert policies == {f"/assets/{ARGON2_WORKER}": argon2_policy()}
    assert "'wasm-unsafe-eval'" in argon2_policy()
    assert "'unsafe-eval'" not in argon2_policy()


def test_the_worker_is_kept_with_the_page_that_starts_it(release: Path) -> None:
    """A file is locked without a network, and a page of last week finds its own worker."""
    assert rows(release)[f"/assets/{ARGON2_WORKER}"]["offline"]


def test_a_policy_of_its_own_stands_in_the_place_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    row = {"path": "/a.js", "file": "a.js", "type": "text/javascript", "cache": "immutable"}
    own, none = (
        _served(tmp_path, ReleasedFile(**row, sha256="x" * 43, policy=policy))
        for policy in (argon2_policy(), "")
    )
    assert TestClient(own).get("/a.js").headers["content-security-policy"] == argon2_policy()
    assert "content-security-policy" not in TestClient(none).get("/a.js").headers
