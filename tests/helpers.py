"""Small scenarios made in code, and the few ways in which the tests look at what came of them.

Decision rule of every test that compares a simulated figure with a closed form: |z| < LIMIT by the closed form's own
standard error, with fixed seeds. So a test that passes goes on passing until the program (or its luck) changes, and
a right program fails one such comparison in 16 000.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from hypothesis import HealthCheck
from numpy.typing import ArrayLike, NDArray

from simulation.opening import build, open_interventions
from simulation.results.measures.incidence import aalen_johansen
from simulation.results.measures.replication import Replication
from simulation.results.names import Figure, Names
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.settings import as_in_a_file
from simulation.scenario.files.values import unwrap
from simulation.scenario.files.yamlfile import Document
from simulation.scenario.load import Loaded, validated
from simulation.scenario.schema import Scenario
from simulation.week import run, start_routines
from simulation.world.ledige import GONE
from simulation.world.names import Name, written
from simulation.world.register import status_of
from simulation.world.spec import WEEK, Floats, Ints
from simulation.world.world import World

LIMIT = 4.0
ANY_WORLD: Any = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}
"""Settings of hypothesis for whole worlds put together at random, always the same ones."""

SMALL: dict[str, Any] = {
    "version": 2,
    "name": "small",
    "start": "2026-W01",
    "weeks": 20,
    "replications": 1,
    "seed": 4,
    "arms": {"alle": 1},
    "intake": {"persons": 1000, "weeks": 1, "arrivals": "random"},
    "teams": {"team": {"fte": 1, "minutes_per_week": 100_000}},
    "jobcentres": {"by": {}},
    "exits": {"job": {"level": 0.03}},
    "interventions": {},
}


def counts_of(world: World) -> dict[str, NDArray[np.int64]]:
    """Every weekly count of a batch by the way it is written."""
    return _written(world.register.counts)


def team_counts_of(world: World) -> dict[str, NDArray[np.int64]]:
    """Every weekly count of teams by the way it is written."""
    return _written(world.register.team_counts)


Key = tuple[str, str, int | None]
"""Outcome, group, and week or month of a figure, as they are written."""


def as_written(found: Mapping[Figure, Floats], world: int = 0) -> dict[Key, float]:
    """The figures of one world of a batch."""
    return {(f.outcome, str(f.group), f.time): float(values[world]) for f, values in found.items()}


def _written(counts: dict[Name, NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
    texts = written(counts)
    return {texts[name]: count for name, count in counts.items()}


def week_by_week(scenario: Scenario) -> Iterator[tuple[int, World]]:
    """The first replication after each of its weeks, with the number of the week, where the end need not be seen."""
    world = build(scenario, [0])
    start_routines(world, open_interventions(scenario, world), check_invariants=True)
    for week in range(scenario.weeks):
        world.env.run(until=(week + 1) * WEEK)
        yield week, world


def make(**changes: Any) -> Scenario:
    """A small scenario: everybody comes in week 0, nobody does anything, and what else is said replaces that."""
    whole = {**SMALL, **changes}
    return Scenario.model_validate({"follow_up": whole["weeks"], **whole})


def loaded(**changes: Any) -> Loaded:
    """The same as if it were read from a file: values may have a source, and change at dates."""
    whole = as_in_a_file({"follow_up": changes.get("weeks", SMALL["weeks"]), **SMALL, **changes})
    sourced, problems = unwrap(Document("in code", whole, {}, {}))
    assert not problems, problems
    resolved = Resolved(sourced.data, sourced.origins, sourced.marks, sourced.keys, dated=sourced.dated)
    return validated("in code", resolved)


def samtaler(plan: dict[str, Any] | None = None, minutes: Any = 30, attendance: float = 1.0, **more: Any) -> dict:
    """Samtaler of one plan for everybody; a talk every week unless the plan says otherwise."""
    plan = {"every": [{"weeks": 1}]} if plan is None else plan
    return {
        "kind": "samtaler",
        "channels": {"personlig": {"minutes": minutes, "attendance": attendance}},
        "plans": {"plan": {"arms": ["alle"], "team": "team", "channel": "personlig", **plan}},
        **more,
    }


def praktik(weekly: float = 1.0, ready_week: Any = 0, **more: Any) -> dict:
    """Praktik for everybody from week 0 on, eight weeks once, with places for all; or as said otherwise."""
    return {
        "kind": "praktik",
        "referral": {"alle": {"ready_week": ready_week, "weekly": weekly}},
        "places": 1_000_000,
        "matches_per_week": 1_000_000,
        "length_weeks": 8,
        **more,
    }


def busy(**changes: Any) -> Scenario:
    """Everything at once, and everything scarce: minutes, cases, places and matches."""
    return make(
        **{
            "name": "busy",
            "weeks": 40,
            "follow_up": 26,
            "arms": {"deltager": 1, "kontrol": 2},
            "subgroups": {"helbred": {"godt": {"share": 0.4, "exit_factors": {"job": 2}}, "andet": {"share": 0.6}}},
            "intake": {"persons": 80, "weeks": 12, "arrivals": "random"},
            "teams": {
                "projekt": {
                    "fte": 1.5, "minutes_per_week": 300, "caseload": "personal", "arms": ["deltager"],
                    "caseload_limit": 12,
                },
                "ordinaer": {
                    "fte": 0.5, "minutes_per_week": 200, "caseload_limit": 40, "at_limit": "exceed", "dilution": 1,
                },
                "a_kasse": {"fte": 0.2, "minutes_per_week": 300, "takes_cases": False},
            },
            "jobcentres": {"ribe": {}, "skive": {"persons": 60}, "vejle": {"persons": 0}},
            "exits": {
                "job": {
                    "level": 0.03, "duration": {"log_slope": -0.02, "until_week": 20}, "jobcentre_sd": 0.3,
                    "frailty": {"kind": "gamma", "spread": 0.8},
                },
                "other": {"level": 0.01, "frailty": {"kind": "lognormal", "spread": 0.5}},
            },
            "displacement": 0.3,
            "job_spells": {"hours": {15: 0.5, 37: 0.5}, "end_intensity": {0: 0.08, 4: 0.04}, "returns": 0.7},
            "interventions": {
                "praktik": {
                    "kind": "praktik",
                    "referral": {
                        "deltager": {"ready_week": {1: 0.5, 4: 0.5}, "weekly": 0.3, "push": {"week": 3, "share": 0.5}},
                        "kontrol": {"never_ready": 0.3, "ready_week": 4, "weekly": 0.1},
                    },
                    "places": 6,
                    "matches_per_week": 1.5,
                    "length_weeks": {4: 0.5, 8: 0.5},
                    "breakdown": {"weekly": 0.1, "unready_factor": 2, "setback_weeks": 2},
                    "repeat": {"gap_weeks": 2},
                    "direct_hire": 0.2,
                    "during": {"job": 0.5},
                    "after": {"job": 2.0},
                    "after_halving_weeks": 4,
                },
                "samtaler": {
                    "kind": "samtaler",
                    "channels": {
                        "personlig": {"minutes": {30: 0.7, 45: 0.3}, "attendance": 0.8},
                        "telefon": {"minutes": 15, "attendance": 0.9, "effect": 0.5},
                        "brev": {"minutes": 5, "attendance": 1.0, "counts": False},
                    },
                    "plans": {
                        "ugentlig": {
                            "arms": ["deltager"], "team": "projekt", "channel": "personlig", "every": [{"weeks": 1}],
                            "other_channel": {"channel": "telefon", "from_week": 4, "share": 0.5},
                            "in_offer": "brev", "before": {"effects": {"other": 1.5}},
                            "then": {"plan": "sjaelden", "course_week": 16},
                        },
                        "sjaelden": {
                            "arms": ["kontrol"], "team": "ordinaer", "channel": "personlig", "self_booking": 0.8,
                            "talks": [
                                {"week": 3, "partner": "a_kasse"}, {"week": 8, "self_booked": True}, {"week": 20},
                            ],
                        },
                    },
                    "attendance": {"person_sd": 0.5, "weekly_odds": 0.98, "rebooking_minutes": 5},
                    "effects": {"job": 1.5},
                    "halving_talks": 5,
                },
            },
            **changes,
        }
    )  # fmt: skip


def z_of(count: ArrayLike, n: ArrayLike, share: ArrayLike) -> Floats:
    """How far counts are from binomial ones, in standard errors."""
    count, n, share = np.asarray(count, float), np.asarray(n, float), np.asarray(share, float)
    return np.asarray((count - n * share) / np.sqrt(n * share * (1 - share)))


def exits(world: World) -> Floats:
    """Exits by week, all destinations and worlds together."""
    counts = counts_of(world)
    return np.asarray(sum(counts[f"exit_{name}"].sum(axis=1) for name in world.afgang.destinations))


def first_exits(world: World) -> tuple[Ints, Ints, Ints]:
    """Week of exit since enrolment, its destination (-1 if none is seen) and weeks seen, of every row.

    For scenarios without job spells.
    """
    status, entry = status_of(world.register.codes).astype(int), world.ledige.entry.astype(int)
    gone = status >= GONE
    week = np.where(gone.any(axis=0), gone.argmax(axis=0), len(status) - 1)
    cause = np.where(gone.any(axis=0), status[week, np.arange(len(week))] - GONE, -1)
    return np.where(cause >= 0, week - entry, len(status)), cause, len(status) - entry


def incidence(exit_week: Ints, cause: Ints, observed: Ints, causes: int, weeks: int) -> tuple[Floats, Ints]:
    """What `aalen_johansen` tells where all are of one world: shapes (causes, weeks + 1) and (weeks,)."""
    world = np.zeros(len(cause), dtype=np.intp)
    share, at_risk = aalen_johansen(world, 1, exit_week, cause, observed, causes, weeks)
    return share[0], at_risk[0]


def exits_follow(scenario: Scenario, survival: Sequence[float] | Floats, replications: Iterable[int] = (0,)) -> None:
    """Run a cohort that is enrolled in week 0, and hold the exits of every week against a survival curve.

    `survival` is the share still on benefit after 0, 1, ... weeks. Rule: |z| < LIMIT in every week, by the binomial
    error among those still there; so an effect that begins or ends a week too early or late is seen in that week.
    """
    survival = np.asarray(survival)
    world = run(scenario, list(replications))
    out = exits(world)[: len(survival) - 1]
    there = len(world.ledige) - np.concatenate(([0], np.cumsum(out)[:-1]))
    leaves = 1 - survival[1:] / survival[:-1]
    some = leaves > 0
    assert not out[~some].any()
    if not some.any():
        return
    z = z_of(out[some], there[some], leaves[some])
    assert np.abs(z).max() < LIMIT, dict(zip(np.flatnonzero(some).tolist(), z.round(1).tolist(), strict=True))


def survival_of(intensities: ArrayLike) -> Floats:
    """Survival curve of weekly intensities: shape (weeks + 1,)."""
    return np.exp(-np.concatenate(([0.0], np.cumsum(intensities))))


def shares_are_shares(scenario: Scenario, replication: Replication) -> None:
    """Every share among the outcomes lies between 0 and 1 (differences, and what is net of a start, may be below)."""
    names = Names(scenario)
    for figure, value in replication.outcomes.items():
        share = names.is_share(figure.outcome) and not figure.outcome.startswith("employed_net")
        if share and figure.group.kind != "difference":
            assert np.isnan(value) or -1e-12 <= value <= 1 + 1e-12, (figure, value)


def person_by_person(world: World, columns: Any) -> dict[tuple[int, str], Any]:
    """The columns (last axis: rows) of each jobcentre of each world, by number within the jobcentre.

    This is how people are compared between scenarios: a row is where a lot has put her, her number is her name.
    """
    ledige, names = world.ledige, world.jobcentres.name_of_row
    parts = {}
    for row, name in enumerate(names):
        mine = np.flatnonzero(ledige.jobcentre == row)
        mine = mine[np.argsort(ledige.number[mine])]
        parts[row // len(world.jobcentres.names), name] = columns[..., mine]
    return parts


def digest(replications: Iterable[Replication]) -> str:
    """One number for everything that came of some replications, to the last bit."""
    found = hashlib.sha256()
    for r in replications:
        known = [(figure, value) for figure, value in r.outcomes.items() if not np.isnan(value)]
        found.update(repr((r.number, sorted(known, key=repr))).encode())
        for name, counts in sorted(r.counts.items()):
            if counts.any():
                found.update(name.dotted.encode() + counts.tobytes())
        for field in fields(r.staff):
            part = getattr(r.staff, field.name)
            arrays = [part[name] for name in sorted(part) if part[name].any()] if field.name == "totals" else [part]
            for array in arrays:
                found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()
