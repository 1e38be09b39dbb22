"""How much staff would do: the replay of a run's demand against recursions by hand and against the engine itself."""

from __future__ import annotations

import numpy as np
import pytest

from simulation import load, run
from simulation.results.needed_staff import needed_staff
from simulation.scenario.enough_staff import LEVELS, in_time, smallest
from tests.helpers import make


def replay(there: float, fresh: list[float], again: list[float]) -> float:
    """The queue of minutes, one week after the other."""
    left_over, found, stayed_away = 0.0, 0.0, 0.0
    for due, absent in zip(fresh, again, strict=True):
        room = there - left_over - stayed_away
        found += min(max(room, 0.0), due)
        left_over, stayed_away = max(due - room, 0.0), absent
    return found / sum(fresh)


def test_the_replay_is_the_queue_of_minutes() -> None:
    rng = np.random.default_rng(3)
    fresh, again = rng.integers(0, 500, (30, 2, 3)).astype(float), rng.integers(0, 60, (30, 2, 3)).astype(float)
    there = np.full((30, 2, 3), 200.0)
    times = np.array([[0.0, 0.4], [1.0, 1.5], [3.0, 9.0]])
    found = in_time(there, fresh, again, times)
    for level in range(3):
        for r in range(2):
            parts = [replay(200 * times[level, r], fresh[:, r, d], again[:, r, d]) for d in range(3)]
            expected = np.average(parts, weights=fresh[:, r].sum(axis=0))
            assert found[level, r] == pytest.approx(expected)
    least = smallest(there, fresh, again)
    levels = np.array(LEVELS)[:, None]
    assert (in_time(there, fresh, again, least) >= levels).all()
    assert (in_time(there, fresh, again, least * 0.999) < levels).all()
    assert (np.diff(least, axis=0) >= 0).all()


def test_out_of_reach_where_nobody_is_there() -> None:
    """Half of the weeks have no minutes at all: what falls due then is late, whatever the staff."""
    there = np.tile([1.0, 0.0], 10).reshape(20, 1, 1)
    least = smallest(there, np.ones((20, 1, 1)), np.zeros((20, 1, 1)))
    assert least[0, 0] > 0 and np.isnan(least[1:, 0]).all()


@pytest.mark.slow
def test_the_engine_with_that_staff_reaches_the_level() -> None:
    """Esbjerg: run again with the staff that was reckoned, 95 % of the talks find time in their week, give or take 2.5
    points: of talks, not minutes, with whole desks; and with 15 % less they do not. As many replications as the
    scenario asks for, for it is 2.4 points short (92.6 % of talks)."""
    scenario = load("scenarios/esbjerg_tidlig_indsats.yaml")
    (answer,) = (each for each in needed_staff(run(scenario)) if each.team == "projekt")
    needed = answer.needed[LEVELS.index(0.95)].value
    minutes = scenario.scenario.teams["projekt"].minutes_per_week * needed / answer.fte
    for part, reached in ((1.0, True), (0.85, False)):
        changed = scenario.with_({"teams.projekt.minutes_per_week": round(minutes * part)})
        found = run(changed).estimate("called_on_time_share", "team:projekt").value
        assert (found > 0.925) == reached, found


def test_no_talks_no_answer() -> None:
    from simulation.results.measures.replication import simulate

    assert not any(total.any() for name, total in simulate(make(), [0])[0].staff.totals.items() if name == "held")
