"""What the register shows of people, by calendar year: weeks of each benefit at each step of refusion, pensions, hours
worked, and weeks in offers. Of everybody in the run, measured or not, from the first week to the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.economy.clock import REFUSION, Clock, Refusion
from simulation.economy.employer import SICKNESS, EmployersWeeks
from simulation.economy.items import BY_EMPLOYER, HOURS, LONG, OVER_18_MONTHS, STEPS, Hours, Item
from simulation.economy.living import Living
from simulation.scenario.schema import Scenario
from simulation.world.ledige import LEDIG, elapsed_at_entry
from simulation.world.past import Past
from simulation.world.register import MAX_OFFERS, offer_of, status_of
from simulation.world.spec import Bools, Floats, Ints

FULL_WEEK = 37
"""Hours of a full-time week: RATE-103 (104 weeks of 37), PRICE-18."""
PARTS = (*STEPS, OVER_18_MONTHS, BY_EMPLOYER)
"""Of a benefit, as it is paid."""
BY_THE_HOUR = ("dagpenge", "sygedagpenge")
"""Benefits with a rate by the hour (RATE-103, RATE-105), of which an hour's part of a week is lost for an hour worked
beside them (`assumed`: no rule of reduction was read). What other benefits lose for it is not known: they are whole."""


@dataclass(frozen=True)
class Lived:
    """Of some people, by calendar year: an array (worlds, years) by item, and of weeks of which the scenario does not
    say what is lived on, by what would say it."""

    of: dict[Item, Floats]
    unsaid: dict[str, Floats]


def lived(scenario: Scenario, world: Past, year: Ints, among: Bools, rules: Refusion = REFUSION) -> Lived:
    """What the people `among` all rows live on and work; `year` is the number of the year of each week, from 0 on."""
    count = _Counted(Living(scenario), world, int(year[-1]) + 1, np.flatnonzero(among))
    before = elapsed_at_entry(
        scenario.intake, list(scenario.arms), list(scenario.jobcentres), scenario.subgroups, world.ledige
    )
    clock = Clock(before[among], rules, len(year))
    for week in range(len(year)):
        count.week(week, int(year[week]), clock)
    return Lived(dict(count.items()), dict(count.unsaid()))


class _Counted:
    """Whole numbers, so that no order of adding up can matter: arrays (worlds, kinds, years)."""

    def __init__(self, living: Living, world: Past, years: int, rows: NDArray[np.intp]) -> None:
        self.living, self.register, self.offers, self.rows = living, world.register, world.offers, rows
        self.world = world.ledige.world[rows].astype(np.int64)
        worlds, benefits = world.jobcentres.worlds, len(living.names) + 1
        self.weeks_paid, self.hours_beside = (
            np.zeros((worlds, benefits * len(PARTS), years), dtype=np.int64) for _ in range(2)
        )
        self.hours = np.zeros((worlds, len(HOURS), years), dtype=np.int64)
        self.in_offer = np.zeros((worlds, MAX_OFFERS + 1, years), dtype=np.int64)
        self.at = np.zeros((worlds, len(living.away), years), dtype=np.int64)
        pays = living.pays_wage
        self.wage_of_offer = np.zeros(MAX_OFFERS + 1, dtype=bool)
        self.wage_of_offer[: len(pays)] = pays
        self.is_long, self.by_employer = (
            np.array([False, *(name == which for name in living.names)]) for which in (LONG, SICKNESS)
        )
        self.employers = EmployersWeeks(len(rows))
        self.by_the_hour = np.array([False, *(name in BY_THE_HOUR for name in living.names)])

    def week(self, week: int, year: int, clock: Clock) -> None:
        """Add a week of the run, and let the clock go on by it."""
        living, register = self.living, self.register
        codes = register.codes[week].take(self.rows)
        status, offer = status_of(codes), offer_of(codes)
        on_benefit = status == LEDIG
        waged = on_benefit & self.wage_of_offer.take(offer)
        plane = None if register.benefits is None else register.benefits[week].take(self.rows)
        lives_on = np.where(waged, 0, living.numbers(status, plane))
        in_job = living.is_job.take(status)
        subsidised = waged | (in_job & (lives_on > 0))
        employer_pays = self.employers.week(in_job & ~subsidised, self.by_employer.take(lives_on))
        counts = (lives_on > 0) & ~living.is_pension.take(lives_on) & ~employer_pays
        counts = counts | subsidised if clock.rules.subsidised_counts else counts & ~subsidised
        step = clock.week(counts, living.supports_herself.take(status))
        long = clock.stays_long(counts, counts & self.is_long.take(lives_on))
        part = np.where(long, PARTS.index(OVER_18_MONTHS), np.where(employer_pays, PARTS.index(BY_EMPLOYER), step))
        cell = lives_on * len(PARTS) + part
        self._add(self.weeks_paid, cell, year)
        self._add(self.at, status, year)
        self._add(self.in_offer, np.where(on_benefit, offer, 0), year)
        self._add(self.hours, np.full(len(cell), HOURS.index("loentilskud")), year, FULL_WEEK * waged)
        if register.hours is not None:
            hours = register.hours[week].take(self.rows).astype(np.int64)
            job = np.where(subsidised, HOURS.index("fleksjob"), HOURS.index("ordinary"))
            self._add(self.hours, np.where(on_benefit, HOURS.index("small"), job), year, hours)
            beside = np.where(self.by_the_hour.take(lives_on), np.minimum(hours, FULL_WEEK), 0)
            self._add(self.hours_beside, cell, year, beside)

    def _add(self, to: NDArray[np.int64], kind: Ints, year: int, weights: Ints | None = None) -> None:
        worlds, kinds, _ = to.shape
        sums = np.bincount(self.world * kinds + kind, weights, minlength=worlds * kinds)
        to[:, :, year] += sums.reshape(worlds, kinds).astype(np.int64)

    def items(self) -> Iterator[tuple[Item, Floats]]:
        """All that there may be, 0 where there is none."""
        full = self.weeks_paid - self.hours_beside / FULL_WEEK
        for number, name in enumerate(self.living.names, start=1):
            of_steps = full[:, number * len(PARTS) : (number + 1) * len(PARTS)]
            if self.living.is_pension[number]:
                yield Item("pension", name), of_steps.sum(axis=1)
                continue
            apart = {OVER_18_MONTHS: self.is_long, BY_EMPLOYER: self.by_employer}
            for column, part in enumerate(PARTS):
                if part in STEPS or apart[part][number]:
                    yield Item("benefit", name, part), of_steps[:, column]
        sorts: tuple[Hours, ...] = HOURS
        for number, sort in enumerate(sorts):
            yield Item("hours", sort), self.hours[:, number].astype(np.float64)
        for name, number in self.offers.items():
            yield Item("offer", name), self.in_offer[:, number].astype(np.float64)

    def unsaid(self) -> Iterator[tuple[str, Floats]]:
        """Weeks at destinations of which it is not said what is lived on, and where hours of a job are not known."""
        scenario = self.living.scenario
        for status, what in self.living.unsaid.items():
            yield what, self.at[:, status].astype(np.float64)
        if "job" in scenario.exits and "job" not in scenario.employment():
            place = len(self.living.away) - len(scenario.exits) + list(scenario.exits).index("job")
            yield "job_spells", self.at[:, place].astype(np.float64)
