"""What quantities come to: every scenario against the base, by payer and calendar year."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from simulation.economy.accounts import OERE, Accounts, Entry, accounts_of, real_of
from simulation.economy.cba.deciding import Asked, sure_of
from simulation.economy.cba.found import ACCOUNTS, Account, Against, Assessed, Row
from simulation.economy.cba.plan import Plan
from simulation.economy.cba.running import Simulated
from simulation.economy.cba.sums import LIVED_ON, weeks_on_benefit, years_of_work
from simulation.economy.items import Item, Kind
from simulation.economy.parties import PARTIES, PUBLIC
from simulation.economy.quantities import Quantities
from simulation.results.ends import t_quantile
from simulation.results.intervals import NAN, estimate
from simulation.results.sobol import Part
from simulation.scenario.changes import told_apart
from simulation.world.spec import Floats

EFFORT: tuple[Kind, ...] = ("staff", "talk", "minutes", "offer", "session", "matching", "mentor", "fee")
"""What a jobcentre does, and has done."""
DAYS = 7


def assessed(plan: Plan, found: Simulated, account: Account, asked: Asked | None = None) -> Assessed:
    """All that is found. `account` is the one that decides how sure it is that something pays; `asked` are trials
    that are thought of. Raises InputProblems for a price that is not known."""
    base = found.written[0]
    names = told_apart(plan.loaded)[1:]
    against = [_against(plan, base, other, name) for other, name in zip(found.written[1:], names, strict=True)]
    unsaid: dict[str, float] = {}
    for quantities in found.written:
        for name, weeks in quantities.unsaid.items():
            unsaid[name] = max(unsaid.get(name, 0.0), float(weeks.sum(axis=1).mean()))
    sure = sure_of(plan, found, account, asked) if plan.number_of_draws else None
    persons = sum(plan.base.scenario.persons().values())
    named = {name: weeks for name, weeks in unsaid.items() if weeks > 0}
    return Assessed(plan, account, base.years, base.weeks, persons, against, sure, named, found.seconds, found.resumed)


def _against(plan: Plan, base: Quantities, other: Quantities, label: str) -> Against:
    accounts, before = (accounts_of(each, plan.prices, plan.way, plan.price_year) for each in (other, base))
    more = accounts.minus(before)
    real = [real_of(each, plan.prices, plan.way, plan.price_year) for each in (other, base)]
    production = (real[0].production - real[1].production).sum(axis=1) / OERE
    resources = (real[0].resources - real[1].resources).sum(axis=1) / OERE
    figures, persons = plan.prices.key_figures, sum(plan.base.scenario.persons().values())
    factor, distortion = figures.net_tax_factor or NAN, figures.distortion or NAN
    welfare = real[0].welfare(accounts.public, factor, distortion) - real[1].welfare(before.public, factor, distortion)
    work = years_of_work(other) - years_of_work(base)
    weeks = weeks_on_benefit(other) - weeks_on_benefit(base)
    effort, public = -_public(more, EFFORT), more.public.sum(axis=1) / OERE
    lived_on, all_weeks = -_public(before, LIVED_ON), weeks_on_benefit(base)
    saved = lived_on / np.where(all_weeks > 0, all_weeks, NAN)
    return Against(
        label, {account: by_year(net_of(more, account)) for account in ACCOUNTS}, _rows(plan, base, other, more),
        mean(work), mean(weeks / persons), mean(effort), mean(saved),
        ratio(effort / persons * DAYS, saved), ratio(-weeks / persons * DAYS * effort.mean(), public + effort),
        ratio(-public, work), mean(production),
        mean(resources), ratio(production, resources),
        mean(welfare @ figures.present(np.arange(len(base.years)))),
    )  # fmt: skip


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


def by_year(values: Floats) -> list[Part]:
    """The mean of each year, and of all together: `values` of shape (replications, years)."""
    return [*(mean(values[:, y]) for y in range(values.shape[1])), mean(values.sum(axis=1))]


def mean(values: Floats) -> Part:
    """The mean over replications with its simulation error, 95 %."""
    found = estimate(values)
    return Part(found.value, found.low, found.high)


def ratio(one: Floats, other: Floats) -> Part:
    """The ratio of two means of the same replications, with Fieller's interval; unknown where the second may be 0."""
    n = len(one)
    a, b = float(one.mean()), float(other.mean())
    if n < 2 or not math.isfinite(a) or not math.isfinite(b) or b == 0:
        return Part(a / b if n and b and math.isfinite(a / b) else NAN, NAN, NAN)
    (v_a, c), (_, v_b) = np.cov(one, other) / n
    t = t_quantile(n - 1)
    square = b * b - t * t * v_b
    if square <= 0:
        return Part(NAN, NAN, NAN)
    middle = a * b - t * t * c
    root = math.sqrt(max(middle * middle - square * (a * a - t * t * v_a), 0.0))
    return Part(a / b, (middle - root) / square, (middle + root) / square)
