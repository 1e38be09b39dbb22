"""The figures of a result, each with a caption that says what it shows and what its bands are.

Lines differ by dash and marker as well as by colour (Okabe and Ito's palette), so they read in black and white.
"""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np

from simulation.experiments.compare import Comparison
from simulation.report.figures.drawing import BAND, STYLE, Album, legend, line, new_figure, styles
from simulation.report.figures.offers import employment, queues
from simulation.report.figures.places import where_they_are
from simulation.report.figures.staff_figure import staff
from simulation.results.intervals import Estimate, estimate
from simulation.results.measures.outcomes import holds_talks
from simulation.results.names import DIFFERENCE, Figure, against_reference
from simulation.results.result import Result

PANELS_WIDE = 4
"""Panels in a row of a figure."""
TITLES = {
    "job": "Exit to a job", "other": "Exit to anything else", "education": "Exit to education",
}  # fmt: skip


def draw_run(result: Result, folder: pathlib.Path, made_by: str) -> None:
    """The figures of a run: incidence by arm, talk share, caseload and waiting, differences between arms."""
    album = Album(folder, made_by)
    arms = [(arm, result, arm) for arm in result.loaded.scenario.arms]
    with mpl.rc_context(STYLE):  # type: ignore[arg-type]
        _incidence(album, arms)
        if holds_talks(result.loaded.scenario):
            _talk_share(album, arms)
        staff(album, [(result.loaded.scenario.name, result)])
        where_they_are(album, result)
        queues(album, [("", result)])
        employment(album, [("", result)])
        have, several = set(result.keys), len(result.names.contrasts) > 1
        for group in against_reference(result.loaded.scenario):
            apart = [Figure(outcome, group) for outcome in _shares(result)]
            rows = [(result.names.write(f.outcome), result.estimate_of(f)) for f in apart if f in have]
            rows = [(text, e) for text, e in rows if not np.isnan(e.value)]
            of = " minus ".join(map(str, result.names.contrasts[group]))
            title = f"Differences between arms: {of}" if several else "Differences between arms"
            _differences(album, rows, of, title, f"differences_{group}" if group != DIFFERENCE else "differences")
    album.close()


def draw_comparison(comparison: Comparison, folder: pathlib.Path, made_by: str) -> None:
    """The figures of two scenarios: the same, and the paired differences."""
    album = Album(folder, made_by)
    both = [("base", comparison.base), ("scenario", comparison.scenario)]
    lines = [
        (f"{arm}, {label}", result, arm)
        for label, result in both
        for arm in result.loaded.scenario.arms
    ]  # fmt: skip
    with mpl.rc_context(STYLE):  # type: ignore[arg-type]
        _incidence(album, lines)
        if all(holds_talks(result.loaded.scenario) for _, result in both):
            _talk_share(album, lines)
        staff(album, both)
        queues(album, both)
        employment(album, both)
        shares = set(_shares(comparison.base))
        arms = comparison.base.loaded.scenario.arms
        differences = [
            d for d in comparison.differences()
            if d.key.outcome in shares and str(d.key.group) in arms and d.key.time is None
        ]  # fmt: skip
        order = list(dict.fromkeys(d.key.outcome for d in differences))
        differences.sort(key=lambda d: order.index(d.key.outcome))
        write = comparison.base.names.write
        rows = [(f"{write(d.key.outcome)}, {d.key.group}", d.difference) for d in differences if _moves(d.difference)]
        paired = comparison.alike.same_people
        title = "Paired differences, by the same luck" if paired else "Differences, not of the same people"
        _differences(album, rows, "scenario minus base", title, paired=paired)
    album.close()


