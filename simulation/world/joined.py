"""Joined: one world out of parts that were run one after the other, each with some of its jobcentres."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from simulation.world.ledige import Ledige
from simulation.world.lots import Allotted
from simulation.world.market import Ledger
from simulation.world.past import Past
from simulation.world.register import Register
from simulation.world.spec import firsts
from simulation.world.staff.jobcentres import Jobcentres


class Joined:
    """A world that is run slice by slice, in the order of its jobcentres."""

    def __init__(self, weeks: int, rows: int) -> None:
        self.codes = np.zeros((weeks, rows), dtype=np.uint16)
        self.hours = np.zeros((weeks, rows), dtype=np.uint8)  # takes no memory where nobody has any
        self.benefits = np.zeros((weeks, rows), dtype=np.uint8)  # likewise
        self.parts: list[Past] = []
        self.rows = 0  # written so far

    def next_slice(self, register: Register) -> None:
        """What this register writes goes straight to its place in the whole."""
        rows = slice(self.rows, self.rows + len(register.ledige))
        register.codes = self.codes[:, rows]
        if register.hours is not None:
            register.hours = self.hours[:, rows]
        if register.benefits is not None:
            register.benefits = self.benefits[:, rows]

    def add(self, part: Past) -> None:
        """This part has been run; no more of it is kept than a past has."""
        self.rows += len(part.ledige)
        part.register.close()
        self.parts.append(Past(**{field.name: getattr(part, field.name) for field in dataclasses.fields(Past)}))

    def past(self) -> Past:
        """The whole, after the last part."""
        parts, first = self.parts, self.parts[0]
        names = [name for part in parts for name in part.jobcentres.names]
        ledgers = [part.ledger for part in parts if part.ledger is not None]
        return Past(
            ledige=_ledige(parts),
            jobcentres=Jobcentres(first.jobcentres.seed, names, first.jobcentres.replications),
            register=Register.joined(
                [part.register for part in parts],
                self.codes,
                None if first.register.hours is None else self.hours,
                None if first.register.benefits is None else self.benefits,
            ),
            offers=first.offers,
            referred={name: np.concatenate([part.referred[name] for part in parts]) for name in first.referred},
            ledger=Ledger.joined(ledgers) if ledgers else None,
        )


def _ledige(parts: Sequence[Past]) -> Ledige:
    """The ledige of all parts: their rows of the jobcentre table and their numbers count on from part to part."""
    columns = {
        field.name: np.concatenate([getattr(part.ledige, field.name) for part in parts])
        for field in dataclasses.fields(Ledige)
        if field.init and field.name != "subgroup"
    }
    people = [len(part.ledige) for part in parts]
    for name, lengths in (("jobcentre", [len(part.jobcentres) for part in parts]), ("number", people)):
        columns[name] += np.repeat(firsts(lengths), people).astype(np.int32)
    levels = {
        name: np.concatenate([part.ledige.subgroup[name] for part in parts]) for name in parts[0].ledige.subgroup
    }
    ledige = Ledige(**columns, subgroup=levels)
    of_benefits = ("benefit", "first_benefit") if parts[0].ledige.benefit is not None else ()
    for name in ("status", "enrolled", "spell", *of_benefits):
        setattr(ledige, name, np.concatenate([getattr(part.ledige, name) for part in parts]))
    if allotted := [part.ledige.allotted for part in parts if part.ledige.allotted is not None]:
        ledige.allotted = Allotted(*map(np.concatenate, zip(*allotted, strict=True)))
    ledige.score = {name: np.concatenate([part.ledige.score[name] for part in parts]) for name in parts[0].ledige.score}
    return ledige
