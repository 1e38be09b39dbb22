"""Aktive hurtigere tilbage, the second target group: who is approved for a fleksjob, and what becomes of them.

The report has no effects and no levels; what is printed are numbers planned, the rules, and words.
"""

from __future__ import annotations

from simulation.scenario.load import load
from tests.founding import SHIPPED, stored, told

TRIAL = "aht_fleksjobvisiterede"


def test_003_13_seven_jobcentres_266_planned_and_offers_of_their_own() -> None:
    """266 in seven jobcentres; participants alone have the offers, all of them job search, none physiotherapy."""
    persons = load(SHIPPED / f"{TRIAL}.yaml").scenario.persons()
    assert len(persons) == 7 and sum(persons.values()) == 266
    found = stored(TRIAL)
    assert found["aktive_tilbud_started", "kontrol"] == 0 and found["aktive_tilbud_started", "deltager"] > 90
    assert found["aktive_tilbud_jobsoegning_share", "deltager"] == 1
    assert ("aktive_tilbud_fysio_ergo_share", "deltager") not in found
    assert found["aktive_tilbud_hours", "deltager"] > 10  # ten hours are required
    assert found["talks_held", "deltager"] > 10 > 2 > found["talks_held", "kontrol"]


def test_003_13_four_months_are_often_too_short() -> None:
    """After 17 weeks nearly nine in ten are where they were, and half as many in a fleksjob as after a year; no share
    is printed. With nothing assumed of what offers do, both arms come out alike, as far as 133 persons each can."""
    soon, later = (told(TRIAL, "state_fleksjob", "deltager", week) for week in (17, 52))
    assert 0 < soon < 0.6 * later and told(TRIAL, "state_benefit", "deltager", 17) > 0.8
    assert abs(later - told(TRIAL, "state_fleksjob", "kontrol", 52)) < 2 * (2 * 0.13 * 0.87 / 266) ** 0.5


def test_003_30_what_becomes_of_those_approved_for_a_fleksjob() -> None:
    """From ledighedsydelse most go to a fleksjob, some to a pension, hardly anybody to a job. Offers before it change
    nothing of that by what is assumed (no effect is printed); who is in one stays a little longer on sygedagpenge."""
    plain, offers = stored("flow_sygedagpenge"), stored("flow_sygedagpenge_tilbud")
    to = {end: plain[f"from_ledighedsydelse_to_{end}_share", "alle"] for end in ("fleksjob", "foertidspension", "job")}
    assert to["fleksjob"] > 0.5 > to["foertidspension"] > to["job"]
    assert offers["aktive_tilbud_started", "alle"] > 100
    from_it = [what for what in plain if what[0].startswith("from_ledighedsydelse_to_")]
    assert len(from_it) > 6 and all(offers[what] == plain[what] for what in from_it)
    assert offers["weeks_on_sygedagpenge", "alle"] > plain["weeks_on_sygedagpenge", "alle"]
