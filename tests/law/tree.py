"""A source tree as the checks read it: which files there are, and TypeScript without comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, order=True)
class Fault:
    """One breach of the law, told so that its reader can find it."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Tree:
    """A checkout, or a planted one in a temporary folder."""

    root: Path

    def files(self, folder: str, *suffixes: str) -> list[Path]:
        """Sorted; nothing generated, installed or built."""
        skipped = {"node_modules", "generated", "__pycache__", "build", "screenshots"}
        base = self.root / folder
        found = [base] if base.is_file() else base.rglob("*")
        return sorted(
            path
            for path in found
            if path.is_file()
            and path.name.endswith(suffixes)
            and not skipped & set(path.relative_to(self.root).parts)
        )

    def python(self) -> list[Path]:
        return self.files("app", ".py")

    def typescript(self) -> list[Path]:
        return self.files("frontend/src", ".ts", ".tsx")

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


# A slash after one of these opens a regular expression rather than dividing.
BEFORE_REGEX = re.compile(r"(?:[(,=:\[!&|?{};+\n>]|\breturn|\bcase|^)\s*$")
TOKEN = re.compile(r"//|/\*|[\"'`/]")


def without_comments(source: str, *, literals: bool = True) -> str:
    """The same text with comments blanked, and literals too when they are not wanted.

    Every offset and line number stays what it was.
    """
    out: list[str] = []
    position = 0
    while match := TOKEN.search(source, position):
        start = match.start()
        end = _end_of_token(source, match.group(), start)
        out.append(source[position:start])
        text = source[start:end]
        is_comment = match.group() in ("//", "/*")
        is_kept = not is_comment and (literals or len(text) == 1)
        out.append(text if is_kept else re.sub(r"[^\n]", " ", text))
        position = end
    out.append(source[position:])
    return "".join(out)


def _end_of_token(source: str, token: str, start: int) -> int:
    if token == "//":
        return _index(source, "\n", start)
    if token == "/*":
        return _index(source, "*/", start + 2) + 2
    if token == "/" and not BEFORE_REGEX.search(source[max(0, start - 40) : start]):
        return start + 1
    if token == "/" and source[start - 1 : start] == "<":
        return start + 1
    return _end_of_literal(source, token, start)


def _index(source: str, what: str, start: int) -> int:
    found = source.find(what, start)
    return len(source) if found < 0 else found


def _end_of_literal(source: str, quote: str, start: int) -> int:
    """One past the closing quote; a line's end closes what may not run over it."""
    position, in_class = start + 1, False
    while position < len(source):
        sign = source[position]
        if sign == "\\":
            position += 1
        elif sign == "\n" and quote != "`":
            return start + 1
        elif quote == "/" and sign in "[]":
            in_class = sign == "["
        elif sign == quote and not in_class:
            return position + 1
        position += 1
    return position


def matches(source: str, pattern: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Each match with the number of the line that it begins on."""
    for match in re.finditer(pattern, source):
        yield source.count("\n", 0, match.start()) + 1, match
