"""Figures of offers: who waits for one and is lost meanwhile, and employment by month."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.report.figures.drawing import BAND, Album, legend, line, new_figure, styles
from simulation.results.intervals import COUNTED, estimates
from simulation.results.monthly import since_enrolment
from simulation.results.names import ALLE, Figure
from simulation.results.result import Result
from simulation.world.names import Name
from simulation.world.spec import MONTH

Labelled = Sequence[tuple[str, Result]]
"""Results with the label that tells their lines apart ("" for a single one)."""
MONTHLY_SHOWN = ("observed_month", "employed_month", "employed_net_month")


def queues(album: Album, results: Labelled) -> None:
    """Waiting for each offer by week of the run, and lost while waiting so far; nothing where nobody waits."""
    lines = [
        (name, f"{name}, {label}" if label else name, result)
        for label, result in results
        for name in result.loaded.scenario.interventions
        if result.weekly(Name(name, "waiting")).any()
    ]
    if not lines:
        return
    figure = new_figure(10.5, 4.4)
    waiting, lost = figure.subplots(1, 2)
    for (name, label, result), style in zip(lines, styles(), strict=False):
        weeks = np.arange(result.loaded.scenario.weeks)
        gone = sum(result.weekly(Name(name, what)) for what in ("left_waiting", "gave_up"))
        gone = np.cumsum(gone, axis=1)
        for panel, counted in ((waiting, result.weekly(Name(name, "waiting"))), (lost, gone)):
            line(panel, weeks, estimates(counted.T, [COUNTED] * len(weeks)), label, style, 1)
    waiting.set(title="Waiting", ylabel="ledige who wait for an offer", xlabel="week of the run")
    lost.set(title="Lost while waiting", ylabel="left benefit or gave up, so far", xlabel="week of the run")
    for panel in (waiting, lost):
        panel.set_ylim(0, max(1.0, panel.get_ylim()[1]))
        panel.set_xlim(left=0)
    legend(figure, waiting)
    figure.subplots_adjust(bottom=0.27, left=0.08, right=0.98, top=0.91, wspace=0.22)
    album.add(
        figure, "waiting_for_offers",
        "Ledige who wait for an offer, and those who left benefit or gave up while they waited, added up, by week of "
        f"the run, all jobcentres and arms together. {BAND}.",
    )  # fmt: skip


def employment(album: Album, results: Labelled) -> None:
    """Employment by month since referral (where nobody counts from one, since enrolment), with the published figures;
    nothing where no months are counted, or nobody can be employed."""
    begin, called = "referral", {name: name for name in MONTHLY_SHOWN}
    having = [(label, result) for label, result in results if _has(result, called["employed_month"])]
    if not having:
        begin, called = "enrolment", {name: since_enrolment(name) for name in MONTHLY_SHOWN}
        having = [(label, result) for label, result in results if _has(result, called["employed_month"])]
    if not having:
        return
    results = having
    figure = new_figure(10.5, 4.9)
    panels = figure.subplots(1, 2)
    shown = {
        called["employed_month"]: "Employed",
        called["employed_net_month"]: f"Employed, net of the month of {begin}",
    }
    rows = []
    for (label, result), style in zip(results, styles(), strict=False):
        for panel, outcome in zip(panels, shown, strict=True):
            months, course = result.series(outcome, "alle")
            line(panel, months, course, label or "model", style, 100)
            for b in result.beside_published():
                if b.figure.outcome == outcome and b.figure.group == "alle" and b.figure.figure is not None:
                    value, half = b.figure.figure * 100, b.figure.rounding * 100
                    panel.errorbar(b.figure.time, value, yerr=half, fmt="D", ms=5, color="black", capsize=3)
                    panel.annotate(
                        "published", (b.figure.time, value), (6, -14), textcoords="offset points", fontsize=8
                    )
        months, observed = result.series(called["observed_month"], "alle")
        numbers_seen = [f"{observed[int(month)].value:,.0f}" for month in months[::3]]
        rows.append(
            f"{label + ': ' if label else ''}{', '.join(numbers_seen)} seen in month {', '.join(map(str, months[::3]))}"
        )
    for panel, (outcome, title) in zip(panels, shown.items(), strict=True):
        panel.set(title=title, xlabel=f"months since {begin}", xlim=(0, None))
        panel.set_ylim(0 if outcome == called["employed_month"] else min(0.0, panel.get_ylim()[0]), None)
    panels[0].set_ylabel("% of those seen for the whole month")
    if len(results) > 1:
        legend(figure, panels[0])
    figure.text(0.02, 0.045, "\n".join(rows), fontsize=8, va="bottom")
    figure.subplots_adjust(bottom=0.2 + 0.04 * len(rows), left=0.07, right=0.98, top=0.92, wspace=0.2)
    album.add(
        figure, "employment_by_month",
        f"Share with one paid hour or more in the month, of those who can be seen for the whole month since {begin} (a "
        f"month is {MONTH:.2f} weeks, month 0 that of the {begin}); to the right less the share of month 0. {BAND}. "
        "Diamonds: published figures, with their rounding. A course of a group that is followed, not an effect.",
    )  # fmt: skip


def _has(result: Result, outcome: str) -> bool:
    """Whether a result has the course of an outcome by month."""
    return Figure(outcome, ALLE, 0) in result.keys
