"""What interventions declare that they spend, and the talks and minutes of teams, by calendar year."""

from __future__ import annotations

import numpy as np

from simulation.economy.items import Item, Kind
from simulation.economy.staff import by_year, over_places, spans
from simulation.interventions.contract.spending import Spent
from simulation.scenario.schema import Scenario
from simulation.world.names import Name
from simulation.world.past import Past
from simulation.world.spec import Floats, Ints


class Declared:
    """What `Intervention.spends` says of each intervention, by its settings in each jobcentre and at each time."""

    def __init__(self, scenario: Scenario, world: Past, year: Ints) -> None:
        self.scenario, self.year, self.counts = scenario, year, world.register.counts
        self.shape = (len(year), world.jobcentres.worlds, len(scenario.jobcentres), len(scenario.arms))
        self.of: dict[Item, Floats] = {}
        self.unsaid: dict[str, Floats] = {}
        """Of what was done in nobody's time that is told of, how often it was done."""

    def add_up(self, arms: list[int]) -> Declared:
        """Everything, of these arms (their numbers)."""
        for first, last, as_then in spans(self.scenario, len(self.year)):
            for j, place in enumerate(self.scenario.jobcentres):
                for name, each in as_then.interventions_of(place).items():
                    for spent in each.spends:
                        self._add(name, spent, slice(first, last), j, self._arms(spent, arms))
        return self

    def _arms(self, spent: Spent, arms: list[int]) -> list[int]:
        names = list(self.scenario.arms)
        if spent.arms is None:
            return arms
        meant = {part for arm in spent.arms for part in self.scenario.parts[arm]}
        return [arm for arm in arms if names[arm] in meant]

    def _add(self, name: str, spent: Spent, weeks: slice, jobcentre: int, arms: list[int]) -> None:
        counted = {what: self._count(Name(name, what)) for what in (*spent.of.plus, *spent.of.less)}
        weekly = spent.of.of({what: each[weeks, :, jobcentre][..., arms].sum(axis=2) for what, each in counted.items()})
        found = np.zeros((self.shape[1], int(self.year[-1]) + 1))
        np.add.at(found.T, self.year[weeks], weekly)
        if spent.each is None:
            what = f"interventions.{name}.{spent.what}"
            self.unsaid[what] = self.unsaid.get(what, 0.0) + found
            return
        item = Item("fee", spent.team, spent.part) if spent.what == "fee" else Item(spent.what, name, spent.team)
        self.of[item] = self.of.get(item, 0.0) + found * spent.each

    def _count(self, name: Name) -> Floats:
        count = self.counts.get(name)
        return np.zeros(self.shape) if count is None else count.reshape(self.shape).astype(np.float64)


def of_teams(scenario: Scenario, world: Past, year: Ints, part: Floats | None = None) -> dict[Item, Floats]:
    """Talks held by every team in every channel, and minutes that it used; `part` as for staff."""
    register, teams = world.register, list(scenario.teams)
    shape = (len(year), world.jobcentres.worlds, len(scenario.jobcentres), len(teams))
    weekly: dict[tuple[Kind, str], Ints] = {("minutes", ""): np.array(register.minutes_used)}
    for name, of_desks in register.talks.items():  # some channel may have none in this batch
        held = weekly.setdefault(("talk", name.what), np.zeros_like(weekly["minutes", ""]))
        np.add.at(held.T, register.layout.team_of_desk, of_desks.T)
    found: dict[Item, Floats] = {}
    for (kind, channel), each in weekly.items():
        yearly = by_year(each.reshape(shape), year)
        for t, team in enumerate(teams):
            meant = yearly[:, :, t] * (1.0 if part is None else part[:, :, t])
            found[Item(kind, team, channel)] = over_places(meant)
    return found
