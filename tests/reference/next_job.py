"""THE JOB THAT COMES AFTER, for the second engine: how long it lasts, its hours, and what treatment has made of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from simulation.interventions.contract import Treats
from simulation.world.beskaeftigelse import JobSpell

from .basics import there
from .sizes import worth

if TYPE_CHECKING:
    from .engine import Ledig


class NextJob:
    """The job for which she leaves, seen on the day on which she leaves."""

    def __init__(self, me: Ledig, destination: str) -> None:
        self.me, self.destination = me, destination
        me.least_weeks = 0  # unless a course says so when she leaves
        self.sooner = self.longer_hours = 1.0
        interventions = there(me.world.scenario, me.jobcentre)
        for course in me.courses:
            settings = interventions[course.number - 1] if course.had_treatment() else None
            if isinstance(settings, Treats) and settings.next_job:
                luck = f"effect {course.name} next_job"
                ends, hours = settings.next_job.ends, settings.next_job.hours
                self.sooner *= worth(me, f"{luck} ends", ends, 1.0)
                self.longer_hours *= worth(me, f"{luck} hours", hours, 1.0)
                me.tally[f"next job after {course.name}"] += 1

    def hours(self, job: JobSpell) -> int:
        """Whole hours a week; what is over is one more or none, by luck."""
        me, luck = self.me, f"{self.destination} hours"
        hours = me.value_of(job.hours, luck, me.spell)
        if hours == 0 or self.longer_hours == 1.0:
            return hours
        exact = hours * self.longer_hours
        many = math.floor(exact) + int(me.chance(f"{luck} rounded", me.spell) < exact % 1)
        return min(max(many, 1), 100)

    def weeks(self, job: JobSpell) -> int:
        """Weeks until she has it no more, on a mandag."""
        me, luck = self.me, f"{self.destination} end"
        reserve, sooner = me.exponential(luck, me.spell), self.of_place(job) * self.sooner
        if sooner == 0:
            return me.world.scenario.weeks + 1
        steps, weeks, left = sorted(job.end_intensity.items()), 0, reserve / sooner
        used = 0.0
        while True:
            used += [intensity for week, intensity in steps if week <= weeks][-1]
            weeks += 1
            if used >= left or weeks > me.world.scenario.weeks:
                return max(weeks, me.least_weeks)

    def of_place(self, job: JobSpell) -> float:
        """Factor of the jobcentre on ends."""
        me, sd = self.me, job.jobcentre_sd
        factor = job.jobcentres.get(me.jobcentre, 1.0)
        if sd:
            at = np.array([me.world.ledige.jobcentre[me.row]])
            chance = me.world.table.draws.uniform(f"jobcentre effect {self.destination} end", 0, at)
            factor *= float(np.exp(sd * ndtri(chance) - sd**2 / 2)[0])
        return factor
