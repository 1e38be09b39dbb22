"""Who is called while the minutes last: both ways of reckoning it serve the same people."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.world.staff.caseworkers import Caseworkers
from simulation.world.staff.desks import Desks
from simulation.world.staff.teams import Team
from tests.helpers import digest, make, samtaler


def desks_of(minutes: list[int]) -> Desks:
    teams = {f"jobcentre {n}": {"team": Team(fte=1, minutes_per_week=each)} for n, each in enumerate(minutes)}
    return Desks(Caseworkers(1, [0], teams))


def one_by_one(minutes: list[int], asked: list[tuple[int, int, int]]) -> list[bool]:
    """By rank, within it in order: the first who does not fit ends it at her desk; who is longer than the whole week of
    the desk is passed over."""
    left, ended, served = list(minutes), [False] * len(minutes), [False] * len(asked)
    for i in sorted(range(len(asked)), key=lambda i: asked[i][2]):
        desk, takes, _ = asked[i]
        if takes > minutes[desk] or ended[desk]:
            continue
        served[i] = takes <= left[desk]
        ended[desk] = not served[i]
        left[desk] -= takes if served[i] else 0
    return served


@pytest.mark.parametrize("in_order", [True, False])
@pytest.mark.parametrize("luck", range(150))
def test_as_one_by_one(luck: int, in_order: bool) -> None:
    """Four desks, talks of 0 to 30 minutes, most of the last rank. Desks that stand in order are served in another way
    than those that do not."""
    random = np.random.default_rng(luck)
    minutes = random.choice([0, 10, 30, 50, 70], 4).tolist()
    many = int(random.integers(1, 40))
    desk, takes = random.integers(0, 4, many), random.choice([0, 10, 20, 30], many)
    rank = random.choice([0, 1, 2, 2, 2, 2], many)
    desk = np.sort(desk) if in_order else desk
    desks = desks_of(minutes)
    served = desks._serve(desk, takes, rank)
    assert served.tolist() == one_by_one(minutes, list(zip(desk.tolist(), takes.tolist(), rank.tolist(), strict=True)))
    used = np.bincount(desk[served], takes[served], minlength=4)
    assert (desks.desk_minutes_left == np.array(minutes) - used).all()


def test_letters_that_take_no_time_in_a_batch_and_alone() -> None:
    """What other worlds stand beside it changes nothing, although it may change how a week is reckoned."""
    talks = samtaler({"every": [{"weeks": 1}], "other_channel": {"channel": "brev", "from_week": 0, "share": 0.5}})
    talks["channels"]["brev"] = {"minutes": 0, "attendance": 1.0}
    scenario = make(
        intake={"persons": 60, "weeks": 3}, teams={"team": {"fte": 1, "minutes_per_week": 500}},
        interventions={"samtaler": talks},
    )  # fmt: skip
    together = simulate(scenario, range(4))
    alone = [replication for number in range(4) for replication in simulate(scenario, [number])]
    assert [digest([each]) for each in together] == [digest([each]) for each in alone]
