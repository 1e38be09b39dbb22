"""Worlds that cannot work, seen before they are run: more talks than minutes, more praktik than places."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from simulation.interventions.contract import more_jobcentres
from simulation.scenario.alike_arms import arms_that_differ_in_nothing
from simulation.scenario.begun import spell_doubts
from simulation.scenario.benefit_problems import benefit_doubts
from simulation.scenario.by_place import by_place, place_doubts, place_of, where_written
from simulation.scenario.dates import date_doubts, runs_doubts
from simulation.scenario.enough_staff import LEVELS, expected_staff, rough
from simulation.scenario.expected_load import Expected, Load, at_work
from simulation.scenario.files.problems import Problem
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.intake_problems import intake_doubts
from simulation.scenario.jobs import job_doubts, small_job_doubts
from simulation.scenario.load import Loaded
from simulation.scenario.never import settings_that_never_bite
from simulation.scenario.notices import notice_doubts
from simulation.scenario.organisation import organisation_doubts
from simulation.scenario.profiles import profile_doubts
from simulation.scenario.schema import Scenario
from simulation.scenario.season_doubts import season_doubts
from simulation.scenario.staff_by_week import by_week, largest, mean_fte, team_by_week
from simulation.scenario.staffing import staffing_doubts
from simulation.scenario.trial_problems import trial_doubts
from simulation.world.spec import Floats
from simulation.world.staff.teams import NO_LIMIT, Team

LASTING = 0.25
"""Part of the weeks with talks in which more are asked for than fit, above which that is doubtful in any case."""
LEFT_OUT = " (a rough sum, without effects; talks that offers and states replace are in it)"


def warnings(loaded: Loaded) -> list[Problem]:
    """What is doubtful about a valid scenario, with the arithmetic."""
    checks = (
        organisation_doubts, staffing_doubts, settings_that_never_bite, arms_that_differ_in_nothing, job_doubts,
        small_job_doubts, notice_doubts, benefit_doubts, intake_doubts, profile_doubts, place_doubts, runs_doubts,
        spell_doubts, trial_doubts, _overload, _interventions, _censoring,
    )  # fmt: skip
    doubts = [*(doubt for check in checks for doubt in _at_every_date(check, loaded.scenario)), *season_doubts(loaded)]
    doubts += date_doubts(loaded.resolved, loaded.scenario)
    placed = dict.fromkeys((where_written(loaded.resolved.data, path), message) for path, message in doubts)
    return [
        Problem(message, loaded.resolved.mark(path), ".".join(map(str, path)), "warning") for path, message in placed
    ]


Doubts = Iterator[tuple[Path, str]]


def _at_every_date(check: Callable[[Scenario], Doubts], scenario: Scenario) -> Doubts:
    """What is doubtful from the start to the end of the run, whatever changes at dates."""
    if check in OF_ALL_DATES:
        yield from check(scenario)
        return
    later = [{path for path, _ in check(epoch)} for _, epoch in scenario.epochs[1:]]
    yield from ((path, message) for path, message in check(scenario) if all(path in each for each in later))


def _overload(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Teams with too few minutes or too low a limit, with the arithmetic; the worst jobcentre is named."""
    expected = Expected(scenario)
    loads = {jobcentre: expected.load(jobcentre) for jobcentre in scenario.jobcentres}
    for name in scenario.teams:
        busy, full = [], []
        for jobcentre, by_team in loads.items():
            load, team = by_team[name], largest(scenario, jobcentre, name)
            minutes_present = expected.present(jobcentre, name)
            busiest = _busiest(load, expected.share(jobcentre, name))
            over = load.minutes > minutes_present
            lasting = over.sum() > LASTING * (load.minutes > 0).sum()
            if (load.cases.any() and not team.fte) or (
                over.any() and (lasting or not _does(scenario, name, jobcentre, expected))
            ):
                there = minutes_present[busiest]
                ratio = load.minutes[busiest] / there if there else np.inf
                then = _of_week(scenario, jobcentre, name, busiest)
                busy.append((ratio, f"{jobcentre}: {_sum(then, load, busiest, expected.season[busiest])}"))
            room = by_week(scenario, jobcentre, name, Team.room)
            fullest = int((load.cases - room).argmax())
            then = _of_week(scenario, jobcentre, name, fullest)
            limited = then.fte and then.caseload_limit != NO_LIMIT and then.at_limit == "wait"
            if limited and load.cases[fullest] > room[fullest]:
                arithmetic = f"{load.cases[fullest]:.0f} cases against {then.fte:g} full-time × {then.caseload_limit}"
                message = f"{jobcentre}: {arithmetic} = {room[fullest]:.0f} in week {fullest}"
                full.append((load.cases[fullest] - room[fullest], message))
        if busy:
            worst = max(busy)[1]
            message = f"{worst}{_enough(scenario, name, worst.split(':')[0], expected)}; "
            message += f"the queue cannot clear while this lasts{LEFT_OUT}{_others(busy)}"
            yield ("teams", name, "fte"), message
        if full:
            place: Path = ("teams", name, "caseload_limit")
            yield place, f"{max(full)[1]}; about {max(full)[0]:.0f} will be waiting for a caseworker{_others(full)}"


