"""Reading a file of prices with all that it extends: every mistake at once, each at file:line:col."""

from __future__ import annotations

import operator
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from pydantic import ValidationError

from simulation.economy.price_files.problems import file_problems
from simulation.economy.price_files.schema import PricesFile
from simulation.scenario.dates import as_of
from simulation.scenario.explain import explain, problem_at
from simulation.scenario.files.dates import FROM, of_change, undated
from simulation.scenario.files.overlay import Resolved, copied, merge
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.reading import MAX_CHAIN
from simulation.scenario.files.roots import CannotBeNamed, file_named, root_of
from simulation.scenario.files.shipped import PREFIX, PRICES, find
from simulation.scenario.files.values import is_number, unwrap
from simulation.scenario.files.yamlfile import Path, dotted, read

EXTENDS = "extends"
FOR_RUNS = {"weeks", "intake", "interventions", "part", "targets", "parameters"}
"""Keys of other files: a scenario, a part, targets, priors or fitted values."""
MAY_CHANGE = (
    ("prices", "*", "*", "price"), ("prices", "*", "*", "parts"), ("prices", "*", "*", "paid"),
    ("prices", "*", "*", "by_employer"), ("taxes", "*", "share"),
    ("taxes", "*", "kommune"), ("refusion",),
)  # fmt: skip
"""What may change at a date, `*` for any key."""


@dataclass(frozen=True)
class Epoch:
    """The prices from one ISO week on (`begins`, "" for the first), and the file as it would be written then. `changed`
    has the week of its last change by the place of what has changed by then; a price is in the kroner of that year."""

    begins: str
    resolved: Resolved
    file: PricesFile
    changed: dict[Path, str]

    def with_values(self, values: Mapping[Path, float]) -> Epoch:
        """The same with other numbers, as far as they hold then, by their place in the whole file. Raises KeyError for
        a place that there is not, and InputProblems for a value that cannot be."""
        then = replace(self.resolved, data=copied(self.resolved.data))
        for path, value in values.items():
            n = of_change(path)
            place, week = (path, None) if n is None else (path[:n], path[n + 1])
            if self._last_change(place) == week:
                part, key = then.part_of(undated(path))
                part[key] = value
        return replace(self, resolved=then, file=_checked(then))

    def _last_change(self, path: Path) -> str | None:
        """The week of the last change by then of the value at a path, or of what it is part of."""
        return next((week for place, week in self.changed.items() if path[: len(place)] == place), None)


def read_resolved(path: pathlib.Path | str) -> Resolved:
    """A file of prices with what it extends; `shipped/NAME` is one that comes with the program. Raises InputProblems.
    """
    name = pathlib.Path(path)
    if name.parts[:1] == (PREFIX.strip("/"),) and not name.is_file():
        found = find(name.as_posix(), PRICES)
        if isinstance(found, str):
            raise InputProblems([Problem(found, Mark(str(path), 1, 1))])
        name = found
    return _extended(name, ())


def epochs_of(resolved: Resolved) -> tuple[Epoch, ...]:
    """The prices from date to date, checked. Raises InputProblems with everything that is wrong."""
    problems = [*resolved.problems, *_wrong_dates(resolved)]
    weeks = sorted({week for changes in resolved.dated.values() for week in changes})
    found = []
    for begins in ["", *weeks]:
        then = as_of(resolved, partial(operator.ge, begins))
        try:
            file = _checked(then)
        except InputProblems as error:
            problems += error.problems
            continue
        problems += [*file_problems(then, file), *_wrong_ranges(then)]
        found.append(Epoch(begins, then, file, _changed(resolved, begins)))
    if problems:
        raise InputProblems(dict.fromkeys(problems), resolved)
    return tuple(found)


def _checked(then: Resolved) -> PricesFile:
    """One state of a file, by its keys. Raises InputProblems."""
    try:
        return PricesFile.model_validate(then.data)
    except ValidationError as error:
        raise InputProblems([explain(then, wrong, PricesFile) for wrong in error.errors()]) from None


