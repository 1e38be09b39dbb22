"""Putting a part on what stands left of it: it adds. What is there with the same value is left; what is there with
another one is a mistake, unless the file that takes the part in says itself which holds. A part that `changes` is put
there as an overlay is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from simulation.scenario.files.dates import FROM
from simulation.scenario.files.fitted import WORD
from simulation.scenario.files.overlay import Resolved, forget, merge, part_at, put
from simulation.scenario.files.part import CHANGES, PART, PLANS, SECTIONS, Taken
from simulation.scenario.files.problems import Mark, Problem, shortened, shown_file
from simulation.scenario.files.sourced import Origin
from simulation.scenario.files.values import EVIDENCE
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.split import lineage_of

HERE = "in_jobcentres"
"""The key of interventions and plans that hold in some jobcentres alone."""


def add(
    base: Resolved, part: Resolved, own: Mapping[str, Any], entry: Mark, jobcentres: Sequence[str] = ()
) -> Iterator[Problem]:
    """Put a part, bound already, on what it is to be added to, which is changed. `own` is what the file says itself
    that takes it in, at `entry`, for some `jobcentres` or (none) for all. Yields what is set otherwise already."""
    if part.data.get("instead_of") == PLANS:
        _instead_of_plans(base, part, own, jobcentres)
    if CHANGES in part.data:
        yield from merge(base, part, SECTIONS)
    for name in () if CHANGES in part.data else SECTIONS:
        if name in part.data:
            yield from _add(base, part, (name,), base.data, part.data, own, entry)
    base.inherited_by |= part.inherited_by
    base.fits += part.fits
    base.synthesis = base.synthesis or part.synthesis


def _add(
    base: Resolved, part: Resolved, path: Path, into: dict[str, Any], new: Mapping[str, Any], own: Any, entry: Mark
) -> Iterator[Problem]:
    key = path[-1]
    value = new[str(key)]
    if key not in into:
        put(base, part, path, into, value)
        return
    there = into[str(key)]
    said = isinstance(own, Mapping) and key in own
    whole = path in base.origins or path in part.origins
    if kinds := _two_kinds(base, part, path, there, value):
        yield Problem(f"{kinds}; call the part's otherwise (`as`)", entry, dotted(path))
        return
    if isinstance(there, dict) and isinstance(value, dict) and not whole:
        for below in value:
            yield from _add(base, part, (*path, below), there, value, own[key] if said else None, entry)
        return
    meant = [_meant(each, path, item) for each, item in ((part, value), (base, there))]
    if meant[0] != meant[1] and not said:
        one, other = (_says(each.mark(path), item) for each, item in zip((part, base), meant, strict=True))
        yield Problem(f"{one}, {other}; say in your own file which holds", entry, dotted(path))


def _two_kinds(base: Resolved, part: Resolved, path: Path, there: Any, value: Any) -> str:
    """Which kinds an intervention has that is of one in the part and of another on what it is put; "" if it is not."""
    if path[:-1] != ("interventions",) or not (isinstance(there, dict) and isinstance(value, dict)):
        return ""
    kinds = [each.get("kind") for each in (value, there)]
    said = [_says(file.mark((*path, "kind")), kind) for file, kind in zip((part, base), kinds, strict=True)]
    return f"of another kind: {', '.join(said)}" if None not in kinds and kinds[0] != kinds[1] else ""


def _meant(said: Resolved, path: Path, value: Any) -> Any:
    """A value as it is, or what a word stands for: the number of a fit, or the effect of a synthesis; with what it
    becomes at dates."""
    if path in said.dated:
        return {"value": _at_once(said, path, value), FROM: said.dated[path]}
    return _at_once(said, path, value)


def _at_once(said: Resolved, path: Path, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _meant(said, (*path, key), item) for key, item in value.items()}
    if isinstance(value, list):
        return [_meant(said, (*path, n), item) for n, item in enumerate(value)]
    if value == EVIDENCE and (of := said.origin(path).of):
        return f"{EVIDENCE}: {of}"
    numbers = [fit.values[dotted(path)] for fit in reversed(said.fits) if dotted(path) in fit.values]
    return f"{WORD} ({numbers[0]:g})" if value == WORD and numbers else value


def _says(mark: Mark, value: Any) -> str:
    """Where a value is written, and what it is."""
    written = "true" if value is True else "false" if value is False else str(value)
    return f"{shown_file(mark.file)}:{mark.line} says {shortened(written, 60)}"


def _split_of(*files: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The arms that are split, each with its parts; the later file's."""
    found = {name: parts for data in files for name, parts in _mappings(data.get("split"))}
    return {name: parts for name, parts in found.items() if parts}


