"""Law 7: every file opens with a sentence, stays below 300 lines, and has short functions."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.law.tree import Fault, Tree, without_comments

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
FOLDERS = ("app", "frontend/src", "frontend/styles", "migrations", "tests", "benchmarks")
SINGLE = ("frontend/build.mjs", "frontend/vitest.config.mjs", "Makefile", "Dockerfile")
SINGLE_SCRIPTS = ("compose.yaml", ".ci/run")
SUFFIXES = (".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".j2", ".sh", ".xml")
# How each kind of file may open; the sentence may run over several lines of its comment.
OPENINGS = {
    ".py": r'(?:#![^\n]*\n)?\s*[rR]?"""(?P<text>.+?)"""',
    ".css": r"\s*/\*+(?P<text>.+?)\*/",
    ".html": r"\s*(?:<!doctype html>\s*)?(?:\{#-?|<!--)(?P<text>.+?)(?:-?#\}|-->)",
    ".j2": r"\s*\{#-?(?P<text>.+?)-?#\}",
    ".xml": r"\s*(?:<\?[^>]*\?>)?\s*<!--(?P<text>.+?)-->",
}
SLASHES = r"\s*(?:#![^\n]*\n)?(?://(?P<text>[^\n]+(?:\n//[^\n]*)*)|/\*+(?P<block>.+?)\*/)"
HASHES = r"(?:#![^\n]*\n)?\s*(?:#\s*syntax=[^\n]*\n)?#(?P<text>[^\n]+(?:\n#[^\n]*)*)"


def written_files(tree: Tree) -> list[Path]:
    """All that a person wrote and another reads as code."""
    found = [path for folder in FOLDERS for path in tree.files(folder, *SUFFIXES)]
    single = [tree.root / name for name in (*SINGLE, *SINGLE_SCRIPTS)]
    return [*found, *(path for path in single if path.is_file())]


def first_sentences(tree: Tree) -> list[Fault]:
    """A docstring or comment at the top whose first sentence ends as one."""
    return [
        Fault(tree.name(path), 1, "does not open with a sentence that says what it is")
        for path in written_files(tree)
        if not _opens_with_a_sentence(path)
    ]


def _opens_with_a_sentence(path: Path) -> bool:
    is_slashed = path.suffix in (".ts", ".tsx", ".js", ".mjs")
    pattern = SLASHES if is_slashed else OPENINGS.get(path.suffix, HASHES)
    match = re.match(pattern, path.read_text("utf-8"), re.S)
    if not match:
        return False
    text = next(group for group in match.groups() if group)
    words = re.sub(r"[\s*#/]+", " ", text).strip()
    return len(words.split()) >= 3 and bool(re.search(r"[.:](\s|$)", words))


def long_files(tree: Tree) -> list[Fault]:
    return [
        Fault(tree.name(path), lines, f"has {lines} lines")
        for path in written_files(tree)
        if (lines := path.read_text("utf-8").count("\n")) > LONGEST_FILE
    ]


@dataclass(frozen=True)
class Function:
    file: str
    name: str
    line: int
    lines: int


def functions(tree: Tree) -> list[Function]:
    """Every function of the product and its tests, in both languages."""
    found = []
    for path in written_files(tree):
        if path.suffix == ".py":
            found += _python_functions(tree.name(path), path.read_text("utf-8"))
        elif path.suffix in (".ts", ".tsx", ".mjs"):
            found += _typescript_functions(tree.name(path), path.read_text("utf-8"))
    return found


def _python_functions(name: str, source: str) -> list[Function]:
    return [
        Function(name, node.name, node.lineno, (node.end_lineno or 0) - node.lineno + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


OPENS_FUNCTION = re.compile(
    r"\bfunction\b\s*\*?\s*(\w*)\s*(?:<[^>{}]*>)?\s*\(|\bconst\s+(\w+)[^=\n;]*=\s*(?:async\s*)?\("
)


def _typescript_functions(name: str, source: str) -> list[Function]:
    """Named functions and arrow functions bound to a name, measured by their braces."""
    text = without_comments(source, literals=False)
    found = []
    for match in OPENS_FUNCTION.finditer(text):
        end = _end_of_body(text, match.end() - 1)
        if end:
            line = text.count("\n", 0, match.start()) + 1
            lines = text.count("\n", match.start(), end) + 1
            found.append(Function(name, match.group(1) or match.group(2), line, lines))
    return found


def _end_of_body(text: str, bracket: int) -> int:
    """Where the body after these parameters ends; 0 when what follows is no body in braces."""
    after = _closing(text, bracket)
    body = re.compile(r"\s*(?::[^={;]*(?:\{[^}]*\}[^={;]*)?)?\s*(?:=>)?\s*\{").match(text, after)
    return _closing(text, body.end() - 1) if body else 0


def _closing(text: str, start: int) -> int:
    """One past the bracket that closes the one at `start`."""
    depth = 0
    for position in range(start, len(text)):
        depth += (text[position] in "([{") - (text[position] in ")]}")
        if depth == 0:
            return position + 1
    return len(text)


def long_functions(tree: Tree) -> list[Fault]:
    return [
        Fault(one.file, one.line, f"{one.name} has {one.lines} lines")
        for one in functions(tree)
        if one.lines > LONGEST_FUNCTION
    ]


def histogram(tree: Tree) -> str:
    """How long functions are, in steps of five lines."""
    steps = Counter(min(one.lines - 1, LONGEST_FUNCTION) // 5 for one in functions(tree))
    rows = [f"{5 * n + 1:3}–{5 * n + 5:2} lines {steps[n]:5}" for n in sorted(steps)]
    return "functions by length\n" + "\n".join(rows)
