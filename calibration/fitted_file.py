"""The file of fitted values: everything that a scenario, and whoever doubts it, needs to know of a fit.

The same inputs give the same bytes: nothing of the machine, the hour or the number of workers stands in it. `date` is
that of the targets. The draws lie beside it, one row for each.
"""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
import sys
from importlib import metadata
from typing import Any

import numpy as np
import yaml

from calibration.fit import Fitted, skills, z_left_out
from calibration.later_keys import without_later_keys
from calibration.priors import rounded
from calibration.scatter import Scatter
from calibration.sensitivity import Intervals
from calibration.skill import Predicted
from calibration.study import Study
from calibration.verdict import warnings
from simulation.results.identity import program_hash
from simulation.results.likelihood import observed, standard_errors

PACKAGES = ("jobcentersim", "numpy", "scipy")
METHOD = {
    "posterior": "least squares and population Monte Carlo on a quadratic emulator, by common random numbers",
    "point": "least squares on a quadratic emulator, by common random numbers; a first look",
}
DIGITS = 5
NOT_DECIDING = {
    "name", "name_da", "arm_names", "description", "published", "milestones", "needed_effects", "sweep",
    "compare_with", "replications", "headline",
}  # fmt: skip
"""Parts of a scenario that a fit does not depend on."""
DECIDING = {"outcome", "group", "week", "month", "figure", "count", "n", "se", "rounding", "role",
            "spread", "design_factor"}  # fmt: skip
"""What a fit and a validation depend on in a target."""
ALONE: dict[bool, set[str]] = {False: set(), True: {"borrowed"}}
"""And, of those that are borrowed, that they are: the mark of all others is what it was."""


def inputs_hash(study: Study) -> str:
    """Hash of everything that decides a fit, but for the text of the program: numbers, and no words about them."""
    inputs = {
        "parts": [
            {
                "name": part.name,
                "scenario": without_later_keys(part.loaded.scenario.model_dump(mode="json", exclude=NOT_DECIDING)),
                "replications": part.file.replications,
                "targets": {
                    name: target.model_dump(mode="json", include=DECIDING | ALONE[target.borrowed])
                    for name, target in part.file.targets.items()
                    if target.role is not None
                },
            }
            for part in study.parts
        ],
        "priors": {name: prior.model_dump(mode="json", exclude={"why"}) for name, prior in study.priors.items()},
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:16]


def work_mark(study: Study, *asked: object) -> str:
    """Short name of unfinished work: of its inputs, of what is asked, and of the text of both packages."""
    texts = [program_hash(), program_hash(pathlib.Path(__file__).resolve().parent)]
    return hashlib.sha256(json.dumps([inputs_hash(study), *map(str, asked), *texts]).encode()).hexdigest()[:12]


def fitted_data(fitted: Fitted) -> dict[str, Any]:
    """The content of the file."""
    study = fitted.study
    return {
        "version": 1,
        "name": study.file.name,
        "date": study.file.date,
        "method": METHOD[fitted.method],
        "seed": study.file.seed,
        "replications": fitted.replications,
        "sets_of_values": fitted.sets,
        "effective_draws": round(fitted.effective),
        "inputs": inputs_hash(study),
        "versions": {
            "python": ".".join(map(str, sys.version_info[:2])),
            **{package: metadata.version(package) for package in PACKAGES},
        },
        "warnings": warnings(fitted),
        "parameters": {name: _parameter(fitted, name) for name in study.priors},
        "sensitivity": {name: _intervals(found) for name, found in fitted.sensitivity.items()},
        "trials": {name: _scatter(found) for name, found in fitted.scatter.items()},
        "targets": _targets(fitted),
        "held_out": {
            name: _before(fitted.before[name])
            for part in study.parts for name in part.of("validate")
        },
    }  # fmt: skip


