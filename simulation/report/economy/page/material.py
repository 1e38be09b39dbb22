"""What the report of who pays and who gains is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from simulation.economy.cba.found import Account, Assessed
from simulation.economy.cba.levels import Level, levels
from simulation.economy.quantities import Quantities
from simulation.report.economy.figures import cba_pictures
from simulation.report.economy.labels import ACCOUNT, KRONER, THOUSAND
from simulation.report.economy.words import Telling
from simulation.report.handed.blocks import NOT_KNOWN, Picture
from simulation.report.handed.figures import DPI
from simulation.report.handed.material import Made
from simulation.results.sobol import Part
from simulation.scenario.load import Loaded
from simulation.world.labels import Label

WEEKS = Label("{weeks} weeks", "{weeks} uger")
ALWAYS: tuple[Account, ...] = ("stat", "kommune", "public", "borger", "society")
"""Accounts that are told even where nothing changes for them."""
SCENARIO, DIFFERENCE = Label("Scenario", "Scenarie"), Label("Difference", "Forskel")
MOST_BESIDE = 3
LARGE = 1e5
"""Kroner from which on amounts are told in thousands."""


@dataclass(frozen=True)
class Priced(Made):
    """A results folder of an assessment: what was `assessed`, and the quantities of every scenario as written, the base
    first."""

    assessed: Assessed
    written: Sequence[Quantities]

    @property
    def loaded(self) -> list[Loaded]:
        """The scenarios, the base first."""
        return list(self.assessed.plan.loaded)

    @cached_property
    def levels(self) -> list[Level]:
        """What every account receives less what it pays, in every scenario by itself."""
        return levels(self.assessed.plan, self.written)


@dataclass(frozen=True)
class Page(Telling):
    """The words and numbers of the report in one language."""

    priced: Priced = field(kw_only=True)

    @property
    def several(self) -> bool:
        """Whether there are several scenarios beside the base."""
        return len(self.assessed.against) > 1

    @property
    def many(self) -> bool:
        """Whether there are more scenarios than a page has room for with their intervals."""
        return len(self.assessed.against) > MOST_BESIDE

    @cached_property
    def heads(self) -> list[str]:
        """The heads of columns of differences, one for each scenario."""
        return self.names[1:] if self.several else [self.say(DIFFERENCE)]

    @cached_property
    def beside(self) -> list[Picture]:
        """Pictures in which two scenarios stand side by side: costs beside work, or what everybody gains by each."""
        names = ["plane"] if "plane" in self.pictures else ["net1", "net2"]
        return [self.pictures[name] for name in names] if len(self.assessed.against) == 2 else []

    @cached_property
    def accounts(self) -> list[Account]:
        """Accounts that are told, in their order: those that are always, and those for which anything changes."""
        return [account for account in ACCOUNT if account in ALWAYS
                or any(part.value for each in self.assessed.against for part in each.net[account])]  # fmt: skip

    @property
    def columns(self) -> list[Account]:
        """Those of them that a page has columns for; the annex has all."""
        return [account for account in self.accounts if account in ALWAYS]

    @cached_property
    def years(self) -> list[str]:
        """Every calendar year, one that the run has a part of alone with how many weeks."""
        return [str(year) if weeks >= 52 else f"{year} ({self.say(WEEKS, weeks=weeks)})"
                for year, weeks in zip(self.assessed.years, self.assessed.weeks, strict=True)]  # fmt: skip

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """All pictures by name, in their order."""
        drawn = cba_pictures(self.assessed, self.language)
        return {name: Picture(picture.png(DPI), picture.title) for name, picture in drawn}

    def say(self, label: Label, **gaps: object) -> str:
        """A text with its gaps filled."""
        return self.words.say(label, **gaps)

    def account(self, account: Account) -> str:
        """What an account is called."""
        return self.say(ACCOUNT[account])

    @cached_property
    def scale(self) -> tuple[float, str]:
        """What kroner are divided by in all tables, and what they are called then."""
        most = max((abs(part.value) for each in self.assessed.against for parts in each.net.values() for part in parts),
                   default=0.0)  # fmt: skip
        return (1e3, self.say(THOUSAND)) if most >= LARGE else (1.0, self.say(KRONER))

    def kroner(self, part: Part, signed: bool = True, interval: bool = True) -> str:
        """An amount in the unit of the tables."""
        return self.cell(part, signed, 0, self.scale[0], interval)

    def cell(
        self, part: Part, signed: bool = True, digits: int = 0, scale: float = 1.0, interval: bool = True
    ) -> str:
        """A number with its interval; a dash where it is not known."""
        if part.value != part.value:
            return NOT_KNOWN
        value = self.figure(part.value / scale, signed, digits)
        return f"{value}{self.span(part, scale, digits, signed)}" if interval else value

