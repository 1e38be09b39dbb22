"""What quantities come to: every scenario against the base, by payer and calendar year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.economy.accounts import OERE, Accounts, Entry, Real, accounts_of, real_of
from simulation.economy.cba.budget import DIFFERENCE, LEVEL, Budget, budget_of
from simulation.economy.cba.days import days_of
from simulation.economy.cba.deciding import Asked, over_draws, sure_of
from simulation.economy.cba.found import ACCOUNTS, Account, Against, Assessed, Payer, Row
from simulation.economy.cba.means import by_year, mean, ratio
from simulation.economy.cba.moving import tornadoes_of
from simulation.economy.cba.payers import payers_of
from simulation.economy.cba.plan import Plan
from simulation.economy.cba.running import Simulated
from simulation.economy.cba.sums import LIVED_ON, weeks_on_benefit, years_of_work
from simulation.economy.displaced import INSIDE, OUTSIDE
from simulation.economy.items import Item, Kind
from simulation.economy.parties import PARTIES, PUBLIC
from simulation.economy.quantities import Quantities
from simulation.results.intervals import NAN
from simulation.results.sobol import Part
from simulation.scenario.changes import told_apart
from simulation.world.spec import Floats

EFFORT: tuple[Kind, ...] = ("staff", "talk", "minutes", "offer", "session", "matching", "mentor", "fee", "once")
"""What a jobcentre does, has done, and pays once for it."""
DAYS = 7


class Reckoned(NamedTuple):
    """A scenario as written: what there was of everything, who paid whom for it, what was produced and used up."""

    quantities: Quantities
    accounts: Accounts
    real: Real


def assessed(plan: Plan, found: Simulated, account: Account, asked: Asked | None = None) -> Assessed:
    """All that is found. `account` is the one that decides how sure it is that something pays; `asked` are trials
    that are thought of. Raises InputProblems for a price that is not known."""
    priced = plan.prices, plan.way, plan.price_year
    reckoned = [Reckoned(each, accounts_of(each, *priced), real_of(each, *priced)) for each in found.written]
    names, base = told_apart(plan.loaded)[1:], found.written[0]
    against = [_against(plan, reckoned[0], other, name) for other, name in zip(reckoned[1:], names, strict=True)]
    unsaid: dict[str, float] = {}
    for quantities in found.written:
        for name, weeks in quantities.unsaid.items():
            unsaid[name] = max(unsaid.get(name, 0.0), float(weeks.sum(axis=1).mean()))
    sure, payers = None, list[Payer]()
    if plan.number_of_draws:
        by_draw = over_draws(plan, found)
        sure, payers = sure_of(plan, found, by_draw, account, asked), [*payers_of(plan, by_draw)]
    persons = sum(plan.base.scenario.persons().values())
    named = {name: weeks for name, weeks in unsaid.items() if weeks > 0}
    budget = _budget(plan, base, [each.accounts for each in reckoned], against)
    return Assessed(
        plan, account, base.years, base.weeks, persons, against, budget, payers, sure,
        named, tornadoes_of(plan, found, account), found.seconds, found.resumed,
    )  # fmt: skip


def _budget(plan: Plan, base: Quantities, accounts: Sequence[Accounts], against: Sequence[Against]) -> Budget:
    """The controller's table: what every scenario has more than the base, then all as they are."""
    labels = told_apart(plan.loaded)
    more = [(each.label, DIFFERENCE, its.minus(accounts[0])) for each, its in zip(against, accounts[1:], strict=True)]
    levels = [(label, LEVEL, its) for label, its in zip(labels, accounts, strict=True)]
    return budget_of([*more, *levels], base.weeks, plan.base.scenario.start, plan.budget_year, plan.price_year)


