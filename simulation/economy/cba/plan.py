"""What is asked: scenarios against a base, at prices, over draws of what is unsure in both, and with single numbers at
their ends."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from simulation.economy.prices import Prices
from simulation.economy.staff import Way
from simulation.experiments.at_draws import Values
from simulation.experiments.sensitivity.unknowns import Bar
from simulation.results.identity import fingerprint, scenario_mark
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario

OF_DRAW = 2
"""Replications of each draw, as few as tell luck from what is drawn."""
SHARING = 2
"""Draws in a row that share what is fitted and what is evidence, and the replications."""
NOTHING_PUT: Values = {}


class Of(NamedTuple):
    """What is simulated: a scenario by its number, as written, at a draw, or at an `end` of a number that is moved:
    twice the number of its bar, and one more for the high end."""

    scenario: int
    draw: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Moving:
    """Single numbers that are moved to their ends, of scenarios (`bars`, in so many `replications` each) and of prices,
    which are moved in all that was simulated anyway (their `puts` have one part, that of the file of prices).
    `left_out` has those that cannot be moved, with the reason."""

    replications: int
    bars: Sequence[Bar]
    prices: Sequence[Bar]
    left_out: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """`loaded` has the base first. Of each scenario `draws` say which values are put where, in the same draw by the
    same luck; two draws in a row share what is fitted and what is evidence. `prices_at` has the prices of each draw,
    and `columns` the numbers of scenarios that are drawn, by name. `moving` are single numbers, where a tornado is
    asked for. `budget_year` is the first of the four years of the controller's table.
    Each year is priced by its own rules, and all in the kroner of `price_year`; staff is reckoned by `way`,
    `notice_weeks` for those given notice."""

    loaded: Sequence[Loaded]
    prices: Prices
    replications: int
    way: Way
    price_year: int
    budget_year: int
    notice_weeks: int | None = None
    draws: Sequence[Sequence[Values]] = ()
    prices_at: Sequence[Mapping[str, float]] = ()
    columns: Mapping[str, Sequence[float]] = field(default_factory=dict)
    moving: Moving | None = None

    @property
    def base(self) -> Loaded:
        """What the others are held against."""
        return self.loaded[0]

    @property
    def number_of_draws(self) -> int:
        """How many draws there are."""
        return len(self.prices_at)

    @cached_property
    def wanted(self) -> dict[Of, range]:
        """The replications of everything that is simulated."""
        scenarios, ends = range(len(self.loaded)), range(0 if self.moving is None else 2 * len(self.moving.bars))
        every = [Of(s, draw) for s in scenarios for draw in (None, *range(self.number_of_draws))]
        every += [of for s in scenarios for end in ends if self.put(of := Of(s, None, end))]
        return {of: self.numbers(of) for of in every}

    @cached_property
    def marks(self) -> dict[Of, str]:
        """Short name of all that decides the quantities of everything, but for the program; in the name of a file the
        numbers of the replications follow. Prices, perspective and the like decide none: what was counted once is
        priced in any way."""
        return {of: self._mark(of) for of in self.wanted}

    def _mark(self, of: Of) -> str:
        found = scenario_mark(self.scenario(of))
        if self.notice_weeks is None:
            return found
        before = self.staff_before(of)
        return f"notice{self.notice_weeks}_{'' if before is None else scenario_mark(before)}_{found}"

    def put(self, of: Of) -> Values:
        """What is put where in a scenario."""
        if of.end is not None:
            assert self.moving is not None
            return self.moving.bars[of.end // 2].puts[of.end % 2][of.scenario]
        return NOTHING_PUT if of.draw is None else self.draws[of.scenario][of.draw]

    def scenario(self, of: Of) -> Scenario:
        """What is simulated."""
        loaded, put = self.loaded[of.scenario], self.put(of)
        return loaded.at(dict(put)).scenario if put else loaded.scenario

    def staff_before(self, of: Of) -> Scenario | None:
        """The scenario whose staff there was before the run; None: its own."""
        return None if of.scenario == 0 else self.base.scenario

    def numbers(self, of: Of) -> range:
        """The replications that are simulated; draws take turns among those of the scenario as written."""
        if of.end is not None:
            return range(0 if self.moving is None else self.moving.replications)
        if of.draw is None:
            return range(self.replications)
        size, turn = min(OF_DRAW, self.replications), of.draw // SHARING % self.turns
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
            "rules_of": self.prices.rules, "notice_weeks": self.notice_weeks, "budget_year": self.budget_year,
            "draws": self.number_of_draws, "tornado": None if self.moving is None else self.moving.replications,
        }  # fmt: skip
        return f"cba {json.dumps(asked, sort_keys=True, default=str)}"

    @cached_property
    def fingerprint(self) -> str:
        """Short name of the answer: of the scenarios, the prices, what is asked, and the program's text."""
        return fingerprint(self.loaded, self.replications, self.question)
