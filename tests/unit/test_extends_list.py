"""`extends` with several files: what a later one says wins, and mistakes are told at their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator as validator

from simulation.results.measures.replication import simulate
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.files.reading import resolve
from simulation.scenario.jsonschema import json_schema
from simulation.scenario.load import load
from simulation.week import run
from tests.helpers import digest, person_by_person

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, **files: str) -> Path:
    """These files, each by its name; the path of the one that is called `top`."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder / "top.yaml"


def refused(path: Path) -> Problem:
    """The one reason why the file cannot be resolved."""
    with pytest.raises(InputProblems) as found:
        resolve(path)
    (problem,) = found.value.problems
    return problem


def test_a_later_file_wins_and_the_file_itself_has_the_last_word(tmp_path: Path) -> None:
    """Key by key, also within mappings; a list is replaced whole; null takes a key away."""
    top = write(
        tmp_path,
        a="x: {one: 1, two: 1, three: 1}\nlist: [1, 2, 3]\nonly_a: 1\ngone: 1\n",
        b="x: {two: 2, three: 2}\nlist: [4]\ngone: null\n",
        top="extends: [a.yaml, b.yaml]\nx: {three: 3}\n",
    )
    assert resolve(top).data == {"x": {"one": 1, "two": 2, "three": 3}, "list": [4], "only_a": 1}
    write(tmp_path, top="extends: [b.yaml, a.yaml]\nx: {three: 3}\n")
    assert resolve(top).data == {"x": {"one": 1, "two": 1, "three": 3}, "list": [1, 2, 3], "only_a": 1, "gone": 1}


def test_every_value_knows_its_file(tmp_path: Path) -> None:
    """Of each value the file and line that it was taken from."""
    top = write(tmp_path, a="x: {one: 1, two: 1}\n", b="y: 0\nx:\n  two: 2\n", top="extends: [a.yaml, b.yaml]\nz: 3\n")
    resolved = resolve(top)
    where = {path: resolved.mark(path) for path in (("x", "one"), ("x", "two"), ("z",))}
    assert {path: (Path(mark.file).name, mark.line) for path, mark in where.items()} == {
        ("x", "one"): ("a.yaml", 1), ("x", "two"): ("b.yaml", 3), ("z",): ("top.yaml", 2)
    }  # fmt: skip


def test_a_mistake_in_one_of_them_cites_who_took_it_over(tmp_path: Path) -> None:
    """The item of the list, at its own line."""
    top = write(tmp_path, a="x: 1\n", b="x: {value: 3, unit: weeks, kind: guessed, source: none}\n",
                top="extends:\n  - a.yaml\n  - b.yaml\n")  # fmt: skip
    (problem,) = resolve(top).problems
    assert "kind must be one of" in problem.message
    assert problem.mark is not None and Path(problem.mark.file).name == "b.yaml"
    assert [(Path(mark.file).name, mark.line) for mark in problem.inherited_by] == [("top.yaml", 3)]


@pytest.mark.parametrize(
    ("extends", "message", "column"),
    [
        ("[a.yaml, c.yaml]", "there is no file c.yaml beside this one", 19),
        ("[a.yaml, organisation/modell.yaml]", "did you mean 'organisation/modeller.yaml'?", 19),
        ("[a.yaml, 3]", "extends must be the name of a file, or a list of names", 19),
        ("[a.yaml, [b.yaml]]", "extends must be the name of a file, or a list of names", 19),
        ("[]", "extends must be the name of a file, or a list of names", 10),
        ("[a.yaml, top.yaml]", "top.yaml extends itself in the end", 19),
    ],
)
def test_a_file_that_is_not_there_is_told_at_its_place(extends: str, message: str, column: int, tmp_path: Path) -> None:
    """At the item of the list."""
    (tmp_path / "organisation").mkdir()
    top = write(tmp_path, a="x: 1\n", **{"organisation/modeller": "y: 1\n"}, top=f"extends: {extends}\n")
    problem = refused(top)
    assert message in problem.message and problem.path == "extends"
    assert problem.mark is not None
    assert (problem.mark.file, problem.mark.line, problem.mark.column) == (str(top), 1, column)


def test_the_same_file_twice_is_the_same_as_once(tmp_path: Path) -> None:
    """Two files may extend a common one: that is no circle."""
    top = write(tmp_path, a="x: 1\n", b="extends: a.yaml\ny: 2\n", c="extends: a.yaml\nz: 3\n",
                top="extends: [b.yaml, c.yaml]\n")  # fmt: skip
    assert resolve(top).data == {"x": 1, "y": 2, "z": 3}


def test_a_common_file_does_not_win_over_what_was_said_before(tmp_path: Path) -> None:
    """The later file stands as resolved, with what it extends: so `x` is that of a.yaml again, as documented."""
    top = write(tmp_path, a="x: 1\n", b="extends: a.yaml\nx: 2\n", c="extends: a.yaml\nz: 3\n",
                top="extends: [b.yaml, c.yaml]\n")  # fmt: skip
    assert resolve(top).data == {"x": 1, "z": 3}


@pytest.mark.parametrize(
    ("extends", "right"),
    [("a.yaml", True), (["a.yaml"], True), (["a.yaml", "b.yaml"], True), ([], False), ([3], False), (3, False),
     (["a.yaml", {"part": "p", "arms": ["x"], "as": {"a": "b"}}], True), (["a.yaml", {"part": "p", "arm": []}], False),
     (["a.yaml", {"arms": ["x"]}], False), ([{"part": "p", "arms": {"x": ["y"]}, "jobcentres": ["z"]}], True)],
)
def test_the_schema_for_editors_knows_lists(extends: object, right: bool) -> None:
    """A name, or a list of one name or more."""
    assert validator({"type": "object", **json_schema()}).is_valid({"version": 2, "extends": extends}) == right


# --- a part taken into another scenario -----------------------------------------------------------------------------

SHIPPED = [str(ROOT / "scenarios" / name) for name in ("paa_rette_vej_i_job.yaml", "organisation/modeller.yaml")]
FEW = {"intake.persons": 40, "replications": 1}


def test_models_that_nobody_chooses_change_nobody(tmp_path: Path) -> None:
    """The file of models on another scenario: the same to the last bit."""
    top = write(tmp_path, top=f"extends: {SHIPPED}\n")
    before, after = (simulate(load(path, FEW).scenario, [0]) for path in (SHIPPED[0], top))
    assert digest(before) == digest(after)


def test_a_model_of_one_jobcentre_changes_nobody_in_the_others(tmp_path: Path) -> None:
    """Nyborg by the minimum model, minutes scarce everywhere: talks move there, and nowhere else."""
    top = write(tmp_path, top=f"extends: {SHIPPED}\njobcentres: {{nyborg: {{organisation_model: minimumsmodel}}}}\n")
    scarce = FEW | {"teams.projekt.minutes_per_week": 300, "teams.ordinaer.minutes_per_week": 300}
    before, after = (run(load(path, scarce).scenario, [0]) for path in (SHIPPED[0], top))
    old, new = (person_by_person(world, world.register.codes) for world in (before, after))
    assert {place for (_, place), codes in old.items() if (codes != new[0, place]).any()} == {"nyborg"}
