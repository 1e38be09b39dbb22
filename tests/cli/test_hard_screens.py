"""What is hard for a first screen: many scenarios, long lists, odd names, and figures of which nothing is known."""

from __future__ import annotations

import pathlib
import re
from dataclasses import replace

import pytest

from simulation import sweep
from simulation.experiments.replicate import replicate
from simulation.report.findings import Findings
from simulation.report.handed.strips import strips
from simulation.report.heads import changed_text
from simulation.report.screen import Aside, first_screen
from simulation.report.store import Ran
from simulation.report.sweep.figures import chosen
from simulation.report.sweep.screen import Sweeping, sweep_screen
from simulation.report.sweep.worded import panel_name
from simulation.results.intervals import NAN, Estimate
from simulation.results.names import Figure
from simulation.scenario.changes import Change
from simulation.scenario.load import load
from simulation.world.labels import LANGUAGES, Language
from tests.sweeps import write

pytestmark = pytest.mark.usefixtures("undrawn")
FOLDER = "results/paa_rette_vej_i_job--and_5_others/0123456789ab"
ASIDE = Aside(FOLDER, "new", 12, "scenarios/a.yaml", ["one more line"])


@pytest.mark.parametrize("many", [7, 12, 30])
def test_many_scenarios_have_room(many: int, tmp_path: pathlib.Path) -> None:
    """A line is never longer, and what letters stand for is said of every one that there is room for."""
    base = load(write(tmp_path))
    others = [
        base.with_({"teams.team.fte": 1 + n / 10, "intake.persons": 40}, name=f"Scenario {n} that has a long name")
        for n in range(many)
    ]
    screen = first_screen(Findings(Ran(replicate([base, *others], 2))), ASIDE)
    assert max(map(len, screen.splitlines())) <= 100 and len(screen.splitlines()) <= 15, screen
    legend = screen[screen.index("Columns:") : screen.index("Changed:")]
    assert many > 12 or all(f"{chr(ord('A') + n)} S" in re.sub(r"\s+", " ", legend) for n in range(many)), screen
    assert many > 12 or "…" not in re.split(r"  +", screen[screen.index("base ") :].splitlines()[0]), screen


def test_a_caseload_that_is_lower_because_ledige_wait_is_no_answer(tmp_path: pathlib.Path) -> None:
    """Nobody is served: that is what moves most, and not the cases of caseworkers who have none."""
    base = load(write(tmp_path))
    full = base.with_({"teams.team.caseload_limit": 1, "teams.team.at_limit": "wait"}, name="Full")
    choice = Findings(Ran(replicate([base, full], 6))).choice
    cases, unserved = (choice.of(outcome) for outcome in ("caseload", "wait_caseworker_unserved"))
    assert cases is not None and unserved is not None and cases.moved and cases.size > unserved.size > 0
    assert choice.top([cases, unserved]) is unserved and choice.top([cases]) is cases


def test_answer_and_picture_tell_of_the_same_figure(tmp_path: pathlib.Path) -> None:
    """Of all that a scenario asks for, however far down it stands."""
    path = write(tmp_path, "headline: [exit_job, weeks_to_exit, weeks_employed, talk_share, no_time_share]\n")
    base = load(path)
    findings = Findings(Ran(replicate([base, base.with_({"teams.team.fte": 0.5}, "Half")], 4)))
    sizes = {row.figure.outcome: row.size for row in findings.headline}
    assert findings.top is not None and findings.top.figure.outcome == max(sizes, key=lambda each: sizes[each])
    assert findings.top.figure.outcome == "no_time_share" and "for lack of time" in findings.answer[0]


def test_what_is_not_known_is_not_called_unchanged(tmp_path: pathlib.Path) -> None:
    """Without talks there is no wait for them, and of one replication nothing tells what moves measurably."""
    base = load(write(tmp_path))
    none = base.with_({"interventions.samtaler": None}, name="No talks")
    findings = Findings(Ran(replicate([base, none], 4)))
    still = {row.figure.outcome for row in findings.choice.still}
    assert "talk_share" in findings.names.meanings and not still & {"talk_share", "wait_first_talk_all"}
    other = base.with_({"exits.job.level": 0.05}, name="Other")
    one = Findings(Ran(replicate([base, other], 1)))
    assert all(row.same for row in one.choice.still)
    assert "No change" not in first_screen(one)


