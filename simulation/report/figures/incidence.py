"""The figure of exits: cumulative incidence by destination, with how many are on benefit still."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.report.figures.drawing import Picture, Table, band_in
from simulation.report.figures.lines import Block, blocks_of
from simulation.report.figures.looks import draw_line, height_of, in_manner
from simulation.report.figures.sentences import sentence, whole
from simulation.report.findings import Findings
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.results.intervals import estimate
from simulation.results.names import Figure, arm_group
from simulation.results.result import Result
from simulation.scenario.schema import MAX_DESTINATIONS
from simulation.world.labels import Label
from simulation.world.spec import Floats

WIDE = ((3, 3), (4, 2), (6, 3), (MAX_DESTINATIONS, 4))
"""Panels in a row, by the number of destinations."""
ALIKE = 4.0
"""Destinations whose highest lines are so many times apart have scales of their own."""
WEEKS = Label("weeks since enrolment", "uger siden indskrivning")
LEFT = Label("left so far, %", "har forladt ydelsen, %")
OWN_SCALE = Label("left so far, % (each its own scale)", "har forladt ydelsen, % (egen skala)")
AT_RISK = Label("Persons on benefit after so many weeks", "Personer på ydelse efter så mange uger")
ANY = Label("Exits from benefit within {weeks} weeks", "Afgang fra ydelse inden {weeks} uger")
EXITS = Label("Exits to {where} within {weeks} weeks", "Afgang til {where} inden {weeks} uger")
CAPTION = Label(
    "Cumulative incidence of the first exit by destination, with competing exits and censoring (Aalen-Johansen): with "
    "those who have not left, the destinations add up to 100 %. Below: persons on benefit, mean per replication",
    "Kumuleret andel, der har forladt ydelsen første gang, fordelt på destination, med konkurrerende afgange og "
    "censurering (Aalen-Johansen): sammen med dem, der ikke er afgået, summer destinationerne til 100 %. Nederst: "
    "personer på ydelse, gennemsnit pr. gentagelse",
)


def draw_incidence(ran: Ran, wording: Wording) -> Picture | None:
    """Panels by destination; the highest scale is shared where that leaves the lowest to be seen."""
    destinations = list(dict.fromkeys(name for result in ran.compared for name in result.loaded.scenario.exits))
    blocks = blocks_of(ran, wording, _courses)
    if not blocks:
        return None
    wide = min(len(destinations), next(wide for most, wide in WIDE if len(destinations) <= most))
    down = -(-len(destinations) // wide)
    picture = Picture(max((4.1 if wide < 4 else 3.5) * wide, 8.2), 2.9 * down * len(blocks))
    grid = picture.subplots(down * len(blocks), wide, squeeze=False, sharex=True)
    panels = [grid[down * b : down * (b + 1)].ravel() for b in range(len(blocks))]
    tops = np.zeros(len(destinations))
    for block, row in zip(blocks, panels, strict=True):
        for unused in row[len(destinations) :]:
            unused.remove()
        for number, (panel, name) in enumerate(zip(row, destinations, strict=False)):
            for line in block.lines:
                if name in line.result.loaded.scenario.exits:
                    weeks, course = line.result.series(f"exit_{name}", line.arm)
                    at_first = estimate(np.zeros(2))
                    from_0 = np.concatenate(([0], weeks))
                    draw_line(panel, from_0, [at_first, *course], line.look, 100, len(block.lines))
            title = wording.outcome(f"exit_{name}")
            picture.name(panel, f"{title}, {block.name}" if block.name else title, wide)
            tops[number] = max(tops[number], height_of(panel))
            in_manner(panel, wording.language)
            if number + wide >= len(destinations) and block is blocks[-1]:
                panel.set_xlabel(wording.say(WEEKS))
                panel.tick_params(labelbottom=True)
    together = tops.max() <= ALIKE * tops.min()
    for row in panels:
        for number, panel in enumerate(row[: len(destinations)]):
            panel.set(xlim=(0, None), ylim=(0, tops.max() if together else tops[number]))
            if number % wide == 0:
                panel.set_ylabel(wording.say(LEFT if together or len(destinations) == 1 else OWN_SCALE))
    band = band_in(wording.language, max(len(block.lines) for block in blocks))
    return picture.finish(_title(ran, wording), wording.say(CAPTION), band, table=_at_risk(wording, blocks))


def _title(ran: Ran, wording: Wording) -> str:
    """Of the exit that matters most."""
    exits = Findings(ran, wording.language).choice.exits
    outcome = exits[0].figure.outcome if exits else "exit_any"
    weeks = min(result.loaded.scenario.follow_up for result in ran.compared)
    where = outcome.removeprefix("exit_")
    what = wording.say(ANY, weeks=weeks)
    if where != "any":
        what = wording.say(EXITS, where=wording.exit(where), weeks=weeks)
    return sentence(ran, wording, what, outcome)


def _courses(result: Result, arm: str) -> Floats | None:
    """All exits of an arm, week by week."""
    group = arm_group(arm)
    asked = [figure for name in result.loaded.scenario.exits
             for figure in (Figure(f"exit_{name}", group, week) for week in _weeks(result))]  # fmt: skip
    have = set(result.keys)
    found = [result.values(figure).mean() for figure in asked if figure in have]
    return np.array(found) if found else None


def _weeks(result: Result) -> range:
    return range(result.loaded.scenario.follow_up + 1)


def _at_risk(wording: Wording, blocks: Sequence[Block]) -> Table:
    follow_up = min(line.result.loaded.scenario.follow_up for block in blocks for line in block.lines)
    weeks = np.linspace(0, follow_up - 1, 5).astype(int).tolist()
    rows, done = [], set()
    for block in blocks:
        for line in block.lines:
            if (line.label, line.arm) in done:
                continue
            done.add((line.label, line.arm))
            persons = [line.result.estimate("on_benefit", line.arm, week).value for week in weeks]
            label = f"{line.label}, {block.name}" if block.name and block.lines[0].arm == line.arm else line.label
            rows.append((line.look, label, [whole(wording, each) for each in persons]))
    return Table(wording.say(AT_RISK), list(map(str, weeks)), rows)
