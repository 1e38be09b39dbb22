"""Binding a part: its own names for arms become those of the scenario, as in an arm that is split. A list gets all of
them, a key is repeated. What is called otherwise (`as`) is renamed wherever it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from simulation.scenario.files.dates import FROM
from simulation.scenario.files.fitted import Fit, waiting
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.part import Asked, Taken, named_in
from simulation.scenario.files.problems import did_you_mean
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.references import places_of
from simulation.scenario.split import spread

Wrong = tuple[Path, str]
"""A place in the entry of `extends`, and what is wrong there."""


def arms_of(files: Iterable[Resolved]) -> tuple[list[str], list[str]]:
    """The arms of files that are put on one another, and the parts of those that are split."""
    found: dict[str, dict[str, Any]] = {"arms": {}, "split": {}}
    for file in files:
        for key, there in found.items():
            new = file.data.get(key)
            there |= new if isinstance(new, Mapping) else {}
    arms, split = ({name: each for name, each in there.items() if each is not None} for there in found.values())
    return list(arms), [name for each in split.values() if isinstance(each, Mapping) for name in each]


def bound(
    part: Resolved, entry: Taken, arms: list[str], of_split: list[str]
) -> tuple[Resolved | None, list[Wrong]]:
    """The part with the names that it has in the scenario, which has these arms and these parts of split ones; None if
    it cannot be bound. And what is wrong with what is said of it."""
    lineage, wrong = _lineage(part.data.get("arms", []), entry.arms, arms, of_split)
    wrong += [*_of_other_names(part.data, entry.names)]
    if not wrong:
        wrong += [*_single(part.data, lineage)]
    if wrong:
        return None, wrong
    found = part.copied()
    for place in list(places_of(found.data, "arms")):
        spread(found, place, lineage)
    _rename(found, entry.names)
    _tidy(found)
    found.fits = tuple(_of_these_places(fit, part, found) for fit in part.fits)
    return found, []


def _lineage(
    own: list[str], asked: Asked, arms: list[str], of_split: list[str]
) -> tuple[dict[str, tuple[str, ...]], list[Wrong]]:
    """For each arm of the scenario the name that the part has for it; and what is wrong with that."""
    by_name = f"arms: {{{', '.join(f'{name}: [...]' for name in own)}}}"
    if own and not arms and not of_split:
        message = "there are no arms that the part could be for: name first what it is put on, `[BASE, {part: ...}]`"
        return {}, [((), message)]
    if asked is None:
        if not own or (len(arms) == len(own) == 1):
            return {arm: (name,) for arm, name in zip(arms, own, strict=False)}, []
        say = f"arms: [{', '.join(arms)}]" if len(own) == 1 else by_name
        return {}, [((), f"say which arms the part is for, such as `{say}`; there is {', '.join(arms)}")]
    if isinstance(asked, list):
        if len(own) != 1:
            say = f"the part tells {', '.join(own)} apart: write `{by_name}`"
            return {}, [(("arms",), say if own else "the part names no arms; leave `arms` out")]
        named: list[tuple[Path, str, str]] = [(("arms", n), own[0], arm) for n, arm in enumerate(asked)]
    else:
        named = [(("arms", name, n), name, arm) for name, each in asked.items() for n, arm in enumerate(each)]
    wrong: list[Wrong] = []
    arms = [*arms, *of_split]
    for name in (name for name in asked if isinstance(asked, Mapping) and name not in own):
        near = did_you_mean(name, own) or f"; it has {', '.join(own) or 'none'}"
        wrong.append((("arms", name), f"the part has no arm '{name}'{near}"))
    if isinstance(asked, Mapping) and (lacking := [name for name in own if name not in asked]):
        wrong.append((("arms",), f"say which arms {', '.join(lacking)} of the part are, too"))
    found: dict[str, tuple[str, ...]] = {}
    for place, name, arm in named:
        if arm not in arms:
            near = did_you_mean(arm, arms) or f"; there is {', '.join(arms)}"
            wrong.append((place, f"there is no arm '{arm}' here{near}"))
        elif arm in found:
            wrong.append((place, f"'{arm}' is {found[arm][0]} of the part already"))
        found.setdefault(arm, (name,))
    return found, wrong


def _single(data: Mapping[str, Any], lineage: Mapping[str, tuple[str, ...]]) -> Iterator[Wrong]:
    """Places that have room for one arm alone, where the part is for several or none."""
    for place in places_of(data, "arms"):
        there: Any = data
        for step in place:
            there = there[step]
        several = [arm for arm, line in lineage.items() if isinstance(there, str) and there in line]
        if len(several) > 1:
            yield ("arms",), f"{dotted(place)} is of one arm alone, not of {', '.join(several)}"


MAY_BE_RENAMED = ("interventions", "teams", "case_teams", "own plans")
"""What may be called otherwise, as those say who name it."""


def _declared(data: Mapping[str, Any]) -> Iterator[Path]:
    """The mappings whose keys may be called otherwise."""
    yield ("interventions",)
    yield ("teams",)
    for name, settings in data.get("interventions", {}).items():
        if isinstance(settings, Mapping) and isinstance(settings.get("plans"), Mapping):
            yield ("interventions", name, "plans")


def _of_other_names(data: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Wrong]:
    known: set[str] = set()
    for path in _declared(data):
        there: Any = data
        for step in path:
            there = there.get(step, {})
        known |= set(there)
    known |= {name for target in MAY_BE_RENAMED for _, name in named_in(data, target)}
    for name in (name for name in names if name not in known):
        near = did_you_mean(name, known) or f"; it has {', '.join(sorted(known))}"
        yield ("as", name), f"the part has no intervention, team or plan '{name}'{near}"


def _rename(part: Resolved, names: Mapping[str, str]) -> None:
    """Call interventions, teams and plans otherwise, where they are written and where they are named. What is called so
    already keeps its name: a plan may be called as a team."""
    lineage = {new: (old,) if new in names else (old, new) for old, new in names.items()}
    for place in [place for target in MAY_BE_RENAMED for place in places_of(part.data, target)] if names else ():
        spread(part, place, lineage)
    for place in reversed([*_declared(part.data)] if names else []):
        if place[0] in part.data:
            spread(part, place, lineage)


def _tidy(part: Resolved) -> None:
    """Forget where names of the part itself stood."""
    there: set[Path] = {()}

    def walk(item: Any, path: Path) -> None:
        there.add(path)
        for key, below in item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ():
            walk(below, (*path, key))

    walk(part.data, ())
    for place, changes in part.dated.items():
        if place in there:
            walk(changes, (*place, FROM))
    for notes in part.notes():
        for path in [path for path in notes if path not in there]:
            del notes[path]


def _of_these_places(fit: Fit, part: Resolved, found: Resolved) -> Fit:
    """The fit for what the part says is fitted, at the places where it stands in the scenario."""
    written = {part.mark(path): dotted(path) for path, _ in waiting(part.data)}
    places: dict[str, list[str]] = {}
    for path, _ in waiting(found.data):
        places.setdefault(written[found.mark(path)], []).append(dotted(path))
    return replace(fit, places=places)
