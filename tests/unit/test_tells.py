"""What results, comparisons and scenarios tell of themselves in Python, and what is said of mistakes there."""

from __future__ import annotations

import doctest
import pathlib
from importlib import import_module

import pytest

import simulation
from simulation import Loaded, compare, compare_each, load, run, sweep, uncertain
from simulation.experiments.compare import Comparison
from simulation.experiments.swept import Swept
from simulation.results.names import Figure
from simulation.results.result import Result
from simulation.scenario.files.problems import InputProblems
from tests.sweeps import MOVING, SMALL, write

WITH_EXAMPLES = (
    "simulation", "simulation.scenario.load", "simulation.results.result", "simulation.results.telling",
    "simulation.experiments.compare", "simulation.experiments.doors",
)  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(write(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def result(small: Loaded) -> Result:
    return run(small, replications=2)


@pytest.fixture(scope="module")
def comparison(small: Loaded) -> Comparison:
    return compare(small, small.with_({"teams.team.fte": 1}, name="<b>One</b> & only"), replications=2)


@pytest.fixture(scope="module")
def swept(small: Loaded) -> Swept:
    return sweep(
        small, {"teams.team.fte": [1, 2, 3], "weeks": [18, 20]}, replications=2,
        outcomes=["talk_share", "exit_job"], service="talk_share>=0.655", staff="teams.team.fte",
    )  # fmt: skip


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_of_the_door_are_true(
    module: str, small: Loaded, result: Result, comparison: Comparison
) -> None:
    """Every one that stands in a docstring, on a small scenario."""
    named = {"SMALL": small, "RESULT": result, "COMPARISON": comparison}
    found = doctest.testmod(import_module(module), extraglobs=named, optionflags=doctest.ELLIPSIS)
    assert found.attempted and not found.failed


def test_a_summary_is_the_first_screen_in_both_languages(result: Result, comparison: Comparison) -> None:
    english, danish = comparison.summary(), comparison.summary("da")
    assert "against Small" in english and "mod Small" in danish and "Svar:" in danish
    assert len(result.summary().splitlines()) <= 15 and "Results:" not in english
    with pytest.raises(ValueError, match=r"language must be one of en, da \(got 'dk'\)"):
        result.summary("dk")  # type: ignore[arg-type]


def test_a_notebook_shows_the_summary_as_text(comparison: Comparison) -> None:
    """A name from a file is no markup."""
    html = comparison._repr_html_()
    assert "&lt;b&gt;One&lt;/b&gt; &amp; only" in html and "<b>" not in html and len(html) < 2500
    assert len(repr(comparison)) < 100


@pytest.mark.parametrize("shown", ["result", "comparison"])
def test_a_figure_shows_itself(shown: str, request: pytest.FixtureRequest) -> None:
    figure = request.getfixturevalue(shown).plot()
    assert figure._repr_png_().startswith(b"\x89PNG")
    with pytest.raises(KeyError, match="there is no outcome"):
        request.getfixturevalue(shown).plot("talk_shar")


def test_a_table_is_of_what_is_asked_for(result: Result, comparison: Comparison) -> None:
    """By outcome, group and week; None is the whole follow-up, as in `estimate`."""
    whole = result.table("talk_share", week=None)
    assert set(whole["outcome"]) == {"talk_share"} and whole["week"].isna().all()
    assert whole["value"].iloc[0] == result.estimate("talk_share").value
    assert list(result.table("talk_share", "alle", 3)["week"]) == [3]
    assert len(result.table()) == len(result.keys)
    assert set(comparison.table(group="alle")["group"]) == {"alle"}
    for table in (result.table, comparison.table):
        with pytest.raises(KeyError, match="there is no outcome 'talk_shar'; did you mean 'talk_share'"):
            table("talk_shar")
        with pytest.raises(KeyError, match="there is no group 'deltager'; there is alle"):
            table("exit_job", "deltager")
        with pytest.raises(KeyError, match="there is no week 99; it has weeks 1 to 16"):
            table("exit_job", week=99)


def test_a_scenario_prints_ten_lines(small: Loaded) -> None:
    base = load(pathlib.Path(simulation.__file__).parents[1] / "scenarios" / "paa_rette_vej_i_job.yaml")
    for loaded in (small, base):
        lines = repr(loaded).splitlines()
        assert len(lines) == 10 and max(map(len, lines)) <= 100
    assert "137 assumed" in repr(base)


def test_a_misspelt_argument_is_named_with_the_one_that_was_meant(small: Loaded, result: Result) -> None:
    with pytest.raises(TypeError, match=r"run\(\) has no argument 'replication'; did you mean 'replications'\?"):
        run(small, replication=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"table\(\) has no argument 'utfald'; it has outcome, group, week"):
        result.table(utfald="exit_job")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"summary\(\) has no argument 'lang'; did you mean 'language'\?"):
        result.summary(lang="da")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"plot\(\) has no argument 'outcom'; did you mean 'outcome'\?"):
        result.plot(outcom="exit_job")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"with_\(\) has no argument 'fte'; it has changes, name"):
        small.with_(fte=3)  # type: ignore[call-arg]


