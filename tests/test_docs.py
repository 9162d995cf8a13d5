"""The documents: links lead somewhere, commands are run by this suite, decisions are short."""

import re
from pathlib import Path

import pytest

from tests.law.tree import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))
HEADINGS = ["Context", "Decision", "Consequences", "Alternatives"]
# A command that the documents show, and what in this repository runs it.
RUN_BY = {
    "make run": ".ci/run",
    "make test": ".ci/run",
}


def names(pages: list[Path]) -> list[str]:
    return [page.relative_to(ROOT).as_posix() for page in pages]


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead_links(page) == []


def dead_links(page: Path) -> list[str]:
    """Links to files that are not there and to headings that no page has."""
    dead = []
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"(https?|mailto|tel|sms):", target):
            continue
        name, _, heading = target.partition("#")
        file = (page.parent / name) if name else page
        if not file.exists() or (heading and heading not in anchors(file)):
            dead.append(target)
    return dead


def anchors(page: Path) -> set[str]:
    if page.suffix != ".md":
        return set()
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(text: str) -> list[str]:
    """Every line of a shell fence, without its comment and its prompt."""
    fences = re.findall(r"```(?:sh|bash|console|shell)\n(.*?)```", text, re.S)
    lines = [
        line.split(" #")[0].strip().removeprefix("$ ") for f in fences for line in f.splitlines()
    ]
    return [line for line in lines if line and not line.startswith("#")]


def test_the_readme_shows_the_two_commands() -> None:
    assert set(commands((ROOT / "README.md").read_text("utf-8"))) >= {"make run", "make test"}


def test_every_command_of_the_readme_is_run_by_this_suite() -> None:
    assert [
        one for one in commands((ROOT / "README.md").read_text("utf-8")) if not is_run(one)
    ] == []


def is_run(command: str) -> bool:
    """Known by name, or a command of ours whose words stand in a test or in .ci/run."""
    if command in RUN_BY:
        return (ROOT / RUN_BY[command]).is_file()
    if command.startswith(("git clone", "cd ")):
        return True
    words = re.sub(r"^(\S*python3?|\.venv/bin/python) -m app ", "", command).split()
    if command.startswith("make "):
        words = command.split()
    return any(_names_all(path.read_text("utf-8"), words) for path in _running())


def _running() -> list[Path]:
    tests = [*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("tests/journeys/*.py")]
    return [ROOT / ".ci/run", *(path for path in tests if path.name != Path(__file__).name)]


def _names_all(text: str, words: list[str]) -> bool:
    plain = [word for word in words if re.fullmatch(r"[a-z][a-z-]+", word)]
    return bool(plain) and all(
        re.search(rf"[\"' ]{re.escape(word)}[\"' ,]", text) for word in plain
    )


@pytest.mark.parametrize("page", DECISIONS, ids=names(DECISIONS))
def test_a_decision_is_short_and_has_its_four_parts(page: Path) -> None:
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}_[a-z0-9-]+\.md", page.name)
    assert decision_faults(page.read_text("utf-8")) == []


def decision_faults(text: str) -> list[str]:
    faults = []
    if text.count("\n") > 50:
        faults.append("longer than 50 lines")
    if re.findall(r"^## (.+)$", text, re.M) != HEADINGS:
        faults.append(f"its headings are not {HEADINGS}")
    return faults


def test_there_are_decisions() -> None:
    assert DECISIONS


def test_a_dead_link_an_unrun_command_and_a_long_decision_are_seen(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("# One heading\n[a](gone.md) [b](#one-heading) [c](#two) [d](https://x.test)\n")
    assert dead_links(page) == ["gone.md", "#two"]
    assert commands("```sh\n$ make sail # now\n\n# no\n```\n```json\n{}\n```") == ["make sail"]
    assert not is_run("make sail-away")
    assert decision_faults("## Context\n" + "\n" * 60) == [
        "longer than 50 lines",
        f"its headings are not {HEADINGS}",
    ]


MACHINE = re.compile(r"(^|[^.\w])/(work|home|root|tmp)/[a-z]")


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_no_page_names_a_path_of_one_machine(page: Path) -> None:
    assert MACHINE.search(page.read_text("utf-8")) is None
