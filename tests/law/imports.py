"""What imports what, in Python by its syntax tree and in TypeScript by a scan of its text."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.law.tree import Tree, matches, without_comments


@dataclass(frozen=True)
class Import:
    """`inside` says that the import stands within a function."""

    source: str
    target: str
    line: int
    inside: bool = False


def python_imports(tree: Tree, path: Path) -> list[Import]:
    """Every module that a file names, relative ones written out in full."""
    module = ast.parse(path.read_text("utf-8"))
    name = tree.name(path)
    inner = {
        id(node)
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    return [
        Import(name, target, getattr(node, "lineno", 1), id(node) in inner)
        for node in ast.walk(module)
        for target in _targets(node, name)
    ]


def _targets(node: ast.AST, name: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        folder = PurePosixPath(name).parts[: -node.level]
        base = ".".join([*folder, *([base] if base else [])])
    return [f"{base}.{alias.name}" for alias in node.names]


IMPORT = r"""(?:\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'\n]+)\1"""
WORKER = r"""new\s+URL\(\s*(["'])([^"'\n]+)\1\s*,\s*import\.meta"""


def typescript_imports(tree: Tree, path: Path) -> list[Import]:
    """Ours as paths below frontend/src without an ending; packages by their own name."""
    source = without_comments(path.read_text("utf-8"))
    name = tree.name(path)
    found = [*matches(source, IMPORT), *matches(source, WORKER)]
    return [Import(name, _resolved(name, match.group(2)), line) for line, match in found]


def _resolved(name: str, target: str) -> str:
    if not target.startswith("."):
        return target
    parts: list[str] = list(PurePosixPath(name).parent.parts)
    for part in PurePosixPath(target).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return re.sub(r"\.(tsx?|js)$", "", "/".join(parts))


def circles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """Each circle once, as the names along it."""
    found: dict[frozenset[str], list[str]] = {}
    done: set[str] = set()

    def walk(name: str, trail: list[str]) -> None:
        if name in trail:
            circle = trail[trail.index(name) :]
            found.setdefault(frozenset(circle), circle)
        elif name not in done:
            for target in sorted(arrows.get(name, set())):
                walk(target, [*trail, name])
            done.add(name)

    for name in sorted(arrows):
        walk(name, [])
    return list(found.values())
