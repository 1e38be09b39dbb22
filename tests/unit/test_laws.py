"""From what values are drawn: closed forms of every law, and which value has which."""

from __future__ import annotations

import math
import pathlib
from functools import partial

import numpy as np
import pytest

from simulation import load
from simulation.scenario.fields import Number, number_at
from simulation.scenario.files.problems import InputProblems, Mark
from simulation.scenario.files.sourced import Origin
from simulation.scenario.laws import Counted, Law, Normal, OfMean, Ranged, Tied, law_of, tilted
from simulation.scenario.unsure import unsure_values
from tests.sweeps import MOVING, SMALL

EVEN = (np.arange(4000) + 0.5) / 4000
HERE = Mark("", 1, 1)
SHARES = {"4": 0.2, "8": 0.3, "13": 0.5, "20": 0.0}


def _the_chance(u: float, _: str) -> float:
    return u


def evenly(law: Law) -> np.ndarray:
    """A law of one number at evenly spread chances, so that its moments are those of the distribution."""
    return np.array([law.drawn(partial(_the_chance, u), "x") for u in EVEN])


def by_luck(law: Law, draws: int = 4000) -> list[dict[str, float]]:
    luck = np.random.default_rng(3)
    return [law.drawn(lambda _: float(luck.uniform(1e-12, 1)), "x") for _ in range(draws)]


def test_a_log_uniform_range_has_its_mean() -> None:
    """(b − a) / ln(b / a), and half of the draws lie below the geometric mean."""
    drawn = evenly(Ranged(0.25, 4.0, log=True, whole=False))
    assert drawn.mean() == pytest.approx(3.75 / math.log(16), rel=1e-5)
    assert (drawn < 1).mean() == 0.5 and drawn.min() >= 0.25 and drawn.max() <= 4


def test_a_uniform_range_has_its_moments() -> None:
    drawn = evenly(Ranged(-0.2, 1.0, log=False, whole=False))
    assert drawn.mean() == pytest.approx(0.4) and drawn.var() == pytest.approx(1.44 / 12, rel=1e-5)


@pytest.mark.parametrize("log", [False, True])
def test_whole_numbers_stay_whole_and_the_ends_count_in_full(log: bool) -> None:
    drawn = evenly(Ranged(2, 6, log=log, whole=True))
    values, counts = np.unique(drawn, return_counts=True)
    ends = np.arange(1.5, 7)
    exact = np.diff(np.log(ends)) / np.log(6.5 / 1.5) if log else np.full(5, 0.2)
    assert values.tolist() == [2, 3, 4, 5, 6] and counts / 4000 == pytest.approx(exact, abs=5e-4)


def test_a_standard_error_is_that_of_a_normal_and_limits_cut_it() -> None:
    free = evenly(Normal(0.15, 0.12, -math.inf, math.inf, whole=False))
    assert free.mean() == pytest.approx(0.15) and free.std() == pytest.approx(0.12, rel=1e-3)
    cut = evenly(Normal(0.0, 1.0, 0.0, 5.0, whole=False))  # half a normal: mean √(2/π)
    assert cut.min() > 0 and cut.mean() == pytest.approx(math.sqrt(2 / math.pi), rel=1e-3)


def test_a_tilted_distribution_adds_up_to_one_and_has_its_mean() -> None:
    for mean in (4.1, 7.0, 9.7, 12.9):
        found = tilted(SHARES, mean)
        assert sum(found.values()) == pytest.approx(1, abs=1e-12) and found["20"] == 0
        assert sum(float(key) * share for key, share in found.items()) == pytest.approx(mean, abs=1e-8)
    assert tilted(SHARES, 0.8 + 2.4 + 6.5) == pytest.approx(SHARES)
    means = [sum(float(key) * share for key, share in each.items())
             for each in by_luck(OfMean(SHARES, Ranged(6, 12, log=False, whole=False)), 400)]  # fmt: skip
    assert np.mean(means) == pytest.approx(9, abs=4 * math.sqrt(3 / 400))


def test_counted_shares_are_dirichlet() -> None:
    """Means are the shares, variances s (1 − s) / (c + 1), within 5 standard errors of 4,000 draws."""
    drawn = by_luck(Counted(SHARES, 20.0))
    for key, share in SHARES.items():
        values = np.array([each[key] for each in drawn])
        variance = share * (1 - share) / 21
        assert values.mean() == pytest.approx(share, abs=5 * math.sqrt(variance / 4000))
        assert values.var() == pytest.approx(variance, rel=0.15)
    assert all(sum(each.values()) == pytest.approx(1, abs=1e-12) for each in drawn)


