"""StaffTime: minutes a week that a team has for each ledig who is in something beside talks, such as with a mentor.

Mentors and coordinators are staff as others are: they are away, leave their posts and are paid. Where their time does
not last, those of the lowest lots get theirs, and who gets none has nothing of it this week (Rambøll 2013, p. 4 [1]:
what was not clearly paid and staffed was least done; no figure).
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from simulation.interventions.contract import Found, Outcome, Running, Setting, Sum
from simulation.world.labels import Label
from simulation.world.spec import Ids, Ints, Spec, unit

NO_TIME = Label("{name}: weeks without, staff had no time", "{name}: uger uden, medarbejderne havde ikke tid")
GIVEN = Label("{name}: weeks with", "{name}: uger med")
COUNTS = {"weeks_given": GIVEN, "no_time": NO_TIME}
OUTCOMES = {
    "given_share": Outcome(
        "share",
        "Weeks in which staff had time for her, among all weeks in which she should have had it; told where `staff` is",
        Sum("weeks_given"),
        per=Sum("weeks_given", "no_time"),
        label=Label("{name}: weeks in which staff had time", "{name}: uger, hvor medarbejderne havde tid"),
    ),
}


class StaffTime(Spec):
    """Whose time it takes."""

    team: Annotated[str, Field(description="Team whose minutes it takes; takes no cases")]
    minutes: Annotated[
        int, unit("minutes", "Minutes of the team for each ledig a week (of a mentor: for each hour)", ge=1, le=10_000)
    ]

    def problems(self, setting: Setting) -> Found:
        """It takes cases."""
        for jobcentre in setting.jobcentres:
            team = setting.teams_of(jobcentre).get(self.team)
            if team is not None and team.takes_cases:
                yield ("staff", "team"), f"team '{self.team}' takes cases; give those who do this a team of their own"
                return

    def doubts(self, least: int, setting: Setting) -> Found:
        """A team that never has so many minutes as one ledig takes."""
        for jobcentre in setting.jobcentres:
            team = setting.teams_of(jobcentre)[self.team]
            there = int(team.fte * team.minutes_per_week + 1e-9)
            if least > there:
                message = f"{jobcentre}: a ledig takes {least} minutes a week or more, and {self.team} has {there}"
                yield ("staff", "minutes"), f"{message}: nobody ever gets any"
                return


class Given:
    """Column, where there is `staff`: `got` (whether her minutes were there this week)."""

    def __init__(self, staff: StaffTime | None, running: Running) -> None:
        self.running, self.world = running, running.world
        self.team = None if staff is None else self.world.staff.names.index(staff.team)
        self.got = np.zeros(0 if staff is None else len(self.world.ledige), dtype=bool)

    def give(self, week: int, ids: Ids, minutes: Ints) -> None:
        """torsdag: the team has these minutes for these ids (ascending), as far as its week lasts; ties by lot."""
        if self.team is not None:
            got = self.world.staff.done_by(self.team, ids, minutes)
            self.got[ids] = got
            self.running.count(week, "weeks_given", ids[got])
            self.running.count(week, "no_time", ids[~got])

    def with_time(self, ids: Ids) -> Ids:
        """Those of these ids for whom there was time, the last time that it was asked for."""
        return ids if self.team is None else ids[self.got.take(ids)]
