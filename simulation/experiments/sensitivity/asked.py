"""What is asked of the sensitivity of an answer, as on the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from simulation.experiments.amounts import named
from simulation.experiments.best.designs import Designs, refused
from simulation.experiments.numbers import MOST_REPLICATIONS
from simulation.experiments.sensitivity.unknowns import BY, By
from simulation.results.names import ALLE, Figure, Names
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.settings import read_settings
from simulation.scenario.load import Loaded

SAMPLES, LEAST_SAMPLES, MOST_SAMPLES = 64, 16, 4096
"""Rows of the sample for indices, unless said; and the fewest and most that may be asked for."""
EACH = 2
"""Replications of every point of the sample, unless said: as few as tell luck from what is drawn."""


@dataclass(frozen=True)
class Question:
    """`of` is the outcome, `replications` those of every bar and switch, `samples` the rows of the sample for indices
    (0: none), `each` the replications of every point of it, `switches` what is set in the scenarios at which dotted
    path, by how it was written."""

    of: Figure
    replications: int
    samples: int = SAMPLES
    each: int = EACH
    by: By = "value"
    switches: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All of it in a text that is the same whenever it is."""
        return f"sensitivity {json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)}"

    @property
    def at_point(self) -> int:
        """Replications of the scenarios as written: every row of the sample has some of its own."""
        return max(self.replications, self.each * self.samples)


def question_of(loaded: Sequence[Loaded], asked: Mapping[str, Any]) -> Question:
    """What the options `of`, `samples`, `each`, `by`, `switch` and `replications` ask for. Raises InputProblems with
    all that is wrong with them, also where two scenarios cannot be held against each other."""
    problems = [Problem(sentence) for sentence in dict.fromkeys(refused(Designs(loaded)))]
    figures = []
    for scenario in loaded:
        try:
            figures.append(named(Names(scenario.scenario), asked["of"], ALLE))
        except ValueError as error:
            problems.append(Problem(str(error), _mark("of", asked["of"])))
    samples = SAMPLES if asked["samples"] is None else asked["samples"]
    if wrong := _wrong_samples(samples):
        problems.append(Problem(wrong, _mark("samples", samples)))
    replications = loaded[0].scenario.replications if asked["replications"] is None else asked["replications"]
    if replications < 2:
        problems.append(Problem("must be 2 or more: one cannot tell luck", _mark("replications", replications)))
    each = EACH if asked["each"] is None else asked["each"]
    if each < EACH or each * samples > MOST_REPLICATIONS:
        message = f"must be {EACH} or more, and times --samples at most {MOST_REPLICATIONS:,}"
        problems.append(Problem(message, _mark("each", each)))
    if asked["by"] not in BY:
        problems.append(Problem(f"must be one of {', '.join(BY)}", _mark("by", asked["by"])))
    switches, wrong_switches = _switches(loaded, asked["switch"])
    problems += wrong_switches
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    return Question(figures[0], replications, samples, each, asked["by"], switches)


def _wrong_samples(samples: int) -> str:
    """Why there cannot be a sample of so many rows; "" if there can."""
    if samples == 0 or (LEAST_SAMPLES <= samples <= MOST_SAMPLES and not samples & (samples - 1)):
        return ""
    powers = [str(1 << n) for n in range(LEAST_SAMPLES.bit_length() - 1, MOST_SAMPLES.bit_length())]
    return f"must be a power of 2 ({', '.join(powers)}), or 0 for none (got {samples})"


def _switches(loaded: Sequence[Loaded], texts: Sequence[str]) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """What is set by `KEY=VALUE`, by this text; it must suit a scenario that has the key."""
    found: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            values = read_settings([text])
        except InputProblems as error:
            problems += [Problem(each.message.replace("--set ", "--switch ", 1)) for each in error.problems]
            continue
        refusals = []
        for scenario in loaded:
            try:
                scenario.with_(values)
            except InputProblems as error:
                refusals.append(error.problems)
        if len(refusals) == len(loaded):
            problems += [Problem(each.message, _mark("switch", text), each.path) for each in refusals[0]]
        found[text] = values
    return found, problems


def _mark(option: str, written: object) -> Mark:
    return Mark(f"--{option} {written}", 0, 0)
