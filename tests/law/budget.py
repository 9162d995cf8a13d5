"""Law 9: what does not need the plan's key is Python, so TypeScript stays the smaller part."""

from tests.law.tree import Fault, Tree

MOST_TYPESCRIPT = 6_000


def lines(tree: Tree) -> tuple[int, int]:
    """Lines of TypeScript without tests, and of Python and templates in app/."""
    typescript = sum(path.read_text("utf-8").count("\n") for path in tree.typescript())
    python = sum(
        path.read_text("utf-8").count("\n") for path in tree.files("app", ".py", ".html", ".j2")
    )
    return typescript, python


def typescript_is_smaller(tree: Tree) -> list[Fault]:
    typescript, python = lines(tree)
    faults = []
    if typescript > MOST_TYPESCRIPT:
        faults.append(Fault("frontend/src", 1, f"{typescript} lines, at most {MOST_TYPESCRIPT}"))
    if typescript > python:
        faults.append(Fault("frontend/src", 1, f"{typescript} lines against {python} of app/"))
    return faults
