"""What a file of prices may say: unit prices by item, who pays them, taxes, refusion, indices and key figures.

A price stands in the kroner and the unit in which it was published (kr a month, kr a year); the program brings it to
the unit of the item, and by a named index to another year. What is not known is left out or null: it is then told as
missing where something asks for it, and never taken for 0.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from simulation.economy.items import Hours, Kind
from simulation.economy.parties import Party
from simulation.economy.price_files.key_figures import KeyFigures
from simulation.world.benefits import one_in_all
from simulation.world.spec import MONTH, Positive, Share, Spec, Version, unit, whole_keys

ANY = "any"
"""The name of a price that holds for all of a kind that have none of their own."""
_A_WEEK = {"kr a week": 1.0, "kr a month": 1 / MONTH, "kr a year": 1 / 52}
_AN_HOUR = {"kr an hour": 1.0}
PER: dict[Kind, dict[str, float]] = {
    "benefit": _A_WEEK,
    "pension": _A_WEEK,
    "hours": _AN_HOUR,
    "staff": _A_WEEK,
    "talk": {"kr a talk": 1.0},
    "minutes": {"kr a minute": 1.0, "kr an hour": 1 / 60},
    "offer": _A_WEEK,
    "session": {"kr a session": 1.0},
    "matching": _AN_HOUR,
    "mentor": _AN_HOUR,
    "fee": {"kr a time": 1.0},
    "once": {"kr a time": 1.0},
}
"""By kind of item the units that a price may be in, each with the part of such a price that one unit of the item costs.
"""
Year = Annotated[int, Field(ge=1900, le=2999, json_schema_extra={"unit": "calendar year"})]
Kroner = Annotated[float, unit("kr", ge=0, le=1e9)]
Shares = Annotated[dict[Party, Share], AfterValidator(one_in_all)]
Step = Literal["1", "2", "3", "4", "over_18_months"]


def _years(raw: object) -> object:
    return whole_keys(raw, "{2024: 4695, 2025: 4865}", "a year") if isinstance(raw, dict) else raw


class Index(Spec):
    """What a price of one year is brought to another by: as one level to the other."""

    what: Annotated[str, Field(description="What is measured")]
    levels: Annotated[
        dict[Year, Positive],
        BeforeValidator(_years),
        unit("that of the index", "Level by year", min_length=1),
    ]


class Tax(Spec):
    """What of the money that a citizen receives goes to public parties."""

    share: Annotated[Share, unit("share", "Of what the taxes named before it leave")]
    kommune: Annotated[Share, unit("share", "What of it the municipality has; the state has the rest")]


class Transfer(Spec):
    """What is paid beside the price, for each unit of the item: a subsidy to an employer, a wage above its worth."""

    payer: Annotated[Party, Field(description="Who pays")]
    receiver: Annotated[Party, Field(description="Who receives")]
    amount: Annotated[Kroner, Field(description="Kroner, in a unit that a price of the item may have")]
    year: Annotated[Year, Field(description="Whose kroner these are")]


class UnitPrice(Spec):
    """What a unit of an item costs (an hour of work: what it is worth), and who pays whom for it."""

    price: Annotated[
        Kroner | None, Field(description="Kroner, in the unit that it says; null or absent: not known")
    ] = None
    parts: Annotated[
        dict[str, Kroner | None],
        Field(description="Price by part of the item, such as those of a fee; absent: `price`"),
    ] = {}
    year: Annotated[Year | None, Field(description="Whose kroner these are; those from a date on are of its year")] = (
        None
    )
    index: Annotated[
        str | None, Field(description="Index that brings it to other years; absent: it is of its own year alone")
    ] = None
    paid: Annotated[
        Shares | None, Field(description="Who pays it: shares of parties, which add up to 1; null or absent: not known")
    ] = None
    refusion: Annotated[
        bool, Field(description="Whether it is paid by the steps of refusion, a benefit alone; instead of `paid`")
    ] = False
    by_employer: Annotated[
        Shares | None,
        Field(description="Who pays the first four weeks after a job, of sygedagpenge; null or absent: not known"),
    ] = None
    to: Annotated[Party | None, Field(description="Who is paid; null or absent: not known")] = None
    taxes: Annotated[list[str], Field(description="Taxes on what the citizen receives, in their order")] = []
    transfers: Annotated[list[Transfer], Field(description="What else is paid for each unit, and who pays it")] = []


Priced = dict[str, UnitPrice]


class Goods(Spec):
    """Prices by kind of item and name; `any` holds for every name that has none of its own."""

    benefit: Annotated[Priced, Field(description="A week on a benefit, by its name in the scenario")] = {}
    pension: Annotated[Priced, Field(description="A week on a pension, by its name")] = {}
    hours: Annotated[dict[Hours, UnitPrice], Field(description="An hour of work, by sort")] = {}
    staff: Annotated[Priced, Field(description="A full-time member of staff, by team")] = {}
    talk: Annotated[Priced, Field(description="What a held talk costs beside its minutes, by team")] = {}
    minutes: Annotated[Priced, Field(description="The time of talks, by team")] = {}
    offer: Annotated[Priced, Field(description="A week in an offer, by intervention")] = {}
    session: Annotated[Priced, Field(description="A member's session of a job club, by intervention")] = {}
    matching: Annotated[Priced, Field(description="An hour of finding a place, by intervention")] = {}
    mentor: Annotated[Priced, Field(description="An hour of a mentor, by intervention")] = {}
    fee: Annotated[Priced, Field(description="A fee to another actor, by team; its steps are `parts`")] = {}
    once: Annotated[Priced, Field(description="What is paid once, by its name under `once` in the scenario")] = {}


class PricesFile(Spec):
    """A file of prices."""

    version: Annotated[Version, Field(description="Version of the way in which the file is written: 1")]
    name: Annotated[str, Field(description="Name as people read it")]
    name_da: Annotated[str | None, Field(description="Name in Danish; absent: `name`")] = None
    price_year: Annotated[
        Year, Field(description="Year whose prices a scenario of any years is priced at, where none is named")
    ]
    first_year: Annotated[
        Year, Field(description="First year that has prices of its own; one before it is priced at a named later one")
    ]
    assessed_by: Annotated[str, Field(description="The set of key figures that is used")]
    key_figures: Annotated[dict[str, KeyFigures], Field(description="Sets of key figures, by name", min_length=1)]
    indices: Annotated[dict[str, Index], Field(description="Indices, by name")] = {}
    taxes: Annotated[dict[str, Tax], Field(description="Taxes on what citizens receive, by name")] = {}
    refusion: Annotated[
        dict[Step, Shares] | None,
        Field(description="Who pays a benefit at each step of refusion, 1 to 4, and ledighedsydelse after 18 months on "
                          "it; absent: as at step 4"),
    ] = None  # fmt: skip
    prices: Annotated[Goods, Field(description="Unit prices")]

    @property
    def used(self) -> KeyFigures:
        """The key figures that are used."""
        return self.key_figures[self.assessed_by]
