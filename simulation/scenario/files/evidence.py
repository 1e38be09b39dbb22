"""Effects from the synthesis of published studies: where a scenario says `{value: evidence, of: MECHANISM.EXIT.GROUP}`,
the number, how sure it is and its source stand in the file that `evidence: FILE` names.

The file is written by `jobcentersim evidence`. Which of its numbers is meant follows from the key: `between_trials`
is the sd between trials, `between_jobcentres` that between places, and everything else the mean.
"""

from __future__ import annotations

import math
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from simulation.scenario.files.problems import InputProblems, Problem, did_you_mean
from simulation.scenario.files.sourced import Origin, Sourced
from simulation.scenario.files.values import is_number
from simulation.scenario.files.yamlfile import Path, dotted, read

SPREADS = {"between_trials": "tau", "between_jobcentres": "sigma"}
"""Keys of a size that take a spread of the synthesis, and what it is called there."""
NORMAL_95 = 1.959964
"""95 % of a normal distribution lie within so many standard deviations."""
FACTORS = ("displacement", "effect")
"""Keys that take a factor or a share of the synthesis."""
LOG, FACTOR = "log", "factor"
"""Scales of a mechanism: the log of a factor on exits, or a factor or a share as it is."""


@dataclass(frozen=True, eq=False)
class Synthesis:
    """A file of the synthesis: by mechanism its scale, and by exit and target group what is known."""

    file: str
    data: Mapping[str, Any]

    @cached_property
    def effects(self) -> dict[str, Mapping[str, Any]]:
        """What is known of every effect, by `mechanism.exit.group`, with the scale of its mechanism."""
        return {
            f"{name}.{destination}.{group}": {**known, "scale": mechanism["scale"]}
            for name, mechanism in self.data["mechanisms"].items()
            for destination, groups in mechanism["destinations"].items()
            for group, known in groups.items()
        }

    def wrong_with(self, of: str, key: str, within_size: bool = True) -> str | None:
        """Why no number can be taken for this key; None: it can. `within_size`: the key stands beside a `log`."""
        if of not in self.effects:
            groups = [name for name in self.effects if name.startswith(f"{of}.")]
            meant = f"; it has {', '.join(groups)}" if groups else did_you_mean(of, list(self.effects))
            return f"the synthesis has no effect '{of}'{meant}"
        log = self.effects[of]["scale"] == LOG
        if log and not (key == LOG or (key in SPREADS and within_size)):
            return f"'{of}' is the log of a factor: it stands at `log`, and its spreads beside that"
        if not log and key not in FACTORS:
            return f"'{of}' is a factor or a share, not its log: it stands at {' or '.join(FACTORS)}"
        return None

    def number(self, of: str, key: str, origin: Origin) -> tuple[float, Origin]:
        """The number for this key, and where it comes from; the place is that of `origin`."""
        known = self.effects[of]
        part = SPREADS.get(key, "mean")
        if part == "mean":
            return known["mean"], replace(origin, kind=known["kind"], source=known["source"], se=known["sd"])
        assumed = replace(origin, kind="assumed", source=f"{self.data['sources'][part]} ({of})")
        if part == "tau":
            return known[part], replace(assumed, se=known["tau_sd"])
        low, high = known["sigma_range"]
        return known[part], replace(assumed, range=(low, high))

    def new_trial(self, of: str) -> tuple[float, float]:
        """95 % interval of the effect of a new trial, by a normal distribution: the mean and both spreads."""
        known = self.effects[of]
        half = NORMAL_95 * math.hypot(known["sd"], known["tau"])
        return known["mean"] - half, known["mean"] + half


def read_synthesis(path: pathlib.Path) -> Synthesis:
    """Read a file of the synthesis. Raises InputProblems if there is none, or it is another kind of file."""
    document = read(path)
    problems = [Problem(message, document.mark(place), dotted(place)) for place, message in _wrong(document.data)]
    if problems:
        raise InputProblems(problems)
    return Synthesis(str(path), document.data)


def _wrong(data: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """What keeps data from being a synthesis, by its place."""
    mechanisms, sources = data.get("mechanisms"), data.get("sources")
    if data.get("version") != 1 or not isinstance(mechanisms, Mapping) or not isinstance(sources, Mapping):
        yield (), "this is no synthesis of published effects; `jobcentersim evidence` writes it"
        return
    for part in SPREADS.values():
        if not isinstance(sources.get(part), str):
            yield ("sources", part), "must be text"
    for name, mechanism in mechanisms.items():
        place: Path = ("mechanisms", name)
        by_exit = mechanism.get("destinations") if isinstance(mechanism, Mapping) else None
        if not isinstance(by_exit, Mapping) or not all(isinstance(groups, Mapping) for groups in by_exit.values()):
            yield place, "must have destinations, and each of them groups"
            continue
        if mechanism.get("scale") not in (LOG, FACTOR):
            yield (*place, "scale"), f"must be {LOG} or {FACTOR}"
            continue
        spreads = list(SPREADS.values()) if mechanism["scale"] == LOG else []
        for destination, groups in by_exit.items():
            for group, known in groups.items():
                at = (*place, "destinations", destination, group)
                if not isinstance(known, Mapping):
                    yield at, "must be a mapping"
                    continue
                yield from (((*at, part), f"must be {what}") for part, what in _lacking(known, spreads))


def _lacking(known: Mapping[str, Any], spreads: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is missing or wrong of one effect, and what it must be."""
    if not is_number(known.get("mean")):
        yield "mean", "a number"
    for part in ("sd", "tau_sd") if spreads else ("sd",):
        if not is_number(known.get(part)) or known[part] <= 0:
            yield part, "a number above 0"
    for part in spreads:
        if not is_number(known.get(part)) or known[part] < 0:
            yield part, "a number, not below 0"
    if spreads and not _is_range(known.get("sigma_range")):
        yield "sigma_range", "two numbers, the lower one first"
    if known.get("kind") not in ("evidence", "assumed"):
        yield "kind", "evidence or assumed"
    if not isinstance(known.get("source"), str) or not known["source"]:
        yield "source", "text"


def _is_range(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_number, value)) and value[0] <= value[1]


def fill_evidence(resolved: Sourced, synthesis: Synthesis | None) -> Iterator[Problem]:
    """Put the numbers of the synthesis where the scenario says `evidence`. Yields what cannot be had."""
    waiting = [path for path, origin in resolved.origins.items() if origin.of and not origin.kind]
    for path in waiting:
        origin = resolved.origins[path]
        part: Any = resolved.data
        for step in path[:-1]:
            part = part[step]
        key, within_size = str(path[-1]), isinstance(part, Mapping) and LOG in part
        if synthesis is None:
            wrong: str | None = "no synthesis is named (`evidence: FILE` names one, `jobcentersim evidence` makes it)"
        else:
            wrong = synthesis.wrong_with(origin.of, key, within_size)
        if synthesis is None or wrong is not None:
            yield Problem(str(wrong), resolved.mark(path), dotted(path))
            continue
        part[path[-1]], resolved.origins[path] = synthesis.number(origin.of, key, origin)
