"""Exits of the stock, completed spells and reports at dates are what a count person by person says."""

from __future__ import annotations

import pytest

from simulation.results.measures.replication import summarise
from simulation.week import run
from simulation.world.ledige import GONE, LEDIG
from simulation.world.register import offer_of, status_of, talk_of
from tests.helpers import make, praktik, samtaler
from tests.offers import JOBS

from .watched import as_printed, long_term, of_month, recount, spells

ASKED = {
    "watched": ["exits_of_stock", "completed_spells"], "reports_at": ["2026-W06", "2026-W19", "2026-W30"],
    "success": ["job"], "states_at": [12], "together": {"begge": ["job", "education"]},
}  # fmt: skip
ENDS = (6, 19, 30)


def test_what_is_watched_is_what_a_count_person_by_person_says() -> None:
    """Jobs end, some come back and leave again, and enrolment goes on."""
    scenario = make(
        weeks=30, follow_up=12, intake={"persons": 300, "weeks": 10, "arrivals": "random"}, measured_from=2,
        exits={"job": {"level": 0.08}, "education": {"level": 0.02}}, job_spells=JOBS, **ASKED,
    )  # fmt: skip
    world = run(scenario, [0])
    (found,) = summarise(scenario, [0], world, 0.0)
    codes, entry = status_of(world.register.codes).T.tolist(), world.ledige.entry.tolist()
    begins = 0
    for week, end in zip(("06", "19", "30"), ENDS, strict=True):
        share, weeks, stock = recount(codes, entry, begins, end)
        told = {what: found.outcomes[f"report_2026w{week}_{what}", "alle", None] for what in (
            "exit_share", "completed_weeks", "stock", "benefit", "job")}  # fmt: skip
        assert told["exit_share"] == pytest.approx(share) and told["completed_weeks"] == pytest.approx(weeks)
        assert told["stock"] == stock
        known = [life[end - 1] for life, came in zip(codes, entry, strict=True) if 2 <= came < end]
        assert told["benefit"] == pytest.approx(known.count(LEDIG) / len(known))
        assert told["job"] == pytest.approx(known.count(GONE) / len(known))
        begins = end
    lives = [life[came : came + 12] for life, came in zip(codes, entry, strict=True) if came >= 2]
    share, weeks, _ = recount(lives, [0] * len(lives), 0, 12)
    assert found.outcomes["stock_exit_share", "alle", None] == pytest.approx(share)
    assert found.outcomes["completed_weeks", "alle", None] == pytest.approx(weeks)
    ended = [spell for life in lives for spell in spells(life, 0)]
    assert found.outcomes["completed_spells", "alle", None] == len(ended) > len({week for week, _ in ended})
    assert found.outcomes["success_reached", "alle", 12] == pytest.approx(
        sum(life[11] == GONE for life in lives) / len(lives)
    )
    both = sum(found.outcomes[f"exit_{name}", "alle", 12] for name in scenario.exits)
    assert found.outcomes["together_begge", "alle", 12] == pytest.approx(both)


def test_a_stock_is_what_a_count_person_by_person_says() -> None:
    """Two benefits; jobs end and some come back, so a year on benefit may have gaps. 2027-W05 is the first week of its
    month (Thursday 4 February), 2026-W53 the last one of its (31 December)."""
    scenario = make(
        weeks=60, follow_up=4, intake={"persons": 300, "weeks": 40, "arrivals": "random"}, start="2026-W01",
        exits={"job": {"level": 0.03}}, job_spells=JOBS, watched=["stock"],
        reports_at=["2026-W12", "2026-W53", "2027-W05"], benefits={"kort": {}, "lang": {
            "share": 0.5, "exits": {"job": {"level": 0.005}}, "passes": {"kort": {"level": 0.01}}}},
    )  # fmt: skip
    world = run(scenario, [0])
    (found,) = summarise(scenario, [0], world, 0.0)
    lives = status_of(world.register.codes).T.tolist()
    benefits = world.register.benefits
    assert benefits is not None
    for week, first, at in (("2026w12", 9, 11), ("2026w53", 48, 52), ("2027w05", 57, 57)):
        persons = sum(of_month(life, first, at) for life in lives)
        assert found.outcomes[f"report_{week}_month_persons", "alle", None] == persons > 0
        for number, name in enumerate(("kort", "lang"), start=1):
            on = [[LEDIG if each == number else -1 for each in life] for life in benefits.T.tolist()]
            told = found.outcomes[f"report_{week}_month_persons_{name}", "alle", None]
            assert told == sum(of_month(life, first, at) for life in on)
            if at >= 51:
                there = [k for k, life in enumerate(on) if life[at] == LEDIG]
                share = sum(long_term(lives[k], at) for k in there) / len(there)
                assert found.outcomes[f"report_{week}_long_term_{name}", "alle", None] == pytest.approx(share)
        if at < 51:
            assert found.outcomes[f"report_{week}_long_term", "alle", None] != found.outcomes[
                f"report_{week}_long_term", "alle", None]  # fmt: skip


