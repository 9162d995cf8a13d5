"""What travels to a phone, against the figures: printed, and red above what was allowed."""

import gzip
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from tests.conftest import Figure
from tests.law.tree import ROOT

KIB = 1024
RELEASE = ROOT / "build/release"
# What is measured: where it is, how it is compressed, what to reach, what fails (KiB).
FIGURES = {
    "entry script of /now, gzipped": ("now-*.js", "gzip", 12, 16),
    "service worker, gzipped": ("service-worker.js", "gzip", 1.5, 2.5),
    "all scripts, gzipped": ("*.js", "gzip", 45, 60),
    "largest page with its style, brotli": ("*.html", "brotli", 6, 10),
}


def gzipped(text: bytes) -> int:
    return len(gzip.compress(text, 9))


def brotlied(text: bytes) -> int:
    return len(brotli.compress(text, quality=11))


PACK: dict[str, Callable[[bytes], int]] = {"gzip": gzipped, "brotli": brotlied}


def files(pattern: str, release: Path = RELEASE) -> list[Path]:
    """The release's own files that a pattern names; the build is the suite's first stage."""
    found = [path for path in release.rglob(pattern) if path.is_file()]
    assert found, f"{pattern}: nothing in {release}; run `make build` first"
    return found


def measure(name: str, release: Path = RELEASE) -> float:
    pattern, pack, _, _ = FIGURES[name]
    sizes = [PACK[pack](path.read_bytes()) for path in files(pattern, release)]
    return (max(sizes) if pattern == "*.html" else sum(sizes)) / KIB


@pytest.mark.parametrize("name", FIGURES)
def test_what_travels_is_small(name: str, figure: Figure) -> None:
    _, _, reach, most = FIGURES[name]
    size = measure(name)
    figure(f"{name}: {size:.1f} KiB (reach {reach}, fails above {most})")
    assert size <= most


def asked_by(page: Path) -> set[str]:
    """The scripts that a page asks for by itself, and those that these import."""
    text = page.read_text("utf-8")
    asked = set(re.findall(r'<(?:script|link)[^>]+(?:src|href)="(/assets/[^"]+)"', text))
    return asked | {f"/assets/{name}" for path in asked for name in imports(RELEASE / path[1:])}


def imports(script: Path) -> list[str]:
    """What a built script imports before it runs, by name; all scripts lie beside each other."""
    return re.findall(r'(?:\bfrom|^import|;import)"\./([^"]+)"', script.read_text("utf-8"))


def test_the_plan_shows_after_few_files(figure: Figure) -> None:
    """The page and all that its entry waits for: no style sheet, no second module."""
    asked = asked_by(RELEASE / "now.html")
    figure(f"files before the plan shows: {len(asked) + 1} (reach 2, fails above 3)")
    assert len(asked) + 1 <= 3, asked


def test_what_two_pages_need_is_one_file_that_both_ask_for_at_once() -> None:
    now, main = files("now-*.js")[0], files("main-*.js")[0]
    assert imports(main) == [now.name]
    assert imports(now) == []
    for page in files("*.html"):
        text = page.read_text("utf-8")
        if main.name in text:
            assert f'<link rel="modulepreload" href="/assets/{now.name}"' in text, page


def test_every_file_of_the_release_is_listed_with_its_type() -> None:
    release = json.loads((RELEASE / "release.json").read_text("utf-8"))
    for file in release["files"]:
        assert (RELEASE / file["file"]).is_file(), file
        assert file["type"], file


def test_a_size_above_its_figure_is_seen(tmp_path: Path) -> None:
    (tmp_path / "now-1.js").write_bytes(random.Random(1).randbytes(17 * KIB))
    (tmp_path / "now.html").write_bytes(random.Random(2).randbytes(11 * KIB))
    for name in ("entry script of /now, gzipped", "largest page with its style, brotli"):
        assert measure(name, tmp_path) > FIGURES[name][3]
