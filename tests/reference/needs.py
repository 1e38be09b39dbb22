"""PLANS BY NEED, for the second engine: which rule of her plan holds for a ledig now, and when she is due by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions.samtaler.by_need import ByNeed

from .basics import FAR

if TYPE_CHECKING:
    from .talks import Talks


class Needs:
    """Of one ledig and one kind of talk."""

    def __init__(self, talks: Talks) -> None:
        self.talks, self.me = talks, talks.me
        self.begin()

    def begin(self) -> None:
        """She begins on a plan: its first talk is planned."""
        self.done = -FAR  # week in which the last talk on it was done with
        self.rule: ByNeed | None = None
        self.since: dict[int, int] = {}  # of each rule, the week since which it has held, however long it must

    def stop_it(self, week: int) -> bool:
        """fredag: by the rule that holds now her talk is due in some week; whether it would be today, but for a rule
        without talks."""
        talks, me = self.talks, self.me
        before, self.rule = self.rule, self.now(week)
        me.tally["another rule of her plan"] += int(before is not self.rule)
        due = talks.due
        if self.done > -FAR:
            due = self.done + self.rule.weeks if self.rule and self.rule.weeks else self.by_plan()
        if due <= week:
            due = min(talks.due, week)
        if self.rule and self.rule.weeks is None:
            talks.due = max(due, week + 1)
            return due <= week
        me.tally["a talk is put off"] += int(talks.due <= week < due)
        me.tally["a talk comes sooner"] += int(talks.due > due)
        talks.due = due
        return False

    def by_plan(self) -> int:
        """The week of the next talk by the plan's intervals."""
        enrolled, course_week = self.me.enrolled, self.done - self.me.enrolled
        gap = [each.weeks for each in self.talks.plan.every or [] if each.from_week <= course_week][-1]
        return enrolled + course_week + gap

    def now(self, week: int) -> ByNeed | None:
        """The first rule that holds."""
        found = None
        for number, rule in enumerate(self.talks.plan.by_need):
            if not self.so(week, rule):
                self.since.pop(number, None)
                continue
            since = self.since.setdefault(number, week)
            if week - since >= rule.after_weeks:
                found = found or rule
        return found

    def so(self, week: int, rule: ByNeed) -> bool:
        """Whether all that the rule says holds now."""
        me, course_week = self.me, week - self.me.enrolled
        course = {each.name: each for each in me.courses}
        ready = {name for name in rule.ready_for + rule.not_ready_for if name in course and course[name].ready <= week}
        in_offers = {list(me.world.scenario.interventions)[number - 1] for number in me.offers}
        return (
            (not rule.in_offer or bool(in_offers & {*rule.in_offer}))
            and (not rule.in_state or bool(me.states & {*rule.in_state}))
            and (not rule.waiting_for or any(name in course and course[name].is_waiting for name in rule.waiting_for))
            and (not rule.helped_by or any(name in course and course[name].helped for name in rule.helped_by))
            and (not rule.ready_for or bool(ready & {*rule.ready_for}))
            and not ready & {*rule.not_ready_for}
            and (rule.hours_beside is None or sum(me.beside.values()) >= rule.hours_beside)
            and rule.from_week <= course_week
            and (rule.until_week is None or course_week < rule.until_week)
        )

    def channel(self) -> str | None:
        """The channel that the rule asks for."""
        return self.rule.channel if self.rule else None
