"""The question who pays and who gains, as it is asked in Python; the front door (`simulation`) has it by its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulation.experiments.doors import check_loaded
from simulation.world.keywords import kindly

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from simulation.economy.cba.found import Assessed
    from simulation.scenario.load import Loaded


@kindly
def cba(
    base: Loaded, *scenarios: Loaded, prices: str | None = None, price_year: int | None = None,
    rules_of: int | None = None, budget_year: int | None = None, perspective: str = "public", staff: str = "posts",
    notice: int | None = None, replications: int | None = None, draws: int | None = None, trial: Sequence[int] = (),
    people: int | None = None, horizon: int | None = None, trial_cost: float | None = None,
    trial_cost_each: float | None = None, trial_reports: float | None = None, tornado: int | None = None,
    workers: int = 1, progress: bool = False, executor: Executor | None = None,
) -> Assessed:  # fmt: skip
    """Who pays and who gains by scenarios over a base, by payer and calendar year, priced by a file of prices; what is
    asked is as on the command line (docs/cba.md). `table()` has what every account gains, `items_table()` what changes,
    `summary_table()` what it comes to, `tornado_table()` on which number it hangs, `plot()` draws the first. Nothing is
    written to disk. Carried out as `run`.
    Raises InputProblems with all that is wrong, ValueError without a scenario.

    >>> cba(SMALL, SMALL.with_({"teams.team.fte": 1}), replications=2)
    Traceback (most recent call last):
    ...
    simulation.scenario.files.problems.InputProblems: ...
    """
    from simulation.economy.cba.answer import assessed
    from simulation.economy.cba.asked import check_prices, plan_of
    from simulation.economy.cba.running import first_of, simulated
    from simulation.experiments.executors import workers_of

    check_loaded(base, *scenarios)
    if not scenarios:
        raise ValueError("give the base, and a scenario or several that are held against it")
    loaded = [base, *(each.with_({"seed": base.scenario.seed}) for each in scenarios)]
    asked = {
        "prices": prices, "price_year": price_year, "rules_of": rules_of, "budget_year": budget_year,
        "perspective": perspective, "staff": staff, "notice": notice, "replications": replications, "draws": draws,
        "trial": ",".join(map(str, trial)) or None, "people": people, "horizon": horizon,
        "trial_cost": trial_cost, "trial_cost_each": trial_cost_each, "trial_reports": trial_reports,
        "tornado": tornado,
    }  # fmt: skip
    plan, account, trials = plan_of(loaded, asked)
    hands = workers_of(workers, executor)
    first = first_of(plan, hands)
    check_prices(plan, first)
    return assessed(plan, simulated(plan, hands, progress=progress, first=first), account, trials)
