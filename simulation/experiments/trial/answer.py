"""What the data of rehearsals tell: how every analysis does at each size, against what is true by common luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.experiments.trial.data import Data
from simulation.experiments.trial.found import Assurance, Needed, Of, Rehearsed
from simulation.experiments.trial.plan import Plan, Size
from simulation.experiments.trial.running import Ran
from simulation.results.trial.analyse import analyse, attainable_size
from simulation.results.trial.design import Design, tests_of
from simulation.results.trial.evaluate import UNKNOWN, evaluate, mean_of
from simulation.results.trial.operating import Estimates, Interval, Operating, Places, Point, Test, Truths
from simulation.results.trial.places import places
from simulation.results.trial.sizes import clustering, needed
from simulation.results.trial.stopping import as_far_as_seen, stopped
from simulation.results.trial.survival import ratio_of_all
from simulation.results.trial.tally import CONTROL, TREATED, Tally
from simulation.scenario.trial import Trial
from simulation.world.spec import Floats

ABOUT = 0.25
"""Further jobcentres draw their sizes: with so much more or fewer persons each they are still of about the same."""
UNTREATED, SAME_WITHOUT, NOBODY, EVERYBODY = range(4)
"""Columns of `Data.means`."""


def rehearsed_of(plan: Plan, ran: Ran) -> Rehearsed:
    """All that was found."""
    primary, design = primary_of(plan.trial), design_of(plan)
    tests = list(dict.fromkeys([primary, *tests_of(plan.outcomes, design)]))
    points = [_point(plan, size, ran.sizes[size], tests) for size in plan.sizes]
    assurance = _assurance(plan, ran.draws, primary) if ran.draws else None
    return Rehearsed(
        plan.loaded, primary, points, _needed(points, primary), assurance, plan.rehearsals, ran.seconds, ran.resumed
    )


def primary_of(trial: Trial) -> Test:
    """The test by which a trial succeeds or not."""
    return Test(trial.primary.of, trial.primary.by, trial.errors)


def design_of(plan: Plan) -> Design:
    """How the lots of a plan are drawn, and that everybody does as drawn, if so."""
    trial = plan.trial
    as_drawn = trial.takes_up == 1 and trial.crosses_over == 0
    return Design(trial.lots, as_drawn, seed=plan.loaded.scenario.seed)


def tested(plan: Plan, size: Size, data: Data, tests: Sequence[Test]) -> Mapping[Test, Operating]:
    """How tests do at a size."""
    return _operating(plan, data, tests, _truths(plan, data), size)


def _point(plan: Plan, size: Size, data: Data, tests: Sequence[Test]) -> Point:
    truths = _truths(plan, data)
    persons, taken_up = data.trial.persons.sum(axis=1), data.trial.taken_up.sum(axis=1)
    by_lot = taken_up / np.maximum(persons, 1)
    early = None
    if data.looks:
        _, early = _stopped(plan, data.trial, data.looks, primary_of(plan.trial))
    return Point(
        size.persons, size.jobcentres, size.staff, len(data.numbers),
        _operating(plan, data, tests, truths, size), truths,
        {outcome: clustering(_without(data), outcome, (CONTROL, TREATED)) for outcome in plan.outcomes},
        early, mean_of(persons.sum(axis=1).astype(float)), mean_of(_whole(data).persons.sum(axis=(1, 2)).astype(float)),
        (mean_of(by_lot[:, CONTROL]), mean_of(by_lot[:, TREATED])), _places(plan, size, data),
    )  # fmt: skip


def _places(plan: Plan, size: Size, data: Data) -> dict[str, Places]:
    """How many of the jobcentres have an effect of their own, where there are several, each with persons of both
    lots."""
    assert data.null is not None
    if plan.trial.of_jobcentres or size.jobcentres == 1:
        return {}
    of_exits = [outcome for outcome in plan.outcomes if outcome in data.trial.courses]
    return {outcome: places(data.trial, data.null, outcome) for outcome in of_exits}


def _operating(
    plan: Plan, data: Data, tests: Sequence[Test], truths: Mapping[str, Truths], size: Size
) -> dict[Test, Operating]:
    design, primary = design_of(plan), primary_of(plan.trial)
    assert data.null is not None
    found, null = analyse(data.trial, design, tests), analyse(data.null, design, tests)
    off = null if data.unequal is None else analyse(data.unequal, design, tests)
    operating = {}
    for test in tests:
        as_run, nothing, unequal = found[test], null[test], off[test]
        if test == primary and data.looks:
            as_run, _ = _stopped(plan, data.trial, data.looks, test)
            nothing, _ = _stopped(plan, data.null, data.null_looks, test)
            unequal = nothing if data.unequal is None else unequal
        attainable = attainable_size(data.null, design, test.outcome) if test.errors == "permutation" else None
        operating[test] = evaluate(test, as_run, nothing, unequal, _truth(plan, data, test, truths), attainable)
    return operating


def _stopped(plan: Plan, last: Tally, looks: Sequence[Tally], test: Test) -> tuple[Estimates, Interval]:
    """What is found where data are looked at before the end."""
    design, rule = design_of(plan), plan.trial.stops_early
    assert rule is not None
    every = [analyse(as_far_as_seen(look), design, [test])[test] for look in looks]
    return stopped(every, analyse(last, design, [test])[test], rule.p)


def _truth(plan: Plan, data: Data, test: Test, truths: Mapping[str, Truths]) -> Interval | None:
    """What a test is to find: the effect by lot in the trial as run."""
    if test.measure == "log_rank" or test.population != "itt":
        return None
    if test.measure == "difference":
        return truths[test.outcome].itt
    as_run, luck = (ratio_of_all(each, design_of(plan), test.outcome) for each in (_whole(data), _without(data)))
    value, by_luck = as_run.value - luck.value, mean_of(_by_lot(plan, data, test))
    return Interval(value, value - (by_luck.value - by_luck.low), value + (by_luck.high - by_luck.value), by_luck.of)


def _truths(plan: Plan, data: Data) -> dict[str, Truths]:
    """The three truths of every outcome, by common luck."""
    found = {}
    for n, outcome in enumerate(plan.outcomes):
        by_lot = _by_lot(plan, data, Test(outcome, "difference", "individual"))
        roll_out = data.means[:, EVERYBODY, n] - data.means[:, NOBODY, n]
        untreated = data.means[:, UNTREATED, n] - data.means[:, SAME_WITHOUT, n]
        found[outcome] = Truths(mean_of(by_lot), mean_of(roll_out), mean_of(untreated), mean_of(roll_out - by_lot))
    return found


def _by_lot(plan: Plan, data: Data, test: Test) -> Floats:
    """What each rehearsal has of an effect by lot, all known: less the same of the same people without treatment, where
    it is luck alone."""
    design = design_of(plan)
    as_run, luck = (analyse(each, design, [test])[test].estimate for each in (_whole(data), _without(data)))
    return as_run - luck


def _whole(data: Data) -> Tally:
    """The trial as run, with nothing lacking."""
    return data.trial if data.whole is None else data.whole


def _without(data: Data) -> Tally:
    """The same people without treatment, with nothing lacking."""
    found = data.null if data.whole_null is None else data.whole_null
    assert found is not None
    return found


def _needed(points: Sequence[Point], primary: Test) -> Needed | None:
    """How large the trial must be for 80 % power, where several sizes are rehearsed with staff that follows."""
    follows = [point for point in points if point.staff == "follows"]
    as_many = [point for point in follows if point.jobcentres == points[0].jobcentres]
    by: Of = "persons" if len(as_many) > 1 else "jobcentres"
    own = points[0].persons / points[0].jobcentres
    some = as_many if by == "persons" else [p for p in follows if abs(p.persons / p.jobcentres / own - 1) <= ABOUT]
    if len(some) < 2:
        return None
    sizes = [point.persons if by == "persons" else point.jobcentres for point in some]
    return Needed(by, *needed(sizes, [point.operating[primary].power for point in some]))


def _assurance(plan: Plan, draws: Sequence[Data], primary: Test) -> Assurance:
    """How likely the trial succeeds by what is known. Rehearsals of a draw share its values, so draws are what is
    counted."""
    success, right, effects = [], [], []
    for data in draws:
        if data.looks:
            found, _ = _stopped(plan, data.trial, data.looks, primary)
        else:
            found = analyse(data.trial, design_of(plan), [primary])[primary]
        effect = float(np.nanmean(_by_lot(plan, data, primary)))
        rejects = found.p <= design_of(plan).alpha
        success.append(rejects.mean())
        right.append((rejects & (np.sign(found.estimate) == np.sign(effect))).mean())
        effects.append(effect)
    return Assurance(_of_draws(success), _of_draws(right), len(draws), np.array(effects))


def _of_draws(shares: Sequence[float]) -> Interval:
    """A share over draws, with the error between them."""
    if not shares:
        return UNKNOWN
    found = mean_of(np.array(shares, dtype=float))
    return found._replace(low=max(found.low, 0.0), high=min(found.high, 1.0), of=len(shares))


