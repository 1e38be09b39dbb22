"""What a trial comes to, for `check` to tell: what cannot be seen in its keys one by one."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.scenario.allotting import (
    analysed_in,
    group_sizes,
    jobcentres_of,
    share_drawn,
    treated_jobcentres,
    weights_of,
)
from simulation.scenario.arranged import recruited
from simulation.scenario.schema import Scenario
from simulation.scenario.trial import Trial


def trial_in_words(scenario: Scenario) -> Iterator[str]:
    """Who draws, who is treated, how long recruitment takes, and when data are taken; nothing where there is no
    trial."""
    trial = scenario.trial
    if trial is None:
        return
    yield f"trial of {trial.treated} against {trial.control}: {_lots(scenario, trial)}"
    others = trial.crosses_over + trial.contaminated
    if trial.takes_up < 1 or others:
        of_all = weights_of(scenario.model_copy(update={"trial": trial.model_copy(update={"everybody": None})}))
        unrecorded = f" ({trial.contaminated:.1%} not recorded as that)" if trial.contaminated else ""
        yield (
            f"trial: of those drawn as treated {trial.takes_up:.1%} are treated, of the control {others:.1%}"
            f"{unrecorded}: {of_all[trial.treated]:.1%} of all"
        )
    if trial.everybody is not None:
        yield f"trial: everybody is in {trial.everybody}, whatever the lot"
    as_recruited, data = recruited(scenario), "data"
    if as_recruited is not scenario:
        planned, weeks = scenario.intake.weeks, as_recruited.intake.weeks
        persons, found = (f"{sum(each.persons().values()):,}" for each in (scenario, as_recruited))
        yield (
            f"trial: recruited at {trial.recruitment.pace:g} of the pace: {found} ledige in {weeks} weeks instead of "
            f"{persons} in {planned}; `run` recruits as planned"
        )
        data = "data, as recruited,"
    (first, last), taken = as_recruited.measured_weeks(), analysed_in(as_recruited)
    known = taken - trial.registration.delay
    seen = [min(max(known - week, 0), scenario.follow_up) for week in (first, last)]
    yield f"trial: {data} are taken in week {taken}; the first are seen for {seen[0]} weeks, the last for {seen[1]}"


def _lots(scenario: Scenario, trial: Trial) -> str:
    """Who draws."""
    many = len(jobcentres_of(scenario))
    if trial.lots == "cluster":
        return f"{treated_jobcentres(scenario, trial)} of {many} jobcentres are drawn as treated"
    if trial.lots == "stepped_wedge":
        assert trial.steps and trial.step_weeks
        begins, sizes = scenario.intake.from_week, group_sizes(many, trial.steps)
        steps = [f"{size} in week {begins + n * trial.step_weeks}" for n, size in enumerate(sizes, start=1)]
        return f"of {many} jobcentres cross over {', '.join(steps)}"
    if trial.lots == "birth_date":
        return "by birth date, half and half"
    share = share_drawn(scenario, trial)
    within = f", apart by {' and '.join(trial.strata)} in each jobcentre" if trial.strata else ""
    within = within or (", in exact shares per jobcentre" if scenario.allocation == "blocked" else "")
    return f"every ledig draws, {share / (1 - share):.3g} to 1{within}"