def test_a_scenario_too_many_is_a_short_mistake(small: Loaded) -> None:
    with pytest.raises(TypeError, match="one scenario is held against a base at a time") as error:
        compare(small, small, small)  # type: ignore[arg-type]
    assert len(str(error.value)) < 200


def test_a_misspelt_path_is_named_with_the_one_that_was_meant(small: Loaded) -> None:
    """In the words of a notebook, and as a ValueError."""
    for changes, near in (({"teams.tema.fte": 1}, "team"), ({"weks": 3}, "weeks"), ({"teams.team.ftee": 1}, "fte")):
        with pytest.raises(ValueError, match=f"did you mean '{near}'") as error:
            small.with_(changes)
        assert isinstance(error.value, InputProblems) and "--set" not in str(error.value)
        assert len(str(error.value)) < 400


def test_a_figure_is_told_in_a_sentence_of_its_numbers(result: Result, comparison: Comparison) -> None:
    """With the interval, in both languages; of a difference whose interval holds 0, that it is not measurable."""
    e = result.estimate("talk_share")
    level = f"{100 * e.value:.1f} [{100 * e.low:.1f}; {100 * e.high:.1f}] %."
    assert result.tell("talk_share").endswith(level)
    assert result.tell("talk_share", language="da").endswith(level.replace(".", ",")[:-1] + ".")
    for week in (None, 3):
        row = comparison.table("talk_share", "alle", week).iloc[0]
        told = comparison.tell("talk_share", week=week)
        assert f"from {100 * row['base']:.1f} to {100 * row['scenario']:.1f} %" in told
        assert ("in week 3" in told) == (week == 3)
        assert ("holds 0" in told) == (row["low"] <= 0 <= row["high"])
    with pytest.raises(KeyError, match="did you mean 'talk_share'"):
        comparison.tell("talk_shar")
    with pytest.raises(TypeError, match="did you mean 'outcome'"):
        comparison.tell(outcom="talk_share")  # type: ignore[call-arg]


def test_what_stays_the_same_is_exactly_unchanged(small: Loaded) -> None:
    another = small.with_({"teams.team.fte": small.scenario.teams["team"].fte + 100}, name="more than enough")
    assert compare(small, another, replications=2).tell("exit_job").endswith("%, exactly unchanged.")


def test_several_against_one_base_are_each_as_compared_alone(small: Loaded, comparison: Comparison) -> None:
    """The base is run once, and is one and the same."""
    changed = {"one": small.with_({"teams.team.fte": 1}), "three": small.with_({"teams.team.fte": 3})}
    each = compare_each(small, changed, replications=2)
    assert list(each) == ["one", "three"] and each["one"].base is each["three"].base
    assert each["one"].table().equals(comparison.table())
    with pytest.raises(ValueError, match="nothing differs"):
        compare_each(small, {"same": small}, replications=2)


