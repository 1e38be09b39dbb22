"""Simulation-based calibration: are intervals as wide as they say, in settings that are shipped?

    python -m calibration.known_truth [SETTING ...] [--cases 30] [--replications 4] [--workers 2] [--out FOLDER]

Each case draws all parameters of a setting from its priors, simulates one trial with them by luck of its own, takes its
figures for the published ones, which err as trials of the model do (`spread: model`, a design factor of 1), and fits.
Of right 50, 80 and 95 % intervals so many per cent hold the truth. What is finished is kept in the folder, and the same
command goes on from there.
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.stats import binom

from calibration.fit import calibrate
from calibration.fitted_file import work_mark
from calibration.priors import snapped, values
from calibration.read import read_study
from calibration.skill import LEVELS
from calibration.study import Study
from simulation.results.measures.replication import simulate
from simulation.scenario.published import Published
from simulation.world.spec import Floats

ROOT = pathlib.Path(__file__).resolve().parents[1]
SETTINGS = ("dagpenge", "tre_hovedveje_vikar")
FURTHEST = 3.0
INFORMED = 0.1
LUCK = 1_000_003
"""Added to the number of the case: the seed of the trial, which no fit has."""
Ranks = dict[str, tuple[float, float]]


def truth_of(study: Study, case: int) -> Floats:
    """Parameters of a case on the normal scale, drawn from the priors, whole numbers where only those are possible."""
    z = np.random.default_rng(LUCK + case).normal(size=len(study.priors))
    return snapped(study.priors, np.clip(z, -FURTHEST, FURTHEST))


def with_trial(study: Study, truth: Mapping[str, float], case: int) -> Study | None:
    """The study with what one trial finds in place of what is printed; None if it does not measure a figure."""
    parts = []
    for part in study.parts:
        changed = part.loaded.with_({**study.changes(part, truth), "seed": LUCK + case})
        (found,) = simulate(changed.scenario, [0])
        targets = dict(part.file.targets)
        for name, target in part.of("fit").items():
            figure = float(found.outcomes.get(part.keys[name], np.nan))
            if np.isnan(figure):
                return None
            targets[name] = Published.model_validate({
                **target.model_dump(exclude={"figure", "count", "n", "se", "se_source", "also", "rounding"}),
                "figure": figure, "rounding": 0, "spread": "model", "design_factor": 1,
            })  # fmt: skip
        parts.append(replace(part, file=part.file.model_copy(update={"targets": targets})))
    return replace(study, parts=tuple(parts))


def ranks(study: Study, case: int, replications: int, workers: int, kept: pathlib.Path | None) -> Ranks | None:
    """By parameter: the share of the posterior below the truth, and how much the figures have told of it; None if the
    trial does not measure a figure."""
    z = truth_of(study, case)
    of_case = with_trial(study, values(study.priors, z), case)
    if of_case is None:
        return None
    fitted = calibrate(of_case, workers=workers, replications=replications, kept=kept, refit=False)
    below = (fitted.draws < z).mean(axis=0) + 0.5 * (fitted.draws == z).mean(axis=0)
    informed = fitted.informed
    return {name: (float(rank), float(informed[name])) for name, rank in zip(study.priors, below, strict=True)}


def coverage(found: Sequence[Ranks], informed: bool) -> tuple[int, dict[float, float]]:
    """Of how many intervals, and which share of those of each level holds the truth; of parameters that the figures
    tell something of, or of all."""
    each = np.array([rank for case in found for rank, told in case.values() if told >= INFORMED or not informed])
    return len(each), {level: float((np.abs(each - 0.5) <= level / 2).mean()) for level in LEVELS if len(each)}


def text(setting: str, found: Sequence[Ranks], left_out: int) -> str:
    """What the cases of a setting say, with what a right fit would have in 95 of 100 tables like this."""
    more = f"; {left_out} more measured a figure of nobody" if left_out else ""
    lines = [f"{setting}: {len(found)} cases{more}"]
    for label, informed in (("informed parameters", True), ("all parameters", False)):
        count, shares = coverage(found, informed)
        told = []
        for level, share in shares.items():
            low, high = (binom.ppf(end, count, level) / count for end in (0.025, 0.975))
            told.append(f"{level:.0%}: {share:.0%} (right: {low:.0%} to {high:.0%})")
        lines.append(f"  {label}, {count} intervals: {', '.join(told)}")
    return "\n".join(lines)


def main() -> None:
    """Cases that are not there yet, then what all of them say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("settings", nargs="*", default=SETTINGS)
    parser.add_argument("--cases", type=int, default=30)
    parser.add_argument("--replications", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "results" / "known_truth")
    asked = parser.parse_args()
    for setting in asked.settings:
        study = read_study(ROOT / "calibration" / "targets" / f"{setting}.yaml")
        found, left_out, mark = [], 0, work_mark(study, asked.replications)
        for case in range(asked.cases):
            file = asked.out / f"{setting}-{mark}-{case:03d}.json"
            if not file.exists():
                said = ranks(study, case, asked.replications, asked.workers, None)
                file.parent.mkdir(parents=True, exist_ok=True)
                draft = file.with_suffix(".draft")
                draft.write_text(json.dumps(said), encoding="utf-8")
                draft.replace(file)
                print(f"{setting}, case {case}: done", flush=True)
            content = json.loads(file.read_text(encoding="utf-8"))
            left_out += content is None
            if content is not None:
                found.append({name: (rank, told) for name, (rank, told) in content.items()})
        print(text(setting, found, left_out), flush=True)


if __name__ == "__main__":
    main()
