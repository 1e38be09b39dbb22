"""The labour market, the jobs that come after benefit and small jobs beside it: what cannot be, and what never changes
anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from simulation.interventions.contract import Treats
from simulation.scenario.by_place import every_settings
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.never import parts_of
from simulation.scenario.schema import Scenario
from simulation.world.sizes import Size, changes
from simulation.world.small_jobs import BESIDE_BEGINS, BESIDE_ENDS, BESIDE_HOURS


def job_problems(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Effects on a next job where no job ever ends."""
    for place, _, intervention in every_settings(scenario):
        if isinstance(intervention, Treats) and intervention.next_job and not scenario.employment():
            message = "the next job is one that may end, so the scenario needs job_spells"
            yield (*place, "next_job"), message


def job_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Settings of displacement and of the next job that change nothing."""
    set_here = scenario.model_fields_set
    if scenario.displacement and "job" not in scenario.exits:
        yield ("displacement",), "there is no exit called 'job', so nothing is ever displaced"
    if not scenario.displaces:
        message = "nothing is displaced here, so it changes nothing: displacement is 0"
        if "market_share" in set_here:
            yield ("market_share",), message
        for name, jobcentre in scenario.jobcentres.items():
            if jobcentre.market_share is not None:
                yield ("jobcentres", name, "market_share"), message
    elif "market_share" in set_here and all(each.market_share is not None for each in scenario.jobcentres.values()):
        yield ("market_share",), "every jobcentre has its own market_share, so this one holds nowhere"
    for place, name, intervention in every_settings(scenario):
        of_all = place[0] == "interventions"  # what it displaces is the same everywhere
        if of_all and intervention.displacement is not None and not _moves_jobs(scenario, name):
            yield (*place, "displacement"), f"{name} has no effect on the exit 'job', so it displaces nothing"
        if isinstance(intervention, Treats) and intervention.next_job is not None:
            jobs = scenario.employment().values()
            if intervention.next_job.is_nothing:
                yield (*place, "next_job"), "neither ends nor hours are changed by it"
            elif changes(intervention.next_job.ends) and not any(any(job.end_intensity.values()) for job in jobs):
                yield (*place, "next_job", "ends"), "no job ever ends here (end_intensity is 0), so it changes nothing"


def small_job_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Effects on small jobs that change nothing, for there are none to begin or to end."""
    rule = scenario.job_spells.beside_benefit if scenario.job_spells else None
    if rule is None:
        return
    none_begin = "no small job ever begins here (job_spells.beside_benefit.begins is 0)"
    never = {BESIDE_BEGINS: none_begin, BESIDE_HOURS: none_begin} if not rule.begins else {}
    if not rule.ends:
        never[BESIDE_ENDS] = "no small job ever ends here while on benefit (job_spells.beside_benefit.ends is 0)"
    elif not rule.begins and not rule.at_entry:
        never[BESIDE_ENDS] = "nobody ever has a small job here (job_spells.beside_benefit: at_entry and begins are 0)"
    for place, _, intervention in every_settings(scenario):
        for path, what in _named_in(place, intervention, never):
            yield path, f"{never[what]}, so it changes nothing"


def _named_in(path: Path, part: Any, names: Collection[str]) -> Iterator[tuple[Path, str]]:
    """Where any of these names is a key within some settings."""
    items: Iterable[tuple[Any, Any]] = ()
    if isinstance(part, BaseModel):
        items = [(name, getattr(part, name)) for name in type(part).model_fields]
    elif isinstance(part, dict | list):
        items = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in items:
        if key in names:
            yield (*path, key), key
        yield from _named_in((*path, key), value, names)


def _moves_jobs(scenario: Scenario, intervention: str) -> bool:
    """Whether some effect of the intervention changes how likely a ledig is to leave for a job."""
    of_it = [settings for _, name, settings in every_settings(scenario) if name == intervention]
    for _, part in (found for settings in of_it for found in parts_of((), settings)):
        for name in type(part).model_fields:
            value = getattr(part, name)
            size = value.get("job") if isinstance(value, dict) else None
            if isinstance(size, float | Size) and changes(size):
                return True
    return False
