"""Law 6: what is sealed starts with its version, and every version has vectors that stay."""

import hashlib
import json
import re
from pathlib import Path

from tests.law.tree import Fault, Tree, without_comments

# Who encrypts directly; primitives.ts only lends the power.
ENCRYPTS = re.compile(r"\bAESGCM\s*\(|\baesSeal\s*\(")
VERSION = re.compile(r"""["']SP[A-Z](\d+)["']""")
PINS = Path(__file__).with_name("vector_pins.json")


def versions_have_vectors(tree: Tree) -> list[Fault]:
    """A file that encrypts names its version and has `tests/vectors/<file>-v<version>.json`."""
    faults = []
    for path in [*tree.files("app", ".py"), *tree.typescript()]:
        source = path.read_text("utf-8")
        text = without_comments(source) if path.suffix != ".py" else source
        if path.name == "primitives.ts" or not ENCRYPTS.search(text):
            continue
        versions = VERSION.findall(text)
        if not versions:
            faults.append(Fault(tree.name(path), 1, "seals without a version"))
        for version in versions:
            vector = f"tests/vectors/{path.stem.replace('_', '-')}-v{version}.json"
            if not (tree.root / vector).is_file():
                faults.append(Fault(tree.name(path), 1, f"has no vector {vector}"))
    return sorted(faults)


def entries(path: Path) -> set[str]:
    """A short hash of every entry of a vector file: a list's elements, or a field."""
    found = set()
    for key, value in json.loads(path.read_text("utf-8")).items():
        for one in value if isinstance(value, list) else [value]:
            text = json.dumps([key, one], sort_keys=True, ensure_ascii=True)
            found.add(hashlib.sha256(text.encode()).hexdigest()[:16])
    return found


def vectors_stay(tree: Tree, pins: dict[str, list[str]]) -> list[Fault]:
    """Every pinned entry is still there, and every entry is pinned."""
    faults = []
    folder = tree.root / "tests/vectors"
    for name, pinned in pins.items():
        current = entries(folder / name) if (folder / name).is_file() else set()
        lost, unpinned = set(pinned) - current, current - set(pinned)
        if lost:
            faults.append(Fault(name, 1, f"{len(lost)} vectors were changed or taken out"))
        if unpinned:
            faults.append(Fault(name, 1, f"pin {len(unpinned)} new vectors: {sorted(unpinned)}"))
    for path in tree.files("tests/vectors", ".json"):
        if path.name not in pins:
            faults.append(Fault(path.name, 1, "is not pinned in tests/law/vector_pins.json"))
    return sorted(faults)


def pinned() -> dict[str, list[str]]:
    pins: dict[str, list[str]] = json.loads(PINS.read_text("utf-8"))
    return pins
