"""Which interventions act in a week: some begin, or end, at a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simulation.interventions.contract.running import Running
from simulation.world.spec import Ids


class Acting:
    """`now` are the interventions that act in this week, `open` those of them that anybody may come into."""

    def __init__(self, interventions: Sequence[Running], start: str) -> None:
        self.every = self.now = self.open = list(interventions)
        self._dated = [(each, *each.runs.weeks(start)) for each in interventions if each.runs is not None]

    def new_week(self, week: int, who: Callable[[], Ids]) -> None:
        """mandag, before anybody is enrolled: some begin, with those who are on benefit (`who`), and some end."""
        if not self._dated:
            return
        on_benefit = who()
        resting, closed = list[Running](), list[Running]()
        for each, begins, ends in self._dated:
            stops = each.stops_at_the_end
            if week == max(ends, 0) and ends > begins:
                each.stop(week, each.concerned(on_benefit)) if stops else each.finish(week)
            if week < begins or (week >= ends and stops):
                resting.append(each)
            if week < begins or week >= ends:
                closed.append(each)
            each.acts = each not in resting
        self.now = [each for each in self.every if each not in resting]
        self.open = [each for each in self.every if each not in closed]
        for each in resting:
            each.rests(week)
        for each, begins, _ in self._dated:
            if week == begins > 0 and each in self.open:
                each.admit(week, each.concerned(on_benefit))
