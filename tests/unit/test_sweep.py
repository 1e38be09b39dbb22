"""The sweep: axes and their steps, the grid, what is kept of a point, and the smallest staffing."""

from __future__ import annotations

import math
import pathlib
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from simulation import compare, load, run, sweep
from simulation.experiments.points import Points
from simulation.experiments.swept import Smallest, smallest_of
from simulation.report.sweep.text import sweep_text
from simulation.report.text import compare_table, run_table
from simulation.results.ends import FEW
from simulation.results.intervals import Estimate, estimate
from simulation.results.names import Figure, Group, figure_of
from simulation.scenario.axes import Service, Steps, Sweep, read_options
from simulation.scenario.files.problems import InputProblems
from tests.sweeps import write


@pytest.mark.parametrize(
    ("start", "stop", "step", "values"),
    [
        (2, 10, 1, list(range(2, 11))),
        (2, 3, 0.1, [2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9, 3.0]),
        (0.1, 0.3, 0.1, [0.1, 0.2, 0.3]),
        (1e-3, 3e-3, 1e-3, [0.001, 0.002, 0.003]),
        (-1, 1, 1, [-1, 0, 1]),
        (4, 4, 1, [4]),
    ],
)
def test_steps_are_decimal_and_end_where_they_say(start: float, stop: float, step: float, values: list[float]) -> None:
    """No error adds up, and whole numbers are whole."""
    found = Steps(start=start, stop=stop, step=step).values()
    assert [repr(value) for value in found] == [repr(value) for value in values]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ({"start": 3, "stop": 2, "step": 1}, "must not be below start"),
        ({"start": 2, "stop": 3, "step": 0}, "greater than 0"),
        ({"start": 2, "stop": 3, "step": -1}, "greater than 0"),
        ({"start": 2, "stop": 10, "step": 3}, "steps of 3 from 2 lead to 8 and 11, not to 10"),
        ({"start": 0, "stop": 1, "step": 1e-6}, "1,000,001 values"),
    ],
)
def test_steps_that_lead_nowhere_are_refused(steps: dict[str, float], said: str) -> None:
    """Each with its reason."""
    with pytest.raises(ValidationError, match=said):
        Sweep.model_validate({"over": {"weeks": steps}})


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2:4:1", (2, 3, 4)),
        ("2:3:0.5", (2.0, 2.5, 3.0)),
        ("2,3", (2, 3)),
        ("pooled,personal", ("pooled", "personal")),
        ("null, 25", (None, 25)),
        ("[a, true, 1e-3]", ("a", True, 0.001)),
    ],
)
def test_the_command_line_is_read_as_a_file_would_be(text: str, values: tuple[Any, ...]) -> None:
    """Steps, lists and words."""
    said = read_options([f"a.b={text}"], (), None, None)
    assert not said.problems
    raw, _ = said.over["a.b"]
    assert Sweep.model_validate({"over": {"a.b": raw}}).axes() == {"a.b": values}


@pytest.mark.parametrize("text", ["a", "=1", "a=", "a=1:2", "a=1,,2", "a=1:x:2", "a=50%", "a=[1"])
def test_what_cannot_be_read_is_said_with_what_was_typed(text: str) -> None:
    """And nothing is raised, so that all is told at once."""
    (problem,) = read_options([text], (), None, None).problems
    assert problem.mark is not None and problem.mark.file == f"--over {text}" and problem.mark.line == 0


def test_a_point_is_the_run_of_the_same_value(tmp_path: pathlib.Path) -> None:
    """Exactly, at every point and in every replication, whatever the order of the axes; the base is the file."""
    loaded = load(write(tmp_path))
    over = {"teams.team.fte": [1, 2.5], "interventions.samtaler.channels.personlig.attendance": [1.0, 0.5]}
    found = sweep(loaded, over, replications=3)
    turned = sweep(loaded, dict(reversed(over.items())), replications=3)
    for n, (fte, attendance) in enumerate(found.grid.points):
        alone = run(loaded.with_(dict(zip(over, (fte, attendance), strict=True))), replications=3)
        m = turned.grid.number[attendance, fte]
        for figure, values in found.columns.items():
            np.testing.assert_array_equal(values[n], turned.columns[figure][m])
            np.testing.assert_array_equal(values[n], alone.values(figure))
    base = run(loaded, replications=3)
    np.testing.assert_array_equal(found.columns[Figure("exit_job")][-1], base.values(("exit_job", "alle", None)))
    assert found.grid.base is None and set(found.table().query("point == 'base'")["difference"].dropna()) == {0.0}


