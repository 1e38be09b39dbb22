"""The figure of talks: how many of those on benefit have one, week by week, with what is published."""

from __future__ import annotations

import numpy as np

from simulation.report.figures.drawing import Picture, band_in
from simulation.report.figures.incidence import WEEKS
from simulation.report.figures.lines import blocks_of, key_of
from simulation.report.figures.looks import draw_line, height_of, in_manner, labels_beside
from simulation.report.figures.published import own_published
from simulation.report.figures.sentences import sentence
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.results.measures.outcomes import holds_talks
from simulation.results.names import Figure, arm_group
from simulation.results.result import Result
from simulation.world.labels import Label
from simulation.world.spec import Floats

HIGH, LEAST = 3.6, 20.0
"""Inches of a panel, and per cent that it shows at the least."""
WITH_TALK = Label("Weeks with a talk", "Uger med samtale")
SHARE = Label("with a held talk in the week,\n% of those on benefit", "har haft samtale i ugen,\n% af ledige på ydelse")
PUBLISHED = Label("published {figure}", "offentliggjort {figure}")
CAPTION = Label(
    "Share of those still on benefit who had a held talk in the week. Thin lines: published averages over the trial, "
    "of the scenario that they are of, by different registers (see the table of published figures)",
    "Andel af de ledige på ydelse, der har haft en samtale i ugen. Tynde linjer: offentliggjorte gennemsnit over "
    "forsøget for det scenarie, de hører til, fra forskellige registre (se tabellen over offentliggjorte tal)",
)


def draw_talks(ran: Ran, wording: Wording) -> Picture | None:
    """Panels by arm where there are many lines; nothing where no staff holds talks."""
    if not all(holds_talks(result.loaded.scenario) for result in ran.compared):
        return None
    blocks = blocks_of(ran, wording, _course)
    if not blocks or not any(block.lines for block in blocks):
        return None
    picture = Picture(8.4 if len(blocks) == 1 else min(5.4 * len(blocks), 14.0), HIGH)
    panels = picture.subplots(1, len(blocks), squeeze=False, sharey=True)[0]
    every = []
    for block, panel in zip(blocks, panels, strict=True):
        marks, cited = [], set()
        for line in block.lines:
            weeks, course = line.result.series("talk_share", line.arm)
            draw_line(panel, weeks, course, line.look, 100, len(block.lines))
            for beside in own_published(line.result):
                figure = beside.figure.figure
                of_this = beside.named == Figure("talk_share", arm_group(line.arm))
                if of_this and figure is not None and figure not in cited:
                    cited.add(figure)
                    panel.axhline(100 * figure, color="0.25", lw=0.8, ls=(0, (1, 2.5)), zorder=1.5)
                    told = f"{wording.number('share', figure)} %"
                    marks.append((100 * figure, wording.say(PUBLISHED, figure=told), "0.25"))
        panel.set(xlabel=wording.say(WEEKS), xlim=(0, None), title=block.name)
        in_manner(panel, wording.language)
        every.append(marks)
    top = min(105.0, max(LEAST, *(1.05 * height_of(panel) for panel in panels)))
    for panel, marks in zip(panels, every, strict=True):
        panel.set_ylim(0, top)  # one quantity, one scale
        labels_beside(panel, marks, HIGH - 0.7)
    panels[0].set_ylabel(wording.say(SHARE))
    title = sentence(ran, wording, wording.say(WITH_TALK), "talk_share")
    band = band_in(wording.language, max(len(block.lines) for block in blocks))
    return picture.finish(title, wording.say(CAPTION), band, key_of(blocks))


def _course(result: Result, arm: str) -> Floats | None:
    """Share with a talk by week."""
    group = arm_group(arm)
    found = [figure for figure in result.keys
             if figure.outcome == "talk_share" and figure.group == group and figure.time is not None]  # fmt: skip
    return np.array([result.values(figure).mean() for figure in found]) if found else None
