"""How sure it is for each of those who pay or gain, over draws of everything, beside the one whose gain decides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.economy.cba.found import ACCOUNTS, Account, Payer
from simulation.economy.cba.plan import SHARING, Plan
from simulation.economy.decision.drawn import drawn
from simulation.economy.decision.pays import chances, pay_back
from simulation.results.sobol import Part
from simulation.world.spec import Floats

TOLD: tuple[Account, ...] = ("stat", "kommune", "public", "borger", "society")
"""Of whom it is told."""


def payers_of(plan: Plan, nets: Floats) -> Iterator[Payer]:
    """Of every scenario and account, by what they gain at every draw (see `deciding.over_draws`)."""
    factors = plan.prices.key_figures.present(np.arange(nets.shape[-1]))
    for scenario in range(1, len(plan.loaded)):
        for account in TOLD:
            of_account = nets[:, :, ACCOUNTS.index(account)]
            gains = of_account[:, scenario] - of_account[:, 0]  # (draws, replications, years)
            whole = drawn((gains @ factors)[:, :, None], sharing=SHARING, turns=plan.turns)
            values = whole.values[:, 0]
            yield Payer(
                scenario - 1, account, whole.part(whole.means[:, 0], np.ones(1)),
                Part(float(np.median(values)), *whole.middle(values)), chances(whole)[0],
                pay_back(drawn(gains, sharing=SHARING, turns=plan.turns), factors),
            )  # fmt: skip