def test_an_overview_has_labels_and_no_code_names(result: Result, comparison: Comparison, swept: Swept) -> None:
    told = comparison.overview("talk_share", "exit_job")
    assert list(told.columns) == ["Small", "<b>One</b> & only", "difference [95 %]"]
    assert list(result.overview(language="da").columns) == ["[95 %]"]
    assert next(iter(swept.overview().index.names)) == "full-time staff, team"
    for frame in (told, result.overview(), swept.overview("talk_share")):
        assert len(frame) and "_" not in " ".join(map(str, (*frame.index, *frame.columns)))
    with pytest.raises(KeyError, match="did you mean 'talk_share'"):
        swept.overview("talk_shar")
    assert swept.overview(group="alle").equals(swept.overview())  # there is one group alone
    for asked in (swept.overview, swept.plot):
        with pytest.raises(KeyError, match="there is no group 'deltager'"):
            asked(group="deltager")


def test_a_sweep_tells_what_is_enough_for_every_combination(swept: Swept) -> None:
    """The same numbers as its table of the smallest staffing; two replications are sure of nothing."""
    by_mean = swept.service_table().set_index("weeks")["smallest_by_mean"]
    told = swept.answer()
    assert "≥ 65.5 %" in told and "With fewer than 10 replications none is sure" in told
    for weeks, staff in by_mean.items():
        assert (f"none ({staff:g} in the mean) at {weeks}" if staff else f"none at {weeks}") in told
    assert swept.tell("talk_share").startswith("Weeks with a talk") and "Answer:" in swept.summary()
    assert swept.plot("talk_share")._repr_png_().startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="not of single weeks"):
        swept.tell("talk_share", week=3)


def test_scenarios_under_all_uncertainty_stand_side_by_side(tmp_path: pathlib.Path) -> None:
    """A row each, with the interval of the draws; of differences all but the first, as the table has them. Who has no
    such team has "–"; a figure that none has is told with what there is."""
    unsure = {"level": "{value: 0.05, kind: assumed, source: test, range: [0.02, 0.1]}"}
    (tmp_path / "unsure.yaml").write_text(SMALL.format(**{**MOVING, **unsure}), encoding="utf-8")
    base = load(tmp_path / "unsure.yaml")
    plan = {"interventions.samtaler.plans.plan.team": "other", "teams.team": None}
    other = base.with_({"teams.other": {"fte": 2, "minutes_per_week": 300}} | plan, name="Other")
    found = uncertain(base, base.with_({"teams.team.fte": 1}, name="One"), other, draws=10, replications=3)
    levels = found.each("talk_share", "utilisation@team:team", language="da")
    assert list(levels.index) == ["Small", "One", "Other"]
    assert list(levels.iloc[2]) == [levels.iloc[0, 0], "–"] and levels.columns[1].endswith("(team)")
    apart = found.each("talk_share", differences=True)
    row = found.tables()["uncertainty"].query("outcome == 'talk_share' and week.isna()").iloc[0]
    assert list(apart.index) == ["One", "Other"] and f"[−{-100 * row['draws_low']:.1f}; " in apart.iloc[0, 0]
    answer = found.uncertain.answer(Figure("talk_share"), 1)
    assert answer in list(found.uncertain.answers(1)) and found.uncertain.answer(Figure("talk_share", time=3)) is None
    assert found.plot_each("talk_share", language="da").title.endswith(", %: forskel fra Small")
    for told in (found.each, found.plot_each):
        with pytest.raises(KeyError, match="talk_share"):
            told("talk_shre")


def test_an_answer_under_all_uncertainty_tells_its_chance(tmp_path: pathlib.Path) -> None:
    """A difference with where it lies when all is unsure; the same methods as of a comparison."""
    unsure = {"level": "{value: 0.05, kind: assumed, source: test, range: [0.02, 0.1]}"}
    (tmp_path / "unsure.yaml").write_text(SMALL.format(**{**MOVING, **unsure}), encoding="utf-8")
    base = load(tmp_path / "unsure.yaml")
    found = uncertain(base, base.with_({"teams.team.fte": 1}, name="One"), draws=10, replications=2)
    row = found.tables()["uncertainty"].query("outcome == 'talk_share' and week.isna()").iloc[0]
    told = found.tell("talk_share")
    assert told.startswith("Weeks with a talk") and f"[−{-100 * row['draws_low']:.1f}; " in told
    assert "Chance of a benefit" in told and "Chance of a benefit" in found.answer()
    assert repr(found) == "<Small and One: 10 draws of all that is unsure>" and "Answer:" in found._repr_html_()
    assert "Når alt er usikkert" in found.tell("talk_share", language="da")
