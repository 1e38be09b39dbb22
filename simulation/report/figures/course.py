"""The course of one outcome over weeks since enrolment, of every arm and scenario, as a figure that shows itself."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.report.figures.drawing import Picture, band_in, in_style
from simulation.report.figures.incidence import WEEKS
from simulation.report.figures.looks import draw_line, in_manner, looks
from simulation.report.findings import Findings
from simulation.report.heads import cut_to
from simulation.results.result import Result

LONGEST = 40


def course(findings: Findings, outcome: str | None, group: str | None) -> Picture:
    """Lines with bands. Raises KeyError for an outcome, group or course that there is not."""
    words, names = findings.wording, findings.names
    exits = findings.choice.exits
    asked = names.read(outcome) if outcome is not None else exits[0].figure.outcome if exits else "exit_any"
    lines = list(_lines(findings, group))
    with in_style():
        picture = Picture(8.4, 3.6)
        panel = picture.subplots()
        entries = {}
        for (label, result, of), look in zip(lines, looks(len(lines)), strict=True):
            weeks, estimates = result.series(asked, of)
            draw_line(panel, weeks, estimates, look, 100 if names.is_share(asked) else 1, len(lines))
            entries[label] = look.handle()
        panel.set_xlabel(words.say(WEEKS))
        panel.set_ylabel(words.unit(asked))
        panel.set_xlim(left=0)
        panel.set_ylim(bottom=min(0.0, panel.get_ylim()[0]))
        in_manner(panel, findings.language)
        return picture.finish(words.outcome(asked), "", band_in(findings.language, len(lines)), entries)


def _lines(findings: Findings, group: str | None) -> Iterator[tuple[str, Result, str]]:
    """What each line is called, of which result, and of whom."""
    for name, result in zip(findings.columns, findings.results, strict=False):
        arms = [group] if group is not None else result.loaded.scenario.as_written
        for arm in arms:
            who = findings.wording.group(result.names.group(arm))
            scenario = "" if findings.alone else cut_to(name, LONGEST)
            yield (f"{scenario}, {who}" if scenario and len(arms) > 1 else scenario or who), result, arm
