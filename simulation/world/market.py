"""Displacement: of the job intensity that interventions add in a week, a part is taken from others who look for jobs.

Part of what is taken falls on the modelled ledige of the jobcentre: the share of its labour market that they are. The
rest falls on others outside the model, where it is told and not lost. What an intervention displaces of what it adds
may be its own; what a ledig gains is split between interventions by their shares of the log of her factor, so with
factors of logs l1, l2, ... and their sum L an intervention adds intensity * (exp(L) - 1) / L * l to hers.

What lock-in takes away is given back likewise. Hires by a host are no intensity, and displace nobody.

What the evidence says. Advice online on jobs lost all of its gain at full roll-out (Denmark; Altmann, Glenny, Mahlstedt
& Sebald 2022), subsidised jobs displaced 0.65 ordinary ones each and training none (Sweden; Dahlberg & Forslund 1999/
2005), counselling of young graduates took jobs from others in part (France; signs only). Nothing read says what share
of it stays within a jobcentre. So nothing is displaced unless a scenario says so (docs/effects.md has the judgements).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.world.ledige import Ledige
from simulation.world.spec import Floats, Ids, where

LEAST = float(np.finfo(np.float64).tiny)
"""A factor of 0 has the log of this one, for the split: others beside it have added next to nothing."""


class Ledger:
    """What was added and displaced so far, each of shape (cells,), as `Register.cell` numbers them: intensities summed
    over ledige and weeks, and the jobs that they come to."""

    def __init__(self, cells: int) -> None:
        self.intensity_added, self.intensity_net = np.zeros(cells), np.zeros(cells)
        self.jobs_added, self.jobs_net = np.zeros(cells), np.zeros(cells)
        self.displaced_untreated = np.zeros(cells)  # jobs of ledige for whom no effect on jobs held in the week
        self.elsewhere = np.zeros(cells)  # intensity, outside the model, by whose treatment took it

    @classmethod
    def joined(cls, parts: Sequence[Ledger]) -> Ledger:
        """The cells of all parts, one after the other."""
        whole = cls(0)
        for name in vars(whole):
            setattr(whole, name, np.concatenate([getattr(part, name) for part in parts]))
        return whole


class Market:
    """The job markets of all jobcentres of a batch."""

    def __init__(
        self, ledige: Ledige, arms: int, displacement: float, own: Mapping[str, float], share: Floats
    ) -> None:
        """`displacement` is the share of what is added that is displaced, `own` that of every intervention, by name;
        `share` is of the labour market, by row of the table of jobcentres."""
        self.ledige, self.share = ledige, share
        several = len({*own.values()}) > 1
        self.displacement = displacement if several or not own else next(iter(own.values()))
        self.own = own if several else {}  # where it is one share for all, nobody asks who added what
        self.cell = (ledige.jobcentre * arms + ledige.arm).astype(np.intp)
        self.ledger = Ledger(len(share) * arms)
        rows = len(ledige) if self.own else 0
        self._logs = np.zeros(rows)  # of this week's factors of everybody
        self._displaced = np.zeros(rows)  # the same, each times what its intervention displaces

    def hold(self, ids: Ids, factor: float | Floats, by: str) -> None:
        """An intervention multiplies the job intensity of these ids this week."""
        if self.own:
            log = np.log(np.maximum(factor, LEAST))
            self._logs[ids] += log
            self._displaced[ids] += self.own.get(by, self.displacement) * log

    def clear(self, rows: slice | Ids, plain: Floats, treated: Floats, others: Floats) -> Floats:
        """Factor on the job intensity of these rows that takes from everybody what is displaced in the jobcentre;
        forgets what holds.

        Weekly intensities, in the shape of the rows: to a job without effects (`plain`) and with them, which are 0 of
        who is not on benefit, and to all other destinations together.
        """
        market, places = self.ledige.jobcentre[rows], len(self.share)
        without, there = (np.bincount(market, each, minlength=places) for each in (plain, treated))
        added = there - without
        displaced = self._displaced_by(rows, plain, treated)
        all_displaced = np.bincount(market, displaced, minlength=places)
        if self.own:
            kept = np.maximum(without + added - self.share * all_displaced, 0.0)
        else:
            kept = without + (1 - self.displacement * self.share) * added
        total = without + added  # nothing at all where everybody's factor is 0: then there is nothing to take from
        scale = np.divide(kept, total, out=np.ones(places), where=total > 0)
        factor: Floats = scale[market]
        enough = (there > 0) & (there >= self.share * all_displaced)
        beyond = ~enough & (all_displaced != 0)  # what there is nothing left here to take from falls elsewhere
        fell = np.divide(all_displaced - there, all_displaced, out=1 - self.share, where=beyond)
        self._book(self.cell[rows], plain, treated, treated * factor, others, displaced * fell[market])
        return factor

    def _displaced_by(self, rows: slice | Ids, plain: Floats, treated: Floats) -> Floats:
        """The intensity that the treatment of each of these rows takes from others."""
        if not self.own:
            return self.displacement * (treated - plain)
        logs, taken = self._logs[rows], plain * self._displaced[rows]
        moved = where(logs)
        by_log = logs.take(moved)
        taken[moved] = plain.take(moved) * (np.expm1(by_log) / by_log) * self._displaced[rows].take(moved)
        self._logs.fill(0.0)  # of everybody: an effect may hold for somebody who is not on benefit
        self._displaced.fill(0.0)
        return taken

    def _book(
        self, cell: Ids, plain: Floats, treated: Floats, net: Floats, others: Floats, elsewhere: Floats
    ) -> None:
        """Write the week down, of ledige in these cells: intensities to a job without effects, with them, and less what
        is displaced; what falls elsewhere of what each one's treatment takes."""
        book, alike = self.ledger, treated == plain
        jobs, left = expected_jobs(plain, others), expected_jobs(net, others)
        helped = where(~alike)  # all others add nothing
        added = expected_jobs(treated.take(helped), others.take(helped)) - jobs.take(helped)
        of_all = (
            (book.intensity_net, net - plain), (book.jobs_net, left - jobs),
            (book.displaced_untreated, (jobs - left) * alike), (book.elsewhere, elsewhere),
        )  # fmt: skip
        for total, each in of_all:
            total += np.bincount(cell, each, minlength=len(total))
        cell = cell.take(helped)
        intensity = treated.take(helped) - plain.take(helped)
        for total, each in ((book.intensity_added, intensity), (book.jobs_added, added)):
            total += np.bincount(cell, each, minlength=len(total))


def expected_jobs(job: Floats, others: Floats) -> Floats:
    """The chance of leaving for a job within the week, by the weekly intensities of a job and of all other
    destinations; same shape."""
    whole = job + others
    leaves: Floats = -np.expm1(-whole)
    if whole.all():
        return job * (leaves / whole)
    return job * np.divide(leaves, whole, out=np.zeros(len(whole)), where=whole > 0)
