"""Reading a scenario file with all that it names: what it extends, and what stands in files of their own (`beside`)."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulation.scenario.files.adding import add, of_spells, only_for, only_in
from simulation.scenario.files.beside import Beside
from simulation.scenario.files.binding import arms_of, bound
from simulation.scenario.files.evidence import fill_evidence
from simulation.scenario.files.fitted import WORD, fill
from simulation.scenario.files.older import brought_up
from simulation.scenario.files.overlay import Resolved, drop_figures, drop_same_figures, merge
from simulation.scenario.files.part import PART, is_part, part_problems, taken, taken_in
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.roots import CannotBeNamed, file_named, root_of
from simulation.scenario.files.shipped import OWN_MARK
from simulation.scenario.files.sourced import Sourced
from simulation.scenario.files.values import EVIDENCE, unwrap
from simulation.scenario.files.yamlfile import Document, Path, read

MAX_CHAIN = 64
"""Most files of which each extends the next."""
ENDING = ".yaml"


def resolve(path: pathlib.Path | str, supplied: Mapping[str, float] | None = None) -> Resolved:
    """Read a scenario file, what it extends, its published figures and its fitted values.

    `supplied` are values by dotted path that stand where the scenario says `fitted`, instead of those of the files; a
    file of fitted values that is named but does not exist is then no mistake. Raises InputProblems if nothing can be
    read.
    """
    path = pathlib.Path(path)
    if not path.stem.strip("."):
        message = f"a scenario file needs a name before its ending (this one is called '{path.name}')"
        raise InputProblems([Problem(message, Mark(str(path), 1, 1))])
    if path.name == OWN_MARK:
        raise InputProblems([Problem("this file marks the root of files that name each other, and is no scenario",
                                     Mark(str(path), 1, 1))])  # fmt: skip
    reading = _Reading(root_of(path), supplied is not None)
    return _filled(reading, reading.resolve(path, (), ()), supplied)


def with_part(file: str, resolved: Resolved, entry: Mapping[str, Any]) -> Resolved:
    """A scenario that was read from a file, with one more part on it, as an entry of `extends` says. Raises
    InputProblems."""
    path, base = pathlib.Path(file), resolved.copied()
    said = f"{{{', '.join(f'{key}: {value}' for key, value in entry.items())}}}"
    nothing = Resolved({}, {}, {(): Mark(said, 0, 0)}, {})
    reading = _Reading(root_of(path), lenient=False)
    part = reading.part(path, entry, nothing, (), ())
    whole = part is not None and reading.put_on(base, part, entry, nothing, (), arms_of([base]), ())
    kept = {place: fit for place, fit in resolved.fitted.items() if base.marks.get(place) == resolved.marks.get(place)}
    found = _filled(reading, base if whole else None)
    found.fitted = kept | found.fitted
    return found


def _filled(reading: Beside, resolved: Resolved | None, supplied: Mapping[str, float] | None = None) -> Resolved:
    """What was read, with its fitted values and those of the synthesis; None if it could not be. Raises InputProblems
    with what is wrong if nothing can be made of it."""
    problems = reading.problems
    if resolved is None:
        raise InputProblems(dict.fromkeys(problems))
    lacking = {EVIDENCE: [*fill_evidence(resolved, resolved.synthesis)]}
    resolved.fitted, lacking[WORD] = fill(resolved, resolved.fits, supplied)
    refused = {problem.path for problem in problems}
    for key, unfilled in lacking.items():
        if unfilled and key in refused:  # a missing file is reported once
            raise InputProblems(dict.fromkeys(problems))
        problems += unfilled
    resolved.problems = tuple(dict.fromkeys(problems))
    return resolved


def _alone(sourced: Sourced, chain: tuple[Mark, ...]) -> Resolved:
    """A file that came in through `chain`, without what it names."""
    inherited_by = {sourced.mark(()).file: chain}
    return Resolved(
        sourced.data, sourced.origins, sourced.marks, sourced.keys, inherited_by=inherited_by, dated=sourced.dated,
    )  # fmt: skip


def _no_scenario(document: Document, path: pathlib.Path) -> Problem | None:
    """What a file is that is none, where that can be told, instead of all that a scenario would have."""
    if is_part(document.data):
        message = f"this is a part, which cannot be run by itself: a scenario takes it in, by {taken_in(path.stem)}"
        return Problem(message, document.mark((PART,), key=True))
    if isinstance(document.data.get("prices"), Mapping):
        return Problem("these are prices and no scenario", document.mark(("prices",), key=True))
    figures = document.data.get("targets")
    if isinstance(figures, Mapping) and any(isinstance(each, Mapping) for each in figures.values()):
        message = f"these are published figures and no scenario: a scenario names them, by `targets: {path.name}`"
        return Problem(message, document.mark(("targets",), key=True))
    return None


@dataclass
class _Reading(Beside):
    """The reading of one scenario: what has been read so far."""

    done: dict[pathlib.Path, Resolved | None] = field(default_factory=dict)

    def resolve(
        self, path: pathlib.Path, below: tuple[pathlib.Path, ...], chain: tuple[Mark, ...]
    ) -> Resolved | None:
        """A file with all that it extends; None if it cannot be read, and `problems` say why."""
        try:
            document = read(path)
        except InputProblems as error:
            self.add(error.problems, chain)
            if error.document is None:
                return None
            document = error.document
        if (other := _no_scenario(document, path)) is not None:
            self.add([other], chain)
            return None
        sourced, source_problems = unwrap(document)
        self.add(source_problems, chain)
        self.add(brought_up(sourced), chain)
        resolved = _alone(sourced, chain)
        dropped, own_fits = self.figures(path, resolved, chain), self.fits(path, resolved, chain)
        takes_away, resolved.synthesis = self.synthesis(path, resolved, chain)
        parent = resolved.data.pop("extends", None)
        if parent is None:
            resolved.fits = own_fits or ()
            return resolved
        base = self.base(path, parent, resolved, below, chain)
        if base is None:
            return None
        parts = ("targets", "published" in base.data), ("fitted", bool(base.fits)), (EVIDENCE, bool(base.synthesis))
        for key, has in parts:
            if key in document.data and document.data[key] is None and not has:
                self.add([Problem(f"no '{key}' is inherited to take away", document.mark((key,), True), key)], chain)
        if dropped:
            drop_figures(base)
        base.fits = () if own_fits is None else base.fits + own_fits
        base.synthesis = None if takes_away else resolved.synthesis or base.synthesis
        self.merge(base, resolved)
        base.marks[()] = sourced.mark(())
        return base

    def merge(self, base: Resolved, over: Resolved) -> None:
        """Put an overlay on a file; a value that was refused takes nothing away, and is reported already."""
        reported = {problem.path for problem in self.problems}
        self.problems += [problem for problem in merge(base, over) if problem.path not in reported]

    def base(
        self, path: pathlib.Path, parent: object, overlay: Resolved, below: tuple[pathlib.Path, ...],
        chain: tuple[Mark, ...],
    ) -> Resolved | None:  # fmt: skip
        """All that a file extends, put on each other in their order; None if one of them cannot be read."""
        entries = parent if isinstance(parent, list) and parent else [parent]
        places: list[Path] = [("extends", n) if isinstance(parent, list) else ("extends",) for n in range(len(entries))]
        extended: list[Resolved | None] = []
        for entry, place in zip(entries, places, strict=True):
            if isinstance(entry, Mapping):
                extended.append(self.part(path, entry, overlay, place, chain))
            else:
                extended.append(self.parent(path, entry, overlay.mark(place), below, chain))
        arms = arms_of([*(each for each in extended if each and not is_part(each.data)), overlay])
        base, whole = None, True
        for each, entry, place in zip(extended, entries, places, strict=True):
            if each is None:
                whole = False
                if not isinstance(entry, Mapping):  # without it nothing can be said of what is put on it
                    return None
            elif is_part(each.data):
                base = base or Resolved({}, {}, {(): overlay.mark(())}, {})
                whole = self.put_on(base, each, entry, overlay, place, arms, chain) and whole
            elif base is None:
                base = each
            else:  # a later file wins
                drop_same_figures(base, each)
                self.merge(base, each)
                base.fits += each.fits
                base.synthesis = each.synthesis or base.synthesis
        return base if whole else None

    def part(
        self, path: pathlib.Path, entry: Mapping[str, Any], overlay: Resolved, place: Path, chain: tuple[Mark, ...]
    ) -> Resolved | None:
        """The part that a file takes in at a place of `extends`, as it is written; None if it cannot be taken in."""
        asked, wrong = taken(entry)
        self.add([Problem(message, overlay.mark((*place, *at)), "extends") for at, message in wrong], chain)
        if asked is None:
            return None
        mark = overlay.mark((*place, PART))
        try:
            name = asked.name if asked.name.endswith(ENDING) else asked.name + ENDING
            document = read(file_named(PART, name, path, self.root, deep=True))
        except CannotBeNamed as error:
            self.add([Problem(str(error), mark, "extends")], chain)
            return None
        except InputProblems as error:
            self.add(error.problems, (mark, *chain))
            return None
        if not is_part(document.data):
            message = f"{asked.name} is no part (it has no `part:`); name it without `part:`, as what this one extends"
            self.add([Problem(message, mark, "extends")], chain)
            return None
        sourced, problems = unwrap(document)
        problems += part_problems(sourced)
        self.add(problems, (mark, *chain))
        if problems:
            return None
        part = _alone(sourced, (mark, *chain))
        part.fits = self.fits(pathlib.Path(document.file), part, (mark, *chain)) or ()
        _, part.synthesis = self.synthesis(pathlib.Path(document.file), part, (mark, *chain))
        return part

    def put_on(
        self, base: Resolved, part: Resolved, entry: Mapping[str, Any], overlay: Resolved, place: Path,
        arms: tuple[list[str], list[str]], chain: tuple[Mark, ...],
    ) -> bool:  # fmt: skip
        """Put a part on what stands left of it; False if it cannot be bound to the arms of the scenario."""
        asked, wrong = taken(entry)
        if asked is None or wrong:  # reported already
            return False
        found, wrong = bound(part, asked, *arms)
        wrong += [] if found is None else only_in(base, found, asked, overlay.mark((*place, "jobcentres")))
        wrong += [] if found is None else of_spells(found, asked, overlay, place)
        self.add([Problem(message, overlay.mark((*place, *at)), "extends") for at, message in wrong], chain)
        if found is not None:
            only_for(base, found, asked, overlay.mark((*place, "benefits")))
            self.add(add(base, found, overlay.data, overlay.mark(place), asked), chain)
        return not wrong

    def parent(
        self, path: pathlib.Path, name: object, place: Mark, below: tuple[pathlib.Path, ...], chain: tuple[Mark, ...]
    ) -> Resolved | None:
        """A file that this one extends, resolved, read once however often it is named; None if it cannot be read."""
        if not isinstance(name, str):
            self.add([Problem("extends must be the name of a file, or a list of names", place, "extends")], chain)
            return None
        try:
            target = file_named("extends", name, path, self.root, deep=True)
        except CannotBeNamed as error:
            self.add([Problem(str(error), place, "extends")], chain)
            return None
        real = target.resolve()
        if real in {p.resolve() for p in (*below, path)}:
            self.add([Problem(f"{name} extends itself in the end", place, "extends")], chain)
            return None
        if len(below) >= MAX_CHAIN:
            self.add([Problem(f"more than {MAX_CHAIN} files extend one another", place, "extends")], chain)
            return None
        if real not in self.done:
            self.done[real] = self.resolve(target, (*below, path), (place, *chain))
        resolved = self.done[real]
        return None if resolved is None else resolved.copied()