def test_tied_shares_add_up_to_one_within_their_ranges() -> None:
    """Two that are complements: one is uniform and the other what is left. Three: all that is possible is equally
    likely, so the two with the same range have the same mean."""
    two = Tied({"a": 0.3, "b": 0.7}, {key: Ranged(*ends, log=False, whole=False)
                                      for key, ends in {"a": (0.15, 0.5), "b": (0.5, 0.85)}.items()}, ())  # fmt: skip
    drawn = by_luck(two)
    a = np.array([each["a"] for each in drawn])
    assert all(each["a"] + each["b"] == pytest.approx(1, abs=1e-12) for each in drawn)
    assert a.mean() == pytest.approx(0.325, abs=5 * 0.35 / math.sqrt(12 * 4000))
    assert a.var() == pytest.approx(0.35**2 / 12, rel=0.1)
    ranges = {"a": (0.1, 0.5), "b": (0.1, 0.5), "c": (0.2, 0.6)}
    three = by_luck(Tied({"a": 0.3, "b": 0.3, "c": 0.4}, {k: Ranged(*ends, log=False, whole=False)
                                                          for k, ends in ranges.items()}, ()))  # fmt: skip
    columns = {key: np.array([each[key] for each in three]) for key in ranges}
    assert sum(columns.values()) == pytest.approx(np.ones(4000), abs=1e-12)
    for key, (low, high) in ranges.items():
        assert columns[key].min() >= low - 1e-12 and columns[key].max() <= high + 1e-12
    assert columns["a"].mean() == pytest.approx(columns["b"].mean(), abs=0.012)


def test_the_rest_shares_what_is_left_and_what_is_known_stays() -> None:
    law = Tied({"a": 0.4, "b": 0.2, "c": 0.1, "d": 0.3}, {"a": Ranged(0.3, 0.5, log=False, whole=False)}, ("b", "c"))
    for each in by_luck(law, 50):
        assert set(each) == {"a", "b", "c"} and each["b"] == pytest.approx(2 * each["c"])
        assert sum(each.values()) == pytest.approx(0.7, abs=1e-12)


def test_shares_that_cannot_add_up_stay_as_written() -> None:
    law = Tied({"a": 0.3, "b": 0.7}, {key: Ranged(0.1, 0.35, log=False, whole=False) for key in "ab"}, ())
    assert law.drawn(lambda _: 0.5, "x") == {"a": 0.3, "b": 0.7}


def number(unit: str, whole: bool = False, lowest: float = 0.0, highest: float = 20.0) -> Number:
    return Number(unit, whole, lowest, highest)


@pytest.mark.parametrize(
    ("unit", "ends", "words"),
    [
        ("per week", (0.5, 2), "log-uniform [0.5, 2]"), ("factor", (0.5, 40), "log-uniform [0.5, 20]"),
        ("odds ratio", (0.5, 2), "log-uniform [0.5, 2]"), ("minutes", (5, 10), "log-uniform [5, 10]"),
        ("full-time staff", (0.5, 2), "log-uniform [0.5, 2]"), ("minutes", (0, 10), "uniform [0, 10]"),
        ("share", (0.2, 0.4), "uniform [0.2, 0.4]"), ("share per year", (0.2, 0.4), "uniform [0.2, 0.4]"),
        ("sd of the log", (0.2, 0.4), "uniform [0.2, 0.4]"), ("log factor", (0.1, 0.3), "uniform [0.1, 0.3]"),
        ("", (0.2, 0.4), "uniform [0.2, 0.4]"),
    ],
)  # fmt: skip
def test_the_unit_decides_how_a_range_is_drawn_from(unit: str, ends: tuple[float, float], words: str) -> None:
    law = law_of(1.0, Origin(HERE, "assumed", range=ends), number(unit))
    assert isinstance(law, Ranged) and law.words == words


def test_what_is_said_of_a_value_decides() -> None:
    said = {"kind": "assumed", "range": (0.2, 0.4)}
    assert law_of(0.3, Origin(HERE, draw="log", **said), number("share")).words == "log-uniform [0.2, 0.4]"
    assert law_of(0.3, Origin(HERE, draw="uniform", **said), number("factor")).words == "uniform [0.2, 0.4]"
    normal = law_of(0.3, Origin(HERE, se=0.1, **said), number("log factor"))
    assert isinstance(normal, Normal) and (normal.low, normal.high) == (0.2, 0.4)
    assert law_of(0.3, Origin(HERE, "assumed"), number("share")) == "it has no range"
    assert law_of({"1": 0.5}, Origin(HERE, range=(0.1, 0.9)), None) == "one range cannot be that of several values"


def test_limits_and_whole_numbers_come_from_the_field() -> None:
    loaded = load(pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "paa_rette_vej_i_job.yaml")

    def at(text: str) -> Number | None:
        return number_at(tuple(text.split(".")), loaded.resolved.data)

    assert at("intake.persons") == Number("persons", True, 0, 5_000_000)
    assert at("jobcentres.herning.teams.projekt.fte") == Number("full-time staff", False, 0, 10_000)
    assert at("interventions.praktik.length_weeks") == Number("weeks", True, 0, 2000, distribution=True)
    assert at("interventions.samtaler.attendance.jobcentre_odds.nyborg") == Number("odds ratio", False, 0, 1000)
    assert at("exits.job") is None and at("nowhere") is None