def _wrong_ranges(then: Resolved) -> Iterator[Problem]:
    """Ends of ranges that the value itself may not be, each at its range."""
    ranges = {path: origin.range for path, origin in then.origins.items()
              if origin.range is not None and then.place_of(path) == path}  # fmt: skip
    for end in (0, 1):
        at_end = replace(then, data=copied(then.data))
        for path, ends in ranges.items():
            part, key = at_end.part_of(path)
            if is_number(part[key]):
                part[key] = ends[end]
        try:
            PricesFile.model_validate(at_end.data)
        except ValidationError as error:
            for wrong in (explain(at_end, each, PricesFile) for each in error.errors()):
                for path in ranges:
                    if dotted(path) == wrong.path:
                        place = (*path, "range")
                        yield problem_at(then, place, f"an end of the range {wrong.message}")


def _changed(resolved: Resolved, begins: str) -> dict[Path, str]:
    """The week of its last change by place, of what has changed by then."""
    changed = {place: [week for week in changes if week <= begins] for place, changes in resolved.dated.items()}
    return {place: weeks[-1] for place, weeks in changed.items() if weeks}


def _wrong_dates(resolved: Resolved) -> Iterator[Problem]:
    for place, changes in resolved.dated.items():
        fits = (len(place) == len(may) and all(a in ("*", b) for a, b in zip(may, place, strict=True))
                for may in MAY_CHANGE)  # fmt: skip
        if not any(fits):
            allowed = ", ".join(".".join("NAME" if step == "*" else step for step in may) for may in MAY_CHANGE)
            message = f"{place[-1]} cannot change at a date; in a file of prices may change {allowed}"
            yield problem_at(resolved, (*place, FROM, next(iter(changes))), message, key=True)


def _extended(path: pathlib.Path, chain: tuple[tuple[pathlib.Path, Mark], ...]) -> Resolved:
    """A file put on those that it extends; `chain` are the files below, nearest first, each with where it names this
    one."""
    through = tuple(mark for _, mark in chain)
    try:
        document = read(path)
    except InputProblems as error:
        raise InputProblems(_through(error.problems, through)) from None
    if ("prices" not in document.data and EXTENDS not in document.data) or FOR_RUNS & document.data.keys():
        raise InputProblems(_through([Problem("this is no file of prices", document.mark(()))], through))
    sourced, problems = unwrap(document)
    own = Resolved(
        sourced.data, sourced.origins, sourced.marks, sourced.keys, {sourced.mark(()).file: through},
        dated=sourced.dated, problems=tuple(_through(problems, through)),
    )  # fmt: skip
    if (parent := own.data.pop(EXTENDS, None)) is None:
        return own
    place = own.mark((EXTENDS,))
    try:
        target = file_named(PRICES, parent, path, root_of(path))
    except CannotBeNamed as error:
        message = str(error).replace(f"{PRICES} must", f"{EXTENDS} must")
        raise InputProblems([*own.problems, *_through([Problem(message, place, EXTENDS)], through)]) from None
    if target.resolve() in {file.resolve() for file in (path, *(file for file, _ in chain))}:
        raise InputProblems(_through([Problem(f"{parent} extends itself in the end", place, EXTENDS)], through))
    if len(chain) >= MAX_CHAIN:
        message = f"more than {MAX_CHAIN} files extend one another"
        raise InputProblems(_through([Problem(message, place, EXTENDS)], through))
    base = _extended(target, ((path, place), *chain))
    taken_away = {problem.path for problem in own.problems}
    wrong = [problem for problem in merge(base, own) if problem.path not in taken_away]
    base.marks[()] = own.mark(())
    base.problems = (*base.problems, *own.problems, *wrong)
    return base


def _through(problems: list[Problem] | tuple[Problem, ...], chain: tuple[Mark, ...]) -> list[Problem]:
    """Mistakes of a file that came in through others."""
    return [Problem(p.message, p.mark, p.path, p.severity, p.inherited_by or chain) for p in problems]
