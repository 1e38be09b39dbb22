"""Sagsbehandlere: who sits in every post, who is away this week, and who is new.

A *post* is the place of one caseworker; a team has the same posts for the whole run, and where its staff changes at
dates so many as it ever has: those beyond the number of today do not exist (`there` and `fte` are 0). On mandag
successors begin, those who were away come back, some leave, and some fall ill, each by the luck of her post (one key a
post, so more posts change nobody in the others). A run begins in the steady state: as many are away, and as many
posts vacant, in its first week as in any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.world.draws import Draws, personal_keys
from simulation.world.spec import NEVER, NOT_PLANNED, Floats, Ids, Ints, firsts, mean, quantile, where
from simulation.world.staff.teams import Team
from simulation.world.staff.terms import Turnover

WEEKS_PER_YEAR = 52
NOT_AWAY = -1
SUCCESSORS = 4096
"""More holders than a post can have in a run."""


class Caseworkers:
    """Columns, one row per post: `team` (row), `fte`, `vacant`, `away` (which kind of absence), `covered` (a substitute
    sits there), `holder` (number of whoever sits there, counted in her post), `began` (week in which she began; NEVER:
    long ago), `there` (part of a week's work that is there this week), `exists` (whether there is such a post now)."""

    def __init__(
        self, seed: int, replications: Sequence[int], teams: Mapping[str, Mapping[str, Team]], change: bool = False,
        later: Sequence[Mapping[str, Mapping[str, Team]]] = (),
    ) -> None:  # fmt: skip
        """`teams` gives the teams of each jobcentre, the same names in the same order everywhere; `change`: somebody is
        away or leaves at times in another jobcentre of the world, if not here; `later` has the teams as they become at
        dates."""
        most = {
            (place, name): max(each[place][name].positions() for each in (teams, *later))
            for place, own in teams.items()
            for name in own
        }
        self._keys = [
            (f"jobcentre {place} team {name}", replication, posts)
            for replication in replications
            for (place, name), posts in most.items()
        ]
        self._seed, self._worlds = seed, len(replications)
        self.of_team = np.array([posts for _, _, posts in self._keys], dtype=np.int64)
        self.first = firsts(self.of_team)
        self.team = np.repeat(np.arange(len(self.of_team)), self.of_team)
        posts = len(self.team)
        self._new_ones_come = bool(later)  # at dates, to posts that are added
        self._under(teams)
        self.vacant = np.zeros(posts, dtype=bool)
        self.away = np.full(posts, NOT_AWAY, dtype=np.int8)
        self.covered = np.zeros(posts, dtype=bool)
        self.holder = np.zeros(posts, dtype=np.int64)
        self.began = np.full(posts, NEVER, dtype=np.int64)
        self.there = self.exists.astype(np.float64)
        self.effect = np.ones(posts)  # strength of a talk's effect by how new she is
        self.vacated: Ids = np.empty(0, dtype=np.intp)  # posts whose holder has left this mandag
        self.returns = np.full(posts, NOT_PLANNED, dtype=np.int64)  # week in which who is away comes back
        self.cover = np.full(posts, NOT_PLANNED, dtype=np.int64)  # ... in which a substitute begins
        self.filled = np.full(posts, NOT_PLANNED, dtype=np.int64)  # ... in which a vacant post is filled
        self._holders = np.ones(posts, dtype=np.int64)  # how many each post has had
        self._own = np.stack((self.holder, self.began))  # who comes back, and since when she is trained
        self.change = change or bool(self._alike)  # whether anybody is ever away or leaves
        self.changed_in = NEVER  # last week in which the staff changed at a date
        self._draws: Draws | None = None

    def _under(self, teams: Mapping[str, Mapping[str, Team]]) -> None:
        """The terms and the number of posts are those of these teams."""
        self.teams = [team for _ in range(self._worlds) for own in teams.values() for team in own.values()]
        now = np.array([team.positions() for team in self.teams], dtype=np.int64)
        self.exists = np.arange(len(self.team)) - self.first[self.team] < now[self.team]
        self.fte = np.array([team.fte / team.positions() for team in self.teams])[self.team] * self.exists
        team_of_post = np.where(self.exists, self.team, -1)
        self._alike = _by_terms(self.teams, team_of_post, [self._moves(team) for team in self.teams])

    def _moves(self, team: Team) -> bool:
        """Whether what somebody in this team does is not the same every week."""
        return team.changes or (self._new_ones_come and team.learning is not None)

    def become(self, week: int, teams: Mapping[str, Mapping[str, Team]]) -> Ids:
        """From this mandag on the staff is that of these teams: whoever is in a post stays there, the last posts of a
        team that has fewer are gone, and somebody new sits in those that are added. Returns the posts that are gone."""
        before = self.exists
        self._under(teams)
        gone, new = where(before & ~self.exists), where(self.exists & ~before)
        for posts in (gone, new):
            self.vacant[posts], self.covered[posts], self.away[posts] = False, False, NOT_AWAY
            self.returns[posts] = self.cover[posts] = self.filled[posts] = NOT_PLANNED
        self.there[gone], self.there[new], self.effect[new] = 0.0, 1.0, 1.0
        self._begins(week, new)
        self.changed_in = week
        return gone

    @property
    def draws(self) -> Draws:
        """The luck of every post."""
        if self._draws is None:
            keys = [personal_keys(self._seed, place, replication, posts) for place, replication, posts in self._keys]
            self._draws = Draws(np.concatenate(keys))
        return self._draws

    def person(self, posts: Ids) -> Ints:
        """A number for whoever sits in these posts, her own for good; same shape."""
        return np.asarray(posts * SUCCESSORS + self.holder.take(posts))

    def regular(self, posts: Ids) -> Ints:
        """The same of whoever is to come back where a substitute sits in; same shape."""
        return np.asarray(posts * SUCCESSORS + np.where(self.covered, self._own[0], self.holder).take(posts))

    def talent(self, person: Ints) -> Floats:
        """Standard normal numbers of these caseworkers (numbers as of `person`), their own for good; same shape."""
        from scipy.special import ndtri

        (posts, holder), found = np.divmod(person, SUCCESSORS), np.empty(len(person))
        for number in np.unique(holder):
            of_number = holder == number
            found[of_number] = ndtri(self.draws.uniform("talent", int(number), posts[of_number]))
        return found

    def paid(self) -> Floats:
        """Full-time staff that is paid this week, by team row: every filled post, and substitutes."""
        weight = self.fte * (~self.vacant + self.covered.astype(float))
        return np.asarray(np.bincount(self.team, weight, minlength=len(self.teams)), dtype=np.float64)

    # --- mandag -------------------------------------------------------------------------------------------

    def new_week(self, week: int) -> None:
        """Who begins, comes back, leaves and falls ill; then `there` and `effect` are this week's."""
        self.vacated = np.empty(0, dtype=np.intp)
        for team, posts, leaves, falls_ill in self._alike:
            if week == 0:
                self._settle(team, posts)
            else:
                self._step(week, team, posts, leaves, falls_ill)
            self._strength(week, team, posts)

    def _step(self, week: int, team: Team, posts: Ids, leaves: float, falls_ill: Floats) -> None:
        """The chances are those of a caseworker at work: to leave, and to fall ill in one of the first kinds."""
        filled = posts[self.vacant[posts] & (self.filled[posts] == week)]
        self.vacant[filled] = False
        self._begins(week, filled)
        back = posts[self.returns[posts] == week]
        self.away[back] = NOT_AWAY
        self.returns[back] = NOT_PLANNED
        covered = back[self.covered[back]]
        self.holder[covered], self.began[covered] = self._own[:, covered]
        self.covered[covered] = False
        here = posts[~self.vacant[posts] & (self.away[posts] == NOT_AWAY)]
        if team.turnover is not None:
            gone = self.draws.uniform("leaves the post", week, here) < leaves
            self._leave(week, team.turnover, here[gone])
            here = here[~self.vacant[here]]  # who begins at once may fall ill as anybody
        kind = np.searchsorted(falls_ill, self.draws.uniform("falls ill", week, here), side="right")
        for k, absence in enumerate(team.absence.values()):
            ill = here[kind == k]
            weeks = self.draws.value(absence.weeks, "weeks away", week, ill)
            self.away[ill] = k
            self.returns[ill] = week + weeks
            after = NOT_PLANNED if absence.cover_after is None else absence.cover_after
            self.cover[ill] = np.where(after < weeks, week + after, NOT_PLANNED)
        self._cover(week, posts)

    def _leave(self, week: int, turnover: Turnover, posts: Ids) -> None:
        weeks = self.draws.value(turnover.vacancy_weeks, "weeks vacant", week, posts)
        self.vacated = np.concatenate((self.vacated, posts))
        self.vacant[posts[weeks > 0]] = True
        self.filled[posts] = week + weeks
        self._begins(week, posts[weeks == 0])

    def _cover(self, week: int, posts: Ids) -> None:
        """Substitutes begin for those who have been away so long."""
        begin = posts[self.cover[posts] == week]
        self._own[:, begin] = self.holder[begin], self.began[begin]
        self.covered[begin] = True
        self.cover[begin] = NOT_PLANNED
        self._begins(week, begin)

    def _begins(self, week: int, posts: Ids) -> None:
        """Somebody new sits down in these posts."""
        self.holder[posts] = self._holders[posts]
        self._holders[posts] += 1
        self.began[posts] = week

    def _settle(self, team: Team, posts: Ids) -> None:
        """The first mandag: everything as it is in the long run. How long a spell lasts and how much of it is gone
        already is drawn as for a spell met at random: long ones are met more often, at any week of theirs."""
        draws, turnover = self.draws, team.turnover
        how, length, gone = draws.uniforms(["first state", "first length", "first gone"], 0, posts)
        vacant = vacancy(team)
        shares = [vacant, *(each.share * (1 - vacant) for each in team.absence.values())]
        state = np.searchsorted(np.cumsum(shares), how, side="right")
        if turnover is not None and vacant > 0:
            in_state = state == 0
            lasts, elapsed = met(turnover.vacancy_weeks, length[in_state], gone[in_state])
            self.vacant[posts[in_state]] = True
            self.filled[posts[in_state]] = lasts - elapsed
        if turnover is not None:
            at_work = draws.weeks_until(weekly(turnover), "began long ago", 0, posts)  # mandage since she began
            self.began[posts] = -np.floor(at_work * filled_weeks(team) + 1e-9).astype(np.int64)
        for k, absence in enumerate(team.absence.values()):
            in_state = state == k + 1
            ill = posts[in_state]
            lasts, elapsed = met(absence.weeks, length[in_state], gone[in_state])
            self.away[ill] = k
            self.returns[ill] = lasts - elapsed
            if absence.cover_after is None:
                continue
            begun = absence.cover_after - elapsed  # week in which the substitute has begun or will
            self.cover[ill] = np.where((begun > 0) & (absence.cover_after < lasts), begun, NOT_PLANNED)
            now = (begun <= 0) & (absence.cover_after < lasts)
            self.cover[ill[now]] = 0
            self._cover(0, ill[now])
            self.began[ill[now]] = begun[now]

    def _strength(self, week: int, team: Team, posts: Ids) -> None:
        parts = np.array([1 - absence.part for absence in team.absence.values()] + [1.0])
        there = np.where(self.covered[posts], 1.0, parts[self.away[posts]])  # NOT_AWAY is the last one
        there[self.vacant[posts]] = 0.0
        if team.learning is not None:
            trained = np.minimum((week - self.began[posts]) / team.learning.weeks, 1.0)
            there = there * (team.learning.minutes + (1 - team.learning.minutes) * trained)
            self.effect[posts] = team.learning.effect + (1 - team.learning.effect) * trained
        self.there[posts] = there


def weekly(turnover: Turnover) -> float:
    """Chance that a caseworker at work leaves in a week: 1 − (1 − p)^(1/52) from that of a year."""
    return float(1 - (1 - turnover.per_year) ** (1 / WEEKS_PER_YEAR))


def chances(team: Team) -> Floats:
    """Chance that a caseworker at work falls ill in a week, by kind of absence, so that in the long run she is away for
    the stated share of the weeks of a filled post: with a = share / (mean weeks × (1 − all shares)), a / (1 + Σa)."""
    shares = np.array([each.share for each in team.absence.values()])
    ratio = shares / (np.array([mean(each.weeks) for each in team.absence.values()]) * (1 - shares.sum()))
    chance: Floats = ratio / (1 + ratio.sum())
    return chance


def vacancy(team: Team) -> float:
    """Share of weeks in which a post is vacant, in the long run."""
    if team.turnover is None:
        return 0.0
    leaves, lasts = weekly(team.turnover), team.turnover.vacancy_weeks
    vacant = leaves * mean(lasts)  # weeks for every week in which she might leave or fall ill
    stays = 1 - leaves * (1 - lasts.get(0, 0.0))  # or is followed at once
    return float(vacant / (vacant + stays * filled_weeks(team)))


def filled_weeks(team: Team) -> float:
    """Weeks of a filled post for every mandag on which a caseworker is at work and does not leave: she works a week or
    is away for some."""
    fall_ill = chances(team)
    away = sum(h * mean(each.weeks) for h, each in zip(fall_ill, team.absence.values(), strict=True))
    return float(1 - fall_ill.sum() + away)


def met(weeks: Mapping[int, float], chance: Floats, gone: Floats) -> tuple[Ints, Ints]:
    """Length of a spell met at random, and how many of its weeks are gone; shape of `chance`."""
    total = mean(weeks)
    lasts = quantile({length: length * share / total for length, share in weeks.items() if length}, chance)
    return lasts, np.floor(gone * lasts).astype(np.int64)


def _by_terms(
    teams: Sequence[Team], team_of_post: Ints, moves: Sequence[bool]
) -> list[tuple[Team, Ids, float, Floats]]:
    """Posts of the teams that move, those under the same terms together: a team that stands for them, the posts, and
    their weekly chances of leaving, and of falling ill, added up over the kinds of absence."""
    found: dict[str, tuple[Team, list[int]]] = {}
    for row, team in enumerate(teams):
        if moves[row]:
            terms = team.model_dump_json(include={"absence", "turnover", "learning"})
            found.setdefault(terms, (team, []))[1].append(row)
    return [
        (
            team,
            np.flatnonzero(np.isin(team_of_post, rows)),
            weekly(team.turnover) if team.turnover else 0.0,
            np.cumsum(chances(team)),
        )
        for team, rows in found.values()
    ]
