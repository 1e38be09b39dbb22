"""How sure it is, over draws of scenarios and prices: what pays, what is best, and what knowing more is worth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.economy.cba.found import ACCOUNTS, Account, Sure
from simulation.economy.cba.gains import Gains
from simulation.economy.cba.plan import SHARING, Plan
from simulation.economy.cba.running import Simulated
from simulation.economy.cba.sums import weeks_on_benefit, years_of_work
from simulation.economy.decision.drawn import Drawn, drawn
from simulation.economy.decision.information import Information, partial, perfect
from simulation.economy.decision.pays import chances, pay_back
from simulation.economy.decision.plane import Plane, curves, place
from simulation.economy.decision.worth import Question, Trials, Worth, worth
from simulation.results.sobol import Part
from simulation.world.spec import Floats

VALUES = np.linspace(0.0, 1_000_000.0, 21)
"""Kroner that a full-time year of work may be worth to whoever decides, for the curves."""
MOST_PARTLY = 12
"""Unknowns whose worth is told: those that go most with the net gain."""


class Asked(NamedTuple):
    """Trials that are thought of: their `sizes` in persons, what they cost (fixed, and for each person, in kroner),
    after how many years they report, how many people a year are decided about, and for how many years."""

    sizes: Sequence[int]
    fixed: float
    per_person: float
    reports: float
    people: int
    horizon: int


def sure_of(plan: Plan, found: Simulated, by_draw: Floats, account: Account, asked: Asked | None) -> Sure:
    """Everything over draws, by what all accounts gain at each (see `over_draws`). Raises InputProblems for a price
    that is not known."""
    nets = np.moveaxis(by_draw[:, :, ACCOUNTS.index(account)], 1, 2)  # (draws, replications, options, years)
    years = plan.prices.key_figures.present(np.arange(nets.shape[3]))
    totals, works = nets @ years, _years_of_work(plan, found)
    options = drawn(totals, sharing=SHARING, turns=plan.turns)
    gains = options.less(0)
    both = Plane(drawn(np.concatenate((works, -totals), axis=2), sharing=SHARING, turns=plan.turns))
    others = range(1, len(plan.loaded))
    by_year = [drawn(nets[:, :, option] - nets[:, :, 0], sharing=SHARING, turns=plan.turns)
               for option in others]  # fmt: skip
    return Sure(
        account, chances(gains)[1:], [_mean(gains, option) for option in others],
        [pay_back(each, years) for each in by_year], both, [place(both, option, 0) for option in others],
        curves(both, VALUES), perfect(options), _partly(plan, found, account, options),
        None if asked is None else _trial(plan, totals, works, found, asked),
    )  # fmt: skip


def over_draws(plan: Plan, found: Simulated) -> Floats:
    """Kroner of every account at every draw, shape (draws, options, accounts, replications, years). Raises
    InputProblems for a price that is not known."""
    nets = []
    for draw, values in enumerate(plan.prices_at):
        gains = Gains(plan, plan.prices.with_values(values) if values else plan.prices)
        nets.append(np.stack([gains.by_year(of_scenario[draw]) for of_scenario in found.drawn]))
    return np.array(nets)


def _years_of_work(plan: Plan, found: Simulated) -> Floats:
    """Full-time years, shape (draws, replications, options)."""
    return np.array([
        np.stack([years_of_work(of_scenario[draw]) for of_scenario in found.drawn], axis=1)
        for draw in range(plan.number_of_draws)
    ])  # fmt: skip


def _mean(gains: Drawn, option: int) -> Part:
    unit = np.zeros(gains.columns)
    unit[option] = 1.0
    return gains.part(gains.means[:, option], unit)


def _partly(plan: Plan, found: Simulated, account: Account, options: Drawn) -> dict[str, Information]:
    """What knowing one thing is worth, of those that go most with what the best option gains, the most first."""
    columns = unknowns_of(plan, found, account)
    gain = options.less(0).means[:, -1] if options.columns == 2 else options.less(options.best).means.min(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        along = {name: abs(float(np.corrcoef(values, gain)[0, 1])) for name, values in columns.items()}
    names = sorted((name for name, each in along.items() if each == each), key=lambda name: -along[name])
    worth = {name: partial(options, columns[name]) for name in names[:MOST_PARTLY]}
    return dict(sorted(worth.items(), key=lambda pair: -pair[1].value.value if pair[1].known else 0.0))


def unknowns_of(plan: Plan, found: Simulated, account: Account) -> dict[str, Floats]:
    """Every number that is drawn by its name, shape (draws,): those of scenarios, and of prices those that matter to
    the account here; what nothing is paid by goes with the gain by chance alone."""
    names = list(dict.fromkeys(name for draw in plan.prices_at for name in draw))
    drawn_of = {name: np.array([draw[name] for draw in plan.prices_at]) for name in names}
    written = Gains(plan, plan.prices)
    for quantities in found.written:
        written.by_year(quantities, [account])
    prices = {f"prices: {name}": each for name, each in drawn_of.items()
              if _matters(written, found, account, name, each)}  # fmt: skip
    return {**{name: np.asarray(values) for name, values in plan.columns.items()}, **prices}


def _matters(written: Gains, found: Simulated, account: Account, name: str, values: Floats) -> bool:
    """Whether what any scenario gains over the base is another one at the lowest and at the highest value drawn."""
    ends = [written.prices.with_values({name: float(value)}) for value in (values.min(), values.max())]
    if all(written.as_by(prices) for prices in ends):
        return False
    gains = []
    for prices in ends:
        at = Gains(written.plan, prices)
        base, *others = (at.by_year(each, [account]) for each in found.written)
        gains.append([other - base for other in others])
    return not np.array_equal(gains[0], gains[1])


def _trial(plan: Plan, nets: Floats, works: Floats, found: Simulated, asked: Asked) -> Worth:
    """Trials that learn how many years of work more a person has with each option than with the base; where nobody
    works, how many weeks on benefit. The error of n persons, half of them with it, is 2 s / √n, where s² is the
    variance of a person: that of replications of the base, times its persons."""
    persons = sum(plan.base.scenario.persons().values())
    of_draws, of_base = works, years_of_work(found.written[0])
    if not of_base.any():
        of_base = weeks_on_benefit(found.written[0])
        of_draws = np.array([
            np.stack([weeks_on_benefit(drawn_of[draw]) for drawn_of in found.drawn], axis=1)
            for draw in range(plan.number_of_draws)
        ])  # fmt: skip
    per_person = drawn(nets / persons, sharing=SHARING, turns=plan.turns)
    effects = drawn((of_draws[:, :, 1:] - of_draws[:, :, :1]) / persons, sharing=SHARING, turns=plan.turns).values
    sd = float(of_base.std(ddof=1)) / math.sqrt(persons)
    sizes = np.array(asked.sizes)
    errors = np.repeat((2 * sd / np.sqrt(sizes))[:, None], effects.shape[1], axis=1)
    options = len(plan.loaded)
    shares = np.array([0.5, *[0.5 / (options - 1)] * (options - 1)])
    years = np.arange(asked.horizon)
    return worth(
        per_person, effects,
        Trials(sizes, errors, np.full(len(sizes), asked.reports), asked.fixed + asked.per_person * sizes, shares),
        Question(np.full(asked.horizon, float(asked.people)), plan.prices.key_figures.present(years)),
        plan.base.scenario.seed,
    )  # fmt: skip