def test_what_is_changed_is_counted_and_written_as_it_is(tmp_path: pathlib.Path) -> None:
    """A value of 0 is no 0.0, and one key is no keys."""
    base = load(write(tmp_path))
    findings = Findings(Ran(replicate([base, base.with_({"teams.team.fte": 0}, name="Nobody")], 1)))
    assert "teams.team.fte 2 → 0\n" in first_screen(findings)
    changes = [Change(f"teams.team.{'k' * 30}{n}", 1, 0, part=f"teams.team.{'k' * 30}{n}") for n in range(2)]
    text = changed_text(findings.wording, [changes], 90, True)
    assert text.endswith("and 1 more key: tables/changes.csv"), text
    for width in range(30, 100):  # what there is no room for is counted
        text = changed_text(findings.wording, [changes], width, True)
        assert len(text) <= width and ("; teams" in text or "1 more" in text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_is_one_line(language: Language, tmp_path: pathlib.Path) -> None:
    """Whatever stands in it: a line's end, or a sign that turns the rest of the line round."""
    turned = chr(0x202E)
    base = load(write(tmp_path))
    named = {"exits.job.name": f"a{turned}\njob {{x}}", "teams.team.fte": 1}
    other = base.with_(named, name=f"one\n{turned}two {{x}}")
    screen = first_screen(Findings(Ran(replicate([base, other], 2)), language), ASIDE)
    assert screen.startswith("one two {x} ") and len(screen.splitlines()) <= 15 and turned not in screen, screen


def test_differences_of_rounding_are_not_drawn(tmp_path: pathlib.Path) -> None:
    """A sum in another order is no difference, and would have a strip of its own scale."""
    base = load(write(tmp_path))
    findings = Findings(Ran(replicate([base, *(base.with_({"teams.team.fte": n}, f"{n}") for n in (3, 4))], 3)))
    whole = strips(findings)
    row = next(row for row in findings.headline if any(e.value for e in row.known))
    tiny = [None if e is None else Estimate(1e-16, NAN, NAN, NAN, NAN, 0.0, 3, 3) for e in row.differences]
    findings.__dict__["headline"] = [replace(row, differences=tiny, moved=False)]
    assert whole is not None and strips(findings) is None


def test_a_sweep_is_not_answered_by_who_was_served_or_by_what_is_swept(tmp_path: pathlib.Path) -> None:
    """Waits of those who got a caseworker are short where few do, and more posts are more posts."""
    base = load(write(tmp_path)).with_({"teams.team.caseload_limit": 10, "teams.team.at_limit": "wait"})
    found = Sweeping(sweep(base, {"teams.team.fte": [1, 2, 4]}, 3))
    outcomes = {figure.outcome for figure in found.figures}
    assert {"wait_caseworker", "staff_fte"} <= {figure.outcome for figure in found.swept.shown}
    assert not outcomes & {"wait_caseworker", "wait_first_talk", "staff_fte"} and "wait_caseworker_all" in outcomes
    drawn = {figure.outcome for figure in chosen(found.swept)[0]}
    assert "wait_caseworker" not in drawn and "wait_caseworker_all" in drawn
    panel = panel_name(found.words, Figure("wait_caseworker_all"))
    assert panel.count("everybody") == 1, panel
    asked = Sweeping(sweep(base, {"teams.team.fte": [1, 2]}, 2, outcomes=["wait_caseworker"]))
    assert "wait_caseworker" in {figure.outcome for figure in asked.figures}


@pytest.mark.parametrize("key, same", [("teams.team.fte", True), ("intake.persons", False)])
def test_a_sweep_over_people_has_not_the_same_luck(key: str, same: bool, tmp_path: pathlib.Path) -> None:
    screen = sweep_screen(sweep(load(write(tmp_path)), {key: [20, 30]}, 2), "en", ASIDE)
    assert ("same luck" in screen) == same and " at as written" not in screen, screen


def test_one_staffing_is_no_range(tmp_path: pathlib.Path) -> None:
    """Of two combinations one has a staffing that is enough, or both the same."""
    base = load(write(tmp_path, still=True))
    axes = {"teams.team.fte": [1, 3], "teams.team.minutes_per_week": [10, 100]}
    found = Sweeping(sweep(base, axes, 10, service="called_on_time_share>=0.9"))
    assert (found.service() or "").endswith("surely reached in 1 of 2 combinations, with a staffing of 3.")
