"""Rehearsals that were never simulated: figures as a trial might have, for what is told of them."""

from __future__ import annotations

import math
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import stats

from simulation.experiments.trial.found import Assurance, Needed, Rehearsed
from simulation.results.ends import share_of
from simulation.results.trial.operating import (
    Clustering,
    Estimates,
    Interval,
    Operating,
    Point,
    Staff,
    Test,
    Truths,
)
from simulation.scenario.load import Loaded, load

SMALL = """version: 2
name: Small trial
name_da: Lille forsøg
start: 2027-W01
weeks: 110
follow_up: 52
replications: 3
seed: 5
arms: {treated: 1, control: 1}
arm_names: {treated: weekly talks, control: ordinary talks}
subgroups: {age: {young: {share: 0.4}, older: {share: 0.6}}}
intake: {persons: 50, weeks: 26}
teams:
  project: {fte: 1.5, minutes_per_week: 300, arms: [treated]}
  ordinary: {fte: 0.5, minutes_per_week: 300, arms: [control]}
jobcentres: {ribe: {}, varde: {persons: 80}, esbjerg: {persons: 120, teams: {project: {fte: 3}}}, vejen: {}}
exits:
  job: {level: 0.02}
  education: {level: 0.005}
job_spells: {hours: {30: 1}, end_intensity: {0: 0.01}, returns: 1}
interventions:
  samtaler:
    kind: samtaler
    channels: {personlig: {minutes: 30, attendance: 0.8}}
    plans:
      weekly: {arms: [treated], team: project, channel: personlig, every: [{weeks: 1}]}
      ordinary: {arms: [control], team: ordinary, channel: personlig, every: [{weeks: 4}]}
"""
BLOCK = "trial: {treated: treated, control: control, lots: individual, primary: {of: exit_job}}\n"
PRIMARY = Test("exit_job", "difference", "individual")
REHEARSALS = 400


def small(folder: pathlib.Path, block: str = BLOCK) -> Loaded:
    """A small scenario with such a trial."""
    path = folder / "small.yaml"
    path.write_text(SMALL + block, encoding="utf-8")
    return load(path)


def around(value: float, half: float) -> Interval:
    """A figure with an interval of so much to either side."""
    return Interval(value, value - half, value + half, REHEARSALS)


def share(count: float, of: int = REHEARSALS) -> Interval:
    """A share with its exact interval."""
    return Interval(count / of, *share_of(round(count), of), of)


@dataclass(frozen=True)
class Invented:
    """What a test does in a trial whose estimates are normal, `effect` in the mean, scattering by `error`."""

    effect: float = 0.03
    error: float = 0.02
    size: float = 0.05
    bias: float = 0.0
    rehearsals: int = REHEARSALS
    more: Mapping[str, object] = field(default_factory=dict)

    def operating(self, test: Test) -> Operating:
        """Its figures."""
        luck = np.random.default_rng(7).normal(size=self.rehearsals)
        estimate = self.effect + self.bias + self.error * luck
        error = np.full(self.rehearsals, self.error)
        p = 2 * stats.norm.sf(np.abs(estimate / error))
        reach = 1.96 * error
        found = p <= 0.05
        covered = np.abs(estimate - self.effect) <= reach
        least = 2.8 * self.error
        of = Operating(
            test, Estimates(estimate, error, np.full(self.rehearsals, math.inf), p, estimate - reach, estimate + reach),
            share(found.sum()), share(round(self.size * self.rehearsals)), None,
            around(float(estimate.mean()), 0.001), float(estimate.std()), self.error, around(self.effect, 0.001),
            around(self.bias, 0.0015), share(covered.sum()), share(1, 100), around(1.4, 0.1),
            around(least, 0.1 * least),
        )  # fmt: skip
        return replace(of, **self.more)  # type: ignore[arg-type]


def point(
    persons: int = 300, jobcentres: int = 4, staff: Staff = "follows", test: Test = PRIMARY,
    invented: Invented = Invented(), further: Mapping[Test, Operating] | None = None, **more: object,
) -> Point:  # fmt: skip
    """A trial of so many, whose error falls with the root of persons."""
    scaled = replace(invented, error=invented.error * math.sqrt(300 / persons))
    truths = {test.outcome: Truths(around(0.03, 0.002), around(0.018, 0.002), around(-0.006, 0.001),
                                   around(-0.012, 0.001))}  # fmt: skip
    clustering = {test.outcome: Clustering(around(0.012, 0.004), around(1.9, 0.3))}
    of = {test: scaled.operating(test), **(further or {})}
    made = Point(persons, jobcentres, staff, REHEARSALS, of, truths, clustering)
    return replace(made, **more)  # type: ignore[arg-type]


def rehearsed(
    loaded: Loaded, points: Sequence[Point] | None = None, needed: Needed | None = None,
    assurance: Assurance | None = None,
) -> Rehearsed:  # fmt: skip
    """A trial with such points; the primary analysis is the first of them."""
    points = points or [point()]
    return Rehearsed(loaded, next(iter(points[0].operating)), points, needed, assurance, REHEARSALS)


def curve(of: str = "persons", staff: Sequence[Staff] = ("follows", "held"), test: Test = PRIMARY) -> list[Point]:
    """Sizes from half of the trial to eight times as much, staff following and held: what held staff does less."""
    found = [point(test=test)]
    for each in staff:
        weaker = Invented(effect=0.03 if each == "follows" else 0.02)
        for times in (0.5, 1, 2, 4, 8):
            if (each, times) == ("follows", 1):
                continue
            places = round(4 * times) if of == "jobcentres" else 4
            found.append(point(round(300 * times), places, each, test, weaker))
    return found


NEEDED = Needed("persons", Interval(1040, 960, 1130), True)
ASSURANCE = Assurance(share(160), share(152), 400, np.linspace(-0.02, 0.06, 400))
