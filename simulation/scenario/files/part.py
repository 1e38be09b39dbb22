"""Parts: an effort with its sources, teams and channels in a file of its own (`part:`), which a scenario takes onto
what it extends: `extends: [BASE, {part: FILE, arms: [ARM]}]`.

Here is what such a file may say, and what a scenario may say of it where it takes it in. How it is bound to the arms
of the scenario is `binding`, how it is put on what stands there is `adding`. A part adds; one that says `changes: true`
changes what is there, as an overlay does, and so is a change that can be laid over any scenario.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulation.scenario.files.older import VERSION
from simulation.scenario.files.problems import Problem, did_you_mean
from simulation.scenario.files.sourced import Sourced
from simulation.scenario.files.values import EVIDENCE
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.references import places_of

PART = "part"
"""The key by which a file is a part, and by which a scenario takes one in."""
SECTIONS = ("subgroups", "profile", "teams", "organisation_models", "exits", "interventions")
"""What a part may add."""
PLANS = "plans"
"""What the part's may hold instead of."""
SPELLS = "spells"
"""The key by which plans, those of a part as well, are for the spells of some weeks alone."""
CHANGES = "changes"
"""The key by which a part changes what is there."""
ABOUT: dict[str, str] = {
    "version": f"Version of the way in which the file is written: {VERSION}",
    PART: "Name of the part, in words",
    "name_da": "The name in Danish; absent: that in `part`",
    "description": "What the part is about, in words; shown in listings, changes nothing",
    "arms": "Names by which the part itself calls arms; who takes it in says which arms of the scenario they are",
    "instead_of": "`plans`: arms that begin on a plan of the part begin on no other plan any more",
    CHANGES: "`true`: what it says holds over what stands left of it, and `null` takes away; absent: it adds",
    "fitted": "File of fitted values; of it only what the part itself says is `fitted` is taken",
    EVIDENCE: "File of the synthesis of published effects; the one of the base holds, if it has any",
}
"""What a part may say beside its sections, with what each key means."""
ENTRY: dict[str, str] = {
    PART: "Part (a file, or shipped/parts/NAME) that is put on what stands left of it",
    "arms": "Arms that the part is for; where it tells several apart, a mapping from the part's names to such lists",
    "jobcentres": "Jobcentres that the part holds in; absent: all",
    "as": "Other names for interventions, teams and plans that the part has or names, so that it may be taken in twice",
    "benefits": "Benefits whose recipients the part is for; absent: as it says itself",
    SPELLS: "Spells that its plans are for, as a plan says it (`{since: 2027-W01, under_way: true}`); the plans "
    "that are there stay for the other spells",
}
"""What a scenario may say of a part that it takes in, with what each key means."""


def is_part(data: Mapping[str, Any]) -> bool:
    """Whether this is the content of a part, and of no scenario."""
    return PART in data


def taken_in(name: str) -> str:
    """How a scenario takes in the part of this name."""
    return f"`extends: [BASE, {{part: {name}, arms: [ARM]}}]`"


def part_problems(part: Sourced) -> Iterator[Problem]:
    """What is wrong with the file of a part as a part; its sections are looked at where it is put on a base."""
    data, known = part.data, {*ABOUT, *SECTIONS}

    def wrong(message: str, *path: str | int, key: bool = False) -> Problem:
        return Problem(message, part.mark(path, key), dotted(path))

    for name in data:
        if name not in known:
            near = did_you_mean(name, known) or f"; it may have {', '.join(sorted(known))}"
            yield wrong(f"a part has no '{name}'{near}", name, key=True)
    if type(version := data.get("version")) is not int or version != VERSION:
        yield wrong(f"must be {VERSION}" if "version" in data else "missing key 'version'", "version")
    for name in (PART, "name_da", "description"):
        if name in data and not (isinstance(data[name], str) and data[name]):
            yield wrong("must be text", name)
    if data.get("instead_of", PLANS) != PLANS:
        yield wrong(f"must be {PLANS} (got '{data['instead_of']}')", "instead_of")
    if data.get(CHANGES, True) is not True:
        yield wrong(f"must be true, or left out (got '{data[CHANGES]}')", CHANGES)
    if not _are_names(arms := data.get("arms", [])):
        yield wrong("must be a list of names, each once", "arms")
        arms = None
    for name in SECTIONS:
        if name in data and not isinstance(data[name], Mapping):
            yield wrong("must be a mapping of keys to values", name)
        for path in _taken_away(data.get(name), (name,)) if name in data and CHANGES not in data else ():
            yield wrong(f"a part adds: it takes nothing away, unless it says `{CHANGES}: true`", *path)
    if not any(isinstance(data.get(name), Mapping) and data[name] for name in SECTIONS):
        yield wrong(f"it adds nothing; it may have {', '.join(SECTIONS)}", PART)
    for place, arm in named_in(data, "arms") if arms is not None else ():
        if arm not in arms:
            near = did_you_mean(arm, arms) or f"; there is {', '.join(arms) or 'none'}"
            yield wrong(f"'{arm}' is none of the arms of this part (`arms:`){near}", *place, key=place[-1] == arm)


