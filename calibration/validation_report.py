"""What a validation says: on the screen, in its tables, and in a figure."""

from __future__ import annotations

import math
import pathlib
import textwrap
from collections.abc import Mapping, Sequence
from statistics import mean, median
from typing import TYPE_CHECKING, Any

from calibration.dependent import independent
from calibration.skill import LEVELS
from calibration.validate import HeldOut, LeftOut, calibration_of
from simulation.report.verdicts import distance_cells
from simulation.report.words import WIDTH, grid, number, span
from simulation.results.verdict import NEAR, WHAT_IT_IS
from simulation.scenario.published import Published

if TYPE_CHECKING:
    import pandas as pd

HEAD = ["figure", "outcome", "group", "at", "published ± 1 se", "priors alone, 95 %", "model, 95 %",
        "model − published", "in sd", "", "with parameters", "inside", "gained", "width left"]  # fmt: skip
AGAINST_PRIORS = (
    "Priors alone: what the model says of the figure before any is looked at. Gained: log score of the published "
    "figure, its sampling error included, less that by the priors alone; width left: the 95 % of the model as a share "
    "of that before. A figure that gains nothing is told by the priors, and its being inside speaks for them alone."
)
COLUMNS = {
    "study": "file of targets",
    "figure": "name of the published figure",
    "kind": "held out: never in a fit; left out: what the other figures of the fit say of it",
    "se": "standard error of the published figure, rounding included",
    "value": "mean of what the model says (left out: the middle)",
    "low": "lower end of the 95 % interval of the model's figure: parameters and simulation",
    "high": "upper end of that interval",
    "sd": "standard deviation of everything: parameters, simulation, sampling and rounding of the published figure",
    "z": "published figure less the model's, in these standard deviations",
    "distance": "model less published",
    "distance_sd": "the same in standard errors of the published figure, as `run` tells it: parameters are not in them",
    "verdict": WHAT_IT_IS,
    "prior_value": "middle of what the model and the priors say before any figure is looked at",
    "prior_low": "lower end of 95 % of that",
    "prior_high": "upper end of it",
    "prior_score": "log score of the published figure by that, sampling error and rounding included",
    "score_gained": "log score by the fit (left out: by its other figures) less prior_score",
    "width_left": "width of low to high as a share of prior_low to prior_high",
    "refitted": "left out: whether by a fit without it, or on the emulator of the fit with it; held out: empty",
    "independent": "False: it is or follows from a figure that is fitted, given or stands here already",
    **{f"inside_{level * 100:.0f}": f"whether it lies in the central {level:.0%} of all that" for level in LEVELS},
    "contradicts": "published figure that cannot be true together with this one",
}  # fmt: skip
"""Columns of validation.csv."""


def validation_text(held: Mapping[str, Sequence[HeldOut]], left: Mapping[str, Sequence[LeftOut]]) -> str:
    """The tables by study, misses first in plain sight, and how well intervals are calibrated."""
    lines: list[str] = []
    for name, figures in held.items():
        if not figures:
            lines += [f"{name}: no figure is held out.", ""]
            continue
        rows = [_row(f.part.units[f.name], f, f.mean) for f in figures]
        lines += [f"{name}: figures that no fit of this setting has seen", grid([HEAD, *rows]), ""]
        lines += [textwrap.fill(sentence, WIDTH, subsequent_indent="  ") for f in figures if (sentence := _miss(f))]
        lines += [""]
    rows = [_row(f.study.units[f.name], f, f.middle) for figures in left.values() for f in figures]
    lines += ["Every figure of the fits, left out in turn: what the others of its fit, and the priors, say of it;",
              "refitted: by a fit without it, the others by the emulator of the fit with it",
              grid([HEAD, *rows]), textwrap.fill(AGAINST_PRIORS, WIDTH), "", *_summary(held, left)]  # fmt: skip
    return "\n".join(lines)


def _row(unit: str, figure: HeldOut | LeftOut, value: float) -> list[str]:
    target = figure.target
    time = f"week {target.week}" if target.week is not None else f"month {target.month}" if target.month else ""
    error = math.hypot(figure.error, target.rounding_sd)
    smallest = next((f"{level:.0%}" for level in LEVELS if figure.inside(level)), "no")
    before = span(unit, figure.before.low, figure.before.high)
    refitted = " (refitted)" if isinstance(figure, LeftOut) and figure.refitted else ""
    return [
        f"{figure.name}{refitted}", target.outcome, target.group, time, f"{number(unit, float(target.figure or 0))} ± "
        f"{number(unit, error)}", before, f"{number(unit, value)} {span(unit, figure.low, figure.high)}",
        *distance_cells(unit, figure.distance), _signed(-figure.z), smallest,
        "–" if math.isnan(figure.skill.score) else _signed(figure.skill.score),
        "–" if math.isnan(figure.skill.width) else f"{figure.skill.width:.0%}",
    ]  # fmt: skip


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _miss(figure: HeldOut) -> str:
    if figure.distance.verdict != "far":
        return ""
    against = f" (contradicts {figure.target.contradicts})" if figure.target.contradicts else ""
    return f"far: {figure.name}{against}: {figure.target.caveat or 'no caveat known; the model does not say this'}"


