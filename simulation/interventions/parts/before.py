"""Before: what an obligation does to exits from the notice of it until it begins (threat, announcement).

What the evidence says. A letter that assigns compulsory services makes some leave before any service (KYWPRS-01, log
0.16); so does the risk of a Danish programme later in the spell (DKTHREAT-01, men, log 0.12; DKTHREAT-02, the nearer
the date the more), and a check of search announced eight months ahead (BEMON-01, log 0.37). Of three Swedish
experiments one found 0.38 and two nothing (SE3X-01 to 03); a letter that announces a meeting does nothing for the
sick-listed (NODM-03). A pooled review has 1.25 (THREATM-01), likely too high. Not every such exit is a job: in a US
trial half of it was withdrawal from benefit (USREA-02), so effects are by destination. The ids are of the project's
evidence on effects of other trials; without a setting there is no effect.

Who has had notice is a matter of what a ledig knows: her enrolment, her referral, or a date. It builds up to the
*announced* week and never to that of the real start, which nobody knows beforehand; while the start is overdue it
stands. A notice on mandag (enrolment, date) counts from the tirsdag of that week on, one on torsdag (referral) from
the next tirsdag on; the last is the tirsdag of the week in which it begins, or in which she is released.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from simulation.interventions.contract import Effect, Effects
from simulation.interventions.parts.happenings import Happenings
from simulation.world.clocks import RUN_WEEK, TAKES
from simulation.world.few import Few
from simulation.world.spec import NEVER, Floats, Ids, Ints, Spec, unit, wrong_part
from simulation.world.world import World

BuildsOver = Annotated[
    int | None,
    unit("weeks", "Weeks in which it rises to full strength; absent: at full strength at once", ge=1, le=520),
]


class Before(Spec):
    """What an obligation does to exits before it begins."""

    notice: Annotated[
        Literal["enrolment", "referral", "date"],
        Field(description="What tells of it; date: everybody on benefit in `run_week`, and others when enrolled"),
    ] = "enrolment"
    run_week: Annotated[
        int | None, unit("weeks", "Week of the run of the notice (with `date`)", ge=0, le=2000), RUN_WEEK
    ] = None
    announced_after: Annotated[
        int | None, unit("weeks", "Weeks from the notice to the announced start", ge=1, le=520), TAKES
    ] = None
    builds_over: BuildsOver = None
    not_in: Annotated[
        list[str], Field(description="Nothing of it while in the states that these interventions keep")
    ] = []
    effects: Annotated[Effects, Field(description="Factor on exit intensities from the notice to the start")]

    refers: ClassVar[Mapping[str, str]] = {"effects.<key>": "exits", "not_in.*": "interventions"}

    @model_validator(mode="after")
    def _goes_together(self) -> Before:
        if (self.notice == "date") != (self.run_week is not None):
            given = "notice" if self.run_week is None else "run_week"
            raise wrong_part(given, message="notice: date and run_week go together")
        if (self.announced_after is None) != (self.builds_over is None):
            message = "announced_after and builds_over go together: it builds up to the announced week"
            raise wrong_part("announced_after" if self.builds_over is None else "builds_over", message=message)
        if (self.builds_over or 0) > (self.announced_after or 0):
            message = f"it cannot build up over {self.builds_over} weeks to a week that is announced "
            raise wrong_part("builds_over", message=message + f"{self.announced_after} weeks ahead")
        return self


def named_within(key: str) -> dict[str, str]:
    """What the settings under this key, or pattern of keys, name of the scenario: for the `refers` of a kind."""
    return {f"{key}.{pattern}": target for pattern, target in Before.refers.items()}


def built_up(weeks_left: Ints, builds_over: int | None) -> float | Floats:
    """Strength so many weeks before the announced week (negative: overdue): a straight line that is 0 `builds_over`
    weeks before it and 1 from it on."""
    if builds_over is None:
        return 1.0
    return np.clip(1.0 - weeks_left / builds_over, 0.0, 1.0)


class Notices:
    """`obliged`: she is in a benefit spell in which it may begin, and has not. `referred`: there is a referral that
    stands. Column: `letter` (week of the last referral)."""

    def __init__(self, world: World, group: Ints, rules: Sequence[tuple[int, Before, Effect]]) -> None:
        """Each rule is for the rows of one `group`, such as an arm."""
        self.world, self.group, self.happenings = world, group, world.part(Happenings)
        self.rules = [(number, before, effect) for number, before, effect in rules if effect]
        rows = len(world.ledige) if self.rules else 0
        self.obliged, self.referred = Few(rows), Few(rows)
        self.letter = np.full(rows, NEVER, dtype=np.int16)

    def enrolled(self, ids: Ids) -> None:
        """mandag: a benefit spell begins in which it may begin for these ids."""
        if self.rules:
            self.obliged.add(ids)

    def refer(self, week: int, ids: Ids) -> None:
        """torsdag: these ids are referred."""
        self.happenings.happens(ids)
        if self.rules:
            self.letter[ids] = week
            self.referred.add(ids)

    def void(self, ids: Ids) -> None:
        """The referral of these ids is void; that they are obliged stands."""
        if self.rules:
            self.referred.drop(ids)

    def over(self, ids: Ids) -> None:
        """It has begun for these ids, or they are released for the rest of the benefit spell, or have left benefit."""
        if self.rules:
            self.obliged.drop(ids)
            self.referred.drop(ids)

    def hold(self, week: int) -> None:
        """tirsdag: the effect on those who have had notice."""
        for number, before, effect in self.rules:
            if before.run_week is not None and week < before.run_week:
                continue
            letters = before.notice == "referral"
            ids = (self.referred if letters else self.obliged).ids
            ids = ids[self.group.take(ids) == number]
            if before.not_in:
                ids = ids[~self.world.in_any(before.not_in, ids)]
            strength: float | Floats = 1.0
            if before.announced_after is not None:
                since = self.letter.take(ids) if letters else self.world.ledige.enrolled.take(ids)
                since = np.maximum(since.astype(np.int64), before.run_week or 0)
                strength = built_up(since + before.announced_after - week, before.builds_over)
            effect.hold(ids, strength)