def write_fitted(fitted: Fitted, path: pathlib.Path) -> None:
    """Write the file and, beside it, the draws; each is there whole or not at all. Raises OSError."""
    names = list(fitted.study.priors)
    drawn = np.column_stack([fitted.study.priors[name].value(fitted.draws[:, c]) for c, name in enumerate(names)])
    rows = [",".join(f"{value:.{DIGITS}g}" for value in row) for row in drawn]
    _write(path.with_suffix(".draws.csv"), "\n".join([",".join(names), *rows]) + "\n")
    source = os.path.relpath(fitted.study.path.resolve(), path.parent.resolve()).replace(os.sep, "/")
    head = f"# Written by `jobcentersim calibrate {source}`; not to be changed by hand.\n"
    text = yaml.dump(fitted_data(fitted), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    _write(path, head + text)


def _parameter(fitted: Fitted, name: str) -> dict[str, Any]:
    prior = fitted.study.priors[name]
    low, high = fitted.interval(name)
    more = {key: value for key in ("also", "rest", "for_others") if (value := getattr(prior, key))}
    return {
        "value": fitted.point[name], "low": low, "high": high, "unit": prior.unit,
        "prior": [prior.distribution, *prior.range], "informed": round(float(fitted.informed[name]), 3), **more,
    }  # fmt: skip


def _intervals(found: Intervals) -> dict[str, list[float]]:
    return {change: list(ends) for change, ends in found.items()}


def _scatter(found: Scatter) -> dict[str, float]:
    """How much is known of how the figures of one trial scatter together."""
    return {"degrees_of_freedom": round(found.degrees), "correlations_shrunk": round(found.shrunk, 3)}


def _before(before: Predicted) -> dict[str, Any]:
    """What priors alone say of a figure: the middle, the ends of 95 %, and how well that tells the published one."""
    ends = [_short(value) for value in (before.middle, before.low, before.high)]
    return {"before": ends, "score_before": round(before.score, 3)}


def _targets(fitted: Fitted) -> dict[str, Any]:
    targets = fitted.study.fit_targets
    printed, errors, z = observed(targets), standard_errors(targets, fitted.errors), z_left_out(fitted)
    low, high = np.quantile(fitted.predicted, [0.025, 0.975], axis=0)
    others, emulated = (
        np.quantile(told, [0.5, 0.025, 0.975], axis=0) for told in (fitted.others.told, fitted.others.by_emulator)
    )
    z_emulated = z_left_out(fitted, by_emulator=True)
    rows, gained = {}, skills(fitted)
    for column, (name, target) in enumerate(targets.items()):
        time = {key: value for key in ("week", "month") if (value := getattr(target, key)) is not None}
        rows[name] = {
            "outcome": target.outcome, "group": target.group, **time,
            "published": _short(printed[column]), "standard_error": _short(errors[column]),
            "sampling_error": _short(fitted.errors.sd[column]),
            "correlations": [round(float(each), 3) for each in fitted.errors.correlation[column, :column]],
            "fitted": _short(fitted.at_point[column]), "simulation_error": _short(fitted.error[column]),
            "residual": round(float(fitted.residuals[column]), 3),
            "low": _short(low[column]), "high": _short(high[column]),
        }  # fmt: skip
        rows[name] |= _before(fitted.before[name])
        if not np.isnan(z[column]):  # a first look leaves no figure out
            rows[name] |= {
                "score_gained": round(gained[name].score, 3), "width_left": _short(gained[name].width),
                "by_the_others": [_short(value) for value in others[:, column]],
                "z_by_the_others": round(float(z[column]), 3),
                "moved": _short(fitted.others.moved[column]),
            }  # fmt: skip
        if column in fitted.others.refitted:  # by a fit of its own, above; by the emulator as the rest
            rows[name] |= {
                "refitted": True,
                "by_the_emulator": [_short(value) for value in emulated[:, column]],
                "z_by_the_emulator": round(float(z_emulated[column]), 3),
            }
    return rows


def _short(value: float) -> float:
    return rounded(float(value), DIGITS)


class _Dumper(yaml.SafeDumper):
    """Mappings of plain values in one line."""


def _mapping(dumper: yaml.SafeDumper, data: dict[str, Any]) -> yaml.Node:
    nested = any(isinstance(value, dict) for value in data.values())
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=not nested)


_Dumper.add_representer(dict, _mapping)


def _write(path: pathlib.Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
