"""Names of counts and of outcomes: of which intervention, and what; and how they are written where people read them.

Inside the program a name is a pair, so that no two coincide. In tables, in JSON and in scripts it is written in one
word, `klub_wait`; where two names would be written alike, those of interventions are written with a dot, `klub.wait`,
which can always be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

DOT = "."
"""No name in a scenario has one."""


class Name(NamedTuple):
    """What is counted or measured, and of which intervention; "" if of none."""

    intervention: str
    what: str

    @property
    def dotted(self) -> str:
        """The way to write it that can only be read in one way."""
        return self.intervention + DOT + self.what if self.intervention else self.what

    @property
    def short(self) -> str:
        """The way to write it that people like to read."""
        return f"{self.intervention}_{self.what}" if self.intervention else self.what

    @classmethod
    def read(cls, text: str) -> Name:
        """The name that a text means in any scenario: a dotted one, or one that belongs to no intervention."""
        intervention, dot, what = text.partition(DOT)
        return cls(intervention, what) if dot else cls("", text)


def common(what: str) -> Name:
    """The name of a count or outcome that belongs to no intervention."""
    return Name("", what)


def written(names: Iterable[Name]) -> dict[Name, str]:
    """How each of these names is written: short, but with a dot where it would be written like another one."""
    names = list(names)
    times = Counter(name.short for name in names)
    return {name: name.dotted if times[name.short] > 1 else name.short for name in names}
