"""What a scenario file or a part may have in files of their own: the published figures (`targets: FILE`), the values
that were fitted to them (`fitted: FILE`), and what studies elsewhere say of effects (`evidence: FILE`).
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simulation.scenario.files.evidence import Synthesis, read_synthesis
from simulation.scenario.files.fitted import Fit, read_fit
from simulation.scenario.files.overlay import Resolved, take_in
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.roots import CannotBeNamed, NotThere, file_named
from simulation.scenario.files.values import EVIDENCE, unwrap
from simulation.scenario.files.yamlfile import dotted, read


@dataclass
class Beside:
    """Where files must lie that are named, what has been read of them so far, and what is wrong with them.

    With `lenient` a file of fitted values need not exist.
    """

    root: pathlib.Path
    lenient: bool
    problems: list[Problem] = field(default_factory=list)
    fit_files: dict[pathlib.Path, Fit] = field(default_factory=dict)
    syntheses: dict[pathlib.Path, Synthesis] = field(default_factory=dict)

    def add(self, problems: Iterable[Problem], chain: tuple[Mark, ...], otherwise: str = "") -> None:
        """Note problems of a file that came in through `chain`; `otherwise` is the path of those that have none."""
        self.problems += [
            Problem(p.message, p.mark, p.path or otherwise, p.severity, p.inherited_by or chain) for p in problems
        ]

    def figures(self, path: pathlib.Path, overlay: Resolved, chain: tuple[Mark, ...]) -> bool:
        """Take in the published figures of the file that the overlay names, if any; whether inherited ones go."""
        if "targets" not in overlay.data:
            return False
        name, place = overlay.data.pop("targets"), overlay.mark(("targets",))
        if name is None:  # as everywhere, null takes away what is inherited
            return True
        try:
            document = read(file_named("targets", name, path, self.root))
        except CannotBeNamed as error:
            self.add([Problem(str(error), place, "targets")], chain)
            return True
        except InputProblems as error:
            self.add(error.problems, chain, "targets")
            return True
        figures, source_problems = unwrap(document)
        self.add(source_problems, (place, *chain))
        wrong = "a published figure does not change at a date"
        self.add((Problem(wrong, mark, dotted(at)) for at, mark in figures.dates()), (place, *chain))
        if not isinstance(figures.data.get("targets"), Mapping):
            self.add([Problem("there are no `targets:` in it", figures.mark(()), "targets")], (place, *chain))
            return True
        if "published" in overlay.data:
            self.add([Problem("give either `targets:` or `published:`, not both", place, "targets")], chain)
        take_in(overlay, figures, (place, *chain))
        return True

    def fits(self, path: pathlib.Path, overlay: Resolved, chain: tuple[Mark, ...]) -> tuple[Fit, ...] | None:
        """The file of fitted values that the overlay names, if any; None: inherited ones go."""
        if "fitted" not in overlay.data:
            return ()
        name, place = overlay.data.pop("fitted"), overlay.mark(("fitted",))
        if name is None:
            return None
        try:
            file = file_named("fitted", name, path, self.root)
            fit = self.fit_files.get(file.resolve()) or read_fit(file, self.root)
            self.fit_files[file.resolve()] = fit
        except CannotBeNamed as error:
            if not (self.lenient and isinstance(error, NotThere)):
                self.add([Problem(str(error), place, "fitted")], chain)
            return ()
        except InputProblems as error:
            self.problems += [Problem(p.message, p.mark, "fitted", p.severity, (place, *chain)) for p in error.problems]
            return ()
        overlay.inherited_by[fit.file] = (place, *chain)
        return (fit,)

    def synthesis(
        self, path: pathlib.Path, overlay: Resolved, chain: tuple[Mark, ...]
    ) -> tuple[bool, Synthesis | None]:
        """Whether an inherited synthesis goes, and the one that the overlay names, if any."""
        if EVIDENCE not in overlay.data:
            return False, None
        name, place = overlay.data.pop(EVIDENCE), overlay.mark((EVIDENCE,))
        if name is None:
            return True, None
        try:
            file = file_named(EVIDENCE, name, path, self.root)
            synthesis = self.syntheses.get(file.resolve()) or read_synthesis(file)
            self.syntheses[file.resolve()] = synthesis
        except CannotBeNamed as error:
            self.add([Problem(str(error), place, EVIDENCE)], chain)
            return False, None
        except InputProblems as error:
            self.problems += [Problem(p.message, p.mark, EVIDENCE, p.severity, (place, *chain)) for p in error.problems]
            return False, None
        overlay.inherited_by[synthesis.file] = (place, *chain)
        return False, synthesis
