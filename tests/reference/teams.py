"""A TEAM IN ONE JOBCENTRE, for the second engine: desks with minutes and cases, room for cases, colleagues.

On mandag a team's queue for caseworkers is served, and whoever finds no room may be handed on; on fredag a desk's queue
for talks is, and whoever finds no time may ask the colleagues.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import simpy

from simulation.world.staff.teams import Team as Terms

from .basics import power
from .organised import organised
from .scarce import PLENTY, Ask, Scarce
from .staffing import Post

if TYPE_CHECKING:
    from .engine import Ledig, Reference
    from .groups import Gathering

    Kind = tuple[int, str, "Desk | None"]


class Desk(Scarce):
    """Whoever shares minutes; `cases` are the ledige who are hers."""

    def __init__(self, env: simpy.Environment, team: Team, posts: list[Post]) -> None:
        super().__init__(env)
        self.team, self.every_post = team, posts
        self.cases: list[Ledig] = []
        self.cases_on_mandag = 0
        self.minutes = 0  # there this week
        self.wishes: list[tuple[int, int]] = []  # of every talk asked for: minutes that may be cut, and others
        self.cut = 1.0
        self.fresh: Counter[int] = Counter()  # by week, minutes of talks that fell due in it
        self.again: Counter[int] = Counter()  # ... and of talks to which nobody came
        self.gatherings: dict[Kind, Gathering] = {}  # who wants which group meeting this week
        for post in posts:
            post.desk = self

    @property
    def posts(self) -> list[Post]:
        """Those that there are now."""
        return [post for post in self.every_post if post.exists]

    @property
    def most(self) -> int:  # type: ignore[override]
        """Minutes of a week in which everybody is there."""
        return math.floor(sum(post.fte * self.team.terms.minutes_per_week for post in self.posts) + 1e-9)

    def new_week(self, week: int) -> None:
        """Everybody brings her minutes; what was left has perished."""
        per_week = self.team.terms.minutes_per_week
        everybody = sum(post.fte * per_week * post.there(week) for post in self.posts)
        self.minutes = math.floor(everybody * self.team.world.season.of_minutes(week) + 1e-9)
        self.refill(self.minutes)
        self.cases_on_mandag = len(self.cases)

    def nobody_there(self, week: int) -> bool:
        """Nobody is at work here this week."""
        return all(post.there(week) == 0 for post in self.posts)

    @property
    def vacant(self) -> bool:
        """No post here has anybody."""
        return all(post.vacant for post in self.posts)

    def measure(self, week: int) -> None:
        """All who want a talk have said so: how far are they cut so that all fit? Not where nobody is at work."""
        squeeze, self.cut = self.team.terms.squeeze, 1.0
        shortest = squeeze.shortest if squeeze else 1.0
        wishes = [(talk, rest) for talk, rest in self.wishes if rest + math.floor(talk * shortest + 1e-9) <= self.most]
        talks = sum(talk for talk, _ in wishes)
        if squeeze and talks and not self.nobody_there(week):
            room = self.level - sum(rest for _, rest in wishes)
            self.cut = min(max(room / talks, squeeze.shortest), 1.0)
        self.wishes = []

    def shortened(self, talk: int) -> tuple[int, float]:
        """Minutes of such a talk this week, and the strength of its effect."""
        squeeze = self.team.terms.squeeze
        if squeeze is None or talk == 0:
            return talk, 1.0
        kept = (self.cut - squeeze.shortest) / (1 - squeeze.shortest)
        return math.floor(talk * self.cut + 1e-9), squeeze.effect + (1 - squeeze.effect) * kept

    def who(self, luck: float, week: int) -> Post:
        """Whose turn it is to hold a talk here: of several those at work, by their hours (in millionths)."""
        hours = [round(post.fte * post.there(week) * 1_000_000) for post in self.posts]
        left = int(luck * sum(hours))
        for post, its in zip(self.posts, hours, strict=True):
            left -= its
            if left < 0:
                return post
        return self.posts[-1]


class Case(Ask):
    """She asks for a caseworker; granted: her desk."""

    def __init__(self, room: Caseload, me: Ledig, since: int) -> None:
        self.me, self.since = me, since
        super().__init__(room, 1, (since, me.row))


class Caseload(Scarce):
    """A team's room for cases, and the queue of those who wait for some."""

    def __init__(self, env: simpy.Environment, team: Team) -> None:
        super().__init__(env)
        self.team = team

    def _do_get(self, event: Ask) -> bool:
        assert isinstance(event, Case)
        desk = self.team.desk_with_room() if self.open else None
        if desk is None:
            return False
        desk.cases.append(event.me)
        event.succeed(desk)
        return True


class Colleagues(Scarce):
    """Those of a team who hold the talks of others: whoever has most time left."""

    def __init__(self, env: simpy.Environment, team: Team) -> None:
        super().__init__(env)
        self.team = team

    def _do_get(self, event: Ask) -> bool:
        most = max(self.team.desks, key=lambda desk: desk.level)  # of several the first
        if self.open and event.amount > most.most:
            return True
        if not self.open or most.level < event.amount:
            return False
        most.spend(event.amount)
        event.succeed(most)
        return True


