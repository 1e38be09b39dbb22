"""What is asked: scenarios against a base, at prices, over draws of what is unsure in both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from simulation.economy.prices import Prices
from simulation.economy.staff import Way
from simulation.results.identity import fingerprint
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario

OF_DRAW = 2
"""Replications of each draw, as few as tell luck from what is drawn."""
SHARING = 2
"""Draws in a row that share what is fitted and what is evidence, and the replications."""


@dataclass(frozen=True)
class Plan:
    """`loaded` has the base first. Of each scenario `draws` say which values are put where, in the same draw by the
    same luck; two draws in a row share what is fitted and what is evidence. `prices_at` has the prices of each draw,
    and `columns` the numbers of scenarios that are drawn, by name.
    `budget_year` is the first of the four years of the controller's table.
    All is priced in the kroner of `price_year`; staff is reckoned by `way`, `notice_weeks` for those given notice."""

    loaded: Sequence[Loaded]
    prices: Prices
    replications: int
    way: Way
    price_year: int
    budget_year: int
    notice_weeks: int | None = None
    draws: Sequence[Sequence[Mapping[str, object]]] = ()
    prices_at: Sequence[Mapping[str, float]] = ()
    columns: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @property
    def base(self) -> Loaded:
        """What the others are held against."""
        return self.loaded[0]

    @property
    def number_of_draws(self) -> int:
        """How many draws there are."""
        return len(self.prices_at)

    def drawn(self, scenario: int, draw: int) -> Scenario:
        """A scenario at a draw."""
        return self.loaded[scenario].at(dict(self.draws[scenario][draw])).scenario

    def numbers(self, draw: int | None) -> range:
        """The replications that are simulated at a draw (None: as written); draws take turns among them."""
        if draw is None:
            return range(self.replications)
        size, turn = min(OF_DRAW, self.replications), draw // SHARING % self.turns
        return range(turn * size, (turn + 1) * size)

    @property
    def turns(self) -> int:
        """Among how many sets of replications draws take turns."""
        return self.replications // min(OF_DRAW, self.replications)

    @cached_property
    def question(self) -> str:
        """All that is asked in a text that is the same whenever it is."""
        asked = {
            "prices": self.prices.resolved.data, "way": self.way, "price_year": self.price_year,
            "notice_weeks": self.notice_weeks, "budget_year": self.budget_year, "draws": self.number_of_draws,
        }  # fmt: skip
        return f"cba {json.dumps(asked, sort_keys=True, default=str)}"

    @cached_property
    def fingerprint(self) -> str:
        """Short name of the answer: of the scenarios, the prices, what is asked, and the program's text."""
        return fingerprint(self.loaded, self.replications, self.question)
