"""What is told of a rehearsed trial, from invented figures: the first screen, why power is 0 or 1, JSON and tables."""

from __future__ import annotations

import json
import math
import pathlib
import re
from dataclasses import replace

import numpy as np
import pytest

from simulation.experiments.trial.found import Needed, Rehearsed
from simulation.report.screen import LINES, Aside
from simulation.report.trial.screen import trial_screen
from simulation.report.trial.text import store_trial, trial_answer, trial_columns, trial_tables
from simulation.report.trial.why import why
from simulation.report.trial.words import Telling
from simulation.results.tables.folder import Keeping
from simulation.results.tables.run_tables import COLUMNS
from simulation.results.tables.unfinished import Unfinished
from simulation.results.trial.operating import Clustering, Estimates, Interval, Truths
from simulation.scenario.load import Loaded
from simulation.world.labels import LANGUAGES, Language
from tests.rehearsals import ASSURANCE, NEEDED, PRIMARY, Invented, around, curve, point, rehearsed, share, small

CLUSTERED = PRIMARY._replace(errors="clustered")
RATIO = PRIMARY._replace(measure="hazard_ratio")
LOG_RANK = PRIMARY._replace(measure="log_rank")
WEEKS = PRIMARY._replace(outcome="weeks_employed")
ASIDE = Aside("results/small-trial/0123456789abcdef", sentences=["12 rehearsals were there from an earlier call"])
OF_JOBCENTRES = "trial: {treated: treated, control: control, lots: cluster, primary: {of: exit_job}}\n"
NAN = math.nan


