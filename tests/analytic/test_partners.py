"""Staff that takes no cases: in the table of staff, with what it costs, and how much of it would do.

The names of the tests say the rows of the founding documents that they are about.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from simulation import load
from simulation import run as run_file
from simulation.report.staff import partners_needed, team_table
from simulation.report.text import run_table
from simulation.results.partners import Partners, partners
from simulation.results.result import Result
from simulation.results.tables.staff_tables import staff_tables
from simulation.scenario.enough_staff import LEVELS
from tests.helpers import loaded, samtaler

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def joint(fte: float, **more: Any) -> Result:
    """A hundred who never leave and have a talk of half an hour every week, an a-kasse sitting in: 3,000 minutes."""
    talks = [{"week": week, "partner": "a_kasse"} for week in range(20)]
    return run_file(loaded(
        exits={"job": {"level": 0}}, intake={"persons": 100, "weeks": 1, "arrivals": "even"},
        teams={
            "team": {"fte": 1, "minutes_per_week": 100_000},
            "a_kasse": {"fte": fte, "minutes_per_week": 2000, "takes_cases": False, **more},
        },
        interventions={"samtaler": samtaler({"talks": talks})},
    ), 2)  # fmt: skip


def the_one(result: Result) -> Partners:
    (found,) = partners(result)
    return found


def test_partners_with_time_enough_need_what_they_were_asked_for() -> None:
    """They use 3,000 of 4,000 minutes in every week, so three quarters of the two would do for all of it."""
    result = joint(2, pay={"per_year": 520_000})
    found = the_one(result)
    assert found.outcomes["utilisation"].value == pytest.approx(0.75)
    assert found.outcomes["utilisation_peak"].value == pytest.approx(0.75)
    assert found.outcomes["staff_cost"].value == pytest.approx(2 * 520_000 * 20 / 52, rel=0.01)
    assert not found.least and found.needed[-1].value == pytest.approx(1.5, rel=0.01)
    values = [each.value for each in found.needed]
    assert values == sorted(values)


def test_partners_whose_weeks_are_full_need_at_least_so_much() -> None:
    """With 1,500 minutes half of it is refused, which nobody writes down: no number is told as if it were enough."""
    found = the_one(joint(0.75))
    assert found.least and found.full.value == pytest.approx(1) and found.needed[-1].value <= 0.75 + 1e-6
    shown = "\n".join(partners_needed(joint(0.75), 110))
    assert "≥ 0.7" in shown and "100" in shown


def test_partners_stand_in_every_table_of_staff() -> None:
    result = joint(2, pay={"per_year": 520_000})
    found = staff_tables(result)
    teams = found["teams"].set_index(["team", "outcome"])["value"]
    assert teams["a_kasse", "utilisation"] == pytest.approx(0.75) and teams["a_kasse", "staff_fte"] == 2
    assert ("a_kasse", "cases") not in teams.index
    needed = found["staff_needed"].query("team == 'a_kasse'")
    assert needed["level"].tolist() == list(LEVELS) and set(needed["bound"]) == {""}
    screen = "\n".join(team_table(result, 110))
    assert "a_kasse" in screen and "75.0" in screen and "cost" in screen


def test_absence_and_turnover_of_partners_are_told() -> None:
    away = {"syg": {"share": 0.2, "weeks": 2}}
    teams = staff_tables(joint(5, absence=away, turnover={"per_year": 0.5, "vacancy_weeks": 8}))["teams"]
    told = teams.set_index(["team", "outcome"])["value"]
    assert 0 < told["a_kasse", "absence_share"] < 0.6 and 0 < told["a_kasse", "vacancy_share"] < 0.6


# --- the founding documents -----------------------------------------------------------------------------------------


@cache
def shipped(name: str) -> Result:
    return run_file(load(SCENARIOS / f"{name}.yaml"), 3)


def test_002_39_brokers_are_staff_and_four_fifths_of_their_time_is_used() -> None:
    """Brokers of the municipality have 30 citizens each, and more of their time is used than of the other actor's."""
    found = {each.team: each for each in partners(shipped("fleksjob_andre_aktoerer"))}
    used = {name: each.outcomes["utilisation"].value for name, each in found.items()}
    assert set(used) == {"formidlere_kommune", "formidlere_aktoer"}
    assert 0.7 < used["formidlere_aktoer"] < used["formidlere_kommune"] < 0.98
    assert all(each.least for each in found.values())


def test_001_10_jobkonsulenter_are_on_the_screen() -> None:
    """How many jobkonsulenter there were is not printed; two, assumed, have time to spare."""
    found = {each.team: each for each in partners(shipped("esbjerg_tidlig_indsats"))}
    assert found["jobkonsulenter"].outcomes["utilisation"].value < 0.9
    assert found["jobkonsulenter"].needed[LEVELS.index(0.95)].value < 2.5
    screen = run_table(shipped("esbjerg_tidlig_indsats"))
    assert "without cases, needed" in screen and screen.count("jobkonsulenter") >= 2


def test_004_advisers_of_clubs_are_staff() -> None:
    found = {each.team: each.outcomes["utilisation"].value for each in partners(shipped("tre_hovedveje_jobklub"))}
    assert found and all(0 <= used <= 1 for used in found.values())
    teams = staff_tables(shipped("tre_hovedveje_jobklub"))["teams"]
    assert isinstance(teams, pd.DataFrame) and set(found) <= set(teams["team"])
