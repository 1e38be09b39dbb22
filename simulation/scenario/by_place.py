"""By place: what interventions have otherwise in one jobcentre than in the others, and where which settings hold.

`jobcentres.Viborg.interventions.jobklub: {clubs: 2}` is laid on the jobklub's own data, key by key, before anything is
validated. The file as written keeps what it says, so that values are set, swept, drawn and cited there.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulation.interventions import Intervention
from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.allotting import weights_of
from simulation.scenario.files.older import meant
from simulation.scenario.files.overlay import Resolved, part_at, within_own
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario
from simulation.scenario.split import apart


def laid(resolved: Resolved) -> Resolved:
    """The scenario with the whole settings of every intervention in the place of what a jobcentre has otherwise; itself
    where none has anything."""
    if not (places := list(places_of_own(resolved.data))):
        return resolved
    whole = replace(
        resolved, data=copy.deepcopy(resolved.data), origins=dict(resolved.origins), marks=dict(resolved.marks),
        keys=dict(resolved.keys), changed=dict(resolved.changed),
    )  # fmt: skip
    for place in places:
        _, jobcentre, _, name = place
        of_all, own = resolved.data["interventions"][name], resolved.data["jobcentres"][jobcentre]["interventions"]
        merged = _on_top(whole, of_all, own[name], place)
        whole.data["jobcentres"][jobcentre]["interventions"][name] = merged
        if "kind" in of_all:
            merged["kind"] = of_all["kind"]  # another one is refused, and so are no keys for that alone
        for notes in (whole.origins, whole.marks, whole.keys, whole.changed):
            for path in [path for path in notes if path[:2] == ("interventions", name)]:
                if _is_laid(own[name], path[2:]):
                    notes.setdefault((*place, *path[2:]), notes[path])  # type: ignore[arg-type]
    return whole


def alike_laid(*scenarios: Resolved) -> list[Resolved]:
    """The scenarios, with whole settings of an intervention wherever a jobcentre has its own in any of them."""
    places = list(dict.fromkeys(place for each in scenarios for place in places_of_own(each.data)))
    found = []
    for each in scenarios:
        data = copy.deepcopy(laid(apart(each)).data) if places else each.data
        for _, jobcentre, _, name in places:
            if name in data["interventions"] and jobcentre in data["jobcentres"]:
                own = data["jobcentres"][jobcentre].setdefault("interventions", {})
                own.setdefault(name, data["interventions"][name])
        found.append(replace(each, data=data))
    return found


def places_of_own(data: Mapping[str, Any]) -> Iterator[Path]:
    """Where a jobcentre has own settings of an intervention that there is."""
    of_all, jobcentres = data.get("interventions"), data.get("jobcentres")
    if not isinstance(of_all, Mapping) or not isinstance(jobcentres, Mapping):
        return
    for jobcentre, settings in jobcentres.items():
        own = settings.get("interventions") if isinstance(settings, Mapping) else None
        for name, each in own.items() if isinstance(own, Mapping) else ():
            if isinstance(each, Mapping) and isinstance(of_all.get(name), Mapping):
                yield ("jobcentres", jobcentre, "interventions", name)


def own_problems(resolved: Resolved) -> Iterator[tuple[Path, str]]:
    """Where a jobcentre has another kind, or takes away what is not there: place and message."""
    for place in _nulls(resolved.data):
        message = f"there is nothing of its own here to take away; where '{place[3]}' is on says interventions."
        yield place, f"{message}{place[3]}.in_jobcentres"
    for place in places_of_own(resolved.data):
        _, jobcentre, _, name = place
        own = resolved.data["jobcentres"][jobcentre]["interventions"][name]
        of_all = resolved.data["interventions"][name]
        if "kind" in of_all and own.get("kind", of_all["kind"]) != of_all["kind"]:
            yield (*place, "kind"), f"'{name}' is of the same kind in all jobcentres: {of_all['kind']}"
        yield from _taken_in_vain(of_all, own, place)


def _nulls(data: Mapping[str, Any]) -> Iterator[Path]:
    """Where a jobcentre says null of an intervention that there is."""
    of_all, jobcentres = data.get("interventions"), data.get("jobcentres")
    if not isinstance(of_all, Mapping) or not isinstance(jobcentres, Mapping):
        return
    for jobcentre, settings in jobcentres.items():
        own = settings.get("interventions") if isinstance(settings, Mapping) else None
        for name, each in own.items() if isinstance(own, Mapping) else ():
            if each is None and name in of_all:
                yield "jobcentres", jobcentre, "interventions", name


def _taken_in_vain(of_all: Mapping[str, Any], own: Mapping[str, Any], place: Path) -> Iterator[tuple[Path, str]]:
    for key, value in own.items():
        if value is None and key not in of_all:
            near = meant((*place, key), of_all)
            yield (*place, key), f"there is no '{key}' in interventions.{place[3]} to take away here{near}"
        elif isinstance(value, Mapping) and isinstance(of_all.get(key), Mapping):
            yield from _taken_in_vain(of_all[key], value, (*place, key))


def _on_top(whole: Resolved, below: Any, value: Any, place: Path) -> Any:
    """Mappings are merged key by key, but for values with a source; everything else replaces what was there."""
    one_value = place in whole.origins or ("interventions", *place[3:]) in whole.origins
    if not isinstance(below, Mapping) or not isinstance(value, Mapping) or one_value:
        return copy.deepcopy(value)
    merged = copy.deepcopy(dict(below))
    for key, item in value.items():
        if item is None:
            merged.pop(key, None)
        else:
            merged[key] = _on_top(whole, below.get(key), item, (*place, key))
    return merged


def _is_laid(own: Any, path: Path) -> bool:
    """Whether what stands below this path of an intervention holds in a jobcentre that has `own` settings."""
    for step in path:
        if not isinstance(own, Mapping):
            return False  # it has another value here, and a list is one
        if step not in own:
            return True
        own = own[step]
    return isinstance(own, Mapping)


def same_everywhere(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Own settings that cannot be a jobcentre's own."""
    for jobcentre, each in scenario.jobcentres.items():
        for name, own in each.interventions.items():
            of_all = scenario.interventions.get(name)  # a name that is not known is told of otherwise
            for path, message in of_all.unlike(own) if of_all else ():
                yield ("jobcentres", jobcentre, "interventions", name, *path), message


