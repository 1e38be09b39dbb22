"""Ten histories of benefit, worked out by hand: as weeks of a register, and as a workbook whose formulas can be
followed.

    python -m tests.refusion histories.xlsx
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from simulation.opening import build
from simulation.scenario.schema import Scenario
from simulation.world.ledige import GONE, LEDIG
from simulation.world.past import Past
from simulation.world.register import OFFER_AT
from tests.helpers import make, praktik

START, WEEKS = "2020-W31", 231
"""2020 has 53 weeks, of which 23 are in the run; four years of 52 weeks follow."""
YEARS = (2020, 2021, 2022, 2023, 2024)
BENEFITS = ("dagpenge", "kontanthjaelp", "sygedagpenge", "ledighedsydelse")
RATE = 1000
"""Kroner a week of any benefit or pension in the workbook."""


@dataclass(frozen=True)
class State:
    """What a week may be: what is paid, whether it is counted as one with benefit or as self-support, paid hours."""

    pays: str = ""
    counts: int = 0
    support: int = 0
    hours: int = 0
    sort: str = ""
    by_the_hour: int = 0


STATES = {
    "": State(),
    "dagpenge": State("dagpenge", counts=1, by_the_hour=1),
    "dagpenge og 15 timer": State("dagpenge", counts=1, hours=15, sort="small", by_the_hour=1),
    "kontanthjaelp": State("kontanthjaelp", counts=1),
    "sygedagpenge": State("sygedagpenge", counts=1, by_the_hour=1),
    "ledighedsydelse": State("ledighedsydelse", counts=1),
    "job": State(support=1, hours=37, sort="ordinary"),
    "loentilskud": State(hours=37, sort="loentilskud"),
    "fleksjob": State("fleksloentilskud", hours=12, sort="fleksjob"),
    "foertidspension": State("foertidspension"),
}
Paid = dict[tuple[int, str, str], float]
"""Person-weeks by year, benefit and step; the step of a pension is ""."""


@dataclass(frozen=True)
class History:
    """States with their weeks, from the first week of the run on (the last one goes on to its end); and what comes of
    them: person-weeks paid, and hours by year and sort, without ordinary ones."""

    states: tuple[tuple[str, int], ...]
    paid: Paid
    hours: dict[tuple[int, str], int]

    @property
    def weeks(self) -> list[str]:
        """The state of every week of the run."""
        found = [state for state, weeks in self.states for _ in range(weeks)]
        return found + [self.states[-1][0]] * (WEEKS - len(found))


def dp(name: str, **years: tuple[float, ...]) -> Paid:
    """Weeks by step of one benefit, by year written as y2020."""
    return {
        (int(year[1:]), name, str(step)): weeks
        for year, of_steps in years.items() for step, weeks in enumerate(of_steps, start=1) if weeks
    }  # fmt: skip


HISTORIES = {
    "uge 4 og 5": History((("dagpenge", 5), ("job", 1)), dp("dagpenge", y2020=(4, 1)), {}),
    "uge 26 og 27": History((("dagpenge", 27), ("job", 1)), dp("dagpenge", y2020=(4, 19), y2021=(0, 3, 1)), {}),
    "uge 52 og 53": History(
        (("kontanthjaelp", 53), ("job", 1)), dp("kontanthjaelp", y2020=(4, 19), y2021=(0, 3, 26, 1)), {}
    ),
    "skift af ydelse": History(
        (("dagpenge", 10), ("kontanthjaelp", 20), ("job", 1)),
        dp("dagpenge", y2020=(4, 6)) | dp("kontanthjaelp", y2020=(0, 13), y2021=(0, 3, 4)),
        {},
    ),
    "tilbage efter pause": History(  # 51 weeks of self-support let the clock stand, the 52nd sets it back
        (("dagpenge", 6), ("job", 51), ("dagpenge", 3), ("job", 1), ("dagpenge", 5), ("job", 1)),
        dp("dagpenge", y2020=(4, 2), y2021=(4, 4)),
        {},
    ),
    "nytaar med uge 53": History(  # from 2020-W51: three weeks in 2020, W53 the third
        (("", 20), ("dagpenge", 6), ("job", 1)), dp("dagpenge", y2020=(3,), y2021=(1, 2)), {}
    ),
    "deltid": History(
        (("dagpenge og 15 timer", 6), ("job", 1)),
        dp("dagpenge", y2020=(4 * 22 / 37, 2 * 22 / 37)),
        {(2020, "small"): 90},
    ),
    "loentilskud": History(
        (("dagpenge", 3), ("loentilskud", 26), ("dagpenge", 2), ("job", 1)),
        dp("dagpenge", y2020=(3,), y2021=(1, 1)),
        {(2020, "loentilskud"): 20 * 37, (2021, "loentilskud"): 6 * 37},
    ),
    "fleksjob": History(
        (("ledighedsydelse", 30), ("fleksjob", 60), ("ledighedsydelse", 2), ("job", 1)),
        dp("ledighedsydelse", y2020=(4, 19), y2021=(0, 3, 4), y2022=(0, 0, 2))
        | dp("fleksloentilskud", y2021=(0, 0, 45), y2022=(0, 0, 15)),
        {(2021, "fleksjob"): 540, (2022, "fleksjob"): 180},
    ),
    "pension": History(
        (("sygedagpenge", 10), ("foertidspension", 1)),
        dp("sygedagpenge", y2020=(4, 6))
        | {(2020, "foertidspension", ""): 13, **{(year, "foertidspension", ""): 52 for year in YEARS[1:]}},
        {},
    ),
}


def scenario() -> Scenario:
    """A scenario with a person for each history."""
    spells = {"hours": 12, "end_intensity": {0: 0.0}, "returns": 0.0}
    exits: dict[str, Any] = {
        "job": {"level": 0.01, "lives_on": "selvforsoergelse"},
        "fleksjob": {"level": 0.01, "lives_on": "fleksloentilskud", "job_spells": spells},
        "pension": {"level": 0.01, "lives_on": "foertidspension"},
    }
    wage = {**praktik(), "kind": "loentilskud"}
    return make(
        start=START, weeks=WEEKS, intake={"persons": len(HISTORIES), "weeks": 1}, exits=exits,
        job_spells={**spells, "hours": 37}, benefits={name: {} for name in BENEFITS}, interventions={"wage": wage},
    )  # fmt: skip


def past(chosen: Scenario, histories: Mapping[str, History] = HISTORIES) -> Past:
    """A world whose register shows the histories, one row each in their order; others have nothing."""
    world = build(chosen, [0])
    register, exits = world.register, list(chosen.exits)
    destinations = {"job": "job", "fleksjob": "fleksjob", "foertidspension": "pension"}
    assert register.hours is not None and register.benefits is not None
    for row, history in enumerate(histories.values()):
        for week, name in enumerate(history.weeks):
            state = STATES[name]
            if name in destinations:
                register.codes[week, row] = GONE + exits.index(destinations[name])
            elif name:
                own = "dagpenge" if name == "loentilskud" else state.pays
                register.codes[week, row] = LEDIG | (world.offers["wage"] << OFFER_AT if name == "loentilskud" else 0)
                register.benefits[week, row] = BENEFITS.index(own) + 1
            register.hours[week, row] = 0 if name == "loentilskud" else state.hours
    for _ in range(WEEKS):  # there is staff, who do nothing
        register.minutes_used.append(np.zeros(1, dtype=np.int64))
        for column in (register.paid, register.covered, register.vacant):
            column.append(np.zeros(1))
    return world


# --- the workbook ------------------------------------------------------------------------------------------

HEADS = (
    "uge", "mandag", "aar", "tilstand", "tæller", "selvforsørget", "sat tilbage efter uge", "selvforsørget i 3 år",
    "talte uger", "trin", "ydelse", "udbetalt uge", "kommunens andel", "kommunens kroner", "timer", "slags timer",
)  # fmt: skip
RULES = "regler"


def workbook() -> Workbook:
    """A sheet of rules, and a sheet for each history: states are written, everything else is formulas."""
    book = Workbook()
    rules = book.active
    assert isinstance(rules, Worksheet)
    rules.title = RULES
    rules.append([
        "tilstand", "ydelse", "tæller", "selvforsørget", "timer", "slags timer", "pr. time", "", "uger, trin",
        "kommunens andel", "", "sættes tilbage efter", "inden for uger", "fuld uge", "kroner pr. uge",
    ])  # fmt: skip
    steps = [(0, 0.2), (4, 0.6), (26, 0.7), (52, 0.8)]  # PAYER-01, PAYER-02
    for row, (name, state) in enumerate(STATES.items()):
        more = ["", *steps[row]] if row < len(steps) else []
        rules.append([name or "-", state.pays, state.counts, state.support, state.hours, state.sort,
                      state.by_the_hour, *more])  # fmt: skip
    for column, value in zip("LMNO", (52, 156, 37, RATE), strict=True):
        rules[f"{column}2"] = value
    for name, history in HISTORIES.items():
        _sheet(book.create_sheet(name), history)
    return book


def _sheet(sheet: Worksheet, history: History) -> None:
    sheet.append(HEADS)
    monday = datetime.date.fromisocalendar(int(START[:4]), int(START[-2:]), 1)
    table = f"{RULES}!$A$2:$G${len(STATES) + 1}"
    for week, state in enumerate(history.weeks, start=1):
        r, before = week + 1, week
        look = [f"VLOOKUP(D{r},{table},{column},FALSE)" for column in range(1, 8)]
        first = week == 1
        anew = "0" if first else f"IF(H{before}>={RULES}!$L$2,A{before},G{before})"
        count = f"E{r}" if first else f"IF(H{before}>={RULES}!$L$2,0,I{before})+E{r}"
        by_hour = f"IF({look[6]}=1,MIN({look[4]},{RULES}!$N$2)/{RULES}!$N$2,0)"
        share = f'IF(K{r}="","",IF(K{r}="foertidspension",1,INDEX({RULES}!$J$2:$J$5,J{r})))'
        sheet.append([
            week, monday + datetime.timedelta(weeks=week - 1), f"=YEAR(B{r}+3)", state or "-", f"={look[2]}",
            f"={look[3]}", f"={anew}",
            f'=SUMIFS(F$2:F{r},A$2:A{r},">"&MAX(G{r},A{r}-{RULES}!$M$2))',
            f"={count}", f"=1+(I{r}>{RULES}!$I$3)+(I{r}>{RULES}!$I$4)+(I{r}>{RULES}!$I$5)",
            f'=IF({look[1]}=0,"",{look[1]})', f'=IF(K{r}="",0,1-{by_hour})', f"={share}",
            f'=IF(K{r}="",0,L{r}*M{r}*{RULES}!$O$2)', f"={look[4]}", f'=IF({look[5]}=0,"",{look[5]})',
        ])  # fmt: skip


if __name__ == "__main__":
    workbook().save(Path(sys.argv[1]))