class Team:
    """A team in one jobcentre, as its terms say."""

    def __init__(self, world: Reference, jobcentre: str, name: str, terms: Terms) -> None:
        env = world.env
        self.world, self.name, self.terms = world, name, terms
        self.counts: Counter[tuple[int, str]] = Counter()
        number = list(world.scenario.teams).index(name)
        ever = [list(organised(scenario, jobcentre).values())[number] for _, scenario in world.scenario.epochs]
        posts = max(terms.positions() for terms in ever)
        self.every_post = [Post(world, jobcentre, name, terms, index, posts) for index in range(posts)]
        alone = terms.caseload == "personal" and terms.takes_cases
        every = self.every_post
        self.every_desk = [Desk(env, self, [post]) for post in every] if alone else [Desk(env, self, every)]
        self.measure_up()
        self.closed = False
        self.caseload, self.colleagues = Caseload(env, self), Colleagues(env, self)

    @property
    def posts(self) -> list[Post]:
        """Those that there are now."""
        return [post for post in self.every_post if post.exists]

    @property
    def desks(self) -> list[Desk]:
        """Those of them, or the one of all."""
        return [desk for desk in self.every_desk if desk.posts]

    def measure_up(self) -> None:
        """How many cases it may have."""
        desks = len(self.desks)
        self.of_each = math.floor(self.terms.caseload_limit * self.terms.fte / desks + 1e-9)  # of a desk at most
        self.limit = self.of_each * desks

    def become(self, week: int, terms: Terms) -> None:
        """A date: so much staff, and such terms. The last posts go, and their cases ask for a caseworker again."""
        before, self.terms = self.posts, terms
        for index, post in enumerate(self.every_post):
            post.now(week, terms, index < terms.positions())
        for desk in [post.desk for post in before if not post.exists]:
            assert desk is not None
            for ledig in list(desk.cases) if not desk.posts else ():
                ledig.lose_caseworker(week)
        self.measure_up()

    def count(self, week: int, what: str, amount: int = 1) -> None:
        """Something was asked of it, or has become of its cases."""
        self.counts[week, what] += amount

    def cases(self) -> int:
        """How many ledige are its cases."""
        return sum(len(desk.cases) for desk in self.desks)

    # --- mandag ---------------------------------------------------------------------------------------------

    def desk_with_room(self) -> Desk | None:
        """Where the next case goes: to the caseworker with fewest, if there is room."""
        exceeds = self.terms.at_limit == "exceed"
        if not exceeds and (self.closed or self.cases() >= self.limit):
            return None
        share = PLENTY if exceeds else self.of_each
        with_room = [desk for desk in self.desks if not desk.vacant and len(desk.cases) < share]
        if not with_room and exceeds:  # everybody is taken, even where nobody sits
            with_room = self.desks
        return min(with_room, key=lambda desk: len(desk.cases), default=None)

    def reopen(self) -> None:
        """A team that was full takes cases again when it has come down far enough."""
        self.closed = self.closed and self.cases() > self.terms.reopens_at * self.limit

    def close(self) -> None:
        """It is full."""
        self.closed = self.closed or (self.terms.reopens_at < 1 and self.cases() >= self.limit)

    def turned_away(self) -> list[Case]:
        """Who finds no room here and is handed on."""
        return list(self.caseload.get_queue) if self.terms.at_limit == "overflow" else []

    # --- fredag ---------------------------------------------------------------------------------------------

    def stands_in(self, nobody_there: bool) -> bool:
        """Whether a colleague holds a talk that found no time."""
        if len(self.desks) == 1 or self.terms.substitution == "none":
            return False
        return nobody_there or self.terms.substitution == "busy"

    def strength(self) -> float:
        """What is left of the effect of a talk when there are more cases than the limit."""
        return power(min(self.limit / max(self.cases(), 1), 1.0), self.terms.dilution)

    # --- søndag ---------------------------------------------------------------------------------------------

    def state(self) -> dict[str, float]:
        """What the register says of it."""
        posts = self.posts
        return {
            "minutes": sum(desk.minutes for desk in self.desks),
            "minutes_used": sum(desk.minutes - desk.level for desk in self.desks),
            "cases": self.cases(),
            "waiting": len(self.caseload.get_queue),
            "paid": sum(post.fte * ((not post.vacant) + (post.substitute is not None)) for post in posts),
            "absent": sum(post.fte for post in posts if post.away is not None),
            "covered": sum(post.fte for post in posts if post.substitute is not None),
            "vacant": sum(post.fte for post in posts if post.vacant),
        }

    def caseloads(self) -> list[float]:
        """Cases per full-time caseworker of every post; NaN where nobody sits."""
        loads = []
        for post in self.every_post:
            if not post.exists:
                loads.append(math.nan)
                continue
            assert post.desk is not None
            filled = sum(each.fte for each in post.desk.posts if not each.vacant)
            loads.append(math.nan if post.vacant or post.fte == 0 else len(post.desk.cases) / filled)
        return loads


def take_cases(teams: list[Team]) -> None:
    """mandag: every team takes its own, then those that others hand on to it, until nobody is handed on any more."""
    for team in teams:
        team.reopen()
    moving = True
    while moving:
        for team in teams:
            team.caseload.serve()
        refused = [(case, team.terms.overflow_to) for team in teams for case in team.turned_away()]
        for case, onwards in refused:
            assert onwards is not None
            case.me.hand_on(onwards)
        moving = bool(refused)
    for team in teams:
        team.close()
