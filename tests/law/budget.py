"""Law 9: what does not need the plan's key is Python, so TypeScript stays the smaller part."""

import re
from pathlib import Path

from tests.law.tree import Fault, Tree

COMMENT = re.compile(r"\s*(//|/\*|\*/|\* |\*$|#|\{#.*#\}\s*$)")

MOST_TYPESCRIPT = 6_000


def lines(tree: Tree) -> tuple[int, int]:
    """Lines of TypeScript without tests, and of Python and templates in app/; blank lines and
    lines that are nothing but a comment are left out, so that a reason costs nothing. Why, and
    what that does not say: docs/decisions/2026-11-22_law-nine-counts-lines-of-code.md."""
    typescript = sum(map(_lines_of_code, tree.typescript()))
    python = sum(map(_lines_of_code, tree.files("app", ".py", ".html", ".j2")))
    return typescript, python


def _lines_of_code(path: Path) -> int:
    return sum(
        not COMMENT.match(line) for line in path.read_text("utf-8").splitlines() if line.strip()
    )


def typescript_is_smaller(tree: Tree) -> list[Fault]:
    typescript, python = lines(tree)
    faults = []
    if typescript > MOST_TYPESCRIPT:
        faults.append(Fault("frontend/src", 1, f"{typescript} lines, at most {MOST_TYPESCRIPT}"))
    if typescript > python:
        faults.append(Fault("frontend/src", 1, f"{typescript} lines against {python} of app/"))
    return faults