def test_the_scenario_as_written_is_not_run_twice(tmp_path: pathlib.Path) -> None:
    """Where a point says nothing else than the file, it is the base, also if it says it otherwise."""
    loaded = load(write(tmp_path))
    found = sweep(loaded, {"teams.team.fte": [1, 2.0], "teams.team.caseload": ["pooled"]}, replications=1)
    assert found.grid.base == 1
    table = found.table()
    assert set(table["point"]) == {"1", "2"} and set(table[table["is_base"]]["teams.team.fte"]) == {2.0}


def test_minutes_are_those_of_the_utilisation(tmp_path: pathlib.Path) -> None:
    """talk_minutes is utilisation × minutes there are."""
    found = sweep(load(write(tmp_path)), {"teams.team.fte": [1, 3]}, replications=2)
    used, share = found.columns[Figure("talk_minutes")], found.columns[Figure("utilisation")]
    np.testing.assert_allclose(used, share * 300 * np.array([1, 3, 2])[:, None])


def test_figures_are_kept_to_the_last_bit(tmp_path: pathlib.Path) -> None:
    """What is read is what was written; what is broken is done again."""
    one, of_arm, none = Figure("a"), Figure("b", Group("arm", "x")), Figure("c")
    figures = {one: 0.1 + 0.2, of_arm: math.pi * 1e-300, none: math.nan}
    points = Points(tmp_path / "points", figure_of)
    points.keep(None, {0: figures})
    points.keep(3, {1: figures, 2: {one: 1 / 3}})
    (tmp_path / "points" / "00004-0-1.json").write_text('{"point": 4, "repl', encoding="utf-8")
    again = Points(tmp_path / "points", figure_of)
    assert again.read() == 3
    assert again.missing(3, 5, 2) == [[0, 3], [4]] and again.missing(4, 2, 5) == [[0, 1]]
    read = again.done[None][0]
    assert read[one] == 0.1 + 0.2 and read[of_arm] == math.pi * 1e-300 and math.isnan(read[none])
    assert again.done[3][2][one] == 1 / 3


def between(low: float, high: float) -> Estimate:
    """A figure with this interval."""
    mid = (low + high) / 2
    return estimate(np.full(FEW, mid))._replace(low=low, high=high)


LEAST = Service(outcome="on_time_share", at_least=0.9, staff="f")
MOST = Service(outcome="wait_caseworker_all", at_most=1, staff="f")


@pytest.mark.parametrize(
    ("service", "intervals", "answer"),
    [
        (LEAST, [(0.5, 0.6), (0.88, 0.94), (0.9, 0.95), (0.97, 1.0)], Smallest({}, 2, 1, (), 3, 0)),
        (LEAST, [(0.91, 0.92), (0.8, 0.9), (0.95, 0.99)], Smallest({}, 0, 0, (1,), 2, 0)),
        (LEAST, [(0.5, 0.6), (0.88, 0.94)], Smallest({}, None, 1, (), 1, 0)),
        (LEAST, [(0.5, 0.6), (0.4, 0.5)], Smallest({}, None, None, (), 0, 0)),
        (LEAST, [(math.nan, math.nan)], Smallest({}, None, None, (), None, 0)),
        (MOST, [(3.0, 4.0), (0.5, 1.5), (0.2, 1.0), (0.0, 0.1)], Smallest({}, 2, 1, (), 3, 0)),
    ],
)
def test_the_smallest_staffing_is_sure(
    service: Service, intervals: list[tuple[float, float]], answer: Smallest
) -> None:
    """By the end of the interval; the mean alone is told apart, and so is a larger staffing that fails again."""
    estimates = [between(low, high) for low, high in intervals]
    assert smallest_of(service, {}, list(range(len(estimates))), estimates) == answer