def _incidence(album: Album, lines: Sequence[tuple[str, Result, str]]) -> None:
    """Cumulative incidence by destination, one panel each, with numbers at risk below."""
    scenarios = [result.loaded.scenario for _, result, _ in lines]
    destinations = list(dict.fromkeys(name for scenario in scenarios for name in scenario.exits))
    wide = min(len(destinations), PANELS_WIDE)
    rows_of_panels = -(-len(destinations) // wide)
    height = 3.6 * rows_of_panels + 1.3
    figure = new_figure(4.1 * wide + 0.8, height)
    panels = figure.subplots(rows_of_panels, wide, squeeze=False).ravel()
    for unused in panels[len(destinations) :]:
        unused.remove()
    panels = panels[: len(destinations)]
    for panel, name in zip(panels, destinations, strict=True):
        for (label, result, group), style in zip(lines, styles(), strict=False):
            if name not in result.loaded.scenario.exits:
                continue
            weeks, course = result.series(f"exit_{name}", group)
            line(panel, np.concatenate(([0], weeks)), [estimate(np.zeros(2)), *course], label, style, 100)
        panel.set(title=TITLES.get(name, f"Exit to {name}"), xlabel="weeks since enrolment")
        panel.set_ylim(0, max(1.0, panel.get_ylim()[1]))
        panel.set_xlim(left=0)
    for panel in panels[::wide]:
        panel.set_ylabel("left so far, % of ledige")
    legend(figure, panels[0])
    ticks = np.linspace(0, min(scenario.follow_up for scenario in scenarios) - 1, 5).astype(int)
    rows = [f"on benefit in week {', '.join(map(str, ticks))}:"]
    for label, result, group in lines:
        persons = [f"{result.estimate('on_benefit', group, int(week)).value:,.0f}" for week in ticks]
        rows.append(f"{label}: " + ", ".join(persons))
    inch = 1 / height
    figure.text(0.02, 0.17 * inch, "\n".join(rows), fontsize=8, va="bottom")
    figure.subplots_adjust(
        bottom=(0.69 + 0.16 * len(rows)) * inch, left=0.26 / (wide + 0.2), right=0.98, top=1 - 0.39 * inch, wspace=0.25,
        hspace=0.4,
    )  # fmt: skip
    album.add(
        figure, "incidence",
        "Cumulative incidence of the first exit by destination, with competing exits and censoring "
        f"(Aalen-Johansen). {BAND} (of the mean over replications). Below: persons on benefit, mean per replication.",
    )  # fmt: skip


def _talk_share(album: Album, lines: Sequence[tuple[str, Result, str]]) -> None:
    figure = new_figure(8, 4.4)
    panel = figure.subplots()
    cited = set()
    for (label, result, group), style in zip(lines, styles(), strict=False):
        weeks, course = result.series("talk_share", group)
        line(panel, weeks, course, label, style, 100)
        for b in result.beside_published():
            of_this_line = b.figure.outcome == "talk_share" and b.figure.group == group and b.figure.week is None
            if of_this_line and b.figure.figure is not None and b.name not in cited:
                cited.add(b.name)
                panel.axhline(b.figure.figure * 100, color=style[0], lw=0.8, ls=(0, (1, 3)))
                panel.annotate(
                    f"published {b.figure.figure * 100:g} %", (1.01, b.figure.figure * 100), fontsize=7,
                    xycoords=panel.get_yaxis_transform(), ha="left", va="center", color=style[0],
                )  # fmt: skip
    panel.set(xlabel="weeks since enrolment", ylabel="with a held talk, % of those on benefit", ylim=(0, 105))
    panel.set_title("Talk in the week, given still on benefit")
    legend(figure, panel)
    figure.subplots_adjust(bottom=0.26, left=0.09, right=0.84, top=0.91)
    album.add(
        figure, "talk_share",
        f"Share of those still on benefit who had a held talk in the week. {BAND}. Dotted: published averages over the "
        "trial, by different registers (see the table of published figures).",
    )  # fmt: skip


def _differences(
    album: Album, rows: Sequence[tuple[str, Any]], what: str, title: str, name: str = "differences",
    paired: bool = True,
) -> None:  # fmt: skip
    """Differences of shares as dots with intervals around zero."""
    labels = 0.3 + 0.083 * max((len(label) for label, _ in rows), default=0)  # inches, at this size of type
    figure = new_figure(5.8 + labels, 1.5 + 0.3 * max(len(rows), 3))
    panel = figure.subplots()
    if not rows:
        panel.text(0.5, 0.5, "nothing changes", transform=panel.transAxes, ha="center")
    for y, (_, e) in enumerate(reversed(rows)):
        reach = [[0.0], [0.0]] if np.isnan(e.low) else [[100 * (e.value - e.low)], [100 * (e.high - e.value)]]
        panel.errorbar(e.value * 100, y, xerr=reach, fmt="o", color="black", capsize=3, ms=5)
    panel.set_yticks(range(len(rows)), [label for label, _ in reversed(rows)])
    panel.axvline(0, color="0.4", lw=0.8)
    panel.set(title=title, xlabel=f"{what}, percentage points", ylim=(-0.7, max(len(rows), 1) - 0.3))
    figure.subplots_adjust(
        bottom=0.75 / figure.get_figheight(),
        left=labels / figure.get_figwidth(),
        right=0.97,
        top=1 - 0.4 / figure.get_figheight(),
    )
    album.add(
        figure, name,
        f"{title} ({what}) of outcomes that are shares, over the whole follow-up. Bars: simulation error of the "
        f"difference, 95 %, from {'paired' if paired else 'independent'} replications. Not the error of one trial, and "
        "not that of the parameters.",
    )  # fmt: skip


def _moves(difference: Estimate) -> bool:
    """Whether there is a difference to draw: none where it is not known, or 0 in every replication."""
    return not np.isnan(difference.value) and (difference.value != 0 or difference.sd > 0)


def _shares(result: Result) -> list[str]:
    outcomes = dict.fromkeys(figure.outcome for figure in result.keys if figure.time is None)
    return [
        outcome for outcome in outcomes
        if result.names.is_share(outcome) and not outcome.startswith(("utilisation", "phone_", "time_"))
    ]  # fmt: skip