def _are_names(names: Any) -> bool:
    texts = isinstance(names, list) and all(isinstance(name, str) and name for name in names)
    return texts and len(set(names)) == len(names)


def _taken_away(part: Any, path: Path) -> Iterator[Path]:
    """Places of null, which takes a key away."""
    if part is None:
        yield path
    for key, item in part.items() if isinstance(part, Mapping) else ():
        yield from _taken_away(item, (*path, key))


def named_in(data: Mapping[str, Any], target: str) -> Iterator[tuple[Path, str]]:
    """Where something of this kind is named, and the name."""
    for place in places_of(data, target):
        there: Any = data
        for step in place:
            there = there[step]
        if isinstance(there, Mapping):
            yield from (((*place, key), key) for key in there)
        elif isinstance(there, list):
            yield from (((*place, n), name) for n, name in enumerate(there) if isinstance(name, str))
        elif isinstance(there, str):
            yield place, there


Asked = list[str] | dict[str, list[str]] | None
"""Arms of a scenario by the part's names for them; a list where it has one name alone, None where nothing is said."""


@dataclass(frozen=True)
class Taken:
    """A part as a scenario takes it in: the file, for which of its arms, in which jobcentres (none: in all), what is
    called otherwise, for those on which benefits (none: as the part says), and which spells its plans are for (none
    said: all)."""

    name: str
    arms: Asked = None
    jobcentres: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    benefits: list[str] = field(default_factory=list)
    spells: dict[str, Any] = field(default_factory=dict)


def _of_names(names: Any) -> Iterator[tuple[Path, str]]:
    """What is wrong with the other names as such."""
    if not isinstance(names, Mapping):
        yield ("as",), "must have the other name for each name of the part, `as: {jobklub: jobklub_2}`"
        return
    first: dict[str, str] = {}
    for own, name in names.items():
        if not (isinstance(name, str) and name):
            yield ("as", own), f"must be the other name of '{own}', in text"
        elif first.setdefault(name, own) != own:
            yield ("as", own), f"'{name}' is the other name of '{first[name]}' already"


def taken(entry: Mapping[str, Any]) -> tuple[Taken | None, list[tuple[Path, str]]]:
    """What a scenario says of a part in `extends`, None if it names none; and what is wrong with it, by its place in
    the entry."""
    wrong: list[tuple[Path, str]] = []
    for key in entry:
        if key not in ENTRY:
            near = did_you_mean(key, ENTRY) or f"; it may have {', '.join(ENTRY)}"
            wrong.append(((key,), f"unknown key '{key}' of a part that is taken in{near}"))
    if not isinstance(entry.get(PART), str):
        wrong.append(((), "an entry of extends is the name of a file, or `{part: FILE, arms: [ARM]}`"))
    arms, jobcentres, names = entry.get("arms"), entry.get("jobcentres", []), entry.get("as", {})
    benefits = entry.get("benefits", [])
    spells = entry.get(SPELLS, {})
    by_name = isinstance(arms, Mapping) and all(_are_names(each) and each for each in arms.values())
    if "arms" in entry and not (by_name or (_are_names(arms) and arms)):
        wrong.append((("arms",), "must be a list of arms, each once, or such a list for each of the part's own names"))
    if "jobcentres" in entry and not (_are_names(jobcentres) and jobcentres):
        wrong.append((("jobcentres",), "must be a list of jobcentres, each once"))
    if "benefits" in entry and not (_are_names(benefits) and benefits):
        wrong.append((("benefits",), "must be a list of benefits, each once"))
    if SPELLS in entry and not (isinstance(spells, Mapping) and spells):
        wrong.append(((SPELLS,), "must say which, as a plan does, such as `{since: 2027-W01}`"))
    wrong += _of_names(names)
    if not isinstance(entry.get(PART), str):
        return None, wrong
    return Taken(entry[PART]) if wrong else Taken(entry[PART], arms, jobcentres, names, benefits, spells), wrong
