"""What staff did in one replication. The outcomes of it stand in `staff_outcomes`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.results.measures.outcomes import kinds_of
from simulation.scenario.schema import Scenario
from simulation.scenario.staff_by_week import full_time
from simulation.world.names import common
from simulation.world.past import Past
from simulation.world.spec import Floats, Ints

BY_WEEK = ("minutes", "minutes_used", "cases", "waiting", "paid", "absent", "covered", "vacant")


@dataclass(frozen=True)
class Staffing:
    """The teams of one replication.

    By week arrays have shape (weeks, jobcentres, teams): minutes available for talks and used, cases, ledige who wait
    for the team, talks due without time for them (`backlog`), and full-time staff that is paid, absent, covered by a
    substitute, and vacant. `fte` is without weeks (of staff that changes at dates it is the mean from the first
    measured enrolment on), and so are the `totals` of counts over the run, by name. `caseload`
    has shape (weeks, posts): cases per full-time caseworker of each post, NaN where it is vacant; `team_of_post` is
    jobcentre × number of teams + team. `at_desk`, `fresh` and `again` have shape (weeks, desks): minutes there, minutes
    of talks in the week in which they fell due (of group meetings, in which there were others enough), and of calls to
    which nobody came; `team_of_desk` likewise.
    """

    fte: Floats
    minutes: Ints
    minutes_used: Ints
    cases: Ints
    waiting: Ints
    paid: Floats
    absent: Floats
    covered: Floats
    vacant: Floats
    backlog: Ints
    totals: Mapping[str, Ints]
    caseload: NDArray[np.float32]
    team_of_post: Ints
    at_desk: Ints
    fresh: Ints
    again: Ints
    team_of_desk: Ints


def staffing(scenario: Scenario, world: Past) -> Iterator[Staffing]:
    """The staff of every replication of a batch that has been run."""
    register, layout = world.register, world.register.layout
    weeks, jobcentres, teams = len(register.cases), len(scenario.jobcentres), len(scenario.teams)
    worlds = world.jobcentres.worlds
    shape = (worlds, jobcentres, teams)
    by_week = {name: np.array(getattr(register, name)).reshape(weeks, *shape) for name in BY_WEEK}
    counts = {name.what: count for name, count in register.team_counts.items()}  # none is an intervention's own
    backlog = np.zeros((weeks, *shape), dtype=np.int64)
    for refusal in dict.fromkeys(refusal for kind in kinds_of(scenario) for refusal in kind.refusals):
        backlog += counts[refusal].reshape(backlog.shape) if refusal in counts else 0
    totals = {name: count.sum(axis=0).reshape(shape) for name, count in sorted(counts.items())}
    caseload = register.caseload
    fte = layout.fte.reshape(shape)
    if len(scenario.epochs) > 1:
        fte = np.broadcast_to(full_time(scenario), shape)
    at_desk = np.array(register.minutes_of_desk).reshape(weeks, -1)
    fresh, again = (register.of_desks(common(what)) for what in ("fresh", "again"))
    for w in range(worlds):
        first = w * jobcentres * teams
        posts = (layout.team_of_post >= first) & (layout.team_of_post < first + jobcentres * teams)
        desks = (layout.team_of_desk >= first) & (layout.team_of_desk < first + jobcentres * teams)
        yield Staffing(
            fte=fte[w],
            **{name: array[:, w] for name, array in by_week.items()},
            backlog=backlog[:, w],
            totals={name: total[w] for name, total in totals.items()},
            caseload=caseload[:, posts],
            team_of_post=layout.team_of_post[posts] - first,
            at_desk=at_desk[:, desks],
            fresh=fresh[:, desks],
            again=again[:, desks],
            team_of_desk=layout.team_of_desk[desks] - first,
        )
