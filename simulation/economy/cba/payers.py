"""How sure it is for each of those who pay or gain, over draws of everything, beside the one whose gain decides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.economy.accounts import OERE, accounts_of, real_of
from simulation.economy.cba.found import Account, Payer
from simulation.economy.cba.plan import SHARING, Plan
from simulation.economy.cba.running import Simulated
from simulation.economy.decision.drawn import drawn
from simulation.economy.decision.pays import chances, pay_back
from simulation.economy.prices import Prices
from simulation.economy.quantities import Quantities
from simulation.results.intervals import NAN
from simulation.results.sobol import Part
from simulation.world.spec import Floats

TOLD: tuple[Account, ...] = ("stat", "kommune", "public", "borger", "society")
"""Of whom it is told."""


def payers_of(plan: Plan, found: Simulated) -> Iterator[Payer]:
    """Of every scenario and account. Raises InputProblems for a price that is not known."""
    nets = np.array([
        np.stack([_nets(plan, found.drawn[s][draw], plan.prices.with_values(values) if values else plan.prices)
                  for s in range(len(plan.loaded))])
        for draw, values in enumerate(plan.prices_at)
    ])  # fmt: skip
    factors = plan.prices.key_figures.present(np.arange(nets.shape[-1]))
    for scenario in range(len(plan.loaded) - 1):
        for place, account in enumerate(TOLD):
            gains = nets[:, scenario + 1, place] - nets[:, 0, place]  # (draws, replications, years)
            whole = drawn((gains @ factors)[:, :, None], sharing=SHARING, turns=plan.turns)
            values = whole.values[:, 0]
            yield Payer(
                scenario, account, whole.part(whole.means[:, 0], np.ones(1)),
                Part(float(np.median(values)), *whole.middle(values)), chances(whole)[0],
                pay_back(drawn(gains, sharing=SHARING, turns=plan.turns), factors),
            )  # fmt: skip


def _nets(plan: Plan, quantities: Quantities, prices: Prices) -> Floats:
    """Kroner, shape (accounts, replications, years)."""
    accounts = accounts_of(quantities, prices, plan.way, plan.price_year)
    figures = prices.key_figures
    welfare = real_of(quantities, prices, plan.way, plan.price_year).welfare(
        accounts.public, figures.net_tax_factor or NAN, figures.distortion or NAN
    )
    kroner = {"public": accounts.public / OERE, "society": welfare}
    return np.stack([kroner[account] if account in kroner else accounts.net(account) / OERE for account in TOLD])
