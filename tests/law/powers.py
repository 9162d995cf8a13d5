"""Laws 2, 4 and 5: each power has one owner, transactions one place, and errors are raised."""

import ast
import re
from dataclasses import dataclass

from tests.law.imports import python_imports
from tests.law.tree import Fault, Tree, matches, without_comments

PACKAGES = {
    "fastapi": ("app/main.py", "app/api/"),
    "starlette": ("app/main.py", "app/api/"),
    "servestatic": ("app/main.py", "app/api/"),
    "sqlmodel": ("app/storage/", "app/models/"),
    "sqlalchemy": ("app/storage/", "app/models/"),
    "cryptography": ("app/crypto/",),
}


def package_owners(tree: Tree) -> list[Fault]:
    """A package is imported only on the floor that owns it."""
    return [
        Fault(one.source, one.line, f"imports {one.target}, which {' '.join(owners)} owns")
        for path in tree.python()
        for one in python_imports(tree, path)
        if (owners := PACKAGES.get(one.target.split(".")[0])) and not one.source.startswith(owners)
    ]


@dataclass(frozen=True)
class Power:
    """A pattern in TypeScript and the files that may hold it, each with its reason."""

    pattern: str
    owners: tuple[str, ...] = ()


POWERS = (
    # The service worker hashes what it keeps, and imports nothing.
    Power(
        r"\bcrypto\s*\.\s*subtle\b|\bgetRandomValues\b|\brandomUUID\b",
        ("crypto/primitives.ts", "service-worker.ts"),
    ),
    # The service worker answers for the network: its fetch is what serves the app offline, and it
    # never sees the plan. Everything else goes through server/http.
    Power(r"(?<![.\w])fetch\s*\(", ("server/http.ts", "service-worker.ts")),
    Power(r"\bWebSocket\s*\(", ("server/rooms.ts",)),
    Power(r"\bindexedDB\b", ("device/database.ts",)),
    Power(r"\b(localStorage|sessionStorage)\b"),
    Power(r"\bdocument\s*\.\s*(cookie|write)\b"),
    Power(r"\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML)\b"),
    Power(r"\b(XMLHttpRequest|EventSource|sendBeacon|RTCPeerConnection)\b"),
    Power(r"\beval\s*\(|\bnew\s+Function\s*\("),
)
# What a pure file may not touch.
IMPURE = r"(?<![.\w\"'])(document|window|navigator|location|self|globalThis)\s*\.|\bDate\.now\b"


def browser_owners(tree: Tree) -> list[Fault]:
    """A power of the browser is used only in the file that owns it, or nowhere; core is pure."""
    faults = []
    for path in tree.typescript():
        name = tree.name(path)
        source = without_comments(path.read_text("utf-8"))
        short = name.removeprefix("frontend/src/")
        powers = [*POWERS, Power(IMPURE)] if short.startswith("core/") else [*POWERS]
        for power in powers:
            if short not in power.owners:
                for line, match in matches(source, power.pattern):
                    faults.append(Fault(name, line, f"uses {match.group()!r}"))
    return sorted(faults)


# A backup's own file is opened in backups.py: no transaction of the service runs on it.
TRANSACTION_OWNERS = ("app/storage/database.py", "app/storage/backups.py")
TRANSACTION_CALLS = {"commit", "rollback", "begin", "begin_nested", "connect", "run_sync"}
TRANSACTION_NAMES = {"Session", "AsyncSession", "sessionmaker", "create_engine", "Relationship"}


def transactions(tree: Tree) -> list[Fault]:
    """Nothing but storage/database.py begins, commits or holds a session of the service."""
    faults = []
    for path in tree.python():
        name = tree.name(path)
        if name in TRANSACTION_OWNERS:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            what = _transaction(node)
            if what:
                faults.append(Fault(name, getattr(node, "lineno", 1), what))
    return sorted(faults)


def _transaction(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return f"calls .{node.func.attr}()" if node.func.attr in TRANSACTION_CALLS else ""
    if isinstance(node, ast.alias) and node.name.split(".")[-1] in TRANSACTION_NAMES:
        return f"imports {node.name}"
    if isinstance(node, ast.Name) and node.id in TRANSACTION_NAMES:
        return f"uses {node.id}"
    return ""


def error_statuses(tree: Tree) -> list[Fault]:
    """Only api/problems.py knows HTTPException and what number an error travels under."""
    faults = []
    for path in tree.python():
        name = tree.name(path)
        if name == "app/api/problems.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            what = _status(node)
            if what:
                faults.append(Fault(name, getattr(node, "lineno", 1), what))
    return sorted(faults)


def _status(node: ast.AST) -> str:
    if isinstance(node, ast.Name | ast.alias):
        name = node.id if isinstance(node, ast.Name) else node.name
        return f"uses {name}" if name.endswith("HTTPException") else ""
    if isinstance(node, ast.Attribute) and re.match(r"HTTP_[45]\d\d_", node.attr):
        return f"uses {node.attr}"
    if isinstance(node, ast.keyword) and node.arg in ("status_code", "status"):
        is_error = isinstance(node.value, ast.Constant) and _is_error(node.value.value)
        return f"sets {node.arg} of an error" if is_error else ""
    return ""


def _is_error(value: object) -> bool:
    return isinstance(value, int) and 400 <= value < 600


EXPORTED_BOOLEAN = (
    r"export\s+(?:async\s+)?function\s+(\w+)[^{;]*?\)\s*:\s*(?:Promise<\s*)?boolean\b"
    r"|export\s+const\s+(\w+)\s*=\s*(?:async\s*)?\([^)]*\)\s*:\s*(?:Promise<\s*)?boolean\b"
)


def crypto_raises(tree: Tree) -> list[Fault]:
    """What crypto offers to others raises; it never answers True or False for 'valid'."""
    faults = []
    for path in tree.files("app/crypto", ".py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if _answers_with_a_flag(node):
                line = getattr(node, "lineno", 1)
                faults.append(Fault(tree.name(path), line, "crypto returns True or False"))
    for path in tree.files("frontend/src/crypto", ".ts"):
        source = without_comments(path.read_text("utf-8"))
        for line, match in matches(source, EXPORTED_BOOLEAN):
            name = match.group(1) or match.group(2)
            faults.append(Fault(tree.name(path), line, f"{name} returns true or false"))
    return sorted(faults)


def _answers_with_a_flag(node: ast.AST) -> bool:
    if isinstance(node, ast.Return):
        return isinstance(node.value, ast.Constant) and isinstance(node.value.value, bool)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    is_public = not node.name.startswith("_")
    return is_public and isinstance(node.returns, ast.Name) and node.returns.id == "bool"
