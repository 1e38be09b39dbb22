"""Forest plots: every study of a mechanism beside what they say together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from calibration.evidence.schema import ALL, EvidenceFile
from calibration.evidence.tables import plain
from calibration.synthesised import Effect
from simulation.report.figures.drawing import COLOURS, Album, Picture, in_style
from simulation.scenario.files.evidence import NORMAL_95

BAND = "Bars: 95 %; studies by the error they weigh with, hollow: a guess; thin bar of a mean: a new trial"


def draw_forests(file: EvidenceFile, effects: Sequence[Effect], album: Album) -> None:
    """A plot for every mechanism that studies tell of, into the album."""
    for name, of_one in groupby(effects, key=lambda effect: effect.name):
        views = [effect for effect in of_one if effect.studies]
        if views:
            with in_style():
                album.add(forest(file, views), f"forest_{name}")


def forest(file: EvidenceFile, views: Sequence[Effect]) -> Picture:
    """One mechanism, by destination and target group: studies and their mean, and last the mean of all groups."""
    ordered = sorted(views, key=lambda v: (v.mechanism.destinations.index(v.destination), v.group == ALL))
    several = len({v.destination for v in views}) > 1
    labels: list[str] = []
    rows = sum((len(v.studies) if v.group != ALL else 0) + 1 for v in ordered)
    figure = Picture(9, 0.8 + 0.32 * (rows + len(ordered)))
    panel = figure.add_subplot()
    heights: list[float] = []
    at = 0.0
    for view in ordered:
        for name, entry in view.studies.items() if view.group != ALL else ():
            if entry.estimate is None or entry.error is None:
                continue
            reach = NORMAL_95 * math.sqrt(file.variance(entry))
            face = "white" if entry.error.how == "imputed" else COLOURS[0]
            panel.errorbar(entry.estimate, at, xerr=reach, fmt="s", color=COLOURS[0], mfc=face, ms=5, lw=1.2)
            labels.append(f"{plain(name)} ({entry.country}, {entry.grade})")
            heights.append(at)
            at -= 1
        mu, trial = view.posterior.mu, view.posterior.new_trial
        panel.plot(trial.interval(), (at, at), color=COLOURS[1], lw=1)
        panel.plot(mu.interval(), (at, at), color=COLOURS[1], lw=4, solid_capstyle="butt")
        panel.plot(mu.mean, at, "D", color=COLOURS[1], ms=6, mec="white")
        labels.append(f"mean, {plain(view.group)}" + (f", {plain(view.destination)}" if several else ""))
        heights.append(at)
        at -= 1.6
    panel.axvline(0, color="0.3", lw=0.8)
    panel.set_yticks(heights, labels)
    panel.grid(axis="y", visible=False)
    panel.set_ylim(at + 0.8, 0.8)
    exits = "the destination named" if several else plain(views[0].destination)
    panel.set_xlabel(f"log exit-rate ratio to {exits}")
    of, (low, high) = views[0].mechanism, ordered[-1].posterior.mu.interval()
    title = f"{of.what}: all together {ordered[-1].posterior.mu.mean:+.2f} [{low:+.2f}, {high:+.2f}]".replace("-", "−")
    return figure.finish(title, f"{of.what}. Hollow: the error is a guess. Not known: {of.unknown}", BAND)