def test_a_size_on_the_log_has_a_standard_error_on_the_log() -> None:
    scenarios = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
    size = {"log": {"value": -0.15, "kind": "evidence", "se": 0.1, "source": "trials"}}
    loaded = load(scenarios / "base_dagpenge.yaml", {"interventions.praktik.during.job": size})
    (value,) = [each for each in unsure_values(loaded)[0] if each.name == "interventions.praktik.during.job.log"]
    assert value.law.words == "normal -0.15 ± 0.1" and value.part == "evidence"
    put = value.drawn(lambda _: 0.975)
    assert put[value.name] == pytest.approx(-0.15 + 0.1 * 1.959964)
    assert loaded.at(put).scenario.interventions["praktik"].during["job"].log == put[value.name]  # type: ignore[attr-defined]


SOURCE = "kind: assumed, source: test"


def scenario(folder: pathlib.Path, **values: str) -> pathlib.Path:
    path = folder / "unsure.yaml"
    path.write_text(SMALL.format(**{**MOVING, **values}), encoding="utf-8")
    return path


def test_fitted_rules_and_published_are_not_drawn_and_what_has_no_range_is_named(tmp_path: pathlib.Path) -> None:
    path = scenario(
        tmp_path,
        fte=f"{{value: 2, {SOURCE}, range: [1, 4]}}",
        minutes="{value: 300, kind: published, source: test, range: [200, 400]}",
        level="{value: 0.05, kind: evidence, source: test, se: 0.01}",
        attendance=f"{{value: 0.8, {SOURCE}}}",
        persons="{value: 60, kind: rule, source: test}",
    )
    drawn, left = unsure_values(load(path))
    assert {each.name: (each.law.words, each.part) for each in drawn} == {
        "teams.team.fte": ("log-uniform [1, 4]", "assumption"),
        "exits.job.level": ("normal 0.05 ± 0.01", "evidence"),
    }
    names = {each.name: each.why for each in left}
    assert names["interventions.samtaler.channels.personlig.attendance"] == "it has no range"
    assert not {"teams.team.minutes_per_week", "intake.persons"} & set(names)


@pytest.mark.parametrize(
    ("said", "message", "at"),
    [
        ("kind: evidence", "a value of kind evidence needs `se` (its standard error) or `range`", "evidence"),
        ("kind: assumed, se: 0", "se must be a number above 0 (got 0)", "0, source"),
        ("kind: assumed, se: wide", "se must be a number above 0 (got wide)", "wide"),
        ("kind: rule, se: 0.1", "a rule is as it is: se has no meaning here", "0.1"),
        ("kind: assumed, range: [1, 4], draw: even", "draw must be log or uniform (got 'even')", "even"),
        ("kind: assumed, draw: log", "draw says how a `range` is drawn from, where no `se` is given", "log"),
        ("kind: assumed, range: [0, 4], draw: log", "draw: log needs a range above 0 (it begins at 0)", "log"),
        ("kind: assumed, concentration: 20", "concentration is of shares that add up to 1", "20"),
        ("kind: assumed, drw: log", "unknown key 'drw' in a value with a source; did you mean 'draw'?", "drw"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(said: str, message: str, at: str, tmp_path: pathlib.Path) -> None:
    path = scenario(tmp_path, fte=f"{{value: 2, {said}, source: test}}")
    with pytest.raises(InputProblems) as error:
        load(path)
    (problem,) = error.value.problems
    lines = path.read_text(encoding="utf-8").splitlines()
    assert problem.message.startswith(message) and problem.mark is not None
    line = lines[problem.mark.line - 1]
    assert line[problem.mark.column - 1 :].startswith(at) and "fte" in line


def test_an_error_of_a_distribution_is_a_concentration(tmp_path: pathlib.Path) -> None:
    shares = "{value: {30: 0.5, 60: 0.5}, kind: assumed, source: test, se: 0.1}"
    text = SMALL.format(**MOVING).replace("minutes: 30", f"minutes: {shares}")
    path = tmp_path / "unsure.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems, match="of shares that add up to 1 there is `concentration`"):
        load(path)
    for said in ("concentration: 20", "range: [35, 55]"):
        path.write_text(text.replace("se: 0.1", said), encoding="utf-8")
        (value,), _ = unsure_values(load(path))
        assert value.name == "interventions.samtaler.channels.personlig.minutes"
        put = value.drawn(lambda name: 0.8 if name.endswith("60") else 0.3)
        assert sum(put[value.name].values()) == pytest.approx(1, abs=1e-12)
        assert load(path).at(put).scenario.interventions["samtaler"].channels["personlig"].minutes != {30: 0.5, 60: 0.5}
    path.write_text(text.replace("se: 0.1", "range: [20, 40]"), encoding="utf-8")
    assert any(each.why.startswith("its range is that of the mean") for each in unsure_values(load(path))[1])
