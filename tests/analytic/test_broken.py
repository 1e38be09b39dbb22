"""A program that goes wrong is stopped: every invariant is broken on purpose, and must be named with its week."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from simulation.interventions.praktik import PraktikRunning
from simulation.scenario.schema import Scenario
from simulation.week import Week, run
from simulation.world.invariants import Broken
from simulation.world.ledige import GONE, LEDIG, OUT, PLANNED
from simulation.world.places import Places
from simulation.world.world import World
from tests.helpers import busy, make, praktik, samtaler


def scarce() -> Scenario:
    """A praktik with few places and a team with a caseload limit."""
    return make(
        teams={"team": {"fte": 1, "minutes_per_week": 600, "caseload_limit": 100}},
        intake={"persons": 300, "weeks": 10},
        job_spells={"hours": 30, "end_intensity": {0: 0.001}, "returns": 0.0},
        interventions={
            "praktik": praktik(0.1, places=20),
            "samtaler": samtaler(),
            "sygdom": {"kind": "sygdom", "begins": 0.0, "length_weeks": 4},
        },
    )


def somebody(world: World, status: int) -> int:
    """A ledig with this status."""
    return int(np.flatnonzero(world.ledige.status == status)[0])


def lose_a_ledig(world: World) -> None:
    world.ledige.status[somebody(world, LEDIG)] = OUT


def forget_an_exit(world: World) -> None:
    world.ledige.status[somebody(world, GONE)] = LEDIG


def forget_an_arrival(world: World) -> None:
    world.ledige.entry[world.ledige.entry == 9] = 3


def overdraw_a_desk(world: World) -> None:
    world.staff.desk_minutes_left[0] = -1


def invent_a_case(world: World) -> None:
    world.staff.cases[0] += 1


def overfill_a_team(world: World) -> None:
    world.staff.highest[0] = world.staff.cases_of_team()[0] - 1  # the highest limit so far: nobody's case is taken away


def leave_with_a_place(world: World) -> None:
    world.register.offer[somebody(world, GONE)] = 1


def only_places(world: World) -> Places:
    ((places,),) = world.places.values()
    return places


def hold_too_many_places(world: World) -> None:
    only_places(world).held[0] = only_places(world).capacity[0] + 1


def hand_back_too_many_places(world: World) -> None:
    only_places(world).held[0] = -1


def leave_and_be_sick(world: World) -> None:
    world.states["sygdom"][0][somebody(world, GONE)] = True


def work_without_a_job(world: World) -> None:
    assert world.jobs is not None
    world.jobs.hours[somebody(world, PLANNED)] = 37


HARM: dict[Callable[[World], None], str] = {
    lose_a_ledig: "enrolled, but",
    forget_an_exit: "enrolled, but",
    forget_an_arrival: "not enrolled in her week",
    overdraw_a_desk: "more minutes than it has",
    invent_a_case: "do not add up",
    overfill_a_team: "above its caseload limit",
    leave_with_a_place: "still holds a place",
    hold_too_many_places: "more places are held than there are",
    hand_back_too_many_places: "handed back twice",
    leave_and_be_sick: "sygdom: someone has left and is still in that state",
    work_without_a_job: "neither on benefit nor in a job and has paid hours",
}


@pytest.mark.parametrize(("harm", "says"), HARM.items(), ids=[harm.__name__ for harm in HARM])
def test_every_invariant_is_caught_in_its_week(
    monkeypatch: pytest.MonkeyPatch, harm: Callable[[World], None], says: str
) -> None:
    """Done on fredag of week 5, it is said on søndag of week 5."""
    friday = Week.samtaler

    def sabotaged(self: Week, week: int) -> None:
        friday(self, week)
        if week == 5:
            harm(self.world)

    monkeypatch.setattr(Week, "samtaler", sabotaged)
    with pytest.raises(Broken, match=f"^week 5: .*{says}"):
        run(scarce(), [0])


def test_a_place_taken_twice_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """An intervention that takes two places for one ledig holds more than it has people in them."""
    take = Places.take

    def twice(self: Places, ids: np.ndarray, room: np.ndarray | None = None) -> np.ndarray:
        got = take(self, ids, room)
        self.held += np.bincount(self.where[ids[got]], minlength=len(self.held))
        return got

    monkeypatch.setattr(Places, "take", twice)
    with pytest.raises(Broken, match=r"^week \d+: praktik: (more places are held|places held and people in them)"):
        run(scarce(), [0])


def test_a_place_taken_twice_is_caught_where_places_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places held must be as many as people in the offer, also while there are places left."""
    begin = PraktikRunning.begin

    def twice(self: PraktikRunning, week: int, ids: np.ndarray) -> None:
        begin(self, week, ids)
        self.offer.places.held += np.bincount(self.world.ledige.jobcentre[ids], minlength=len(self.offer.places.held))

    monkeypatch.setattr(PraktikRunning, "begin", twice)
    with pytest.raises(Broken):
        run(make(interventions={"praktik": praktik(0.1)}), [0])


def test_a_leaver_who_keeps_the_place_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """An intervention that forgets to hand back what leavers held."""
    monkeypatch.setattr(PraktikRunning, "gone", lambda self, week, ids: None)
    with pytest.raises(Broken, match=r"^week \d+: someone has left and still holds a place"):
        run(scarce(), [0])


def test_a_leaver_who_keeps_the_place_is_caught_in_a_job_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where leavers to a job have job spells."""
    monkeypatch.setattr(PraktikRunning, "gone", lambda self, week, ids: None)
    spells = {"hours": 37, "end_intensity": {0: 0.001}, "returns": 0.0}
    with pytest.raises(Broken, match="still holds a place"):
        run(make(job_spells=spells, interventions={"praktik": praktik(0.5)}), [0])


def test_checks_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """For speed; then nothing is said."""
    monkeypatch.setattr(PraktikRunning, "gone", lambda self, week, ids: None)
    run(scarce(), [0], check_invariants=False)


def test_nothing_is_broken_where_everything_is_scarce() -> None:
    """The invariants hold in every week of a run with all that there is."""
    run(busy(), range(3))