@pytest.fixture(scope="module")
def persons(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Lots of persons."""
    return small(tmp_path_factory.mktemp("persons"))


@pytest.fixture(scope="module")
def jobcentres(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Lots of whole jobcentres."""
    return small(tmp_path_factory.mktemp("jobcentres"), OF_JOBCENTRES)


@pytest.fixture(scope="module")
def cases(persons: Loaded, jobcentres: Loaded) -> dict[str, Rehearsed]:
    """Trials that differ in what is to be told."""
    nothing = Estimates(*(np.full(400, NAN),) * 3, np.full(400, 0.5), *(np.full(400, NAN),) * 2)
    alone = replace(Invented().operating(LOG_RANK), estimates=nothing, estimate=Interval(NAN, NAN, NAN), truth=None,
                    bias=None, coverage=None, smallest=None)  # fmt: skip
    further = {RATIO: Invented(0.15, 0.1).operating(RATIO), WEEKS: Invented(1.2, 0.9).operating(WEEKS)}
    naive = {PRIMARY: Invented(size=0.31).operating(PRIMARY)}
    off = Invented(bias=0.02, more={"coverage": share(320), "effects_off": share(120), "type_i": share(60)})
    course = {"taken_up": (around(0.05, 0.01), around(0.8, 0.02)), "stopped_early": share(40),
              "in_data": around(280, 2), "recruited": around(300, 0)}  # fmt: skip
    sixty = Needed("jobcentres", around(60, 9), False)
    of_rank = replace(point(), operating={LOG_RANK: alone, PRIMARY: Invented().operating(PRIMARY)})
    return {
        "plain": rehearsed(persons, [point(further=further)]),
        "sizes": rehearsed(persons, curve(), NEEDED, ASSURANCE),
        "naive": rehearsed(jobcentres, [point(test=CLUSTERED, further=naive)], sixty),
        "off": rehearsed(persons, [point(invented=off, **course)], NEEDED),
        "ratio": rehearsed(persons, [point(test=RATIO, invented=Invented(0.12, 0.05))]),
        "rank": rehearsed(persons, [of_rank], Needed("persons", Interval(NAN, NAN, NAN), False)),
        "never": rehearsed(jobcentres, [point(test=CLUSTERED, invented=Invented(0.001), clustering={
            "exit_job": Clustering(around(0.05, 0.01), around(4.6, 0.5))})]),
        "always": rehearsed(persons, [point(invented=Invented(0.2, bias=0.05))]),
    }  # fmt: skip


CASES = ("plain", "sizes", "naive", "off", "ratio", "rank", "never", "always")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_first_screen(case: str, language: Language, cases: dict[str, Rehearsed]) -> None:
    """Fifteen lines, the power in the first line of the answer, no sentence that is cut, no code name."""
    found = cases[case]
    text = trial_screen(found, language, ASIDE)
    lines = text.splitlines()
    assert len(lines) <= 15 and max(map(len, lines)) <= 100 and "{" not in text and " …" not in text
    first = next(line for line in lines if line.startswith(("Answer:", "Svar:")))
    power = Telling(found, language).share(found.chief.power)
    assert power in first and lines.index(first) <= 3
    assert not re.search("[a-z]_[a-z]", text.replace(ASIDE.folder, ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_everything_is_told_in_full(case: str, language: Language, cases: dict[str, Rehearsed]) -> None:
    """Every sentence, every analysis of the own size and every size; the answer in Python is the same."""
    found = cases[case]
    text = trial_screen(found, language, ASIDE, in_full=True)
    one_line = " ".join(text.split())
    telling = Telling(found, language)
    for sentence in [*telling.answer(), telling.truths()]:
        assert sentence in one_line and sentence in found.answer(language), sentence
    rows = len(found.own.operating) + (len(found.points) if len(found.points) > 1 else 0)
    assert len([line for line in text.splitlines() if re.search(r"\d\]  ", line)]) == rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_asked_for_has_room(language: Language, persons: Loaded, jobcentres: Loaded) -> None:
    """The chance by the evidence, and why power is 0, are on the first screen, beside a row of the table."""
    permuted, aside = CLUSTERED._replace(errors="permutation"), replace(ASIDE, sentences=())
    few = Invented(more={"power": share(0), "attainable": 0.0, "smallest": None})
    further = {RATIO: Invented(0.15, 0.1).operating(RATIO), WEEKS: Invented(1.2, 0.9).operating(WEEKS)}
    truths = {test.outcome: point(test=test).truths[test.outcome] for test in (permuted, WEEKS)}
    cases = [
        rehearsed(persons, [point(invented=Invented(0.001), further=further, truths=truths)], assurance=ASSURANCE),
        rehearsed(jobcentres, [point(test=permuted, invented=few, further=further, truths=truths)]),
    ]
    for found in cases:
        screen, telling = trial_screen(found, language, aside), Telling(found, language)
        one_line = " ".join(screen.split())
        assert len(screen.splitlines()) <= LINES and "►" in screen
        assert all(sentence in one_line for sentence in (*telling.assured(), next(why(telling))))


def test_what_the_naive_analysis_claims(cases: dict[str, Rehearsed]) -> None:
    """Where jobcentres draw, and only there; it stands behind the primary one in the table."""
    told = " ".join(Telling(cases["naive"]).answer())
    assert "as if persons were drawn singly it would claim an effect where there is none in 31.0" in told
    rows = trial_screen(cases["naive"], "en", ASIDE, in_full=True).splitlines()
    assert [row[:28] for row in rows if "errors by" in row][-2:] == [
        "►Difference, errors by jobce", "Difference, errors by person",
    ]  # fmt: skip
    others = [" ".join(Telling(found).answer()) for case, found in cases.items() if case != "naive"]
    assert not any("as if persons" in told for told in others)


def test_what_is_out_of_order_is_told(cases: dict[str, Rehearsed]) -> None:
    told = " ".join(Telling(cases["off"]).answer())
    for part in (
        "15.0 [11.6; 18.9] % (size). That is more than the 5 % that the test promises",
        "differ in registration alone it claims an effect in 30.0 [25.5; 34.8] %",
        "off by +2.0 [+1.8; +2.2] points", "hold the truth in 80.0 [75.7; 83.8] %", "It stops early in 10.0",
        "Recorded as treated are 80.0 [78.0; 82.0] % of those drawn, and 5.0 [4.0; 6.0] % of the controls",
        "280 of 300 persons are in the data",
    ):  # fmt: skip
        assert part in told, part
    quiet = " ".join(Telling(cases["plain"]).answer())
    for part in ("promises", "registration alone", "off by", "hold the truth", "stops", "Recorded", "in the data"):
        assert part not in quiet


def test_how_large_it_must_be(persons: Loaded, jobcentres: Loaded) -> None:
    def told(loaded: Loaded, needed: Needed | None, power: float = 0.03) -> str:
        return " ".join(Telling(rehearsed(loaded, [point(invented=Invented(power))], needed)).needed())

    assert told(persons, NEEDED) == "80 % power takes 1040 [960; 1130] persons."
    beyond = Needed("jobcentres", Interval(63.6, 40, 150), False)
    assert told(jobcentres, beyond).startswith("80 % power takes about 64 jobcentres (beyond the numbers")
    for unclear in (Interval(60, 40, NAN), Interval(60, 20, 81), Interval(NAN, 40, NAN)):
        found = told(jobcentres, Needed("jobcentres", unclear, False))
        assert found == "How many jobcentres 80 % power takes, these rehearsals do not tell."
    assert "does not rise to 80 % with more persons" in told(persons, Needed("persons", Interval(NAN, NAN, NAN), False))
    assert "--n" in told(persons, None) and told(persons, None, power=0.2) == ""


def test_an_interval_of_which_an_end_is_not_known_is_none(persons: Loaded) -> None:
    """Of few rehearsals a quantile has no upper end."""
    for test, value, told in ((PRIMARY, 0.48, "An effect of 48.0 points is found in 80 %."),
                              (RATIO, math.log(2), "A hazard ratio of 2.00 is found in 80 %.")):  # fmt: skip
        open_end = Invented(0.1, 0.2, more={"smallest": Interval(value, value / 2, NAN)})
        assert [*Telling(rehearsed(persons, [point(test=test, invented=open_end)])).smallest()] == [told]


def test_the_gap_to_roll_out(persons: Loaded) -> None:
    """Less, more, and one that is none."""
    for gap, words in (
        (around(-0.012, 0.002), "everybody against nobody +1.8 [+1.7; +1.9], 1.2 [1.0; 1.4] less;"),
        (around(0.012, 0.002), "1.2 [1.0; 1.4] more;"),
        (around(0.001, 0.002), "no measurable gap (+0.1 [−0.1; +0.3]);"),
        (Interval(-0.012, NAN, NAN, 1), "everybody against nobody +1.8 [+1.7; +1.9], 1.2 less;"),
    ):
        truths = Truths(around(0.03, 0.001), around(0.018, 0.001), around(-0.006, 0.001), gap)
        told = Telling(rehearsed(persons, [point(truths={"exit_job": truths})])).truths()
        assert words in told and told.endswith("those not treated −0.6 [−0.7; −0.5].")


def _reasons(found: Rehearsed) -> str:
    return " ".join(why(Telling(found)))


def test_why_power_is_nothing(persons: Loaded, jobcentres: Loaded) -> None:
    """Every reason where it is one; none where power is between."""
    permuted = CLUSTERED._replace(errors="permutation")
    few = Invented(more={"power": share(0), "attainable": 0.0})
    told = _reasons(rehearsed(jobcentres, [point(test=permuted, invented=few)]))
    assert "There are 6 ways to draw 2 of 4 jobcentres" in told and "never comes down to 0.05" in told
    assert "so few lots" in _reasons(rehearsed(persons, [point(test=permuted, invented=few)]))
    weak = Invented(0.001)
    truth = Truths(around(0.001, 0.002), around(0.001, 0.002), around(0, 0.001))
    assert "none that can be told from 0 (+0.1 [−0.1; +0.3] points)" in _reasons(
        rehearsed(persons, [point(invented=weak, truths={"exit_job": truth})])
    )
    once = truth._replace(itt=Interval(0.06, NAN, NAN, 1))  # of one rehearsal nothing is known of its luck
    assert "told from 0" not in _reasons(rehearsed(persons, [point(invented=weak, truths={"exit_job": once})]))
    assert "The effect, +0.1 points, is 2 % of the smallest" in _reasons(rehearsed(persons, [point(invented=weak)]))
    nobody = (around(0.05, 0.01), around(0.08, 0.01))
    assert "Hardly anybody is treated because of the lot: 8.0" in _reasons(
        rehearsed(persons, [point(invented=weak, taken_up=nobody)])
    )
    alike = {"exit_job": Clustering(around(0.05, 0.01), around(4.0, 0.5))}
    told = _reasons(rehearsed(jobcentres, [point(test=CLUSTERED, invented=weak, clustering=alike)]))
    assert "(ICC 0.050): 300 tell as much as 75 drawn singly" in told
    assert "ICC" not in _reasons(rehearsed(persons, [point(invented=weak, clustering=alike)]))
    assert _reasons(rehearsed(persons)) == ""


def test_why_power_is_all(persons: Loaded) -> None:
    sure = Invented(0.2)
    assert "3.6 times the smallest" in _reasons(rehearsed(persons, [point(invented=sure)]))
    always = replace(sure, more={"type_i": share(390)})
    assert "rejects as readily where there is no effect" in _reasons(rehearsed(persons, [point(invented=always)]))


@pytest.mark.parametrize("case", CASES)
def test_json(case: str, cases: dict[str, Rehearsed]) -> None:
    """Strict JSON; the primary analysis of the own size at the top, everything below."""
    found = cases[case]
    answer = json.loads(json.dumps(trial_answer(found), allow_nan=False))
    power = found.chief.power
    assert (answer["power"], answer["power_low"], answer["power_high"]) == power[:3]
    assert answer["type_i"] == found.chief.type_i.value  # type: ignore[union-attr]
    assert len(answer["trial"]) == sum(len(each.operating) for each in found.points)
    assert (answer["itt"], answer["roll_out"], answer["untreated"]) == tuple(t.value for t in found.truths[:3])
    assert answer["naive_type_i"] == {"naive": 0.31, "never": None}.get(case, answer["naive_type_i"])
    if found.needed is not None and not math.isnan(found.needed.interval.value):
        assert answer["needed"]["value"] == found.needed.interval.value


def test_tables(cases: dict[str, Rehearsed]) -> None:
    """A row per size and analysis, per size and outcome, per rehearsal; every column is explained."""
    found = cases["sizes"]
    tables = trial_tables(found)
    assert len(tables["trial"]) == len(tables["truths"]) == 9 and len(tables["estimates"]) == 400
    unexplained = {name for table in tables.values() for name in table.columns} - {*trial_columns(), *COLUMNS}
    assert unexplained == set()
    significant = (tables["estimates"].p <= 0.05).mean()
    assert significant == tables["trial"].power[0] and list(tables["trial"].primary.unique()) == ["yes"]
    ratio = trial_tables(cases["ratio"])
    assert ratio["trial"].unit[0] == "log hazard ratio" and ratio["truths"].unit[0] == "share"


def test_destinations_told_together(tmp_path: pathlib.Path) -> None:
    """They are called among the outcomes of a run as there."""
    block = "together: {work_or_school: [job, education]}\n"
    block += "trial: {treated: treated, control: control, lots: individual, primary: {of: exit_work_or_school}}\n"
    found = rehearsed(small(tmp_path, block), [point(test=PRIMARY._replace(outcome="exit_work_or_school"))])
    assert "left to work or school within 52 weeks" in " ".join(trial_screen(found, "en", ASIDE).split())
    assert found.table().unit[0] == "share"


def test_a_results_folder(cases: dict[str, Rehearsed], tmp_path: pathlib.Path) -> None:
    """Tables, and what their columns and outcomes mean; nothing to draw in a trial without estimates."""
    unfinished = Unfinished(tmp_path, "small_trial", "0123456789abcdef")
    own = cases["rank"].own
    found = replace(cases["rank"], points=[replace(own, operating={LOG_RANK: own.operating[LOG_RANK]})])
    saved = store_trial(found, {}, Keeping(unfinished, {"command": "trial"}), unfinished.mark, "trial")
    explained = json.loads((saved.folder / "tables" / "schema.json").read_text(encoding="utf-8"))
    for name in ("trial", "truths", "estimates"):
        head = (saved.folder / "tables" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(head) <= set(explained["columns"]), name
    assert "exit_job" in explained["outcomes"] and saved.word == "new"



def test_bias_of_registration_is_blamed_for_nothing_else(persons: Loaded) -> None:
    """Not where the test rejects as often with both lots registered alike."""
    alike = Invented(more={"effects_off": share(60), "type_i": share(60)})
    assert "registration alone" not in " ".join(Telling(rehearsed(persons, [point(invented=alike)])).answer())