def _instead_of_plans(
    base: Resolved, part: Resolved, own: Mapping[str, Any], jobcentres: Sequence[str]
) -> None:
    """Take the arms that begin on a plan of the part off the plans that are there, in all jobcentres or in some; not
    off those for other benefits. Where that is said is then where the list of arms is from."""
    split = _split_of(base.data, own)
    for name, samtaler in _with_plans(part.data):
        plans = [
            (plan.get("arms", []), _benefits(("interventions", name, PLANS, plan_name), own, part.data, base.data))
            for plan_name, plan in _mappings(samtaler[PLANS])
        ]
        for other, theirs in _with_plans(base.data):
            if other != name and False in (samtaler.get("caseworker"), theirs.get("caseworker")):
                continue  # two kinds of talk of which one is not the caseworker's go on beside each other
            for plan_name, plan in _mappings(theirs[PLANS]):
                if plan_name not in samtaler[PLANS] or other != name:
                    path: Path = ("interventions", other, PLANS, plan_name, "arms")
                    there = _benefits(path[:-1], own, base.data)
                    arms = {arm for of, on in plans if on is None or there is None or on & there for arm in of}
                    kept = _kept(base, path, plan.get("arms"), arms, split)
                    if kept is not None:
                        places: list[Path] = [("jobcentres", jobcentre, *path) for jobcentre in jobcentres] or [path]
                        for place in places:
                            _put_arms(base, place, plan["arms"], kept, part)


def _benefits(plan: Path, *files: Mapping[str, Any]) -> set[str] | None:
    """The benefits that a plan is for, or its intervention, as the first of the files has it; None: all of them."""
    for place in (plan, plan[:2]):
        for data in files:
            found = part_at(data, (*place, "benefits"))
            if isinstance(found, list):
                return set(map(str, found))
    return None


def _kept(
    base: Resolved, place: Path, written: Any, arms: Collection[str], split: Mapping[str, Mapping[str, Any]]
) -> list[tuple[str, Mark]] | None:
    """The arms that stay on a plan, each with where it is written, None if all do; of one that is split the other parts
    stay."""
    if not isinstance(written, list) or not all(isinstance(arm, str) for arm in written):
        return None
    marks = {arm: base.mark((*place, n)) for n, arm in enumerate(written)}
    kept: list[tuple[str, Mark]] = []
    for arm in written:
        lineage = lineage_of([arm], split)
        concerned = any(set(line) & set(arms) for line in lineage.values())
        left = [end for end, line in lineage.items() if not set(line) & set(arms)] if concerned else [arm]
        kept += [(each, marks[arm]) for each in left]
    return None if [arm for arm, _ in kept] == written else kept


def _put_arms(base: Resolved, place: Path, written: list[str], kept: list[tuple[str, Mark]], part: Resolved) -> None:
    """Write the arms that stay on a plan."""
    by, listed = part.mark(("instead_of",)), ", ".join(written)
    why = f"instead of [{listed}]: who begins on a plan of {part.data[PART]} begins on no other (instead_of: {PLANS})"
    forget(place, base.origins, base.marks, base.keys, base.changed)
    holder: Any = base.data
    for length, step in enumerate(place[:-1], 1):
        holder = holder.setdefault(step, {})
        base.marks.setdefault(place[:length], by)
        base.keys.setdefault(place[:length], by)
    holder["arms"] = [arm for arm, _ in kept]
    base.marks |= {place: by, **{(*place, n): mark for n, (_, mark) in enumerate(kept)}}
    base.keys[place] = by
    base.origins[place] = Origin(by, "rule", why)
    base.changed |= {place[:length]: by for length in range(1, len(place) + 1)}


def _mappings(part: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(key, item) for key, item in part.items() if isinstance(item, dict)] if isinstance(part, dict) else []


def _with_plans(data: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The interventions that have plans."""
    return [(name, each) for name, each in _mappings(data.get("interventions")) if isinstance(each.get(PLANS), dict)]


def only_in(base: Resolved, part: Resolved, entry: Taken, mark: Mark) -> Iterator[tuple[Path, str]]:
    """Let what a part adds hold in some jobcentres alone: its own interventions, and its plans in those of the base.
    Yields places in the entry, and why this cannot be."""
    if CHANGES in part.data and entry.jobcentres:
        yield ("jobcentres",), "a part that changes what is there does so everywhere"
        return
    there = base.data.get("interventions", {})
    for name, settings in _mappings(part.data.get("interventions")):
        path: Path = ("interventions", name)
        holders = [(path, settings)]
        if name in there:
            if more := [key for key in settings if key not in ("kind", PLANS, "channels")]:
                message = f"the part adds {', '.join(more)} to '{name}', which is there: that would hold everywhere; "
                yield ("jobcentres",), message + f"call it otherwise (`as: {{{name}: {name}_2}}`)"
            holders = [((*path, PLANS, plan_name), plan) for plan_name, plan in _mappings(settings.get(PLANS))]
        for holder, item in holders:
            item[HERE] = list(entry.jobcentres)
            places = [(*holder, HERE), *((*holder, HERE, n) for n in range(len(entry.jobcentres)))]
            part.marks |= dict.fromkeys(places, mark)
            part.keys[(*holder, HERE)] = mark