def test_spells_talks_and_activation_as_printed_are_what_a_count_person_by_person_says() -> None:
    """Jobs end and some come back, after a whole calendar month or before; talks, praktik, and two benefits."""
    scenario = make(
        weeks=53, follow_up=4, intake={"persons": 500, "weeks": 46, "arrivals": "random"}, start="2026-W01",
        exits={"job": {"level": 0.06}}, job_spells=JOBS | {"end_intensity": {0: 0.2}},
        watched=["spells", "contact", "activation"], reports_at=["2026-W26", "2026-W48"],
        benefits={"kort": {}, "lang": {"share": 0.5, "exits": {"job": {"level": 0.02}}}},
        interventions={"samtaler": samtaler({"every": [{"weeks": 3}]}), "praktik": praktik(weekly=0.1)},
    )  # fmt: skip
    world = run(scenario, [0])
    (found,) = summarise(scenario, [0], world, 0.0)
    register = world.register
    assert register.benefits is not None
    lives, talks = status_of(register.codes).T.tolist(), (talk_of(register.codes) > 0).T.tolist()
    offers = (offer_of(register.codes) > 0).T.tolist()
    ends = [4, 8, 12, 17, 21, 25, 30, 34, 38, 43, 47, 52]  # last weeks of the months of 2026
    months = [(first, last) for first, last in zip([0, *(end + 1 for end in ends)], ends, strict=False)]
    for number, name in ((0, ""), (1, "_kort"), (2, "_lang")):
        on = lives if not number else [
            [LEDIG if each == number else -1 for each in life] for life in register.benefits.T.tolist()]  # fmt: skip
        spells = [(who, spell) for who, life in enumerate(on) for spell in as_printed(life, months)]
        for week, k in (("2026w26", 5), ("2026w48", 10)):
            (first, last), end_of_next = months[k], months[k + 1][1]
            begun = [spell for _, spell in spells if first <= spell[0] <= last]
            ended = [(who, spell) for who, spell in spells if first <= spell[-1] <= last]
            runs = [spell for _, spell in spells if spell[0] <= last and last < spell[-1]]
            assert end_of_next < 53

            def told(what: str, name: str = name, week: str = week) -> float:
                return found.outcomes[f"report_{week}_{what}{name}", "alle", None]

            assert told("spells_begun") == len(begun) and told("spells_ended") == len(ended) > 0
            assert told("spells_running") == len(runs) > 0
            lengths = [spell[-1] - spell[0] + 1 for _, spell in ended]
            assert told("spells_ended_weeks") == pytest.approx(sum(lengths) / len(lengths))
            longer = sum(each > 13 for each in lengths) / len(lengths)
            assert told("spells_ended_over_13") == pytest.approx(longer)
            over = sum(last - spell[0] + 1 > 13 for spell in runs)
            assert told("spells_over_13") == pytest.approx(over / len(runs))
            if k == 5:
                of_quarter = [(who, spell) for who, spell in spells if months[3][0] <= spell[-1] <= last]
                at_work = sum(lives[who][spell[-1] + 13] == GONE for who, spell in of_quarter)
                assert at_work and told("spells_then_job") == pytest.approx(at_work / len(of_quarter))
            there = [(who, spell) for who, spell in spells if last in spell and last - spell[0] < 13]
            held = sum(talks[who][each] for who, spell in there for each in spell if each <= last)
            assert told("talks_to_13") == pytest.approx(held / len(there))
            of_month = [(who, each) for who, life in enumerate(on) for each in range(first, last + 1)
                        if life[each] == LEDIG]  # fmt: skip
            offered = [(who, each) for who, each in of_month if offers[who][each]]
            assert told("activation_degree") == pytest.approx(len(offered) / len(of_month))
            touched = len({who for who, _ in offered}) / len({who for who, _ in of_month})
            assert told("activation_touched") == pytest.approx(touched) and touched > 0
