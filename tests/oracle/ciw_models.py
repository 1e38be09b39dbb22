"""The same jobcentres as networks of queues in Ciw, a simulation library written by others (MIT; ciw.readthedocs.io).

Arrivals, chance, order and clock are Ciw's; one unit of its clock is a week. Times:

*Talks.* Ledige arrive on mandag, at 1.0, 2.0, ..., a Poisson number at once; slots open at 1.5, 2.5, and so on.
Who is served half a week after her arrival has a wait of 0, as in the engine a talk has that is held in the week in
which it falls due. All desks are reached through a node that takes no time, whose routing deals the ledige out.

*Cases.* Ledige arrive at 1.0, 2.0, ...; cases are servers. Everybody stays for whole weeks, a geometric number. In the
engine a case given up on tirsdag is taken by the next ledig on mandag; Ciw gives a free server to the next one at once.
So here everybody leaves at the end of the week, from the line at .8 and from a caseworker at .9, and the next ledig of
the line is a case from the coming mandag on, before those who arrive then: the same ones are cases on every mandag.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import ciw
import numpy as np

from tests.queues import Figure

FROM_LINE, FROM_CASEWORKER = 0.8, 0.9


@cache
def talks(
    rate: float, per_desk: int, desks: int, how: str, warm: int, weeks: int, replications: int
) -> dict[str, Figure]:
    """Figures of talks that fall due in weeks warm to weeks. `how`: pooled, in_turn (ledige dealt out), by_chance."""
    if how == "pooled":
        per_desk, desks = per_desk * desks, 1
    nodes = list(range(2, desks + 2))
    out = {"in_turn": ciw.routing.Cycle, "by_chance": _by_chance, "pooled": _by_chance}[how](nodes)
    found = []
    for number in range(replications):
        network = ciw.create_network(
            arrival_distributions=[ciw.dists.Sequential([1.0] * (weeks - 1) + [math.inf])] + [None] * desks,
            batching_distributions=[ciw.dists.Poisson(rate)] + [ciw.dists.Deterministic(1)] * desks,
            service_distributions=[ciw.dists.Deterministic(0.0)] + [ciw.dists.Deterministic(0.25)] * desks,
            number_of_servers=[math.inf]
            + [ciw.Slotted(slots=[1.0], slot_sizes=[per_desk], offset=0.5) for _ in range(desks)],
            routing=ciw.routing.NetworkRouting(routers=[out] + [ciw.routing.Leave()] * desks),
        )
        ciw.seed(number)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(weeks + 60.75)
        records = [r for r in simulation.get_all_records() if r.node > 1]
        assert len(records) == len(simulation.nodes[-1].all_individuals), "a queue had not emptied by the end"
        due = np.array([r.arrival_date for r in records])
        wait = np.rint(np.array([r.service_start_date for r in records]) - due - 0.5)
        seen = (due >= warm) & (due < weeks)
        last = due + wait  # week of the talk; on earlier søndage since `due` the ledig is still waiting
        backlog = np.clip(np.minimum(last, weeks) - np.maximum(due, warm), 0, None).sum()
        found.append((wait[seen].sum(), (wait[seen] == 0).sum(), np.count_nonzero(seen), backlog, weeks - warm))
    waited, on_time, ledige, backlog, number = np.array(found, dtype=float).T
    return {"wait": Figure(waited, ledige), "on_time": Figure(on_time, ledige), "backlog": Figure(backlog, number)}


def _by_chance(nodes: list[int]) -> Any:
    return ciw.routing.Probabilistic(destinations=nodes, probs=[1 / len(nodes)] * len(nodes))


class Stay(ciw.dists.Distribution):
    """Time until somebody leaves who may leave, with the same chance, at this point of every week from the next mandag
    on, if it is not mandag now."""

    def __init__(self, stays: float, point: float) -> None:
        self.stays, self.point = stays, point

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        assert t is not None
        monday = math.ceil(t - 1e-6)
        return float(monday + ciw.rng.geometric(1 - self.stays) - 1 + self.point - t)


@cache
def cases(rate: float, stays: float, limit: int, warm: int, weeks: int, replications: int) -> dict[str, Figure]:
    """Figures of the caseload limit; ledige who arrive in weeks warm to weeks - 60, søndage of weeks warm to weeks."""
    found = []
    for number in range(replications):
        network = ciw.create_network(
            arrival_distributions=[ciw.dists.Deterministic(1.0)],
            batching_distributions=[ciw.dists.Poisson(rate)],
            service_distributions=[Stay(stays, FROM_CASEWORKER)],
            reneging_time_distributions=[Stay(stays, FROM_LINE)],
            number_of_servers=[limit],
        )
        ciw.seed(number)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(weeks + 0.5)
        records = simulation.get_all_records(include_incomplete=True)
        came = np.array([r.arrival_date for r in records])
        left = np.array([_date(r.exit_date) for r in records])
        taken = np.array([math.inf if r.record_type == "renege" else _date(r.service_start_date) for r in records])
        taken = np.ceil(taken - 1e-6)  # from the coming mandag on
        gone = np.floor(left)  # not there any more on this week's søndag
        ended = np.minimum(taken, gone)
        in_line = ended - came
        seen = (came >= warm) & (came < weeks - 60)
        assert np.isfinite(in_line[seen]).all(), "somebody still stood in line at the end"

        def sundays(begin: Any, end: Any) -> float:
            return float(np.clip(np.minimum(end, weeks) - np.maximum(begin, warm), 0, None).sum())

        found.append(
            (
                sundays(came, gone), sundays(np.minimum(taken, gone), gone), sundays(came, ended),
                in_line[seen].sum(), (taken == came)[seen].sum(), np.isinf(taken[seen]).sum(),
                np.count_nonzero(seen), weeks - warm,
            )
        )  # fmt: skip
    *counted, ledige, number = np.array(found, dtype=float).T
    names = ("on_benefit", "cases", "waiting", "wait", "at_once", "never")
    return {n: Figure(c, number if n in names[:3] else ledige) for n, c in zip(names, counted, strict=True)}


def _date(date: Any) -> float:
    """A date of a record that may have none yet."""
    return math.inf if date is None or date is False or math.isnan(date) else float(date)