def _summary(held: Mapping[str, Sequence[HeldOut]], left: Mapping[str, Sequence[LeftOut]]) -> list[str]:
    everything = [f for figures in held.values() for f in figures]
    agreeing = [f for f in everything if f.target.contradicts is None]
    checks = [f for study, figures in held.items() for f in figures if independent(study, f.name)]
    all_left = [f for figures in left.values() for f in figures]
    rows = [["figures", "number", *(f"inside {level:.0%}" for level in LEVELS), "gained", "width left"]]
    for label, figures in (
        ("held out", everything),
        ("held out, without those that contradict a fitted one", agreeing),
        ("held out, and independent of each other and of what is fitted", checks),
        ("of the fits, left out in turn", all_left),
    ):
        shares = calibration_of(figures)
        skills = [f.skill for f in figures if not math.isnan(f.skill.score + f.skill.width)]
        rows.append([
            label, str(len(figures)),
            *("–" if math.isnan(shares[level]) else f"{shares[level]:.0%}" for level in LEVELS),
            *((_signed(mean(s.score for s in skills)), f"{median(s.width for s in skills):.0%}") if skills
              else ("–", "–")),
        ])  # fmt: skip
    note = (
        "In sd: model less published in standard errors of the published figure, by the yardstick of `run`. "
        f"{WHAT_IT_IS[0].upper()}{WHAT_IT_IS[1:]}. With parameters: the same in standard deviations of everything: "
        "parameters, simulation, sampling error and rounding of what is printed. Inside: the smallest of the central "
        "50, 80 and 95 % intervals of all that in which the published figure lies; of a model whose intervals are "
        "right so many per cent of independent figures do. Gained is a mean, width left a median. In [ ] the model's "
        "own figure, 95 %: parameters and simulation."
    )
    return [grid(rows), "", textwrap.fill(note, WIDTH)]


def validation_table(held: Mapping[str, Sequence[HeldOut]], left: Mapping[str, Sequence[LeftOut]]) -> pd.DataFrame:
    """One row per figure, held out or left out."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for study in held:
        for figure in held[study]:
            rows.append(_record(study, "held out", figure.name, figure.target, figure.mean, figure.low, figure.high,
                                figure.sd, figure))  # fmt: skip
        for other in left.get(study, ()):
            sd = (float(other.target.figure or 0) - other.middle) / other.z if other.z else math.nan
            rows.append(_record(study, "left out", other.name, other.target, other.middle, other.low, other.high,
                                abs(sd), other))  # fmt: skip
    return pd.DataFrame(rows).astype({"week": "Int64", "month": "Int64", "refitted": "boolean"})


def _record(
    study: str, kind: str, name: str, target: Published, value: float, low: float, high: float, sd: float,
    figure: HeldOut | LeftOut,
) -> dict[str, Any]:  # fmt: skip
    return {
        "study": study, "kind": kind, "figure": name, "outcome": target.outcome, "group": target.group,
        "week": target.week, "month": target.month, "published": target.figure,
        "se": math.hypot(figure.error, target.rounding_sd), "value": value, "low": low, "high": high, "sd": sd,
        "z": figure.z,
        "prior_value": figure.before.middle, "prior_low": figure.before.low, "prior_high": figure.before.high,
        "prior_score": figure.before.score, "score_gained": figure.skill.score, "width_left": figure.skill.width,
        "distance": figure.distance.units, "distance_sd": figure.distance.in_sd, "verdict": figure.distance.verdict,
        "refitted": figure.refitted if isinstance(figure, LeftOut) else None,
        "independent": kind == "held out" and independent(study, name),
        **{f"inside_{level * 100:.0f}": figure.inside(level) for level in LEVELS},
        "contradicts": target.contradicts or "", "source": target.source, "page": target.page,
        "caveat": target.caveat or "",
    }  # fmt: skip


def draw_validation(
    held: Mapping[str, Sequence[HeldOut]], left: Mapping[str, Sequence[LeftOut]], folder: pathlib.Path, made_by: str
) -> None:
    """How far every published figure lies from what the model says, in standard deviations; with captions."""
    from calibration.figures import z_figure
    from simulation.report.figures.drawing import Album

    album = Album(folder, made_by)
    never = [(f"{study}: {f.name}", f.z, f.target.contradicts is not None) for study in held for f in held[study]]
    others = [(f"{study}: {f.name}", f.z, False) for study in left for f in left[study]]
    for name, rows, title, caption in (
        ("held_out", never, "Figures that their fit has not seen",
         "Published figures that their fit has not used, against the model; hollow: contradicts a fitted one."),
        ("left_out", others, "Fitted figures, against what the others and the priors say",
         "Every fitted figure against what the other figures of its fit and the priors say of it."),
    ):  # fmt: skip
        if rows:
            inside = sum(abs(z) <= NEAR for _, z, _ in rows)
            album.add(z_figure(rows, f"{title}: {inside} of {len(rows)} lie within 95 %", caption), name)
    album.close()
