"""Which interventions act in a week: some begin, or end, at a date. After its end an intervention concerns those who
were on benefit on that mandag and are in the same spell still, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.interventions.contract.running import Running
from simulation.world.ledige import Ledige
from simulation.world.spec import Ids


class Acting:
    """`now` are the interventions that act in this week, `open` those of them that anybody may come into."""

    def __init__(self, interventions: Sequence[Running], start: str) -> None:
        self.every = self.now = self.open = list(interventions)
        self._dated = [(each, *each.runs.weeks(start)) for each in interventions if each.runs is not None]

    def new_week(self, week: int, ledige: Ledige) -> None:
        """mandag, before anybody is enrolled: some begin, with those who are on benefit, and some end."""
        if not self._dated:
            return
        on_benefit = ledige.on_benefit()
        on_benefit = on_benefit[ledige.enrolled.take(on_benefit) < week]  # who has passed last week is enrolled today
        resting, closed = list[Running](), list[Running]()
        for each, begins, ends in self._dated:
            stops = each.stops_at_the_end
            if week == max(ends, 0) and ends > begins:
                ids = each.concerned(on_benefit)
                each.stop(week, ids) if stops else each.finish(week)
                each.concerns_only(ids)
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

    def gone(self, week: int, ids: Ids) -> None:
        """tirsdag: these ids have left benefit or passed to another one."""
        for each in self.now:
            each.gone(week, ids)
        for each, _, ends in self._dated:
            if week >= ends:
                each.concerns_no_more(ids)
