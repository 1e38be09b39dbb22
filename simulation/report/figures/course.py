"""The course of one outcome over weeks since enrolment, of every arm and scenario, as a figure that shows itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import cycle

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from simulation.report.findings import Findings
from simulation.report.heads import cut_to
from simulation.report.sentences import SIMULATION_ALONE
from simulation.results.result import Result
from simulation.world.labels import Label

WEEKS = Label("weeks since enrolment", "uger siden tilmelding")
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)))
LONGEST = 40


class Shown(Figure):
    """A figure that shows itself in any notebook."""

    def _repr_png_(self) -> bytes:
        file = io.BytesIO()
        self.savefig(file, format="png", dpi=100)
        return file.getvalue()


def course(findings: Findings, outcome: str | None, group: str | None) -> Shown:
    """Lines with bands. Raises KeyError for an outcome, group or course that there is not."""
    words, names = findings.wording, findings.names
    exits = findings.choice.exits
    asked = names.read(outcome) if outcome is not None else exits[0].figure.outcome if exits else "exit_any"
    figure = Shown(figsize=(8, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    panel = figure.subplots()
    for (label, result, of), colour, dash in zip(_lines(findings, group), cycle(COLOURS), cycle(DASHES), strict=False):
        weeks, estimates = result.series(asked, of)
        scale = 100 if names.is_share(asked) else 1
        value, low, high = (np.array([getattr(e, end) for e in estimates]) * scale for end in ("value", "low", "high"))
        panel.plot(weeks, value, color=colour, ls=dash, lw=1.8, label=label)
        panel.fill_between(weeks, low, high, color=colour, alpha=0.2, lw=0)
    panel.set_title(f"{words.outcome(asked)}, {words.unit(asked)}", loc="left", parse_math=False)
    panel.set_xlabel(f"{words.say(WEEKS)}. {words.say(SIMULATION_ALONE)}")
    panel.set_xlim(left=0)
    panel.set_ylim(bottom=min(0.0, panel.get_ylim()[0]))
    panel.spines[["top", "right"]].set_visible(False)
    panel.grid(alpha=0.3)
    for text in panel.legend(frameon=False, loc="best").get_texts():
        text.set_parse_math(False)
    return figure


def _lines(findings: Findings, group: str | None) -> Iterator[tuple[str, Result, str]]:
    """What each line is called, of which result, and of whom."""
    for name, result in zip(findings.columns, findings.results, strict=False):
        arms = [group] if group is not None else result.loaded.scenario.as_written
        for arm in arms:
            who = findings.wording.group(result.names.group(arm))
            scenario = "" if findings.alone else cut_to(name, LONGEST)
            yield (f"{scenario}, {who}" if scenario and len(arms) > 1 else scenario or who), result, arm
