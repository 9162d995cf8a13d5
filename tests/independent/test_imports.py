"""The independent client stays independent: its own imports are read, and it runs without app/."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
OURS = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()} | {"app"}
# The generator of damage and a bare PostgreSQL are shared; cryptography and HTTP are not.
ALLOWED = ("tests.independent.", "tests.vectors.mutations.", "tests.postgres")
BY_CALL = {"import_module", "__import__", "exec", "eval", "run_path", "run_module"}


def foreign_imports(source: str) -> list[str]:
    """Modules of this project outside of the client's own, and imports that hide in a call."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{one.name}" for one in node.names]
        elif isinstance(node, ast.Name) and node.id in BY_CALL:
            found.append(f"app by {node.id}")
    ours = [name for name in found if name.replace(" ", ".").split(".")[0] in OURS]
    return [name for name in ours if not f"{name}.".startswith(ALLOWED)]


PLANTED = (
    "import app",
    "import json, app.main as main",
    "from app import crypto",
    "def later():\n    from app.crypto.envelope import seal",
    "from tests.plan import cases",
    "found = __import__('app.crypto')",
)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_the_client_imports_nothing_of_the_app(path: Path) -> None:
    assert foreign_imports(path.read_text("utf-8")) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_import_of_the_app_is_found(planted: str) -> None:
    assert foreign_imports(f"import json\n{planted}\n")


def test_the_client_runs_where_no_app_was_ever_loaded() -> None:
    modules = [path.stem for path in FOLDER.glob("[a-z]*.py") if path.stem != "conftest"]
    client = [f"tests.independent.{name}" for name in modules if not name.startswith("test_")]
    told = f"import {', '.join(client)}; import sys; print('app' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "False\n"
