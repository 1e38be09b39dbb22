"""Small calibrations in files: a jobcentre of some hundred ledige whose figures were made by known parameters."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import yaml

from simulation import load
from simulation.results.measures.replication import simulate

TRUTH = {"exits.job.level": 0.03, "exits.other.level": 0.008,
         "interventions.samtaler.channels.personlig.attendance": 0.8}  # fmt: skip
WANTED = {
    "job_12": ("exit_job", 12), "job_26": ("exit_job", 26), "other_26": ("exit_other", 26),
    "talks": ("talk_share", None),
}  # fmt: skip

SCENARIO = """
version: 2
name: toy
fitted: fitted.yaml
start: 2026-W01
weeks: 28
follow_up: 26
replications: 4
seed: 4
arms: {alle: 1}
intake: {persons: 300, weeks: 2, arrivals: even}
teams: {team: {fte: 10, minutes_per_week: 10000}}
jobcentres: {by: {}}
exits:
  job: {level: {value: fitted, unit: per week, kind: calibrated, source: toy}}
  other: {level: {value: fitted, unit: per week, kind: calibrated, source: toy}}
interventions:
  samtaler:
    kind: samtaler
    channels:
      personlig: {minutes: 30, attendance: {value: fitted, unit: share, kind: calibrated, source: toy}}
    plans: {plan: {arms: [alle], team: team, channel: personlig, every: [{weeks: 2}]}}
    effects: {job: {value: fitted, unit: factor, kind: assumed, source: toy}}
targets: targets.yaml
"""

PRIORS: dict[str, Any] = {
    "exits.job.level": {"distribution": "lognormal", "range": [0.01, 0.08], "unit": "per week"},
    "exits.other.level": {"distribution": "lognormal", "range": [0.002, 0.03], "unit": "per week"},
    "interventions.samtaler.channels.personlig.attendance": {
        "distribution": "logitnormal", "range": [0.5, 0.95], "unit": "share",
    },
    "interventions.samtaler.effects.job": {"distribution": "lognormal", "range": [0.98, 1.02], "unit": "factor"},
}  # fmt: skip


def write_study(
    folder: pathlib.Path,
    figures: Mapping[str, float],
    n: int = 300,
    errors: Mapping[str, float] | None = None,
    **more: Any,
) -> pathlib.Path:
    """Write scenario, priors and targets; `more` are keys of the file of targets. Returns the path of the latter.

    Figures are of n persons, but for those in `errors`, which have a standard error.
    """
    (folder / "toy.yaml").write_text(SCENARIO, encoding="utf-8")
    priors = {name: {**prior, "why": "a toy"} for name, prior in PRIORS.items()}
    dump(folder / "priors.yaml", {"version": 1, "parameters": priors})
    targets = {
        name: {
            "outcome": WANTED[name][0], "group": "alle", "week": WANTED[name][1], "figure": float(value),
            **({"se": errors[name], "se_source": "trials"} if errors and name in errors else {"n": n}),
            "rounding": 0, "role": "fit", "source": "toy", "page": "1", "definition": "as simulated",
        }
        for name, value in figures.items()
    }  # fmt: skip
    whole = {
        "version": 1, "name": "toy", "date": "2026-11-25", "scenario": "toy.yaml", "priors": "priors.yaml",
        "fitted": "fitted.yaml", "replications": 4, "seed": 11, "targets": targets, **more,
    }  # fmt: skip
    return dump(folder / "targets.yaml", whole)


def dump(path: pathlib.Path, data: object) -> pathlib.Path:
    """Write YAML."""
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return path


def made_by(folder: pathlib.Path, truth: Mapping[str, float], luck: int, persons: int = 300) -> dict[str, float]:
    """What one trial of so many persons finds in the toy jobcentre if these are its parameters."""
    write_study(folder, dict.fromkeys(WANTED, 0.5))
    loaded = load(folder / "toy.yaml", {"seed": 1000 + luck, "intake.persons": persons},
                  {"interventions.samtaler.effects.job": 1.0, **truth})  # fmt: skip
    (found,) = simulate(loaded.scenario, [0])
    return {name: float(np.round(found.outcomes[outcome, "alle", week], 6)) for name, (outcome, week) in WANTED.items()}
