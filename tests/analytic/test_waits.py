"""Waits of everybody where they arise: counts and waits agree in every kind, and less staff is never a shorter wait."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.results.names import Names
from simulation.week import run
from simulation.world.ledige import GONE
from simulation.world.register import status_of, talk_of
from simulation.world.waits import NOT_SERVED, SERVED, STILL_WAITING, Lasted
from simulation.world.world import World
from tests.all_kinds import everything
from tests.helpers import as_written, make, samtaler
from tests.offers import total, weekly

ENDS = {"koordineret": ("helped", None), "aktiv": ("started", ["left_waiting"])}
"""Counts of who was served and of who was not, where they are not those of every offer."""


@pytest.fixture(scope="module")
def world() -> World:
    return run(everything(), [0, 1, 2])


def waits(world: World, intervention: str, what: str) -> Lasted:
    (found,) = [kept for name, kept in world.register.waits.items() if name == (intervention, what)]
    return found.all_of(len(world.register.codes))


def test_every_kind_with_a_wait_tells_of_everybody(world: World) -> None:
    """Whatever is the mean wait of the served has two outcomes of everybody beside it, and the register keeps it."""
    names = Names(everything())
    means = [outcome for outcome in names.meanings if outcome.endswith(".wait")]
    means += ["wait_praktik", "wait_caseworker", "wait_first_talk"]
    assert len(means) == 10
    figures = simulate(everything(), [0])[0].outcomes
    for outcome in means:
        assert names.of_everybody(outcome), outcome
        for beside in names.of_everybody(outcome) or ():
            assert names.meaning(beside).definition and any(figure.outcome == beside for figure in figures), beside
    kept = {name.dotted for name in world.register.waits}
    assert {name for name in means if "." in name} | {"wait_caseworker"} == kept


@pytest.mark.parametrize(
    "name", ["jobklub", "virksomhedsforloeb", "loentilskud", "mentor", "koordineret", "praktik", "aktiv"]
)
def test_counts_and_waits_agree(world: World, name: str) -> None:
    """Who was served, for how many weeks she had waited, who left or gave up, and who waits when the run ends."""
    served, left = ENDS.get(name, ("started", ["left_waiting", "gave_up"]))
    found = waits(world, name, "wait")
    assert np.count_nonzero(found.end == SERVED) == total(world, f"{name}_{served}") > 0
    assert found.weeks[found.end == SERVED].sum() == total(world, f"{name}_wait")
    if left is not None:
        assert np.count_nonzero(found.end == NOT_SERVED) == sum(total(world, f"{name}_{what}") for what in left)
        assert np.count_nonzero(found.end == STILL_WAITING) == weekly(world, f"{name}_waiting")[-1]
    else:
        assert np.count_nonzero(found.end == NOT_SERVED) > 0


def test_waits_for_a_caseworker_are_all_there(world: World) -> None:
    """Everybody taken, everybody in line when the run ends, and nobody twice at a time. A change of team while waiting
    begins no new wait, so weeks are those counted or more."""
    found = waits(world, "", "wait_caseworker")
    taken = found.end == SERVED
    assert np.count_nonzero(taken) == total(world, "got_caseworker")
    assert found.weeks[taken].sum() >= total(world, "caseworker_wait") > 0
    assert np.count_nonzero(found.end == STILL_WAITING) == np.count_nonzero(world.staff.desk[world.staff.waiting] < 0)
    left = found.weeks[found.end == NOT_SERVED]  # leaves on a tirsdag, after a mandag or more without being taken
    assert len(left) > 0 and left.min() == 1


def of_a_limit(limit: int, level: float = 0.0, persons: int = 40) -> dict[tuple[str, str, int | None], float]:
    """Figures of a team with so much room, for 20 weeks; all come in week 0, and are hired with this intensity."""
    scenario = make(
        intake={"persons": persons, "weeks": 1},
        teams={"team": {"fte": 1, "minutes_per_week": 10_000, "caseload_limit": limit}},
        exits={"job": {"level": level}},
        interventions={"samtaler": samtaler({"first_week": 0, "every": [{"weeks": 1}]})},
    )  # fmt: skip
    return as_written({figure: np.array([value]) for figure, value in simulate(scenario, [0])[0].outcomes.items()})


@pytest.mark.parametrize("limit", [0, 1, 10, 39, 40])
def test_who_finds_the_team_full_for_ever_waits_for_ever(limit: int) -> None:
    """Nobody leaves: so many are taken at once, and have a talk in the same week; the others wait for all 20 weeks."""
    found = of_a_limit(limit)
    others = 1 - limit / 40
    for wait in ("wait_caseworker", "wait_first_talk"):
        assert found[f"{wait}_all", "alle", None] == pytest.approx(20 * others)
        for week in (1, 13, None):
            assert found[f"{wait}_unserved", "alle", week] == pytest.approx(others)
        served = found[wait, "alle", None]
        assert served == 0 if limit else np.isnan(served)


@pytest.mark.parametrize("level", [0.0, 0.05, 1.0])
def test_if_nobody_is_served_it_is_the_whole_follow_up_however_soon_they_leave(level: float) -> None:
    found = of_a_limit(0, level)
    assert found["wait_caseworker_all", "alle", None] == found["wait_first_talk_all", "alle", None] == 20
    assert found["wait_caseworker_unserved", "alle", None] == found["wait_first_talk_unserved", "alle", None] == 1


def test_less_room_is_a_longer_wait_although_the_served_wait_less() -> None:
    """With room for 4 of 40 some are taken when others have left; the mean of those taken falls where fewer are."""
    found = {limit: of_a_limit(limit, 0.05) for limit in (20, 8, 4, 2, 1)}
    means = [found[limit]["wait_caseworker_all", "alle", None] for limit in found]
    shares = [found[limit]["wait_caseworker_unserved", "alle", None] for limit in found]
    assert means == sorted(means) and len(set(means)) == 5
    assert shares == sorted(shares) and len(set(shares)) == 5
    served = [found[limit]["wait_caseworker", "alle", None] for limit in found]
    assert served != sorted(served)


def test_a_wait_is_until_the_first_exit() -> None:
    """A talk after a return to benefit ends no wait of the first spell; by the register, where all is seen."""
    scenario = make(
        exits={"job": {"level": 0.4}}, job_spells={"hours": 37, "end_intensity": {0: 0.5}, "returns": 1.0},
        interventions={"samtaler": samtaler({"talks": [{"week": 1}]})}, intake={"persons": 200, "weeks": 1},
    )  # fmt: skip
    codes = run(scenario, [0]).register.codes
    talked, gone = talk_of(codes) > 0, status_of(codes) >= GONE
    first_spell = np.cumsum(gone, axis=0) == 0
    once = (talked & first_spell).any(axis=0)
    assert 0 < np.count_nonzero(once) < np.count_nonzero(talked.any(axis=0))
    outcomes = simulate(scenario, [0])[0].outcomes
    assert outcomes["wait_first_talk_unserved", "alle", None] == pytest.approx(1 - once.mean())
    assert outcomes["wait_first_talk_unserved", "alle", 1] == 1