def _against(plan: Plan, of_base: Reckoned, of_other: Reckoned, label: str) -> Against:
    (base, before, real_before), (other, accounts, real) = of_base, of_other
    more = accounts.minus(before)
    production = (real.production - real_before.production).sum(axis=1) / OERE
    resources = (real.resources - real_before.resources).sum(axis=1) / OERE
    figures, persons = plan.prices.key_figures, sum(plan.base.scenario.persons().values())
    factor, distortion = figures.net_tax_factor or NAN, figures.distortion or NAN
    welfare = (real.welfare(accounts.public, factor, distortion)
               - real_before.welfare(before.public, factor, distortion))  # fmt: skip
    work = years_of_work(other) - years_of_work(base)
    weeks = weeks_on_benefit(other) - weeks_on_benefit(base)
    left = _left(base, other)
    longer = {arm: mean(DAYS * (other.arms[arm] - its).sum(axis=1)) for arm, its in base.arms.items()}
    effort, public = -_public(more, EFFORT), more.public.sum(axis=1) / OERE
    lived_on, all_weeks = -_public(before, LIVED_ON), weeks_on_benefit(base)
    saved = lived_on / np.where(all_weeks > 0, all_weeks, NAN)
    return Against(
        label, {account: by_year(net_of(more, account)) for account in ACCOUNTS}, _rows(plan, base, other, more),
        [*days_of(base, other, before, more)], longer,
        mean(work), mean(weeks / persons), mean(effort), mean(saved),
        ratio(effort / persons * DAYS, saved), ratio(-weeks / persons * DAYS * effort.mean(), public + effort),
        ratio(-public, work), _displaced(effort, public), left,
        mean(work * left.value), mean((public + effort) * left.value - effort), mean(production),
        mean(resources), ratio(production, resources),
        mean(welfare @ figures.present(np.arange(len(base.years)))),
    )  # fmt: skip


def _displaced(effort: Floats, public: Floats) -> Part:
    """Which share of what the public gains beside the effort may be lost to displacement before nothing is left; not
    known where nothing more is spent."""
    if effort.mean() <= 0:
        return Part(NAN, NAN, NAN)
    used = ratio(effort, public + effort)
    return Part(1 - used.value, 1 - used.high, 1 - used.low)


def _left(base: Quantities, other: Quantities) -> Part:
    """The share of the jobs gained in the run that is left when those taken from others outside it are taken off; not
    known where one of the two displaces nothing."""
    if not (base.moved and other.moved):
        return Part(NAN, NAN, NAN)
    inside, outside = ((other.moved[each] - base.moved[each]).sum(axis=1) for each in (INSIDE, OUTSIDE))
    return ratio(inside - outside, inside)


def net_of(accounts: Accounts, account: Account) -> Floats:
    """What an account receives less what it pays, in kroner: shape (replications, years)."""
    if account == "public":
        return np.asarray(accounts.public / OERE)
    return np.asarray((accounts.of_society if account == "society" else accounts.net(account)) / OERE)


def _public(accounts: Accounts, kinds: Sequence[Kind]) -> Floats:
    """What public parties gain by items of these kinds, in kroner by replication."""
    found = np.zeros(accounts.replications)
    for entry, oere in accounts.entries.items():
        if entry.item.kind in kinds:
            found += ((entry.receiver in PUBLIC) - (entry.payer in PUBLIC)) * oere.sum(axis=1) / OERE
    return found


def _rows(plan: Plan, base: Quantities, other: Quantities, more: Accounts) -> list[Row]:
    units, before = other.priced(plan.way), base.priced(plan.way)
    items = dict.fromkeys([*units, *before])
    nothing = np.zeros((len(base), len(base.years)))
    by_item: dict[Item, list[tuple[Entry, Floats]]] = {}
    for entry, oere in more.entries.items():
        by_item.setdefault(entry.item, []).append((entry, oere / OERE))
    rows = []
    for item in items:
        apart = units.get(item, nothing) - before.get(item, nothing)
        if not apart.any() and not any(kroner.any() for _, kroner in by_item.get(item, [])):
            continue
        kroner = {
            party: by_year(nothing + sum(
                ((entry.receiver == party) * 1.0 - (entry.payer == party)) * each
                for entry, each in by_item.get(item, [])
            ))
            for party in PARTIES
        }  # fmt: skip
        rows.append(Row(item, by_year(apart), kroner))
    return rows
