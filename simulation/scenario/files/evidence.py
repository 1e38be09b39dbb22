"""Effects from the synthesis of published studies: where a scenario says `{value: evidence, of: MECHANISM.GROUP}`, the
number, how sure it is and its source stand in the file that `evidence: FILE` names.

The file is written by `jobcentersim evidence`. Which of its numbers is meant follows from the key: `between_trials`
is the sd between trials, `between_jobcentres` that between places, and everything else the mean.
"""

from __future__ import annotations

import math
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from simulation.scenario.files.problems import InputProblems, Problem, did_you_mean
from simulation.scenario.files.values import Origin, Sourced, is_number
from simulation.scenario.files.yamlfile import Path, dotted, read

SPREADS = {"between_trials": "tau", "between_jobcentres": "sigma"}
"""Keys of a size that take a spread of the synthesis, and what it is called there."""
NORMAL_95 = 1.959964
"""95 % of a normal distribution lie within so many standard deviations."""
LOG, FACTOR = "log", "factor"
"""Scales of a mechanism: the log of a factor on exits, or a factor or a share as it is."""


@dataclass(frozen=True, eq=False)
class Synthesis:
    """A file of the synthesis: by mechanism its scale, and by target group what is known."""

    file: str
    data: Mapping[str, Any]

    @cached_property
    def effects(self) -> dict[str, Mapping[str, Any]]:
        """What is known of every effect, by `mechanism.group`, with the scale of its mechanism."""
        return {
            f"{name}.{group}": {**known, "scale": mechanism["scale"]}
            for name, mechanism in self.data["mechanisms"].items()
            for group, known in mechanism["groups"].items()
        }

    def wrong_with(self, of: str, key: str) -> str | None:
        """Why no number can be taken for this key; None: it can."""
        if of not in self.effects:
            groups = [name for name in self.effects if name.startswith(f"{of}.")]
            meant = f"; it has {', '.join(groups)}" if groups else did_you_mean(of, list(self.effects))
            return f"the synthesis has no effect '{of}'{meant}"
        on_log = key in (LOG, *SPREADS)
        if on_log != (self.effects[of]["scale"] == LOG):
            scale = "the log of a factor: write it below `log:`" if not on_log else "a factor or a share, not its log"
            return f"'{of}' is {scale}"
        return None

    def number(self, of: str, key: str, origin: Origin) -> tuple[float, Origin]:
        """The number for this key, and where it comes from; the place is that of `origin`."""
        known = self.effects[of]
        part = SPREADS.get(key, "mean")
        if part == "mean":
            return known["mean"], replace(origin, kind=known["kind"], source=known["source"], se=known["sd"])
        low, high = known[f"{part}_range"]
        source = f"{known[f'{part}_source']} ({of})"
        return known[part], replace(origin, kind="assumed", source=source, range=(low, high))

    def new_trial(self, of: str) -> tuple[float, float]:
        """95 % interval of the effect of a new trial, by a normal distribution: the mean and both spreads."""
        known = self.effects[of]
        half = NORMAL_95 * math.hypot(known["sd"], known["tau"])
        return known["mean"] - half, known["mean"] + half


def read_synthesis(path: pathlib.Path) -> Synthesis:
    """Read a file of the synthesis. Raises InputProblems if there is none, or it is another kind of file."""
    document = read(path)
    mechanisms = document.data.get("mechanisms")
    if type(document.data.get("version")) is not int or not isinstance(mechanisms, Mapping):
        message = "this is no synthesis of published effects; `jobcentersim evidence` writes it"
        raise InputProblems([Problem(message, document.mark(()))])
    problems = []
    for name, mechanism in mechanisms.items():
        groups = mechanism.get("groups") if isinstance(mechanism, Mapping) else None
        if not isinstance(groups, Mapping) or mechanism.get("scale") not in (LOG, FACTOR):
            place: Path = ("mechanisms", name)
            problems.append(Problem("must have a scale and groups", document.mark(place), dotted(place)))
            continue
        for group, known in groups.items():
            place = ("mechanisms", name, "groups", group)
            if not isinstance(known, Mapping) or not all(is_number(known.get(key)) for key in ("mean", "sd")):
                problems.append(Problem("must have a mean and its sd", document.mark(place), dotted(place)))
    if problems:
        raise InputProblems(problems)
    return Synthesis(str(path), document.data)


def fill_evidence(resolved: Sourced, synthesis: Synthesis | None) -> Iterator[Problem]:
    """Put the numbers of the synthesis where the scenario says `evidence`. Yields what cannot be had."""
    waiting = [path for path, origin in resolved.origins.items() if origin.of and not origin.kind]
    for path in waiting:
        origin = resolved.origins[path]
        key = str(path[-1])
        if synthesis is None:
            wrong: str | None = "no synthesis is named (`evidence: FILE` names one, `jobcentersim evidence` makes it)"
        else:
            wrong = synthesis.wrong_with(origin.of, key)
        if synthesis is None or wrong is not None:
            yield Problem(str(wrong), resolved.mark(path), dotted(path))
            continue
        data: Any = resolved.data
        for step in path[:-1]:
            data = data[step]
        data[path[-1]], resolved.origins[path] = synthesis.number(origin.of, key, origin)
