"""The protocol: what a ministry finds in it, with the numbers of the scenario and of the rehearsals."""

from __future__ import annotations

import pathlib
import re

import pytest
from markupsafe import escape

from simulation.experiments.trial.found import Rehearsed
from simulation.report.trial.protocol.document import options_of, protocol, protocol_files
from simulation.report.trial.protocol.markdown import markdown
from simulation.report.trial.words import Telling
from simulation.results.trial.operating import Test as Analysis
from simulation.world.labels import LANGUAGES, Language
from simulation.world.weeks import week_after, weeks_between
from tests.rehearsals import ASSURANCE, PRIMARY, Invented, point, rehearsed, share, small

FULL = """trial:
  treated: treated
  control: control
  lots: individual
  ratio: 2
  strata: [age]
  takes_up: 0.8
  crosses_over: 0.1
  recruitment: {pace: 0.8}
  registration: {delay: 4, missed: {control: 0.05}, late: {treated: 3}}
  exempted: {treated: 0.1}
  attrition: {control: 0.002}
  analysed: 40
  stops_early: {looks: [40, 60], p: 0.001}
  primary: {of: exit_job}
  further: [exit_any, weeks_on_benefit, weeks_employed, hours]
"""
WEDGE = """trial:
  treated: treated
  control: control
  lots: stepped_wedge
  steps: 2
  step_weeks: 8
  primary: {of: exit_job, by: hazard_ratio}
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """A trial of which everything is said."""
    further = {PRIMARY._replace(population="treated"): Invented().operating(PRIMARY)}
    return rehearsed(small(tmp_path_factory.mktemp("full"), FULL),
                     [point(further=further, stopped_early=share(40))], assurance=ASSURANCE)  # fmt: skip


def text(found: Rehearsed, language: Language = "en") -> str:
    return markdown(protocol(found, {}, language), Telling(found, language).words)


def row(of: str, begins: str) -> list[str]:
    """The cells of the row of a table that begins so."""
    (line,) = (line for line in of.splitlines() if line.startswith(f"| {begins}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_what_is_written_stands_in_the_protocol(full: Rehearsed) -> None:
    """Reckoned by hand: 26 weeks at 80 % of the pace are 33 (32.5), to week 32, 2027-W33; data 40 weeks later."""
    told = text(full)
    for part in (
        "Does it change the share who left to a job within 52 weeks to be drawn for “weekly talks” instead of",
        "within her jobcentre: 2 for “weekly talks” to each for “ordinary talks”", "in each level of age",
        "300 persons in 4 jobcentres are enrolled over 26 weeks, from 2027-W01 to 2027-W26",
        "80 % of the planned pace, so that the intake lasts until 2027-W33",
        "What happens is in the register after 4 weeks", "Data are taken in 2028-W21, 40 weeks after the last",
        "are censored", "Aalen and Johansen", "a fixed effect of each stratum in each jobcentre", "HC2",
        "analysed in 2027-W41, 2028-W09; the trial stops at the first look with p below 0.001",
        "By the evidence it lies from −1.8 points to +5.8 points (95 % of 400 draws)",
        "Secondary: time in paid work. Weeks with at least one paid hour within 52 weeks",
        "those who take part because they were drawn", "everybody against nobody, with the staff that this takes",
        "What happens later than 52 weeks", "To be added by hand", "with seed 5",
    ):  # fmt: skip
        assert part in told, part
    assert row(told, "are treated")[1:] == ["80", "10"] and row(told, "are left out")[1:] == ["10", "0"]
    assert row(told, "are lost")[1:] == ["0", "0.2"] and row(told, "exits that are never")[1:] == ["0", "5"]
    assert row(told, "weeks by which")[1:] == ["3", "0"] and "everybody does as drawn" not in told


def test_staff(full: Rehearsed) -> None:
    """Three jobcentres have 1.5 and one 3 full-time members of the project team. Of its arm are 2/3 × 0.8 + 1/3 × 0.1
    = 17/30 of all, so for everybody it takes 30/17 times as many; nobody is left for the ordinary team."""
    told = text(full)
    assert row(told, "project") == ["project", "weekly talks", "7.5", "1.5–3", "300", "13.24"]
    assert row(told, "ordinary") == ["ordinary", "ordinary talks", "2", "0.5", "300", "0"]


def test_what_is_left_at_nothing_is_said(tmp_path: pathlib.Path) -> None:
    """That everybody does as drawn is an assumption, too."""
    plain = text(rehearsed(small(tmp_path)))
    for part in ("Everybody does as drawn", "in the register at once", "Nobody looks at outcomes by group before",
                 "with fixed effects of jobcentres. Standard"):  # fmt: skip
        assert part in plain
    assert "Data are taken in 2028-W26, 52 weeks after" in plain and "are censored" not in plain
    some = small(tmp_path, FULL.replace("  takes_up: 0.8\n  crosses_over: 0.1\n", ""))
    assert "Nothing else of this kind is assumed: everybody does as drawn." in text(rehearsed(some))


def test_how_it_is_analysed(tmp_path: pathlib.Path) -> None:
    """As the primary outcome, the lots and the errors have it."""
    def analysis(block: str, test: Analysis) -> str:
        told = text(rehearsed(small(tmp_path, block), [point(test=test)], assurance=ASSURANCE))
        return told.split("## Statistical analysis")[1].split("##")[0]

    lost = "trial: {treated: treated, control: control, lots: LOTS, attrition: {control: 0.01}, primary: {of: OF}}\n"
    cluster = lost.replace("LOTS", "cluster").replace("OF", "exit_job")
    told = analysis(cluster, PRIMARY._replace(errors="permutation"))
    assert "each jobcentre counted alike" in told and "drawn anew" in told and "regressed" not in told
    persons = lost.replace("LOTS", "individual")
    told = analysis(persons.replace("OF", "weeks_employed"), PRIMARY._replace(outcome="weeks_employed"))
    assert "left out" in told and "censored" not in told
    told = analysis(persons.replace("OF", "exit_job"), PRIMARY._replace(measure="log_rank"))
    assert "log-rank test of the lots, stratified by jobcentre" in told and "Standard errors" not in told


def test_the_effect_by_the_evidence_is_in_the_unit_of_the_test(tmp_path: pathlib.Path) -> None:
    """Quantiles of draws of the logarithm from −0.02 to 0.06 are −0.018 and 0.058."""
    ratio = PRIMARY._replace(measure="hazard_ratio")
    told = text(rehearsed(small(tmp_path), [point(test=ratio, invented=Invented(0.12, 0.05))], assurance=ASSURANCE))
    assert "from a hazard ratio of 0.98 to a hazard ratio of 1.06" in told and "simulation: a hazard ratio of" in told


def test_a_stepped_wedge(tmp_path: pathlib.Path) -> None:
    ratio = PRIMARY._replace(measure="hazard_ratio", errors="clustered")
    told = text(rehearsed(small(tmp_path, WEDGE), [point(test=ratio, invented=Invented(0.12, 0.05))]))
    for part in ("in 2 steps of 8 weeks, in an order drawn by lot, the first 8 weeks after the intake begins",
                 "the first exit (left to a job within 52 weeks) comes as early among",
                 "A Cox regression on the lot, stratified by period of enrolment; other exits",
                 "clustered by jobcentre.", "A hazard ratio of 1.15",
                 "below a hazard ratio of 1.15"):  # fmt: skip
        assert part in told, part


@pytest.mark.parametrize("language", LANGUAGES)
def test_files(language: Language, full: Rehearsed, tmp_path: pathlib.Path) -> None:
    """Both hold the same sentences; nothing is left open, no row of a table is short, the page is one safe file."""
    ending = "" if language == "en" else ".da"
    files = list(protocol_files(full, {}, tmp_path, language))
    assert [file.name for file in files] == [f"protocol{ending}.md", f"protocol{ending}.html"]
    told, page = (file.read_text(encoding="utf-8") for file in files)
    assert "{" not in told and "None" not in told and str(tmp_path) not in told and str(tmp_path) not in page
    assert not re.search(r"[a-z]_[a-z]", told.split("\n# ")[0])  # the body; the annex has keys of assumed values
    for heading in re.findall(r"^## (.*)$", told, re.MULTILINE):
        assert f"<h2>{escape(heading)}</h2>" in page
    tables = re.findall(r"(?:^\|.*\n)+", told, re.MULTILINE)
    assert len(tables) >= 5
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
    assert "http" not in page and "<script" not in page


def test_the_command_that_repeats_it(full: Rehearsed) -> None:
    """What was set, sizes that were asked for together, and the seed are in it, as a shell takes them."""
    request = {"set": ["trial.lots=cluster", "trial.further=[hours, exit_any]"], "n": "800,1600", "jobcentres": "16",
               "seed": 7, "uncertain": True, "draws": 50, "rehearsals": 400, "of": None}  # fmt: skip
    options = "--set trial.lots=cluster --set 'trial.further=[hours, exit_any]' --rehearsals 400 --n 800,1600 "
    options += "--jobcentres 16 --seed 7 --uncertain --draws 50"
    assert options_of(request, 400) == options
    assert f"`jobcentersim trial small.yaml {options}`" in markdown(protocol(full, request), Telling(full).words)
    assert options_of({"set": None, "n": None, "uncertain": False, "draws": None}, 20) == "--rehearsals 20"


def test_weeks_after() -> None:
    """Over a year of 53 weeks, as `weeks_between` counts."""
    assert week_after("2026-W50", 5) == "2027-W02" and week_after("2026-W52", 1) == "2026-W53"
    assert all(weeks_between("2026-W50", week_after("2026-W50", n)) == n for n in range(0, 300, 7))
