"""Figures of a calibration: targets against the fit, parameters against their priors, and how far figures lie off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from scipy.special import ndtri

from calibration.priors import Prior
from calibration.skill import LEVELS
from simulation.report.figures.drawing import COLOURS, STYLE, Picture, in_style
from simulation.scenario.files.fitted import Fit
from simulation.world.labels import plain
from simulation.world.spec import Floats

if TYPE_CHECKING:
    from collections.abc import Mapping

INFORMED = 0.5
"""A parameter of which so much is known by the figures is informed by them."""
BANDS = "Bands: central 50, 80 and 95 % of parameters, simulation, sampling and rounding together"
FURTHEST = 5.0
"""Figures further off are drawn here, with their number beside them."""


def z_figure(rows: Sequence[tuple[str, float, bool]], title: str, caption: str = "") -> Picture:
    """Dots by how many standard deviations they are off: `rows` of label, z, and whether the dot is hollow."""
    with in_style():
        figure = Picture(9, 0.7 + 0.27 * len(rows))
        panel = figure.subplots()
        for level, shade in zip(reversed(LEVELS), ("0.93", "0.86", "0.76"), strict=True):
            end = float(ndtri(0.5 + level / 2))
            panel.axvspan(-end, end, color=shade, lw=0, zorder=0)
        for place, (_, z, hollow) in enumerate(rows):
            x, colour = float(np.clip(z, -FURTHEST, FURTHEST)), COLOURS[1] if abs(z) > ndtri(0.975) else COLOURS[0]
            panel.plot(x, place, "o", ms=6, mec=colour, mfc="none" if hollow else colour, zorder=3)
            if x != z:
                side = "left" if x > 0 else "right"
                panel.annotate(f"{z:+.0f} ", (x, place), xytext=(7 if x > 0 else -7, 0), textcoords="offset points",
                               ha=side, va="center", fontsize=8)  # fmt: skip
        labels = ["\n".join(figure.wrapped(plain(label), 8, 4.0)) for label, _, _ in rows]
        panel.set_yticks(range(len(rows)), labels, fontsize=8)
        panel.set_ylim(len(rows) - 0.5, -0.5)
        panel.set_xlim(-FURTHEST - 1, FURTHEST + 1)
        panel.set_xlabel("published less model, in standard deviations of both")
        panel.grid(axis="y", visible=False)
        return figure.finish(title, caption, BANDS)


def targets_figure(fit: Fit) -> Picture:
    """Every target of a fit: what was published with 95 % of its error (grey), and what the posterior says of it, 95 %,
    with the point; all less the published figure and in its standard errors."""
    targets = fit.data["targets"]
    with in_style():
        figure = Picture(9, 0.7 + 0.3 * len(targets))
        panel = figure.subplots()
        wide = float(ndtri(0.975))
        panel.axvspan(-wide, wide, color="0.9", lw=0, zorder=0)
        panel.axvline(0, color="0.4", lw=1)
        for place, target in enumerate(targets.values()):
            low, high, point = ((target[key] - target["published"]) / target["standard_error"] for key in
                                ("low", "high", "fitted"))  # fmt: skip
            panel.plot([low, high], [place, place], color=COLOURS[0], lw=2)
            panel.plot(point, place, "o", color=COLOURS[0], ms=6)
        panel.set_yticks(range(len(targets)), list(map(plain, targets)), fontsize=8)
        panel.set_ylim(len(targets) - 0.5, -0.5)
        panel.set_xlabel("fitted less published, in standard errors of what is published")
        panel.grid(axis="y", visible=False)
        near = sum(abs(t["fitted"] - t["published"]) <= wide * t["standard_error"] for t in targets.values())
        title = f"{fit.data['name']}: {near} of {len(targets)} targets are fitted to within 95 % of their error"
        return figure.finish(title, "", "Grey: 95 % of the published figure's error; line: posterior, 95 %")


def posterior_figure(fit: Fit, priors: Mapping[str, Prior]) -> Picture:
    """Every parameter: its posterior as a histogram of the draws, its prior as a line."""
    names, rows = fit.draws()
    across = 3
    down = -(-len(names) // across)
    with mpl.rc_context({**STYLE, "font.size": 8}):  # type: ignore[dict-item]
        figure = Picture(10, 1.7 * down)
        panels = np.atleast_1d(figure.subplots(down, across)).ravel()
        for panel in panels[len(names) :]:
            panel.remove()
        for panel, name, column in zip(panels, names, rows.T, strict=False):
            prior = priors[name]
            edges = prior_value(prior, np.linspace(-3, 3, 61))
            shown = np.unique(np.concatenate((edges, [column.min(), column.max()])))
            bins = np.linspace(shown[0], shown[-1], 41)
            panel.hist(column, bins, density=True, color=COLOURS[0], alpha=0.5, label="posterior")
            drawn = prior_value(prior, ndtri((np.arange(4000) + 0.5) / 4000))
            height, ends = np.histogram(drawn, bins, density=True)
            panel.stairs(height, ends, color=COLOURS[1], lw=1.3, ls="--", label="prior")
            panel.axvline(fit.point(name), color="black", lw=1)
            informed = fit.data["parameters"][name]["informed"]
            panel.set_title(f"{plain(_short(name))}\n{informed:.0%} informed", fontsize=7.5)
            panel.set_yticks([])
            panel.grid(visible=False)
        entries = dict(zip(*reversed(panels[0].get_legend_handles_labels()), strict=True))
        told = sum(entry["informed"] >= INFORMED for entry in fit.data["parameters"].values())
        title = f"{fit.data['name']}: figures inform {told} of {len(names)} parameters by a half or more"
        return figure.finish(title, "", "Line: the point that is used", entries)


def prior_value(prior: Prior, z: Floats) -> Floats:
    """Values of a prior without rounding to whole numbers, which would make teeth."""
    return prior.model_copy(update={"whole": False}).value(z)


def _short(name: str) -> str:
    """The last parts of a dotted path."""
    steps = name.removeprefix("interventions.").split(".")
    return ".".join(steps if len(steps) < 5 else [steps[0], "…", *steps[-2:]])
