"""Trials that cannot be: told at their place, with the arithmetic."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simulation.scenario.allotting import (
    analysed_in,
    group_sizes,
    jobcentres_of,
    share_drawn,
    strata_number,
    treated_jobcentres,
)
from simulation.scenario.arranged import recruited
from simulation.scenario.files.problems import did_you_mean
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario
from simulation.scenario.trial import Trial

Problems = Iterator[tuple[Path, str]]
LEVEL = 0.05
"""A test finds an effect where its p-value is at most this."""
FEWEST = 2
"""Ledige in a stratum without whom lots drawn apart in it do not balance anything."""
ENOUGH = 20
"""So many jobcentres have lots enough for that, however few of them are treated: at the least as many as they are."""
OF_JOBS = ("weeks_employed", "hours")
"""Outcomes that are of job spells."""


def trial_problems(scenario: Scenario) -> Problems:
    """What is wrong with the trial of a scenario; nothing where it has none."""
    trial = scenario.trial
    if trial is None:
        return
    if others := [arm for arm in scenario.arms if arm not in trial.arms]:
        message = f"a trial has two arms, {trial.treated} and {trial.control}, and this scenario has "
        yield ("trial", "treated"), f"{message}{', '.join(others)} as well: take away what is not of the trial"
        return
    yield from _outcomes(scenario, trial)
    yield from _lots(scenario, trial)
    yield from _jobcentres(scenario, trial)
    yield from _left_out(trial)
    weeks = math.ceil(scenario.intake.weeks / trial.recruitment.pace - 1e-9)
    if trial.recruitment.until == "persons" and scenario.intake.from_week + weeks > scenario.weeks:
        message = f"all have been found in {scenario.intake.weeks} / {trial.recruitment.pace:g} = {weeks} weeks from "
        message += f"week {scenario.intake.from_week} on, and the run has {scenario.weeks}"
        yield ("trial", "recruitment", "pace"), message
        return
    as_recruited = recruited(scenario)
    yield from _data(as_recruited, trial)
    yield from _looks(as_recruited, trial)


def outcomes_of(scenario: Scenario) -> list[str]:
    """The outcomes that a trial may have."""
    exits = [f"exit_{name}" for name in (*scenario.exits, "any", *scenario.together)]
    return [*exits, "weeks_on_benefit", *OF_JOBS]


def _outcomes(scenario: Scenario, trial: Trial) -> Problems:
    known = outcomes_of(scenario)
    named: list[tuple[Path, str]] = [(("trial", "primary", "of"), trial.primary.of)]
    named += [(("trial", "further", n), name) for n, name in enumerate(trial.further)]
    for place, name in named:
        if name not in known:
            near = did_you_mean(name, known) or f"; there is {', '.join(known)}"
            yield place, f"'{name}' is no outcome of a trial{near}"
        elif name in OF_JOBS and not scenario.employment():
            yield place, f"{name}: there are no job_spells here, so nobody's jobs are known"
    test = trial.primary
    if test.by != "difference" and not test.of.startswith("exit_"):
        yield ("trial", "primary", "by"), f"{test.by} is of the time until an exit, and {test.of} is none"
    if test.by != "difference" and test.errors == "permutation":
        message = f"a permutation is of the means of jobcentres: of a difference, not of a {test.by}"
        yield ("trial", "primary", "errors"), message


def _lots(scenario: Scenario, trial: Trial) -> Problems:
    for n, name in enumerate(trial.strata):
        if name in scenario.profile:
            message = f"profile.{name} gives its levels when lots are drawn already: they cannot be drawn apart by them"
            yield ("trial", "strata", n), message
    if trial.lots == "stepped_wedge":
        assert trial.steps and trial.step_weeks
        intake, last = scenario.intake, trial.steps * trial.step_weeks
        if last >= intake.weeks:
            message = f"the last of {trial.steps} steps is {trial.steps} × {trial.step_weeks} = {last} weeks after the "
            message += f"intake begins, and that has {intake.weeks} weeks: nobody is enrolled after it"
            yield ("trial", "step_weeks"), message
        if intake.earlier is not None:
            message = "the week of enrolment goes by arm (earlier), and in a stepped wedge the arm by that week"
            yield ("intake", "earlier"), message


def _jobcentres(scenario: Scenario, trial: Trial) -> Problems:
    """Whether there are enough of them for the lots, and for the test."""
    many, place = len(jobcentres_of(scenario)), ("trial", "lots")
    there = "is 1 jobcentre" if many == 1 else f"are {many} jobcentres"
    errors: Path = ("trial", "primary", "errors") if trial.primary.errors else ("trial", "primary")
    if trial.of_jobcentres and many < 2:
        yield place, f"jobcentres draw these lots, and there {there} with anybody enrolled"
        return
    if trial.lots == "stepped_wedge" and trial.steps and trial.steps > many:
        yield ("trial", "steps"), f"there {there}, which cannot cross over in {trial.steps} steps"
        return
    if trial.lots == "cluster":
        treated = treated_jobcentres(scenario, trial)
        sum_of = f"{many} jobcentres × {share_drawn(scenario, trial):.3g} = {treated} are treated"
        if not 0 < treated < many:
            at: Path = place if trial.ratio is None else ("trial", "ratio")
            yield at, f"{sum_of}: there is nothing to compare with"
            return
        if trial.errors == "clustered" and (fewest := min(treated, many - treated)) < 2:
            yield errors, f"{sum_of}: by {fewest} alone nothing is told of how far jobcentres differ (clustered errors)"
    elif trial.errors != "individual" and many < 2:
        yield errors, f"{trial.errors}: there {there}, so nothing is told of how far jobcentres differ"
        return
    if trial.errors == "permutation":
        least, sum_of = least_p(scenario, trial)
        if least > LEVEL:
            yield errors, f"{sum_of}, so no p-value is below {least:.2g}: this test never finds anything at {LEVEL:.0%}"


def least_p(scenario: Scenario, trial: Trial) -> tuple[float, str]:
    """The least p-value (of two sides) that a permutation test of the lots can have, and how many lots there are, as a
    sum in words; of ENOUGH jobcentres it is 0, for it is not above LEVEL anyway."""
    many, opposite = len(jobcentres_of(scenario)), True
    if many >= ENOUGH:
        return 0.0, ""
    if trial.lots == "cluster":
        treated = treated_jobcentres(scenario, trial)
        number, opposite = math.comb(many, treated), 2 * treated == many
        sum_of = f"{treated} against {many - treated} jobcentres can be drawn in {number} ways"
    elif trial.lots == "stepped_wedge":
        sizes = group_sizes(many, trial.steps or 1)
        number, opposite = math.factorial(many) // math.prod(map(math.factorial, sizes)), False
        sum_of = f"{many} jobcentres can cross over in {number} orders"
    else:
        number = 2**many
        sum_of = f"lots within {many} jobcentres can be turned round in 2^{many} = {number} ways"
    if opposite:
        return 2 / number, f"{sum_of}, and each as extreme is there the other way round, too (2 / {number})"
    return 1 / number, f"{sum_of} (1 / {number})"


def _left_out(trial: Trial) -> Problems:
    """Whether anybody is in the data."""
    for key in ("exempted", "attrition"):
        for arm, share in getattr(trial, key).items():
            if share >= 1:
                what = "all of them are left out" if key == "exempted" else "nothing is known of any of them"
                yield ("trial", key, arm), f"{what}: there is nothing to compare"


def _data(scenario: Scenario, trial: Trial) -> Problems:
    """Whether somebody has been seen for a while when they are taken."""
    (first, last), delay = scenario.measured_weeks(), trial.registration.delay
    taken = analysed_in(scenario)
    place: Path = ("trial", "analysed") if trial.analysed is not None else ("trial", "registration", "delay")
    if trial.analysed is not None and last + trial.analysed > scenario.weeks:
        message = f"the last are enrolled in week {last}, and {last} + {trial.analysed} is after the run, which has "
        yield place, f"{message}{scenario.weeks} weeks"
    elif taken - delay <= first:
        yield place, f"{_known(taken, delay, first)}: nobody has been followed"
    elif (weeks := taken - delay - first) < scenario.follow_up and (whole := _of_whole(trial)):
        yield place, (
            f"{_known(taken, delay, first)}: nobody has been followed for more than {weeks} of the "
            f"{scenario.follow_up} weeks (follow_up) that {whole} is over"
        )


def _of_whole(trial: Trial) -> str:
    """The primary outcome, if it is over the whole follow-up and not of when exits come; else nothing."""
    return trial.primary.of if trial.primary.by == "difference" else ""


def _looks(scenario: Scenario, trial: Trial) -> Problems:
    if trial.stops_early is None:
        return
    (first, _), taken, delay = scenario.measured_weeks(), analysed_in(scenario), trial.registration.delay
    before = 0
    for n, week in enumerate(trial.stops_early.looks):
        place: Path = ("trial", "stops_early", "looks", n)
        if week <= before:
            yield place, f"looks must go up from week to week (got {week} after {before})"
        elif week >= taken:
            message = f"the data are taken in week {taken}, and the run has {scenario.weeks} weeks"
            yield place, f"{message}: a look then is not early"
        elif week - delay <= first:
            yield place, f"{_known(week, delay, first)}: nothing is known yet"
        before = max(week, before)


def _known(week: int, delay: int, first: int) -> str:
    behind = f" {week} - {delay} (delay) =" if delay else ""
    return f"data of week {week} have what happened before week{behind} {week - delay}, and the first come in {first}"


def trial_doubts(scenario: Scenario) -> Problems:
    """What is written of a trial and changes nothing."""
    trial = scenario.trial
    if trial is None:
        return
    if trial.lots != "stepped_wedge":
        for key in ("steps", "step_weeks"):
            if getattr(trial, key) is not None:
                yield ("trial", key), f"{key} is of a stepped wedge, and lots are {trial.lots}: it changes nothing"
    if scenario.allocation == "blocked" and trial.lots in ("birth_date", "cluster", "stepped_wedge"):
        yield ("allocation",), f"blocked is of lots that persons draw, and lots are {trial.lots}: it changes nothing"
    control, treated = (scenario.arms[arm] for arm in trial.arms)
    if trial.ratio is not None and control != treated and abs(trial.ratio - treated / control) > 1e-9:
        message = f"{trial.treated}: {treated:g}, {trial.control}: {control:g} change nothing, as trial.ratio is "
        message += f"{trial.ratio:g}"
        yield ("arms",), message
    strata, persons = strata_number(scenario), sum(scenario.persons().values())
    cells = len(jobcentres_of(scenario)) * strata
    if trial.strata and persons < FEWEST * cells:
        message = f"{len(jobcentres_of(scenario))} jobcentres × {strata} = {cells} strata for {persons:,} ledige, "
        yield ("trial", "strata"), f"{message}{persons / cells:.2g} in each: hardly anything is balanced by them"
    if trial.of_jobcentres and trial.errors == "individual":
        message = f"errors of single persons, and whole jobcentres draw ({trial.lots}): where persons of one jobcentre "
        yield ("trial", "primary", "errors"), f"{message}are alike, they claim effects that are not there"
    if trial.lots == "cluster" and trial.errors != "permutation":
        least, sum_of = least_p(scenario, trial)
        if least > LEVEL:
            yield ("trial", "lots"), f"{sum_of}: a permutation test could never tell an effect at {LEVEL:.0%}"
