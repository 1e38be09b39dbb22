"""The lots of a scenario's trial: by whom and by what they are drawn, and how many come into each arm by them."""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np

from simulation.scenario.schema import Scenario
from simulation.scenario.trial import Trial
from simulation.world.ledige import Ledige
from simulation.world.lots import Draw, InSteps, Lots, OfJobcentres, OfPersons, strata_of
from simulation.world.spec import Ints


def lots_of(scenario: Scenario) -> Lots | None:
    """The lots that its ledige draw; None: there is no trial."""
    trial = scenario.trial
    if trial is None:
        return None
    return Lots(
        draw=_draw(scenario, trial), arms=tuple(scenario.arms), control=trial.control, treated=trial.treated,
        takes_up=trial.takes_up, crosses_over=trial.crosses_over, contaminated=trial.contaminated,
        everybody=trial.everybody,
    )  # fmt: skip


def _draw(scenario: Scenario, trial: Trial) -> Draw:
    names = tuple(jobcentres_of(scenario))
    if trial.lots == "cluster":
        return OfJobcentres(names, treated_jobcentres(scenario, trial))
    if trial.lots == "stepped_wedge":
        assert trial.steps and trial.step_weeks
        return InSteps(names, scenario.intake.from_week, trial.steps, trial.step_weeks)
    share = share_drawn(scenario, trial)
    weights = {trial.treated: share, trial.control: 1 - share}
    blocked = scenario.allocation == "blocked" and trial.lots != "birth_date"
    strata = {name: list(scenario.subgroups[name]) for name in trial.strata}
    return OfPersons(trial.treated, {arm: weights[arm] for arm in scenario.arms}, scenario.lineage, blocked, strata)


def jobcentres_of(scenario: Scenario) -> list[str]:
    """The jobcentres that are in the trial: those with anybody in them."""
    return [name for name, persons in scenario.persons().items() if persons]


def share_drawn(scenario: Scenario, trial: Trial) -> float:
    """Share of persons, or of jobcentres, that is drawn as treated; of a stepped wedge that of all who are enrolled
    evenly over the intake."""
    if trial.lots == "stepped_wedge":
        assert trial.steps and trial.step_weeks
        return float((np.arange(scenario.intake.weeks) // trial.step_weeks).clip(max=trial.steps).mean() / trial.steps)
    control, treated = (scenario.arms[arm] for arm in trial.arms)
    ratio = treated / control if trial.ratio is None else trial.ratio
    return ratio / (1 + ratio)


def treated_jobcentres(scenario: Scenario, trial: Trial) -> int:
    """How many jobcentres are drawn as treated, where whole ones draw; a half is one more."""
    return math.floor(len(jobcentres_of(scenario)) * share_drawn(scenario, trial) + 0.5)


def weights_of(scenario: Scenario) -> dict[str, float]:
    """The weights by which ledige may be expected in the arms; in a trial as they are treated, not as drawn."""
    trial = scenario.trial
    if trial is None:
        return scenario.arms
    if trial.everybody is not None:
        return {arm: float(arm == trial.everybody) for arm in scenario.arms}
    drawn = share_drawn(scenario, trial)
    if trial.lots == "cluster":
        drawn = treated_jobcentres(scenario, trial) / len(jobcentres_of(scenario))
    treated = drawn * trial.takes_up + (1 - drawn) * (trial.crosses_over + trial.contaminated)
    return {arm: treated if arm == trial.treated else 1 - treated for arm in scenario.arms}


def share_of_arms(scenario: Scenario, arms: Collection[str]) -> float:
    """The share of a jobcentre's ledige who may be expected in some of the arms; where jobcentres draw, in the one that
    has most of them."""
    trial = scenario.trial
    if trial is None or trial.everybody is not None or not trial.of_jobcentres:
        weights = weights_of(scenario)
        return sum(weights[arm] for arm in arms) / sum(weights.values())
    others = trial.crosses_over + trial.contaminated
    treated = (others, trial.takes_up)  # in a jobcentre that is control, and in one that is treated
    return max(sum(share if arm == trial.treated else 1 - share for arm in {*arms}) for share in treated)


def strata_in(scenario: Scenario, ledige: Ledige) -> Ints:
    """The stratum of every ledig, shape (rows,): in a stepped wedge how many steps were over when she came, else the
    number of her combination of levels of the characteristics by which lots are drawn apart (0 where by none)."""
    trial = scenario.trial
    if trial is not None and trial.lots == "stepped_wedge":
        assert trial.steps and trial.step_weeks
        weeks = ledige.entry.astype(np.int64) - scenario.intake.from_week
        return (weeks // trial.step_weeks).clip(0, trial.steps)
    strata = {name: list(scenario.subgroups[name]) for name in trial.strata} if trial is not None else {}
    return np.broadcast_to(strata_of(ledige.subgroup, strata), len(ledige))


def strata_number(scenario: Scenario) -> int:
    """How many strata there are: one more than the highest number of `strata_in`."""
    trial = scenario.trial
    if trial is not None and trial.lots == "stepped_wedge":
        assert trial.steps
        return trial.steps + 1
    return math.prod(len(scenario.subgroups[name]) for name in (trial.strata if trial is not None else ()))


def group_sizes(jobcentres: int, steps: int) -> list[int]:
    """How many jobcentres cross over in each step."""
    return [int(number) for number in np.bincount(np.arange(jobcentres) * steps // jobcentres, minlength=steps)]


def analysed_in(scenario: Scenario) -> int:
    """The week of the run in which the data of its trial are taken; they have what happened before it, less what the
    register has not got yet (`delay`)."""
    trial, (_, last) = scenario.trial, scenario.measured_weeks()
    assert trial is not None
    if trial.analysed is not None:
        return last + trial.analysed
    return min(last + scenario.follow_up + trial.registration.delay, scenario.weeks)
