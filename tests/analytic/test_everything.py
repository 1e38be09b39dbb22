"""All kinds of effort together: what must not matter does not matter, and people and places always add up.

Exact comparisons, person by person and to the last bit. The property at the end runs random combinations of all
interventions with the invariants of the program on, and adds up by itself what became of everybody.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.experiments.replicate import replicate
from simulation.report.diary import diary
from simulation.results.measures.replication import simulate
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.world import World
from tests.all_kinds import ONLY_THERE, everything, other, without_demand
from tests.helpers import counts_of, digest, make, person_by_person
from tests.offers import ALL, NOBODY_LEAVES, OLD, TEAMS, jobklub, total, virksomhedsforloeb, weekly

ROOT = Path(__file__).parents[2]


def same(before: World, after: World, only: Any = None) -> None:
    """Everybody who is in the world before has the same codes and paid hours in the world after."""
    for part in ("codes", "hours"):
        old, new = (person_by_person(world, getattr(world.register, part)) for world in (before, after))
        for place, column in old.items():
            if only is None or place[1] in only:
                assert (new[place][:, : column.shape[1]] == column).all(), (part, place)


def test_everything_is_at_work() -> None:
    """The comparisons below would be worth nothing if some effort did nothing: each is asked for, begun and ended."""
    world = run(everything(), [0, 1])
    for name in (
        "jobklub_started", "jobklub_dropped", "jobklub_completed", "jobklub_gave_up", "jobklub_turned_away",
        "jobklub_counselled", "vikar_assignments", "vikar_quit", "vikar_converted", "vikar_refused_notice",
        "vikar_refused_distance", "virksomhedsforloeb_self_found", "virksomhedsforloeb_gave_up",
        "virksomhedsforloeb_firm_declined", "virksomhedsforloeb_broken", "virksomhedsforloeb_hired",
        "virksomhedsforloeb_contact_weeks", "loentilskud_started", "loentilskud_void", "mentor_started",
        "mentor_waiting", "koordineret_helped", "koordineret_blocked_weeks", "outreach", "returned",
        "praktik_started", "held", "sygdom_begun", "fritagelse_recorded", "exempt", "raskmelding_started",
        "raskmelding_relapsed", "revurdering_extended", "revurdering_ended", "aktiv_no_time", "aktiv_completed",
        "aktiv_made_way", "aktiv_full_weeks", "aktiv_left_waiting", "formidling_trials", "formidling_no_match",
        "formidling_returned", "formidling_created", "formidling_created_after_return", "formidling_ended",
        "formidling_left_work", "formidling_fee_four_months", "exit_pension",
    ):  # fmt: skip
        assert total(world, name) > 0, name


# --- what must not matter -------------------------------------------------------------------------------------------


def test_efforts_that_nobody_is_asked_to_change_nobody() -> None:
    """Zero demand, strong effects all the same: codes, hours, counts and minutes as without them, which come last.

    (Counts of who there is, such as persons who have a broker, are new.)
    """
    before, after = (run(other(everything(), **more), [0, 1]) for more in ({}, without_demand()))
    same(before, after)
    old, new = counts_of(before), counts_of(after)
    assert old.keys() <= new.keys()
    for name, counts in new.items():
        assert name in ONLY_THERE or (counts == old.get(name, 0)).all(), name
    assert (np.array(before.register.minutes_used) == np.array(after.register.minutes_used)).all()


def test_each_effort_changes_somebody() -> None:
    """Whereas with demand each of them, alone, changes the register beyond its own mark (status or talks)."""
    efforts = everything().model_dump(exclude_none=True)["interventions"]
    before = run(other(everything()), [0])
    for name in set(efforts) - OLD:
        after = run(other(everything(), **{name: efforts[name] | ({"only_in": []} if name == "mentor" else {})}), [0])
        rest = after.register.codes & ~np.uint16(0b11110000)
        assert (rest != before.register.codes & ~np.uint16(0b11110000)).any(), name


def test_batches_do_not_matter() -> None:
    """Replications one at a time, two, and all at once: the same to the last bit."""
    loaded = Loaded("in code", everything(), None)  # type: ignore[arg-type]
    digests = {digest(replicate([loaded], 4, batch=batch)[0].replications) for batch in (1, 2, 4)}
    assert len(digests) == 1


def test_worlds_side_by_side_do_not_touch() -> None:
    """[0] and [1] alone against [0, 1]: codes and hours of everybody."""
    both = run(everything(), [0, 1])
    for number in (0, 1):
        alone = run(everything(), [number])
        for part in ("codes", "hours"):
            mine = getattr(both.register, part)[:, both.ledige.world == number]
            assert (mine == getattr(alone.register, part)).all(), (number, part)


def test_replications_differ() -> None:
    """And so do seeds."""
    found = [simulate(everything(), [0]), simulate(everything(), [1]), simulate(everything(seed=5), [0])]
    assert len({digest(each) for each in found}) == 3


def test_one_more_ledig_changes_nobody_in_another_jobcentre() -> None:
    """Seats, minutes, orders, firms, mentors, coordinators and subsidies stay in their jobcentre."""
    more = {"ribe": {"persons": 81}, "skive": {"persons": 60}, "vejle": {"persons": 0}}
    before, after = run(everything(), [0, 1]), run(everything(jobcentres=more), [0, 1])
    same(before, after, only=["skive"])
    with pytest.raises(AssertionError):  # whereas in ribe somebody's turn comes later
        same(before, after, only=["ribe"])


def plenty(**changes: Any) -> Scenario:
    """Room for all of everything, and nothing that one member of a club does to another."""
    data = everything().model_dump(exclude_none=True)
    for team in data["teams"].values():
        team |= {"minutes_per_week": 100_000, "caseload_limit": 1_000_000}
    here = data["interventions"]
    for name in ("praktik", "virksomhedsforloeb", "loentilskud"):
        here[name] |= {"places": ALL, "matches_per_week": float(ALL)}
    here["jobklub"] |= {"clubs": 1, "seats": ALL, "jobcentres": {}, "intake_every_weeks": 3}
    del here["jobklub"]["contagion"]
    for each in here["vikar"]["bureaus"].values():
        each["orders_per_week"] = float(ALL)
    here["mentor"] |= {"mentors": 1000.0}
    here["koordineret"] |= {"places": ALL}
    for part in here["aktiv"]["parts"].values():
        part["places"] = ALL
    del here["incitament"]["outreach"]
    return Scenario.model_validate(data | {"displacement": 0.0} | changes)


@pytest.mark.parametrize("place", ["ribe", "skive"])
def test_one_more_ledig_changes_nobody_where_nothing_is_scarce(place: str) -> None:
    """81 instead of 80, or 61 instead of 60, with random arrivals: everybody else is as before, wherever."""
    more: dict[str, Any] = {"ribe": {}, "skive": {"persons": 60}, "vejle": {"persons": 0}}
    more[place] = {"persons": {"ribe": 81, "skive": 61}[place]}
    same(run(plenty(), [0, 1]), run(plenty(jobcentres=more), [0, 1]))


def test_a_longer_run_has_the_same_beginning() -> None:
    """Weeks that are added at the end change none before."""
    before, after = run(everything(), [0]), run(everything(weeks=60), [0])
    for part in ("codes", "hours"):
        assert (getattr(after.register, part)[:40] == getattr(before.register, part)).all()


def test_a_diary_changes_nothing_and_tells_of_every_effort() -> None:
    """The register with somebody reading along is the same, and the words of every effort are heard from someone."""
    heard: set[str] = set()
    before = run(everything(), [0])
    after = run(everything(), [0], diary=lambda time, ids, what: heard.add(what.told("da")) if len(ids) else None)
    same(before, after)
    for words in ("begynder i jobklub", "registreret hos vikarbureau", "får en mentor", "får koordineret indsats",
                  "finder selv en virksomhed", "begynder i loentilskud", "siger nej til jobklub", "bliver syg",
                  "er rask igen", "fritages", "delvist raskmeldt", "må sygemeldes helt igen",
                  "sygedagpenge forlænges", "sygedagpenge ophører ved revurderingen", "henvist til aktiv",
                  "aktiv ophører", "begynder i arbejdsprøvning", "vurderes ikke at matche et fleksjob",
                  "sendes tilbage til kommunen", "tager imod et fleksjob", "siger nej til et fleksjob",
                  "tilkendes førtidspension"):  # fmt: skip
        assert words in heard
    assert len(diary(everything(), 3, 0)) > 3


def test_python_hash_seed_does_not_matter() -> None:
    """No result hangs on the order of a set or dict of text: two processes with different hash seeds."""
    code = (
        "from simulation.results.measures.replication import simulate; from tests.helpers import digest;"
        "from tests.all_kinds import everything; print(digest(simulate(everything(), range(2))))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    found = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment | {"PYTHONHASHSEED": seed}, capture_output=True,
            text=True, check=True,
        ).stdout.strip()
        for seed in ("0", "1")
    }  # fmt: skip
    assert found == {digest(simulate(everything(), range(2)))}


# --- how efforts meet -----------------------------------------------------------------------------------------------


def test_who_is_hired_begins_no_other_offer() -> None:
    """Praktik of eight weeks that ends in a job for all, and a jobklub that everybody is due for meanwhile."""
    settings_of_klub = jobklub(referral={"alle": {"ready_week": 4, "weekly": 1.0}})
    scenario = make(
        teams=TEAMS,
        intake={"persons": 50, "weeks": 1},
        exits=NOBODY_LEAVES,
        interventions={"forloeb": virksomhedsforloeb(direct_hire=1.0), "klub": settings_of_klub},
    )
    world = run(scenario, [0])
    assert weekly(world, "exit_job")[9] == 50
    assert total(world, "klub_started") == 0
