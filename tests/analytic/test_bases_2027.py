"""The bases of 2027: what their numbers are worked out from, and what they give beside what is printed.

Levels, tables and periods are those that the files name. What is met because it was set is said, and what is missed
too. """

from __future__ import annotations

import datetime
import math
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.scenario.load import load
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.register import status_of
from simulation.world.season import relative, time_of_year
from simulation.world.world import World
from tests.founding import SHIPPED, told

STOCKS = (
    77822, 76799, 77969, 78656, 81689, 89922, 89376, 83872, 74705, 75711, 75540, 76401, 81117, 79115, 80388,
    80532, 83024, 89946, 88851, 85551, 75082, 75181, 73874, 72976, 77889, 75809, 77555, 77877, 80586, 87901,
    87724, 83411, 74081, 75270, 76496, 76981, 81704, 79150, 80579, 81644, 85186, 93245, 93267, 101067, 117610,
    122232, 119588, 115784, 113274, 108798, 107639, 105883, 108975, 120532, 124325, 114676, 104691, 92975, 88247, 87894,
    84198, 76412, 71496, 65892, 59281, 73029, 70349, 66139, 62227, 57426, 58099, 62233, 62790, 58129, 57835,
    59250, 57620, 73246, 74168, 71006, 67997, 65020, 66380, 70817, 72655, 67770, 67936, 68279, 65843, 82593,
    82468, 78783, 74662, 71031, 71461, 75537, 76692, 71991, 71468, 71284, 68075, 82940, 83441, 79569, 74914,
    71066, 71954, 75849, 76868, 72150, 71349, 70808, 67818, 83833, 88274, 81761, 77737, 73887, 74981, 77888,
)  # fmt: skip
"""Full-time persons on dagpenge, August 2016 to July 2026 (Jobindsats, y01a02, all a-kasser; read 28 November 2026)."""
FIRST = (2016, 8)
CORONA = (2020, 2021)
STARTED = 1 / 24.6
"""Weekly intensity of leaving dagpenge, by the mean length of ended spells (LVL-19)."""
TO_JOB = 0.6753 + 0.0857 / 0.7
"""Share who leave to a job: in work after three months, or back, where 0.7 of those whose job ends come back
(LVL-29)."""
ON_BENEFIT = 1


@cache
def scenario(name: str) -> Scenario:
    """A shipped base."""
    return load(SHIPPED / f"base_2027_{name}.yaml").scenario


def index() -> NDArray[np.float64]:
    """The season of the stock, January to December: a month by the mean of the twelve about it, without corona's
    years."""
    by_month: list[list[float]] = [[] for _ in range(12)]
    for n in range(6, len(STOCKS) - 6):
        year, month = divmod(FIRST[0] * 12 + FIRST[1] - 1 + n, 12)
        if year not in CORONA:
            around = STOCKS[n - 6 : n + 7]
            by_month[month].append(STOCKS[n] / ((sum(around) - (around[0] + around[-1]) / 2) / 12))
    means = np.array([np.mean(each) for each in by_month])
    return means / means.mean()


def test_the_season_gives_the_sources_index_back() -> None:
    """A stock with the inflow and exits of the file, year upon year, has by month the season of ten years of stocks,
    to 0.02: 1.12 in January and 0.95 in December. The three years of LVL-07 have 1.09 and 0.923, at most 0.03 away."""
    base = scenario("dagpenge")
    assert base.season is not None
    exits = relative(base.season.exits["job"])
    month, _ = time_of_year(base.start, base.weeks)
    blocks = [*base.intake.by_block, base.weeks]
    inflow = np.zeros(12)
    for (first, last), share in zip(pairwise(blocks), base.intake.by_block.values(), strict=True):
        inflow[month[first] - 1] += share / (last - first) / 2 if 5 <= first < 109 else 0
    days = [datetime.date(2022, 1, 6) + datetime.timedelta(weeks=week) for week in range(52 * 5 + 2)]
    stock, seen = STARTED**-1, np.zeros((12, 2))
    for week, day in enumerate(days):
        m = day.month - 1
        stock += inflow[m] / inflow.mean() - stock * STARTED * (TO_JOB * exits[m] + 1 - TO_JOB)
        seen[m] += (stock, 1) if week >= 104 else 0
    simulated = seen[:, 0] / seen[:, 1]
    assert simulated / simulated.mean() == pytest.approx(index(), abs=0.02)
    assert index()[[0, 11]] == pytest.approx([1.115, 0.945], abs=0.001)
    printed = [1.09, 1.096, 1.048, 0.994, 0.946, 0.959, 1.016, 1.034, 0.969, 0.964, 0.962, 0.923]
    assert index() == pytest.approx(printed, abs=0.03)