@pytest.mark.parametrize(("n", "of"), [(FEW - 1, FEW - 1), (2, 2), (FEW, FEW + 1)])
def test_few_replications_or_such_that_lack_the_figure_are_never_sure(n: int, of: int) -> None:
    """However narrow the interval."""
    narrow = between(0.95, 0.96)._replace(n=n, of=of)
    assert smallest_of(LEAST, {}, [0], [narrow]) == Smallest({}, None, 0, (), 0, 0)
    assert smallest_of(LEAST, {}, [0], [between(0.95, 0.96)]) == Smallest({}, 0, 0, (), 0, 0)


def test_one_replication_is_never_sure(tmp_path: pathlib.Path) -> None:
    """It has no interval."""
    found = sweep(load(write(tmp_path)), {"teams.team.fte": [1, 9]}, replications=1, service="on_time_share>=0.3")
    (answer,) = found.smallest()
    assert answer.sure is None and answer.mean == 1
    text = " ".join(sweep_text(found).split())
    assert "Best in 1 replication, luck not measured: 9 (" in text
    assert "Mean of 1 replication of 60 ledige at every point, all by the same luck. Of one replication, so" in text
    assert "±" not in text


@pytest.mark.parametrize(("level", "told"), [("0.3", "from 9 ("), ("1", "none meets it in the mean")])
def test_what_is_best_in_few_replications_may_be_luck(level: str, told: str, tmp_path: pathlib.Path) -> None:
    """Only from ten replications on is a staffing called best without more."""
    grid = {"teams.team.fte": [1, 9]}
    for n, best in ((FEW - 1, f". Best in {FEW - 1} replications, perhaps by luck: 9 ("), (FEW, ". Best: 9 (")):
        found = sweep(load(write(tmp_path)), grid, replications=n, service=f"on_time_share>={level}")
        text = " ".join(sweep_text(found).split())
        assert best in text or (level == "0.3" and n == FEW and "► 9 (" in text)
        assert (told in text) == (n < FEW)
        assert "± or [ ] is the simulation error, 95 %, of the figure" in text


@pytest.mark.parametrize("n", [1, 2])
def test_tables_of_one_replication_say_that_luck_was_not_measured(n: int, tmp_path: pathlib.Path) -> None:
    loaded = load(write(tmp_path))
    texts = [run_table(run(loaded, n)), compare_table(compare(loaded, loaded.with_({"teams.team.fte": 9}), n))]
    for text in texts:
        note = " ".join(text.split())
        assert ("so that luck was not measured" in note) == (n == 1)
        assert ("± or [ ] is the simulation error" in note) == (n == 2)


def test_what_is_wrong_is_raised_in_a_notebook(tmp_path: pathlib.Path) -> None:
    """All of it."""
    with pytest.raises(InputProblems) as caught:
        sweep(load(write(tmp_path)), {"teams.team.fte": [1, -1], "teams.taem.fte": range(3)}, outcomes=["exit_jbo"])
    said = str(caught.value)
    assert "must be 0 or more (got -1)" in said and "did you mean 'team'" in said and "did you mean 'exit_job'" in said
    with pytest.raises(InputProblems, match="nothing is swept"):
        sweep(load(write(tmp_path)))


def test_what_has_no_figure_anywhere_is_not_said_to_stay_the_same(tmp_path: pathlib.Path) -> None:
    """Nobody comes to a talk, so of nobody who had one is there a wait; everybody waits to the end."""
    attendance = "interventions.samtaler.channels.personlig.attendance"
    loaded = load(write(tmp_path), {attendance: 0.0})
    text = sweep_text(sweep(loaded, {"teams.team.fte": [1, 2]}, replications=2))
    assert "No figure at any point: wait_first_talk of alle, staff_cost of alle." in text
    assert "wait_first_talk of" not in text.partition("Exactly the same")[2].partition("No figure")[0]
