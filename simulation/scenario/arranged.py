"""The same scenario arranged otherwise: another number of persons or jobcentres, everybody in one arm, recruitment as
it goes. Each is a scenario of its own, with all its dates."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

import numpy as np

from simulation.interventions import Intervention
from simulation.scenario.allotting import share_of_arms
from simulation.scenario.one_jobcentre import Jobcentre
from simulation.scenario.schema import Scenario
from simulation.scenario.trial import Recruitment
from simulation.world.draws import personal_keys, uniform
from simulation.world.staff.teams import Team, TeamChange

Staff = Literal["follows", "held"]
Staffed = TypeVar("Staffed", Team, TeamChange)


def everybody(scenario: Scenario, arm: str) -> Scenario:
    """Everybody in this arm of the trial, whatever her lot; the same persons with the same luck. A team that serves
    some arms alone has the staff for all those who come to it now: as much for each as in the trial. Where jobcentres
    draw, it has that already, for a jobcentre of its arm. Raises ValueError where there is no such arm of a trial."""
    trial = scenario.trial
    if trial is None or arm not in trial.arms:
        raise ValueError(f"'{arm}' is no arm of a trial here")
    drawn, of_all = (trial.model_copy(update={"everybody": each}) for each in (None, arm))

    def changed(epoch: Scenario) -> Scenario:
        as_drawn, moved = (epoch.model_copy(update={"trial": each}) for each in (drawn, of_all))
        served = {name: share_of_arms(as_drawn, team.arms) for name, team in epoch.teams.items() if team.arms}
        factors = {
            name: share_of_arms(moved, epoch.teams[name].arms or ()) / share for name, share in served.items() if share
        }
        return _staffed(moved, factors)

    return _at_all_dates(scenario, changed)


def of_size(scenario: Scenario, persons: int, staff: Staff = "follows") -> Scenario:
    """About so many persons in all, each jobcentre with its share of them. Where `staff` follows, staff, places and the
    like grow with them, so that there is as much for each; `held` leaves them as they are. Raises ValueError for less
    than one person."""
    if persons < 1:
        raise ValueError(f"a trial of {persons} persons is none")
    now = scenario.persons()
    numbers = _shared_out(persons, now)
    factor = persons / sum(now.values())

    def changed(epoch: Scenario) -> Scenario:
        jobcentres = {
            name: each.model_copy(update={"persons": numbers[name]}) for name, each in epoch.jobcentres.items()
        }
        sized = epoch.model_copy(update={"jobcentres": jobcentres})
        return _grown(sized, factor) if staff == "follows" else sized

    return _at_all_dates(scenario, changed)


def with_jobcentres(scenario: Scenario, number: int) -> Scenario:
    """So many jobcentres: the first of those written, and further ones without a name, whose sizes are drawn from the
    lognormal distribution fitted to those that are named, by the seed and their number. In a further one all is as in
    a jobcentre without values of its own, with staff, places and the like in proportion to its size; one of mean size
    has what is said of all. Raises ValueError for less than one."""
    if number < 1:
        raise ValueError(f"a trial in {number} jobcentres is none")
    now = scenario.persons()
    sizes = dict(now)
    for n in range(len(now) + 1, number + 1):
        sizes[_unnamed(n, sizes)] = _size_of(scenario, n)

    def changed(epoch: Scenario) -> Scenario:
        mean = sum(now.values()) / len(now)
        jobcentres = {
            name: epoch.jobcentres[name] if name in now else _further(epoch, size / mean, size)
            for name, size in list(sizes.items())[:number]
        }
        return epoch.model_copy(update={"jobcentres": jobcentres})

    return _at_all_dates(scenario, changed)


def recruited(scenario: Scenario) -> Scenario:
    """With persons recruited as fast as the trial says: over more weeks, with the same part of them measured, or fewer
    in the weeks that were planned. Staff stays as it was planned."""
    trial = scenario.trial
    if trial is None or trial.recruitment == Recruitment():
        return scenario
    pace = trial.recruitment.pace
    as_planned = {"trial": trial.model_copy(update={"recruitment": Recruitment()})}
    if trial.recruitment.until == "weeks":
        fewer = of_size(scenario, max(round(sum(scenario.persons().values()) * pace), 1), "held")
        return _at_all_dates(fewer, lambda epoch: epoch.model_copy(update=as_planned))
    begins = scenario.intake.from_week

    def week(planned: int | None) -> int | None:
        return planned if planned is None or planned < begins else begins + math.ceil((planned - begins) / pace - 1e-9)

    def later(blocks: Mapping[int, float] | None) -> dict[int, float] | None:
        return None if blocks is None else {round(week / pace): share for week, share in blocks.items()}

    def changed(epoch: Scenario) -> Scenario:
        weeks = math.ceil(epoch.intake.weeks / pace - 1e-9)
        intake = epoch.intake.model_copy(update={"weeks": weeks, "by_block": later(epoch.intake.by_block)})
        measured = {key: week(getattr(epoch, key)) for key in ("measured_from", "measured_until")}
        benefits = {
            name: each.model_copy(update={"by_block": later(each.by_block)}) for name, each in epoch.benefits.items()
        }
        return epoch.model_copy(update={**as_planned, **measured, "intake": intake, "benefits": benefits})

    return _at_all_dates(scenario, changed)


def _at_all_dates(scenario: Scenario, change: Callable[[Scenario], Scenario]) -> Scenario:
    """A change of the scenario as it is from every date on."""
    changed = change(scenario)
    if len(scenario.epochs) == 1:
        return changed
    later = tuple((week, change(epoch)) for week, epoch in scenario.epochs[1:])
    return changed.with_later(later, scenario.changes)


def _grown(scenario: Scenario, factor: float) -> Scenario:
    """With so many times as much of all that jobcentres have for their ledige."""
    interventions = {name: each.grown(factor) for name, each in scenario.interventions.items()}
    jobcentres = {
        name: each.model_copy(
            update={"interventions": {key: own.grown(factor) for key, own in each.interventions.items()}}
        )
        for name, each in scenario.jobcentres.items()
    }
    whole = scenario.model_copy(update={"interventions": interventions, "jobcentres": jobcentres})
    return _staffed(whole, dict.fromkeys(scenario.teams, factor))


def _staffed(scenario: Scenario, factors: Mapping[str, float]) -> Scenario:
    """With so many times the staff in these teams, wherever it is said."""

    def of(teams: Mapping[str, Any]) -> dict[str, Any]:
        return {name: _times(team, factors[name]) if name in factors else team for name, team in teams.items()}

    models = {
        name: each.model_copy(update={"teams": of(each.teams)}) for name, each in scenario.organisation_models.items()
    }
    jobcentres = {
        name: each.model_copy(update={"teams": of(each.teams)}) for name, each in scenario.jobcentres.items()
    }
    return scenario.model_copy(
        update={"teams": of(scenario.teams), "organisation_models": models, "jobcentres": jobcentres}
    )


def _times(team: Staffed, factor: float) -> Staffed:
    """So many times the full-time staff; of persons who share it, as many as before for a full-time post, but one at
    least."""
    fte = None if team.fte is None else team.fte * factor
    caseworkers = None if team.caseworkers is None else max(round(team.caseworkers * factor), 1)
    return team.model_copy(update={"fte": fte, "caseworkers": caseworkers})


def _shared_out(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A whole number in whole parts that are as near to the weights as can be (largest remainders)."""
    exact = np.array(list(weights.values())) * total / sum(weights.values())
    parts = np.floor(exact + 1e-9).astype(int)
    largest = np.argsort(parts - exact, kind="stable")[: total - parts.sum()]
    parts[largest] += 1
    return dict(zip(weights, parts.tolist(), strict=True))


