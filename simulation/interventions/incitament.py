"""Incitament: a subsidy that the jobcentre earns only if enough talks are held and enough participants activated.

What the evidence says. På rette vej i job paid only where at least 80 % of the weekly talks were held and 40 % of the
participants had been in an offer at a workplace from week 9 on, for nine months in all; the evaluator sees a decisive
influence (Rambøll 2013, p. 5 [2], 11 [8] with note 2; the amount is lost, and the window is ambiguous). Two of the
eighteen jobcentres lie at 93 and 94 %, three at about 70 %, and thirteen of the eighteen bars at 80 % or more (p. 10-11
[7-8]).

It is a monitor: outcomes tell how often each jobcentre earns the subsidy. With `outreach` it is a behaviour as well:
a jobcentre that lies below the threshold reaches out more, which brings more ledige to talks and costs minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.interventions.contract import KIND, Found, Intervention, Outcome, People, Running, Setting, Told
from simulation.interventions.parts.between import share_at_least, spread_between
from simulation.interventions.parts.talks import Talks
from simulation.world.clocks import COURSE_WEEK
from simulation.world.labels import Label
from simulation.world.ledige import LEDIG
from simulation.world.spec import Bools, Floats, Ids, Minutes, Odds, Share, Spec, Weeks, ratios, unit, where
from simulation.world.world import World


class Outreach(Spec):
    """What a jobcentre does that is about to miss the share of talks."""

    margin: Annotated[
        Share, Field(description="Reaches out while its share so far is less than this above the threshold")
    ]
    odds: Annotated[Odds, Field(description="Odds ratio of coming to a talk by the outreach")]
    minutes: Annotated[Minutes, Field(description="Minutes that every talk takes more by it")]


class Incitament(Intervention):
    """A subsidy on conditions."""

    kind: Annotated[Literal["incitament"], KIND]
    arm: Annotated[str, Field(description="Arm whose talks and activation count")]
    talks_at_least: Annotated[Share, Field(description="Share of the weekly talks that must be held")]
    activated_at_least: Annotated[Share, Field(description="Share of participants that must have been at a workplace")]
    from_course_week: Annotated[Weeks, Field(description="Course week from which activation counts"), COURSE_WEEK]
    for_weeks: Annotated[
        int, unit("weeks", "Weeks from then on in which activation counts", ge=1, le=520)
    ]
    outreach: Annotated[
        Outreach | None,
        Field(
            description="What jobcentres do that are about to lose the subsidy; absent: the subsidy changes nothing "
            "that anybody does",
        ),
    ] = None

    label: ClassVar[Label] = Label("Incentive", "Incitament")
    refers: ClassVar[Mapping[str, str]] = {"arm": "arms"}
    common_counts: ClassVar[Mapping[str, Label]] = {
        "outreach": Label("Talks to reach the subsidy", "Samtaler holdt for at nå tilskuddet")
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "talks_share": Outcome(
            "share",
            "Weeks with a held talk among weeks on benefit, which must reach a threshold: talk_share of the arm there "
            "(a jobcentre that reaches out goes by its share so far: of all of the arm, measured or not, without the "
            "first week of every spell)",
            units="persons",
            label=Label("Weeks with a talk, as the subsidy counts", "Uger med samtale, som tilskuddet tæller"),
        ),
        "activated_share": Outcome(
            "share", "Ledige of the arm at a workplace in the window, which must reach a threshold", units="persons",
            label=Label("At a workplace, as the subsidy counts", "I virksomhed, som tilskuddet tæller"),
        ),
        "talks_reached_share": Outcome(
            "share",
            "Jobcentres whose share of talks reaches its threshold, whatever is activated; over jobcentres that had "
            "participants",
            units="jobcentres",
            label=Label("Jobcentres that reach the share of talks", "Jobcentre, der når kravet til samtaler"),
        ),
        "talks_spread": Outcome(
            "share",
            "Standard deviation between jobcentres of their shares of talks, each counted once, as bars of all of them "
            "show it: the luck of few persons is in it",
            units="few",
            label=Label("Spread of talks between jobcentres", "Spredning i samtaler mellem jobcentre"),
        ),
        "earned_share": Outcome(
            "share",
            "Subsidies earned: both thresholds reached; over jobcentres that had participants, and replications",
            units="jobcentres",
            label=Label("Subsidies earned", "Optjente tilskud"),
        ),
    }

    def unlike(self, own: Intervention) -> Found:
        yield from super().unlike(own)
        for key in ("arm", "from_course_week", "for_weeks"):
            if getattr(own, key) != getattr(self, key):
                yield (key,), f"'{key}' is the same in all jobcentres: what is told of the subsidy is of one window"

    def measured_of_people(
        self, people: People, setting: Setting, there: Mapping[str, Intervention]
    ) -> Iterator[tuple[str, str, str | None, Floats]]:
        """Both conditions in every jobcentre, and whether (in how many) the subsidy is earned."""
        arms, jobcentres = list(setting.arms), list(setting.jobcentres)
        in_arm = np.isin(people.arm, [arms.index(part) for part in setting.parts[self.arm]])
        window = slice(self.from_course_week, self.from_course_week + self.for_weeks)
        members, lives = np.flatnonzero(in_arm), people.lives()
        places = lives.of(members).apart(people.jobcentre[members], len(jobcentres))  # (worlds × jobcentres,)
        talks = ratios(places.total(places.talks_in_full_weeks), places.total(places.full_weeks))
        activated = places.mean(np.any(people.praktik[window], axis=0)[members])
        own = [there.get(jobcentre, self) for jobcentre in jobcentres]
        at_least = np.array([(e.talks_at_least, e.activated_at_least) for e in own if isinstance(e, Incitament)])
        worlds = len(talks) // len(jobcentres)
        of_talks, of_activated = np.tile(at_least.T, worlds)
        reached = (talks >= of_talks) & (activated >= of_activated)
        on = np.array([jobcentre in there for jobcentre in jobcentres])
        talks = np.where(np.tile(on, worlds), talks, np.nan)
        anybody = ~np.isnan(talks) & ~np.isnan(activated)  # else there was nothing to earn, and nothing to miss
        earned = np.where(anybody, reached, np.nan)
        by_place = {"talks_share": talks, "activated_share": activated, "earned_share": earned}
        for j, jobcentre in enumerate(jobcentres):
            for outcome, values in by_place.items() if on[j] else ():
                yield outcome, self.arm, None if len(jobcentres) == 1 else jobcentre, values[j :: len(jobcentres)]
        if len(jobcentres) > 1:
            of_world = earned.reshape(-1, len(jobcentres))
            yield "earned_share", self.arm, None, ratios(np.nansum(of_world, axis=1), (~np.isnan(of_world)).sum(axis=1))
            talks_there = talks.reshape(-1, len(jobcentres))
            reach = np.where(np.isnan(talks_there), np.nan, talks_there >= at_least[:, 0])
            yield "talks_reached_share", self.arm, None, share_at_least(reach, 1.0)
            yield "talks_spread", self.arm, None, spread_between(talks_there)

    def told_by_jobcentre(self, name: str, there: Mapping[str, Intervention]) -> Told:
        otherwise = [
            f"in {jobcentre} {own.talks_at_least:.0%} and {own.activated_at_least:.0%}"
            for jobcentre, own in there.items()
            if isinstance(own, Incitament)
            and (own.talks_at_least, own.activated_at_least) != (self.talks_at_least, self.activated_at_least)
        ]
        return Told(
            self.arm,
            (
                f"Subsidy {name}, earned by {{total}} % of jobcentres and runs:",
                f"at least {self.talks_at_least:.0%} of weeks with a talk, and at least {self.activated_at_least:.0%} "
                f"at a workplace in the {self.for_weeks} weeks",
                f"from course week {self.from_course_week} on{''.join(f'; {each}' for each in otherwise)} "
                "(± simulation error, 95 %):",
            ),
            {
                "talks_share": "talks (%)",
                "activated_share": f"activated from week {self.from_course_week} (%)",
                "earned_share": "earned (% of replications)",
            },
            "earned_share",
        )


class IncitamentRunning(Running):
    """Of the arm in each jobcentre so far: `weeks` on benefit after the first one, and those with a talk (`held`)."""

    settings: Incitament
    finishes: ClassVar[bool] = False

    def __init__(self, settings: Incitament, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        self.in_arm = world.among([settings.arm], {})
        self.weeks = np.zeros(len(world.jobcentres), dtype=np.int64)
        self.held = np.zeros(len(world.jobcentres), dtype=np.int64)
        self.behind = np.zeros(len(world.jobcentres), dtype=bool)
        self.reaching = np.zeros(len(world.ledige), dtype=bool)
        self.talks = world.part(Talks)
        if settings.outreach:
            self.talked = self.talks.follow_registered()

    def stop(self, week: int, ids: Ids) -> None:
        if outreach := self.settings.outreach:
            self._reach(np.zeros_like(self.reaching), outreach)

    def mandag(self, week: int) -> None:
        """mandag: a jobcentre that lies below the threshold reaches out more this week."""
        if (outreach := self.settings.outreach) is None:
            return
        threshold = self.settings.talks_at_least + outreach.margin
        behind = self.held < threshold * self.weeks
        others_come = self.settings.benefits is not None  # from one benefit to another, week by week
        if (behind == self.behind).all() and not others_come:
            return
        self.behind = behind
        reaching = np.zeros(len(self.reaching), dtype=bool)
        reaching[self.concerned(where(behind[self.world.ledige.jobcentre] & self.in_arm))] = True
        self._reach(reaching, outreach)

    def _reach(self, reaching: Bools, outreach: Outreach) -> None:
        """From now on these of all rows are reached out to."""
        begins, stops = reaching & ~self.reaching, self.reaching & ~reaching
        self.talks.reach_out(begins, stops, outreach.odds)
        self.talks.lengthen(begins, outreach.minutes)
        self.talks.lengthen(stops, -outreach.minutes)
        self.reaching = reaching

    def soendag(self, week: int) -> None:
        if self.settings.outreach is None:
            return
        ledige = self.world.ledige
        on_benefit = self.concerned(where(self.in_arm & (ledige.status == LEDIG) & (ledige.enrolled < week)))
        jobcentre = ledige.jobcentre.take(on_benefit)
        self.weeks += np.bincount(jobcentre, minlength=len(self.weeks))
        self.held += np.bincount(jobcentre[self.talked.take(on_benefit)], minlength=len(self.held))
        self.count_together(week, "outreach", on_benefit[self.reaching.take(on_benefit)])
