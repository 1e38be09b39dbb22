"""How often the analyses of a rehearsed trial are right: the shapes of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from simulation.world.spec import Floats

Measure = Literal["difference", "hazard_ratio", "log_rank"]
Errors = Literal["individual", "clustered", "permutation"]
Population = Literal["itt", "treated"]


class Test(NamedTuple):
    """One way to analyse: an outcome, what is reckoned of it, by which errors (each person for herself; clustered by
    jobcentre, CR2 with Bell and McCaffrey's degrees of freedom; a permutation of lots over jobcentre means), and of
    whom (as drawn by lot; or what treatment does to those who take it up because they were drawn)."""

    outcome: str
    measure: Measure
    errors: Errors
    population: Population = "itt"


class Interval(NamedTuple):
    """A figure with its 95 % simulation error; NaN where it is not known. Of a share (`of` is how many rehearsals it is
    of) the interval is the exact binomial one."""

    value: float
    low: float
    high: float
    of: int = 0


@dataclass(frozen=True)
class Estimates:
    """What each rehearsal finds: arrays of shape (rehearsals,), NaN where there is no estimate. `estimate`, `error`,
    `low` and `high` are in the unit of the outcome, of a hazard ratio its logarithm; a log-rank test has `p` alone, and
    a permutation test no `error`. `freedom` are degrees of freedom (infinite: normal)."""

    estimate: Floats
    error: Floats
    freedom: Floats
    p: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Operating:
    """How a test does. `power` is how often it rejects; `type_i` how often where the treated get the control's plan;
    `effects_off` how often where delivery does nothing but is registered. `bias` is against `truth`, the effect by lot
    in the trial as run; `coverage` how often its interval holds that. Of the rejections `type_s` have the wrong sign,
    and are `type_m` times too large. `smallest` is the effect that is found in 80 %."""

    test: Test
    estimates: Estimates
    power: Interval
    type_i: Interval | None
    effects_off: Interval | None
    estimate: Interval
    spread: float  # sd of estimates between rehearsals
    error: float  # mean of the errors that are told
    truth: Interval | None
    bias: Interval | None
    coverage: Interval | None
    type_s: Interval | None
    type_m: Interval | None
    smallest: Interval | None
    attainable: float | None = None  # size that a permutation test can have at most 5 %, as far as there are lots


class Truths(NamedTuple):
    """What treatment does to an outcome, by common luck: by lot in the trial as run; everybody against nobody, with the
    staff that this takes; and to those who are not treated."""

    itt: Interval
    roll_out: Interval
    untreated: Interval
    gap: Interval | None = None  # roll-out less that by lot, by common luck


class Clustering(NamedTuple):
    """Of an outcome without treatment: the correlation within jobcentres, by analysis of variance, and how much more
    variance lots of whole jobcentres have than lots of persons."""

    icc: Interval
    design_effect: Interval


class Places(NamedTuple):
    """How many of G jobcentres, tested each by itself, have significantly more exits among the treated: in what share
    of rehearsals at least 0 to G have, in the trial as run and where the treated get the control's plan, and with what
    chance by `luck`, if each test were wrong in half of 5 %. All of length G + 1."""

    trial: tuple[Interval, ...]
    null: tuple[Interval, ...]
    luck: Floats


Staff = Literal["follows", "held"]


@dataclass(frozen=True)
class Point:
    """A trial of so many persons and jobcentres: all that was found of it."""

    persons: int
    jobcentres: int
    staff: Staff
    rehearsals: int
    operating: Mapping[Test, Operating]
    truths: Mapping[str, Truths]  # by outcome
    clustering: Mapping[str, Clustering]
    stopped_early: Interval | None = None
    in_data: Interval | None = None  # persons whose data are analysed
    recruited: Interval | None = None  # persons by lot
    taken_up: tuple[Interval, Interval] | None = None  # share recorded as treated: of control, of treated
    places: Mapping[str, Places] = field(default_factory=dict)  # by outcome of exits; none where jobcentres are drawn
