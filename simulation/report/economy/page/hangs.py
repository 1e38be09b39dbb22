"""On which number what is gained hangs: a row and a bar for each that moves it."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.report.economy.hanging import AT_HIGH, AT_LOW, BEYOND_LUCK, FROM_TO, NUMBER, rows_of_tornado
from simulation.report.economy.page.material import Page
from simulation.report.handed.blocks import Block, Section, Table, Text
from simulation.world.labels import Label

TITLE = Label("On which number the result hangs", "Hvilket tal resultatet afhænger af")
ABOUT = Label(
    "What {who} gains, discounted, with one number at the low and the high end of its middle 95 % and all others as "
    "written. [ ] is simulation error, 95 %.",
    "Gevinst for {who}, diskonteret, med ét tal ved den lave og den høje ende af dets midterste 95 % og alle andre som "
    "skrevet. [ ] er simulationsfejl, 95 %.",
)
FURTHER = Label("{n} further numbers, which move less: tables/tornado.csv",
                "{n} tal mere, som flytter mindre: tables/tornado.csv")  # fmt: skip
MOST = 20
"""Rows of a table."""


def hangs(page: Page) -> Iterator[Section]:
    """Nothing where no tornado was asked for."""
    if not page.assessed.tornadoes:
        return
    blocks = list[Block]()
    for number, name in enumerate(page.names[1:]):
        blocks += [Text(name, "lead")] if page.several else []
        if picture := page.pictures.get("tornado" if not page.several else f"tornado{number + 1}"):
            blocks.append(picture)
        head = [page.say(label) for label in (NUMBER, FROM_TO, AT_LOW, AT_HIGH, BEYOND_LUCK)]
        rows = rows_of_tornado(page, number)
        note = page.say(FURTHER, n=len(rows) - MOST) if len(rows) > MOST else ""
        blocks.append(Table(head, rows[:MOST], 2, note, small=True, tail=1))
    yield Section(page.say(TITLE), [*blocks, Text(page.say(ABOUT, who=page.who(page.decides)), "note")])