def _of_week(scenario: Scenario, jobcentre: str, team: str, week: int) -> Team:
    """A team as it is in a week of the run."""
    return next(its for weeks, its in team_by_week(scenario, jobcentre, team) if week < weeks.stop)


def _busiest(load: Load, share: Floats) -> int:
    """The week in which most minutes are asked for, against the part of the staff that there is in it."""
    return int(np.divide(load.minutes, share, out=np.where(load.minutes > 0, np.inf, 0.0), where=share > 0).argmax())


def _sum(team: Team, load: Load, week: int, season: float) -> str:
    """What is asked for against what there is in a week, as a sum that can be done by hand."""
    asked, share_present = float(load.minutes[week]), at_work(team)
    minutes_present = team.fte * team.minutes_per_week * share_present * season
    if not minutes_present:
        what = "the team has no minutes in that week" if season == 0 and team.fte else "the team has no minutes at all"
        return f"{what}: {asked:,.0f} minutes of talks asked for in week {week}"
    sentence = f"utilisation {asked / minutes_present:.2f} in week {week}: {asked:,.0f} minutes of talks asked for"
    if load.cases[week] and load.talks[week]:
        per_case = f"{load.talks[week] / load.cases[week]:.2g} talks each × {asked / load.talks[week]:.0f} minutes"
        sentence += f" ({load.cases[week]:,.0f} cases × {per_case})"
    sentence += f" against {team.fte:g} full-time × {team.minutes_per_week}"
    sentence += f" × {share_present:.1%} at work" if share_present < 1 else ""
    sentence += f" × {season:.1%} at this time of the year" if season < 1 else ""
    return f"{sentence} = {minutes_present:,.0f}"


def _does(scenario: Scenario, team: str, jobcentre: str, expected: Expected) -> bool:
    """Whether the staff is enough for 90 % of the talks all the same, as far as can be reckoned."""
    has = mean_fte(scenario, jobcentre, team)
    return _for_nine_tenths(scenario, team, jobcentre, expected) <= has * (1 + rough(scenario))


def _for_nine_tenths(scenario: Scenario, team: str, jobcentre: str, expected: Expected) -> float:
    return float(expected_staff(scenario, team, [jobcentre], expected)[LEVELS.index(0.9)])


def _enough(scenario: Scenario, team: str, jobcentre: str, expected: Expected) -> str:
    """How much staff it takes in this jobcentre, as `run` and a sweep would say; "" if it cannot be reckoned."""
    enough = _for_nine_tenths(scenario, team, jobcentre, expected)
    if np.isnan(enough):
        return ""
    within = f"± {rough(scenario):.0%}"
    return f"; about {enough:.1f} full-time ({within}) would have time for 90 % of all talks in their week"


def _others(jobcentres: list[tuple[float, str]]) -> str:
    return more_jobcentres(len(jobcentres) - 1)


def _interventions(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    for there in by_place(scenario):
        jobcentre = next(iter(there.jobcentres))
        for name, intervention in there.interventions_of(jobcentre).items():
            for path, message in intervention.doubts(there):
                yield (*place_of(scenario, jobcentre, name), *path), message


def _censoring(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    first, last = scenario.measured_weeks()
    seen, longest = scenario.weeks - last, scenario.weeks - first
    if seen < scenario.follow_up:
        beyond = f"of exits nothing is shown beyond week {longest}; " if longest < scenario.follow_up else ""
        yield (
            ("weeks",),
            f"the last measured are seen for {seen} of {scenario.follow_up} weeks: {beyond}outcomes other than exits "
            f"count as if nothing happened after that. {last + scenario.follow_up} weeks would see all",
        )


OF_ALL_DATES = (arms_that_differ_in_nothing, runs_doubts, spell_doubts, _overload, _censoring)
"""Checks that look at the whole run, whatever changes at dates."""
