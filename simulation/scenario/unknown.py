"""Names that refer to nothing, told where they stand, or where what they name was taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from simulation.scenario.explain import problem_at
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import Mark, Problem, did_you_mean
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.references import Unknown, has_small_jobs, unknown_names
from simulation.world.small_jobs import MOVED

MOST_NAMED = 3
"""Places that are told one by one."""


def unknown_name_problems(resolved: Resolved, refused: Collection[str]) -> Iterator[Problem]:
    """Names that refer to something the scenario does not have.

    `refused` are the dotted paths of what was refused already: of names that are missing for that alone, nothing more
    is said.
    """
    taken: dict[tuple[Path, Mark], list[Unknown]] = {}
    for unknown in unknown_names(resolved.data):
        if any(_is_of(unknown, tuple(path.split("."))) for path in refused):
            continue
        if mark := taken_away(resolved, unknown.part, unknown.name, unknown.path):
            taken.setdefault(((*unknown.part, unknown.name), mark), []).append(unknown)
        else:
            whole = (*unknown.part, unknown.name)
            there = unknown.part == ("teams",) and _has(resolved, whole, whole)
            wrong = "takes no cases (takes_cases: false)" if there else "is not known here"
            message = f"'{unknown.name}' {wrong}{_near(resolved, unknown)}"
            if unknown.part == ("exits",) and unknown.name in MOVED and not has_small_jobs(resolved.data):
                message = f"'{unknown.name}' is of small jobs beside benefit, which nobody has here "
                message += "(job_spells.beside_benefit)"
            yield problem_at(resolved, unknown.path, message, key=unknown.path[-1] == unknown.name)
    for (path, mark), named in taken.items():
        where = _joined([dotted(unknown.path) for unknown in named])
        verb = "refers" if len(named) == 1 else "refer"
        gone = "takes no cases" if mark == resolved.changed.get((*path, "takes_cases")) else "is no longer there"
        message = f"'{path[-1]}' {gone}, and {where} {verb} to it{_near(resolved, named[0])}"
        yield Problem(message, mark, dotted(path), inherited_by=resolved.inherited_by.get(mark.file, ()))


def taken_away(resolved: Resolved, part: Path, name: str, by: Path) -> Mark | None:
    """Where an overlay or a setting took away the key `name` of a part, or made it one that cannot be referred to;
    None if nothing did after what refers to it, at `by`, was written."""
    places = [(*part, name, "takes_cases"), (*part, name)]
    if part == ("arms",):
        places += [path for path in resolved.changed if path[0] == "split" and path[-1] == name]
        places += [path for path in resolved.changed if path[0] == "split" and len(path) < 3]
    places.append(part)
    for place in places:
        mark = resolved.changed.get(place)
        if mark is not None and resolved.keys.get(place, mark) == mark and not _has(resolved, (*part, name), place):
            return mark if _turn(resolved, mark) > _turn(resolved, resolved.mark(by)) else None
    return None


def _has(resolved: Resolved, path: Path, place: Path) -> bool:
    """Whether the place is that of a key that is there, and so was not taken away."""
    holder = resolved.data
    for step in path:
        if not isinstance(holder, dict) or step not in holder:
            return False
        holder = holder[step]
    return place == path


def _turn(resolved: Resolved, mark: Mark) -> int:
    """The turn in which files were put on one another; settings come last."""
    files = list(resolved.inherited_by)
    return files.index(mark.file) if mark.file in files else len(files)


def _is_of(unknown: Unknown, refused: Path) -> bool:
    """Whether what was refused is that which is named, or the part that it would be in."""
    whole = (*unknown.part, unknown.name)
    of_split = unknown.part == ("arms",) and refused[0] == "split" and (len(refused) < 3 or refused[-1] == unknown.name)
    return whole[: len(refused)] == refused or of_split


def _near(resolved: Resolved, unknown: Unknown) -> str:
    """What it could be instead, to be put behind a message."""
    path, name, part, known = unknown
    near = did_you_mean(name, known) or f"; there is {', '.join(known) or 'none'}"
    own_file = resolved.mark(()).file
    if part == ("arms",) and resolved.mark(path).file != own_file:
        parts = ", ".join(f"{arm}: 1" for arm in known if resolved.mark(("arms", arm)).file == own_file)
        line = f"split: {{{name}: {{{parts}}}}}"
        near += f". An arm is called otherwise, or has parts, by `{line}` instead of `arms:`" if parts else ""
    return near


def _joined(places: Sequence[str]) -> str:
    shown = [*places[:MOST_NAMED], *([f"{len(places) - MOST_NAMED} more"] if len(places) > MOST_NAMED else [])]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
