"""Who gains how much in how many draws, from a folder of results of `jobcentersim cba`, for docs/who_pays_studies.md.

    python -m tests.docs.who_pays BASE SCENARIO PRICES DRAWS FOLDER
"""

from __future__ import annotations

import pathlib
import sys

from simulation import load
from simulation.economy.cba.answer import assessed
from simulation.economy.cba.asked import plan_of
from simulation.economy.cba.found import Account
from simulation.economy.cba.running import read_again

WHO: tuple[Account, ...] = ("stat", "kommune", "public", "borger", "society")
MILLION = 1e6


def main(base: str, scenario: str, prices: str, draws: str, folder: str) -> None:
    """Print a row of a table for each: mean with interval, middle 95 % of draws, chance that it gains."""
    first = load(base)
    loaded = [first, load(scenario).with_({"seed": first.scenario.seed})]
    plan, _, _ = plan_of(loaded, {"prices": prices, "draws": int(draws)})
    found = read_again(plan, pathlib.Path(folder) / "quantities")
    if found is None:
        raise SystemExit(f"{folder} is of another question, or not finished")
    for account in WHO:
        sure = assessed(plan, found, account).sure
        assert sure is not None
        net, pays, cost = sure.nets[0], sure.pays[0], sure.places[0].cost_of_draws
        mean = f"{_signed(net.value)} [{_signed(net.low)}; {_signed(net.high)}]"
        draws_lie = f"{_signed(-cost.high)} to {_signed(-cost.low)}"
        print(f"| {account} | {mean} | {draws_lie} | {pays.value:.0%} [{pays.low:.0%}; {pays.high:.0%}] |")


def _signed(kroner: float) -> str:
    return f"{kroner / MILLION:+.1f}".replace("-", "−")


if __name__ == "__main__":
    main(*sys.argv[1:])