def place_of(scenario: Scenario, jobcentre: str, name: str) -> Path:
    """Where the settings that an intervention has in a jobcentre are written."""
    own = name in scenario.jobcentres[jobcentre].interventions
    return ("jobcentres", jobcentre, "interventions", name) if own else ("interventions", name)


def where_written(data: Mapping[str, Any], path: Path) -> Path:
    """Where the value at a path is written, if it may be one that holds in all jobcentres."""
    nowhere = object()
    return path[2:] if within_own(path) and part_at(data, path, nowhere) is nowhere else path


def every_settings(scenario: Scenario) -> Iterator[tuple[Path, str, Intervention]]:
    """All settings of interventions, those of single jobcentres too: place, name and settings."""
    for name, settings in scenario.interventions.items():
        yield ("interventions", name), name, settings
    for jobcentre, each in scenario.jobcentres.items():
        for name, settings in each.interventions.items():
            yield ("jobcentres", jobcentre, "interventions", name), name, settings


def place_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Settings of a jobcentre in which the intervention is off, and plans that begin where it is off."""
    for place, name, settings in every_settings(scenario):
        in_one = place[0] == "jobcentres"
        if in_one and not settings.on_in(str(place[1])):
            yield place, f"{name} is off in {place[1]} (interventions.{name}.in_jobcentres), so this changes nothing"
        for plan_name, plan in settings.plans.items() if isinstance(settings, Samtaler) and not in_one else ():
            if plan.in_jobcentres and not any(map(settings.on_in, plan.in_jobcentres)):
                message = f"{name} is off in {', '.join(plan.in_jobcentres)}: nobody begins on this plan"
                yield (*place, "plans", plan_name, "in_jobcentres"), message


def settings_of(scenario: Scenario, name: str) -> list[Intervention]:
    """The settings of an intervention, once for each group of jobcentres in which they are equal, from date to date:
    `in_jobcentres` says in which. They are one and it says nothing where they are equal in all of them."""
    groups = alike([epoch for _, epoch in scenario.epochs], name)
    return [_in(scenario, names, name) for names in groups]


def settings_at(epoch: Scenario, name: str, group: Intervention) -> Intervention:
    """What the settings of a group of `settings_of` have become in an epoch."""
    return _in(epoch, group.in_jobcentres or list(epoch.jobcentres), name)


def _in(scenario: Scenario, names: list[str], name: str) -> Intervention:
    settings = scenario.interventions_of(names[0])[name]
    where = None if len(names) == len(scenario.jobcentres) else names
    return settings if settings.in_jobcentres == where else settings.model_copy(update={"in_jobcentres": where})


def alike(scenarios: Sequence[Scenario], name: str) -> list[list[str]]:
    """The jobcentres in which an intervention is on, in groups that have the same settings of it in each of these
    scenarios (which have the same jobcentres)."""
    groups: list[tuple[list[Intervention | None], list[str]]] = []
    for jobcentre in scenarios[0].jobcentres:
        settings = [each.interventions_of(jobcentre).get(name) for each in scenarios]
        if all(each is None for each in settings):
            continue
        for of_group, names in groups:
            if of_group == settings:
                names.append(jobcentre)
                break
        else:
            groups.append((settings, [jobcentre]))
    return [names for _, names in groups]


def by_place(scenario: Scenario) -> list[Scenario]:
    """The scenario as it is in each group of jobcentres in which the same interventions are on and have the same
    settings: it has these jobcentres alone. One, itself, where that is so in all. In a trial its arms have the weights
    that they really have."""
    if scenario.trial is not None:
        scenario = scenario.model_copy(update={"arms": weights_of(scenario)})
    if not any(each.interventions for each in scenario.jobcentres.values()) and all(
        each.in_jobcentres is None for each in scenario.interventions.values()
    ):
        return [scenario]
    groups: list[tuple[dict[str, Intervention], list[str]]] = []
    for jobcentre in scenario.jobcentres:
        there = scenario.interventions_of(jobcentre)
        for of_group, names in groups:
            if of_group == there:
                names.append(jobcentre)
                break
        else:
            groups.append((there, [jobcentre]))
    return [
        scenario.model_copy(
            update={
                "jobcentres": {name: scenario.jobcentres[name] for name in names},
                "interventions": {**scenario.interventions, **there},
            }
        )
        for there, names in groups
    ]