def _unnamed(number: int, names: Mapping[str, int]) -> str:
    name = f"jobcenter_{number}"
    while name in names:
        name += "_"
    return name


def _size_of(scenario: Scenario, number: int) -> int:
    """Persons of a further jobcentre, which is so many in number."""
    from scipy.special import ndtri

    logs = np.log([persons for persons in scenario.persons().values() if persons])
    luck = ndtri(uniform(personal_keys(scenario.seed, f"size of jobcentre {number}", 0, 1), "size", 0)[0])
    sd = logs.std(ddof=1) if len(logs) > 1 else 0.0
    return max(round(math.exp(logs.mean() + sd * luck)), 1)


def _further(scenario: Scenario, factor: float, persons: int) -> Jobcentre:
    """A jobcentre of this size, which is so many times the mean one."""
    model = scenario.organisation_models.get(scenario.organisation_model or "")
    changes = model.teams if model else {}
    as_said = {name: changes[name].of(team) if name in changes else team for name, team in scenario.teams.items()}
    teams, interventions = dict[str, TeamChange](), dict[str, Intervention]()
    if factor != 1:
        grown = {name: _times(team, factor) for name, team in as_said.items()}
        teams = {name: TeamChange(fte=team.fte, caseworkers=team.caseworkers) for name, team in grown.items()}
        interventions = {name: each.grown(factor) for name, each in scenario.interventions.items() if each.grows}
    return Jobcentre(persons=persons).model_copy(update={"teams": teams, "interventions": interventions})
