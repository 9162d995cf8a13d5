"""The law of the house: each check on the real tree, and red on a fault planted for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Figure
from tests.law import budget, layers, powers, screen, sealed, shape
from tests.law.plants import CLEAN, PLANTS, Plant
from tests.law.tree import ROOT, Fault, Tree

Check = Callable[[Tree], list[Fault]]

LAW: dict[str, Check] = {
    "1 python imports only downward": layers.python_layers,
    "1 typescript imports only downward": layers.typescript_layers,
    "2 a package has one owner": powers.package_owners,
    "2 a power of the browser has one owner": powers.browser_owners,
    "3 the way to the plan reaches little": layers.now_reaches,
    "4 transactions live in one place": powers.transactions,
    "5 error statuses live in one place": powers.error_statuses,
    "5 crypto raises": powers.crypto_raises,
    "6 a version has a vector": sealed.versions_have_vectors,
    "6 vectors stay": lambda tree: sealed.vectors_stay(tree, sealed.pinned()),
    "7 a file opens with a sentence": shape.first_sentences,
    "7 a file is short": shape.long_files,
    "7 a function is short": shape.long_functions,
    "8 colours are roles": screen.colours,
    "8 scripts hold no words": screen.script_words,
    "8 templates hold no words": screen.template_words,
    "9 typescript is the smaller part": budget.typescript_is_smaller,
    "10 fields keep to themselves": screen.quiet_fields,
}


@pytest.mark.parametrize("law", LAW)
def test_the_tree_keeps_the_law(law: str) -> None:
    faults = LAW[law](Tree(ROOT))
    assert not faults, "\n" + "\n".join(str(fault) for fault in faults)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.law}: {plant.why}")
def test_a_planted_fault_turns_its_check_red(plant: Plant, tmp_path: Path) -> None:
    write(tmp_path, plant.files)
    faults = LAW[plant.law](Tree(tmp_path))
    assert plant.file in {fault.file for fault in faults}, faults


@pytest.mark.parametrize("law", LAW)
def test_what_looks_like_a_fault_and_is_none_stays_green(law: str, tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    check = LAW[law]
    if law == "6 vectors stay":
        check = no_pins
    assert check(Tree(tmp_path)) == []


def no_pins(tree: Tree) -> list[Fault]:
    name = "envelope-v1.json"
    pins = {name: sorted(sealed.entries(tree.root / "tests/vectors" / name))}
    return sealed.vectors_stay(tree, pins)


@pytest.mark.parametrize("law", LAW)
def test_every_law_has_a_planted_fault(law: str) -> None:
    assert any(plant.law == law for plant in PLANTS)


def test_the_figures_of_the_law_are_printed(figure: Figure) -> None:
    typescript, python = budget.lines(Tree(ROOT))
    table = shape.histogram(Tree(ROOT))
    figure(f"TypeScript {typescript} lines (≤ 6000), app {python} lines\n{table}")
    assert typescript
    assert python


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