def test_fitted_exits_from_dagpenge_are_near_shares_of_the_printed_length() -> None:
    """What each destination but work would be in closed form, its share three months later of one in 24.6 weeks, lies
    within the fit's interval or near it. Ends of jobs give the printed 0.0857 back. Absence is the printed one."""
    jobs = scenario("dagpenge").job_spells
    assert jobs is not None
    ended = -math.expm1(-13 * jobs.end_intensity[0])
    assert TO_JOB * ended * jobs.returns == pytest.approx(0.0857, abs=0.002)
    shares = {"education": 0.044, "sygedagpenge": 0.0703, "barsel": 0.0213, "kontanthjaelp": 0.0083}
    shares["selvforsoergelse"] = 0.06 - TO_JOB * ended * (1 - jobs.returns)
    shares["other"] = 1 - TO_JOB - sum(shares.values())
    (fit,) = load(SHIPPED / "base_2027_dagpenge.yaml").resolved.fits[-1:]
    for name, share in shares.items():
        low, high = fit.interval(f"exits.{name}.level")
        assert low < share * STARTED < high, name
    staff = scenario("dagpenge").teams["ordinaer"]
    assert sum(kind.share for kind in staff.absence.values()) == pytest.approx(0.049, abs=1e-9)
    assert staff.absence["lang"].share == pytest.approx(0.421 * 0.049, abs=0.0001)
    assert staff.minutes_per_week == round(0.26 * 37 * 60)


@pytest.mark.parametrize(
    ("week", "printed", "off"),
    [(2, 0.066, 0.03), (5, 0.204, 0.045), (14, 0.431, 0.04), (27, 0.684, 0.03), (40, 0.798, 0.03), (53, 0.882, 0.03)],
)
def test_spells_of_dagpenge_end_as_the_calendar_month_rule_has_it(week: int, printed: float, off: float) -> None:
    """Left by weeks 2 to 53 (LVL-21), fitted. Missed the most is week 5, 0.18 against 0.204: in print more leave in
    weeks 2 to 5 than before and after, which no smooth course has. It is not the curve to a first break (0.83 by week
    13, LVL-10)."""
    assert told("base_2027_dagpenge", "exit_any", week=week, replications=2) == pytest.approx(printed, abs=off)


@cache
def world() -> World:
    """Two replications of the base of dagpenge."""
    return run(scenario("dagpenge"), [0, 1])


def test_stock_long_term_share_and_used_right_are_checks() -> None:
    """None is fitted, but for the ended spells, 72 a month (74 are 14,734 / 200). The stock is a twelfth too small, 432
    of 470 (LVL-01), as the printed lengths and ended spells themselves make it (LVL-19); long-term are too many, 0.20
    of 0.16 (LVL-06), by the frailty that the curve of spells asks for; of the used right too few are beyond 18 months,
    0.03 of 0.087 (LVL-25), since the run has no spells before it."""
    on = status_of(world().register.codes) == ON_BENEFIT
    weeks, year = len(on), slice(len(on) - 53, len(on) - 1)
    stock = on[year].sum() / 52 / 2
    assert 0.84 < stock / (93938 / 200) < 0.97
    ended = (on[:-1] & ~on[1:])[weeks - 54 : weeks - 2].sum() / 2 / 12
    assert ended == pytest.approx(14734 / 200, rel=0.08)
    so_far = np.cumsum(on, axis=0)
    of_52 = so_far[weeks - 53 :] - so_far[weeks - 105 : weeks - 52]
    here = on[weeks - 53 :]
    assert (of_52 >= 0.8 * 52)[here].mean() == pytest.approx(0.20, abs=0.03)
    used = so_far[weeks - 53 :][here]
    shares = np.histogram(used, [0, 13, 26, 52, 78, 999])[0] / used.size
    assert shares[:4] == pytest.approx([0.36, 0.223, 0.223, 0.107], abs=0.05)
    assert shares[4] < 0.05


def test_kontanthjaelp_by_the_one_printed_figure_of_duration() -> None:
    """Job-ready: 0.313 of the stock on benefit for 80 % of a year; activity-ready: 0.66 for three years. One intensity
    each."""
    ready, active = scenario("kontanthjaelp_jobparat"), scenario("kontanthjaelp_aktivitetsparat")
    assert sum(each.level for each in ready.exits.values()) == pytest.approx(-math.log(0.313) / (0.8 * 52), abs=0.0002)
    assert sum(each.level for each in active.exits.values()) == pytest.approx(-math.log(0.66) / 156, abs=0.00005)
    for base in (ready, active):
        to_job = base.exits["job"].level / sum(each.level for each in base.exits.values())
        assert to_job * 0.74 == pytest.approx(0.39, abs=0.003)
        assert base.job_spells is not None
        assert math.exp(-13 * base.job_spells.end_intensity[0]) == pytest.approx(0.74, abs=0.001)
    assert active.intake.persons == round(55751 / 50)


def test_sygedagpenge_by_open_spells() -> None:
    """Open spells of 2012 by length fall as spells do: the intensity between the middles of the classes (LVL-78)."""
    classes = {10.5: 7838 / 5, 19.5: 13942 / 13, 32.5: 9626 / 13, 45.5: 7516 / 13}
    between = [
        math.log(density / later) / (there - week) for (week, density), (there, later) in pairwise(classes.items())
    ]
    assert between == pytest.approx([0.042, 0.0285, 0.019], abs=0.001)
    duration = scenario("sygedagpenge").exits["egen_job"].duration
    assert duration is not None
    assert duration.log_slope == pytest.approx(math.log(between[2] / between[0]) / 24, abs=0.002)


def test_of_those_new_on_ledighedsydelse_two_in_five_have_left_within_a_year() -> None:
    """A mean stay of two years (LVL-62) is 0.39; set to be near, by the number of brokers."""
    assert told("base_2027_ledighedsydelse", "exit_any", replications=2) == pytest.approx(-math.expm1(-0.5), abs=0.06)
