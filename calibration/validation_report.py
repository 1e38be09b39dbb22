"""What a validation says: on the screen, in its tables, and in a figure."""

from __future__ import annotations

import math
import pathlib
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from calibration.likelihood import standard_errors
from calibration.validate import LEVELS, HeldOut, LeftOut, calibration_of
from simulation.report.words import WIDTH, grid, number
from simulation.scenario.published import Published

if TYPE_CHECKING:
    import pandas as pd

HEAD = ["", "figure", "outcome", "group", "at", "published ± 1 se", "model, 95 %", "z", "inside"]
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
        rows = [
            _row(f.part.units[f.name], f.target, f.name, f.mean, (f.low, f.high), f.z, _inside(f))
            for f in figures
        ]
        lines += [f"{name}: figures that no fit has seen", grid([HEAD, *rows]), ""]
        lines += [textwrap.fill(sentence, WIDTH, subsequent_indent="  ") for f in figures if (sentence := _miss(f))]
        lines += [""]
    rows = [
        _row(f.study.units[f.name], f.target, f.name, f.middle, (f.low, f.high), f.z, _inside(f))
        for figures in left.values()
        for f in figures
    ]
    lines += ["Every figure of the fits, left out in turn: what the other figures of its fit say of it",
              grid([HEAD, *rows]), "", *_summary(held, left)]  # fmt: skip
    return "\n".join(lines)


def _inside(figure: HeldOut | LeftOut) -> list[bool]:
    return [figure.inside(level) for level in LEVELS]


def _row(
    unit: str, target: Published, name: str, value: float, span: tuple[float, float], z: float, inside: Sequence[bool]
) -> list[str]:
    time = f"week {target.week}" if target.week is not None else f"month {target.month}" if target.month else ""
    error = float(standard_errors({name: target})[0])
    model = f"{number(unit, value)} [{number(unit, span[0])}, {number(unit, span[1])}]"
    smallest = next((f"{level:.0%}" for level, yes in zip(LEVELS, inside, strict=True) if yes), "no")
    published = f"{number(unit, float(target.figure or 0))} ± {number(unit, error)}"
    return [
        "✓" if inside[-1] else "✗", name, target.outcome, target.group, time, published, model, f"{z:+.1f}", smallest
    ]  # fmt: skip


def _miss(figure: HeldOut) -> str:
    if figure.inside(LEVELS[-1]):
        return ""
    against = f" (contradicts {figure.target.contradicts})" if figure.target.contradicts else ""
    return f"✗ {figure.name}{against}: {figure.target.caveat or 'no caveat known; the model does not say this'}"


def _summary(held: Mapping[str, Sequence[HeldOut]], left: Mapping[str, Sequence[LeftOut]]) -> list[str]:
    everything = [f for figures in held.values() for f in figures]
    agreeing = [f for f in everything if f.target.contradicts is None]
    all_left = [f for figures in left.values() for f in figures]
    rows = [["figures", "number", *(f"inside {level:.0%}" for level in LEVELS), ""]]
    for label, shares, n in (
        ("held out", calibration_of(everything), len(everything)),
        ("held out, without those that contradict a fitted one", calibration_of(agreeing), len(agreeing)),
        ("of the fits, left out in turn", calibration_of(all_left), len(all_left)),
    ):
        rows.append([label, str(n), *("–" if math.isnan(shares[level]) else f"{shares[level]:.0%}" for level in LEVELS),
                     ""])  # fmt: skip
    note = (
        "Inside: the smallest of the central 50, 80 and 95 % intervals that the published figure lies in; of a model "
        "whose intervals are right so many per cent of figures do. The intervals have everything in them: parameters, "
        "simulation, sampling error and rounding of what is printed. In [ ] the model's own figure, 95 %, without the "
        "last two. z: published less model, in standard deviations of everything. Figures of one report are not "
        "independent of each other, so shares inside say less than their number suggests."
    )
    return [grid(rows), "", textwrap.fill(note, WIDTH)]


def validation_table(held: Mapping[str, Sequence[HeldOut]], left: Mapping[str, Sequence[LeftOut]]) -> pd.DataFrame:
    """One row per figure, held out or left out."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for study in held:
        for figure in held[study]:
            rows.append(_record(study, "held out", figure.name, figure.target, figure.mean, figure.low, figure.high,
                                figure.sd, figure.z, [figure.inside(level) for level in LEVELS]))  # fmt: skip
        for other in left.get(study, ()):
            sd = (float(other.target.figure or 0) - other.middle) / other.z if other.z else math.nan
            rows.append(_record(study, "left out", other.name, other.target, other.middle, other.low, other.high,
                                abs(sd), other.z, [other.inside(level) for level in LEVELS]))  # fmt: skip
    return pd.DataFrame(rows).astype({"week": "Int64", "month": "Int64"})


def _record(
    study: str, kind: str, name: str, target: Published, value: float, low: float, high: float, sd: float, z: float,
    inside: Sequence[bool],
) -> dict[str, Any]:  # fmt: skip
    return {
        "study": study, "kind": kind, "figure": name, "outcome": target.outcome, "group": target.group,
        "week": target.week, "month": target.month, "published": target.figure,
        "se": float(standard_errors({name: target})[0]), "value": value, "low": low, "high": high, "sd": sd, "z": z,
        **{f"inside_{level * 100:.0f}": yes for level, yes in zip(LEVELS, inside, strict=True)},
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
    band = "Bands: central 50, 80 and 95 % of parameters, simulation, sampling and rounding together"
    never = [(f"{study}: {f.name}", f.z, f.target.contradicts is not None) for study in held for f in held[study]]
    others = [(f"{study}: {f.name}", f.z, False) for study in left for f in left[study]]
    for name, rows, title, caption in (
        ("held_out", never, "Figures that no fit has seen",
         "Published figures never used in a fit, against the model; hollow: contradicts a fitted figure."),
        ("left_out", others, "Figures of the fits, each against what the others say",
         "Every fitted figure against what the other figures of its fit and the priors say of it."),
    ):  # fmt: skip
        if rows:
            album.add(z_figure(rows, title), name, caption, band)
    album.close()
