"""The figure of who is on which benefit, week by week."""

from __future__ import annotations

from simulation.report.figures.drawing import Picture, band_in
from simulation.report.figures.incidence import WEEKS
from simulation.report.figures.lines import scenario_names
from simulation.report.figures.looks import draw_line, in_manner, looks
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.results.result import Result
from simulation.world.labels import Label

MOST_PANELS = 4
SHARE = Label("% of those who can be seen", "% af dem, der kan ses")
TITLE = Label("After {weeks} weeks more are on {where} than on any other benefit: {share} % of all",
              "Efter {weeks} uger er flere på {where} end på nogen anden ydelse: {share} % af alle")  # fmt: skip
CAPTION = Label(
    "Share of the measured ledige on each benefit at the end of each week since enrolment, returned ones included, of "
    "those who can be seen in it; the lines add up to the share on benefit",
    "Andel af de målte ledige på hver ydelse ved udgangen af hver uge siden indskrivning, også de tilbagevendte, "
    "blandt dem, der kan ses i ugen; linjerne summer til andelen på ydelse",
)


def draw_benefits(ran: Ran, wording: Wording) -> Picture | None:
    """A panel for each scenario with several benefits, a line for each of them; nothing where there is but one."""
    having = [
        (name, result)
        for name, result in zip(scenario_names(ran, wording), ran.compared, strict=True)
        if result.loaded.scenario.benefits
    ][:MOST_PANELS]
    if not having:
        return None
    picture = Picture(max(2.4 + 3.7 * len(having), 7.6), 3.6)
    panels = picture.subplots(1, len(having), squeeze=False, sharey=True)[0]
    benefits = list(dict.fromkeys(name for _, result in having for name in result.loaded.scenario.benefits))
    entries = {}
    for panel, (title, result) in zip(panels, having, strict=True):
        for name, look in zip(benefits, looks(len(benefits)), strict=True):
            if name in result.loaded.scenario.benefits:
                weeks, course = result.series(f"share_on_{name}", "alle")
                draw_line(panel, weeks, course, look, 100, len(benefits))
                entries[wording.exit(name)] = look.handle()
        picture.name(panel, title, len(having))
        panel.set(xlabel=wording.say(WEEKS), xlim=(0, None), ylim=(0, None))
        in_manner(panel, wording.language)
    panels[0].set_ylabel(wording.say(SHARE))
    return picture.finish(
        _title(wording, having[-1][1]), wording.say(CAPTION), band_in(wording.language, len(benefits)), entries
    )


def _title(wording: Wording, result: Result) -> str:
    """Which benefit has the most half-way, when they have had time to pass."""
    week = result.loaded.scenario.follow_up // 2
    last = {name: result.series(f"share_on_{name}", "alle")[1][week].value for name in result.loaded.scenario.benefits}
    most = max(last, key=lambda name: last[name])
    return wording.say(TITLE, weeks=week, where=wording.exit(most), share=wording.number("share", last[most]))
