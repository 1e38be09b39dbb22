"""The shape of the program: imports go one way and never in a circle, a kind of intervention knows no other kind, and
no file grows into two ideas."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from simulation.results.identity import PROGRAM

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "simulation"
ORDER = (
    "world", "interventions", "scenario", "municipal", "opening", "week", "large", "results", "experiments", "economy",
    "report", "app", "cli",
)  # fmt: skip
"""A part may import from itself and from those to its left."""
OF_FILES = ("simulation.scenario.files.problems", "simulation.scenario.files.regular", "simulation.world.labels")
"""What `municipal` has in common with the simulation, which does not know it: the command line alone does."""
LONGEST = 300
FILES = sorted(PACKAGE.rglob("*.py"))
EVERY_FILE = FILES + sorted((ROOT / "calibration").rglob("*.py"))
KINDS = PACKAGE / "interventions"
SHARED = ("contract", "parts")
"""What kinds may import of `interventions` beside themselves, in the order in which it may import of itself."""


def part_of(module: str) -> str:
    """world of simulation.world.draws, "" of simulation itself."""
    return [*module.split("."), ""][1]


def imported(
    tree: ast.AST, module: str, is_package: bool, of: tuple[str, ...] = ("simulation",)
) -> Iterator[str]:
    """Full names of the modules of these packages that a file imports, wherever in it and however written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")[: len(module.split(".")) - node.level + is_package]
                base = ".".join([*parents, base]).rstrip(".")
            names = [f"{base}.{alias.name}" for alias in node.names] if base in of else [base]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in of)


def module_of(file: Path) -> tuple[str, bool]:
    """Dotted name of a file, and whether it is a package."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return (".".join(parts[:-1]), True) if parts[-1] == "__init__" else (".".join(parts), False)


@cache
def imports_of(file: Path) -> tuple[str, ...]:
    """What a file of the program imports of the program and of what lies beside it."""
    tree, (module, is_package) = ast.parse(file.read_text(encoding="utf-8")), module_of(file)
    return tuple(imported(tree, module, is_package, ("simulation", "calibration", "tests", "benchmarks")))


def within_program(file: Path) -> list[str]:
    """The part of it that is of the simulation."""
    return [name for name in imports_of(file) if name.split(".")[0] == PACKAGE.name]


def against_the_arrow(file: Path) -> list[str]:
    """What a file imports although it may not."""
    own = part_of(module_of(file)[0])
    allowed = [part for part in ORDER[: ORDER.index(own) + 1] if part != "municipal" or own in ("municipal", "cli")]
    names = within_program(file)
    if own == "municipal":
        return [name for name in names if part_of(name) != own and not name.startswith(OF_FILES)]
    return [name for name in names if part_of(name) not in allowed]


INSIDE = [file for file in FILES if file != PACKAGE / "__init__.py"]  # the front door may offer what lies behind it


@pytest.mark.parametrize("file", INSIDE, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(file: Path) -> None:
    """world ← interventions ← scenario ← municipal ← opening ← week ← large ← results ← ... ← report ← app ← cli."""
    assert part_of(module_of(file)[0]) in ORDER, "a new part of the program needs its place in ORDER"
    assert against_the_arrow(file) == []


@pytest.mark.parametrize(
    "written",
    [
        "import simulation.scenario.load",
        "from simulation.scenario import load",
        "from simulation.scenario.load import load",
        "from simulation import scenario",
        "from simulation import week as w",
        "from ..scenario import load",
        "from .. import cli",
        "def later():\n    from simulation.report.text import table",
    ],
)
def test_an_import_against_the_arrow_is_seen(written: str) -> None:
    """However it is written, from simulation.world.draws."""
    names = list(imported(ast.parse(written), "simulation.world.draws", is_package=False))
    assert [part_of(name) in ORDER[1:] for name in names] == [True]


@pytest.mark.parametrize(
    "written", ["import numpy", "from . import spec", "from .spec import Ids", "import simulation2"]
)
def test_other_imports_are_left_alone(written: str) -> None:
    """Other packages, and one's own part."""
    names = list(imported(ast.parse(written), "simulation.world.draws", is_package=False))
    assert all(part_of(name) == "world" for name in names)


def room_of(module: str) -> str:
    """The room of `interventions` that a module lies in: `contract`, `parts`, or a kind; "" for the list itself."""
    return [*module.split("."), "", ""][2]


@pytest.mark.parametrize("file", sorted(KINDS.rglob("*.py")), ids=lambda file: file.relative_to(KINDS).as_posix())
def test_kinds_know_no_other_kind(file: Path) -> None:
    """contract ← parts ← kinds ← the list; inside a kind settings ← running."""
    module, names = module_of(file)[0], set(within_program(file))
    inside = {name for name in names if part_of(name) == "interventions"}
    own = room_of(module)
    if own == "":
        return  # the list knows all
    allowed = SHARED[: SHARED.index(own) + 1] if own in SHARED else (*SHARED, own)
    assert {name for name in inside if room_of(name) not in allowed} == set()
    if module.endswith(".settings"):
        assert not {name for name in inside if name.endswith(".running")}


def test_there_are_few_rooms() -> None:
    """Contract, parts, the list, and a file or folder for every kind, by the word that a scenario writes."""
    from simulation.interventions import KINDS as KNOWN

    rooms = {path.stem for path in KINDS.iterdir() if path.name != "__pycache__"}
    assert rooms == {"__init__", *SHARED, *KNOWN}
    assert len(rooms) <= 20


def circles(of: dict[str, set[str]]) -> set[frozenset[str]]:
    """Pairs of modules each of which imports the other, directly or by way of others."""
    reach = {module: set(names) for module, names in of.items()}
    for between in of:  # Warshall
        for names in reach.values():
            if between in names:
                names |= reach[between]
    return {frozenset((one, other)) for one in of for other in reach[one] & of.keys() if one in reach[other]}


def test_there_is_no_circle() -> None:
    """Imports for types alone count too."""
    modules = {module_of(file)[0]: file for file in EVERY_FILE}
    of: dict[str, set[str]] = {}
    for module, file in modules.items():
        of[module] = {name for name in imports_of(file) if name in modules and name != module}
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == {
        frozenset(pair) for pair in (("a",), ("b",), ("c",), ("a", "b"), ("b", "c"), ("a", "c"))
    }
    assert circles(of) == set()


@pytest.mark.parametrize("file", EVERY_FILE, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_file_is_two_ideas(file: Path) -> None:
    """When a file grows above 300 lines, it is time to divide it."""
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_program_does_not_import_its_tests() -> None:
    """Least of all the reference engine, which is there to disagree. Calibration is behind the command line alone."""
    for file in FILES:
        others = ("tests", "benchmarks") if file.parent.name == "cli" else ("tests", "benchmarks", "calibration")
        assert not [name for name in imports_of(file) if name.split(".")[0] in others], file


def test_a_result_is_named_by_the_text_of_the_whole_program() -> None:
    """Wherever the file that names it is moved to: any change of the program gives its results another name."""
    assert PROGRAM == PACKAGE
