"""Law 1 and law 3: which floor may import which, and what the way to the plan reaches."""

from pathlib import Path, PurePosixPath

from tests.law.imports import Import, circles, python_imports, typescript_imports
from tests.law.tree import Fault, Tree

EVERYONE = {"errors", "limits"}
# Downward only; `cli` and `__main__` stand above all, and nothing may import them but each other.
PYTHON = {
    "__main__": {"cli", "main", "settings"},
    "cli": {"cli", "main", "settings", "storage", "crypto", "plan", "pages", "content"},
    "main": {"api", "services", "storage", "crypto", "content", "pages", "settings"},
    "settings": set(),
    "api": {"api", "services", "schemas", "content"},
    "schemas": {"schemas"},
    "services": {"storage", "models", "crypto", "plan"},
    "storage": {"models", "crypto"},
    "models": {"models"},
    "pages": {"pages", "content"},
    "plan": {"plan", "content"},
    "content": {"content"},
    "crypto": {"crypto"},
    "errors": set(),
    "limits": set(),
    "__init__": set(),
}
NO_SIBLINGS = {"services", "storage"}

TYPESCRIPT = {
    "main": {"ui", "ui/elements", "state", "device", "core", "generated"},
    "now": {"ui", "ui/elements", "device", "crypto", "core", "generated"},
    "early": {"device", "crypto", "core"},
    "service-worker": set[str](),
    "ui": {"ui", "ui/elements", "state", "device", "server", "crypto", "core", "generated"},
    "ui/elements": {"ui/elements", "state", "device", "crypto", "core", "generated"},
    "state": {"state", "device", "server", "crypto", "core", "generated"},
    "device": {"device", "crypto", "core", "generated"},
    "server": {"server", "crypto", "core", "generated"},
    "crypto": {"crypto", "core", "generated"},
    "core": {"core", "generated"},
}
SOURCE = "frontend/src/"
# What the way to the plan may reach, folder or file; Preact and signals are the only packages.
NOW_REACHES = (
    "ui/walk",
    "ui/elements/",
    "core/",
    "device/",
    "crypto/primitives",
    "crypto/envelope-open",
    "crypto/bytes",
    "crypto/device-open",
    "generated/",
)
NOW_PACKAGES = ("preact", "@preact/signals")
# The script inside /now asks the device and decides nothing; a type of the sealed bytes is no more.
EARLY_REACHES = (
    "device/box-stores",
    "device/database",
    "core/refused",
    *("crypto/device-open", "crypto/envelope-open", "crypto/primitives", "crypto/bytes"),
)


def python_layers(tree: Tree) -> list[Fault]:
    """Imports upward, between siblings, inside functions, and in circles."""
    faults: list[Fault] = []
    arrows: dict[str, set[str]] = {}
    for path in tree.python():
        for one in python_imports(tree, path):
            if one.target.split(".")[0] == "app":
                faults += _python_arrow(tree, path, one)
                target = _python_file(tree, one.target)
                arrows.setdefault(one.source, set()).update({target} - {one.source, ""})
    return sorted([*faults, *_told(circles(arrows))])


def _python_arrow(tree: Tree, path: Path, one: Import) -> list[Fault]:
    floor = _floor(PurePosixPath(tree.name(path)).parts[1])
    parts = one.target.split(".")
    target = _floor(parts[1]) if len(parts) > 1 else "__init__"
    allowed = PYTHON.get(floor, set()) | (EVERYONE - {floor})
    faults = []
    if target not in allowed and not (floor in NO_SIBLINGS and target == floor):
        faults.append(Fault(one.source, one.line, f"{floor} imports {target}"))
    if floor in NO_SIBLINGS and target == floor:
        faults.append(Fault(one.source, one.line, f"siblings in {floor} import each other"))
    if one.inside and floor not in ("cli", "__main__"):
        faults.append(Fault(one.source, one.line, "imports one of ours inside a function"))
    return faults


def _floor(part: str) -> str:
    """The command line may stand in several files, cli.py and cli_*.py: they are one floor."""
    name = part.removesuffix(".py")
    return "cli" if name.startswith("cli_") else name


def _python_file(tree: Tree, target: str) -> str:
    """The file that a dotted name means: `app.plan.schema.Item` is app/plan/schema.py."""
    parts = target.split(".")
    for length in range(len(parts), 0, -1):
        stem = tree.root.joinpath(*parts[:length])
        if stem.with_suffix(".py").is_file():
            return tree.name(stem.with_suffix(".py"))
    return ""


def _told(found: list[list[str]]) -> list[Fault]:
    return [Fault(circle[0], 1, "in a circle: " + " → ".join(circle)) for circle in found]


def typescript_layers(tree: Tree) -> list[Fault]:
    """Imports upward and circles; the service worker imports nothing of ours."""
    faults: list[Fault] = []
    arrows: dict[str, set[str]] = {}
    for path in tree.typescript():
        for one in typescript_imports(tree, path):
            if not one.target.startswith(SOURCE):
                continue
            floor, target = _typescript_floor(one.source), _typescript_floor(one.target)
            if target not in TYPESCRIPT.get(floor, set()):
                faults.append(Fault(one.source, one.line, f"{floor} imports {target}"))
            arrows.setdefault(_stem(one.source), set()).add(one.target)
    return sorted([*faults, *_told(circles(arrows))])


def _stem(name: str) -> str:
    return name.removesuffix(".tsx").removesuffix(".ts")


def _typescript_floor(name: str) -> str:
    folders = PurePosixPath(_stem(name)[len(SOURCE) :]).parts
    if len(folders) > 2 and folders[:2] == ("ui", "elements"):
        return "ui/elements"
    return folders[0]


def reach(tree: Tree, entry: str) -> dict[str, str]:
    """Everything that an entry imports, near or far: name → one file that imports it."""
    files = {_stem(tree.name(path)): path for path in tree.typescript()}
    found: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        for one in typescript_imports(tree, files[name]) if name in files else []:
            if one.target not in found:
                found[one.target] = one.source
                waiting.append(one.target)
    return found


def now_reaches(tree: Tree) -> list[Fault]:
    """No server, no state, no account code on the way to the plan, however far it leads."""
    return sorted(
        [*_beyond(tree, "now", NOW_REACHES, NOW_PACKAGES), *_beyond(tree, "early", EARLY_REACHES)]
    )


def _beyond(
    tree: Tree, entry: str, ours: tuple[str, ...], packages: tuple[str, ...] = ()
) -> list[Fault]:
    faults = []
    for target, importer in reach(tree, SOURCE + entry).items():
        if target.startswith(SOURCE):
            is_allowed = target[len(SOURCE) :].startswith(ours)
        else:
            is_allowed = target in packages or (
                target.split("/")[0] in packages and target.startswith("preact/")
            )
        if not is_allowed:
            faults.append(Fault(importer, 1, f"{entry} reaches {target}"))
    return faults
