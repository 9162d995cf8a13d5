"""The lines that content rests on, known by their hashes: `python -m tests.content.source_lines`.

The five documents never enter the project. Where they lie beside it (or where KEEL_DOCUMENTS says),
this writes source_lines.json, {"004:129": SHA-256 of that line without the space around it}, and
document_runs.json, the hashes of every six words in a row that the documents hold.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

from app.content.sources import is_line
from tests.law.tree import ROOT

CONTENT = ROOT / "app/content"
TABLE = Path(__file__).with_name("source_lines.json")
RUNS = Path(__file__).with_name("document_runs.json")
LONGEST_COPY = 5
"""More equal words than this in a row, and a sentence was carried over."""


def documents(root: Path = ROOT) -> Path | None:
    """The folder of the documents, or None where they are not at hand."""
    named = os.environ.get("KEEL_DOCUMENTS")
    folder = Path(named) if named else root.parent / "shared" / "documents"
    return folder if folder.is_dir() else None


def cited(folder: Path = CONTENT) -> set[str]:
    """Every line that a "source" anywhere in the content names; one may name several."""
    files = folder.glob("*.json")
    found = {source for file in files for source in sources(json.loads(file.read_bytes()))}
    return {line for source in found for line in str(source).split() if is_line(line)}


def sources(value: object) -> Iterable[object]:
    """Every value of a key "source", however deep."""
    if isinstance(value, dict):
        yield from (inner for key, inner in value.items() if key == "source")
    for inner in value.values() if isinstance(value, dict) else ():
        yield from sources(inner)
    for inner in value if isinstance(value, list) else ():
        yield from sources(inner)


def line_at(folder: Path, source: str) -> str:
    """The cited line, stripped. LookupError where there is no such line, or nothing on it."""
    number, _, line = source.partition(":")
    file = next(iter(sorted(folder.glob(f"{number}_*.txt"))), None)
    lines = file.read_text("utf-8").splitlines() if file else []
    text = lines[int(line) - 1].strip() if int(line) <= len(lines) else ""
    if not text:
        raise LookupError(f"{source}: no such line")
    return text


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def unknown(found: set[str], table: dict[str, str]) -> set[str]:
    """What is cited and not in the table, and what the table holds that nobody cites."""
    return found ^ table.keys()


def changed(table: dict[str, str], folder: Path) -> list[str]:
    """Lines of the table that the documents do not hold as they were."""
    return [source for source, known in table.items() if not _holds(folder, source, known)]


def _holds(folder: Path, source: str, known: str) -> bool:
    try:
        return digest(line_at(folder, source)) == known
    except LookupError:
        return False


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of words that is one longer than what two texts may share."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    length = LONGEST_COPY + 1
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def held_runs(folder: Path) -> set[str]:
    """The hashes of all runs in the documents of a folder, ten hex digits each."""
    return {
        _short(run)
        for file in folder.glob("*.txt")
        for line in file.read_text("utf-8").splitlines()
        for run in runs(line)
    }


def copied(texts: dict[str, str], held: set[str]) -> list[str]:
    """Which texts share six words in a row with a line of a document."""
    return [
        f"{key}: {' '.join(run)}"
        for key, text in texts.items()
        for run in sorted(runs(text))
        if _short(run) in held
    ]


def _short(run: tuple[str, ...]) -> str:
    return digest(" ".join(run))[:10]


def write(folder: Path) -> dict[str, str]:
    """LookupError for a source that names no line; then nothing is written."""
    table = {source: digest(line_at(folder, source)) for source in sorted(cited())}
    TABLE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    RUNS.write_text(json.dumps(sorted(held_runs(folder))) + "\n", "utf-8")
    return table


if __name__ == "__main__":
    at_hand = documents()
    if at_hand is None:
        raise SystemExit("The documents are not at hand: KEEL_DOCUMENTS=<folder>")
    print(f"{len(write(at_hand))} lines")
