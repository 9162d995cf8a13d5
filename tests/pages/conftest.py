"""A small stand-in for the browser's build, so that these tests need no Node."""

import json
import shutil
from pathlib import Path

import pytest

from app.content.messages import FOLDER
from app.pages.release import write_release
from app.pages.render import Built, Script

ICONS = Path(__file__).parents[2] / "frontend" / "icons"
STYLES = {
    "page": "a{color:red}",
    "app": "b{color:red}",
    "now": "i{color:red}",
    "sheet": "u{color:red}",
}
COLOURS = {"day": "white", "night": "black"}
IMPORTS = {"main": ["now"], "now": []}
EARLY = "globalThis.early=1;"
ARGON2_WORKER = "argon2-worker-0123456789.js"


@pytest.fixture
def built() -> Built:
    scripts = {name: Script(f"/assets/{name}-1.js", f"sha256-{name}") for name in ("main", "now")}
    return Built(STYLES, scripts, IMPORTS, EARLY, COLOURS, f"/assets/{ARGON2_WORKER}")


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """What `node frontend/build.mjs` leaves, in small."""
    folder = tmp_path / "assets"
    (folder / "styles").mkdir(parents=True)
    for name, style in STYLES.items():
        (folder / "styles" / f"{name}.css").write_text(style)
    for name in ("main-1.js", "now-1.js", "service-worker.js", ARGON2_WORKER):
        (folder / name).write_text(f"// {name}\n")
    (folder / "early.js").write_text(f"{EARLY}\n")
    (folder / "safety-plan.v1.json").write_text("{}")
    icons = shutil.ignore_patterns("*.py", "__pycache__")
    shutil.copytree(ICONS, folder / "icons", ignore=icons)
    names = {
        "scripts": {"main": "main-1.js", "now": "now-1.js"},
        "imports": IMPORTS,
        "early": "early.js",
        "styles": list(STYLES),
        "colours": COLOURS,
        "argon2_worker": ARGON2_WORKER,
    }
    (folder / "assets.json").write_text(json.dumps(names))
    return folder


@pytest.fixture
def two_languages(tmp_path: Path) -> Path:
    """The English messages, and the same ones as a made-up Spanish: each begins with ¡."""
    folder = tmp_path / "messages"
    folder.mkdir()
    english = json.loads((FOLDER / "en.json").read_bytes())
    (folder / "en.json").write_text(json.dumps(english))
    (folder / "es.json").write_text(json.dumps({key: f"¡{text}" for key, text in english.items()}))
    return folder


@pytest.fixture
def release(assets: Path, tmp_path: Path) -> Path:
    write_release(assets, tmp_path / "release")
    return tmp_path / "release"
