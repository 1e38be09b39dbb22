"""Draws of a made-up choice, and what heormodel, a library for health-economic evaluation, finds of them.

Three ways of doing things: their cost in kr and their effect (weeks in work) for each ledig in 600 draws, with what is
not known in a draw and what a trial of it would find (`decision.csv`); what heormodel makes of that (`heormodel.json`).

`python -m tests.oracle.decision` makes both anew, in the environment of `python3 tasks.py oracle`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from simulation.world.spec import Floats

DATA = Path(__file__).with_name("decision.csv")
FOUND = Path(__file__).with_name("heormodel.json")
COLUMNS = ("effect", "price", "found", *(f"effects_{k}" for k in range(3)), *(f"costs_{k}" for k in range(3)))
VALUES = (0.0, 500.0, 1000.0, 2000.0, 3000.0, 5000.0, 10_000.0)
"""In kr for a week in work."""
AT = 2000.0
"""The value at which knowing more is valued."""
OPTIONS = ("as now", "more", "much more")


def made(draws: int = 600) -> Floats:
    """Shape (draws, columns): the effect acts less and less, the price on what costs most."""
    luck = np.random.default_rng(2026)
    effect, price, found, other = luck.standard_normal((4, draws)) * [[0.6], [0.25], [0.3], [0.5]]
    weeks = np.column_stack((0 * effect, 1.2 + effect + other, 1.6 + 1.8 * np.tanh(effect) + 0.5 * other))
    costs = np.column_stack((0 * price, 2000 * np.exp(price), 2700 + 3000 * (np.exp(price) - 1)))
    return np.column_stack((effect, price, effect + found, weeks + 20 + other[:, None], costs + 10_000))


def data() -> dict[str, Floats]:
    """The columns that are stored, by name."""
    rows = np.loadtxt(DATA, delimiter=",", skiprows=1)
    return dict(zip(COLUMNS, rows.T, strict=True))


def effects_and_costs(of: Mapping[str, Floats]) -> tuple[Floats, Floats]:
    """Both of shape (draws, options)."""
    effects, costs = (np.column_stack([of[f"{name}_{k}"] for k in range(3)]) for name in ("effects", "costs"))
    return effects, costs


def by_heormodel(of: Mapping[str, Floats]) -> dict[str, Any]:
    """What heormodel finds."""
    import pandas as pd
    from heormodel import cea, voi
    from heormodel.models import Outcomes

    effects, costs = effects_and_costs(of)
    index = pd.RangeIndex(len(effects), name="iteration")
    tables = [pd.DataFrame(each, index=index, columns=list(OPTIONS)) for each in (costs, effects)]
    outcomes = Outcomes.from_wide(*tables)
    unknown = pd.DataFrame({name: of[name] for name in ("effect", "price")}, index=index)
    summaries = pd.DataFrame({"found": of["found"]}, index=index)
    grid = list(VALUES)
    frontier, plane = cea.ceaf(outcomes, grid), cea.ce_plane(outcomes)
    return {
        "acceptability": cea.ceac(outcomes, grid).to_numpy().tolist(),
        "loss": cea.expected_loss(outcomes, grid).to_numpy().tolist(),
        "taken": [OPTIONS.index(option) for option in frontier["intervention"]],
        "frontier": frontier["prob"].tolist(),
        "quadrants": [_quadrants(plane[plane["intervention"] == option]) for option in OPTIONS[1:]],
        "perfect": voi.evpi(outcomes, grid).tolist(),
        "partial": {
            "effect": voi.evppi(outcomes, unknown, "effect", AT),
            "price": voi.evppi(outcomes, unknown, "price", AT),
            "both": voi.evppi(outcomes, unknown, ["effect", "price"], AT, method="gp", seed=1),
        },
        "sample": voi.evsi_regression(outcomes, summaries, AT),
    }


def _quadrants(plane: Any) -> list[float]:
    more, dearer = plane["inc_effect"] > 0, plane["inc_cost"] > 0
    return [float((a & b).mean()) for a, b in ((more, dearer), (~more, dearer), (~more, ~dearer), (more, ~dearer))]


if __name__ == "__main__":
    np.savetxt(DATA, made(), fmt="%.7g", delimiter=",", header=",".join(COLUMNS), comments="")
    FOUND.write_text(json.dumps(by_heormodel(data()), indent=1) + "\n", encoding="utf-8")
