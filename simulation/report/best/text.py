"""A search for the best design as JSON, and in its results folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulation.experiments.best.designs import Designs
from simulation.experiments.best.found import Found
from simulation.experiments.best.goal import Goal, texts_of
from simulation.report.answer import rows_of
from simulation.report.store import made_by_of
from simulation.results.identity import fingerprint
from simulation.results.names import Figure
from simulation.results.tables.folder import Keeping, Saved, save
from simulation.results.tables.inputs import labels
from simulation.results.tables.unfinished import folder_name
from simulation.world.labels import Language

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "design": "number of the design, from 1, in the order in which they were given",
    "title": "what the design is called",
    "became": "best: chosen; same: the same as the best in every replication; dropped: surely not better than the "
    "design `by` by the zone or more; barred: surely beyond a limit; unknown: some replications do not have its "
    "outcomes; open: not decided",
    "by": "the design by which it was dropped",
    "replications": "how many were simulated of the design",
    "behind": "value less that of the best, in the replications that both have",
    "behind_low": "lower end of `behind_interval`, as if the number of replications had been fixed beforehand",
    "behind_high": "upper end of `behind_interval`",
    "behind_interval": "which uncertainty `behind_low` and `behind_high` show; never that of the parameters",
}
"""Columns of best.csv that other tables do not have, or have in another sense."""
OF_LIMIT = {
    "": "the limit",
    "_tolerance": "how far from the limit does not matter, in its unit",
    "_value": "mean over replications of its outcome",
    "_low": "lower end of the simulation error, 95 %, of that",
    "_high": "upper end of it",
    "_kept": "yes: surely kept; no: surely not; within the tolerance either may be said",
}


def best_fingerprint(designs: Designs, goal: Goal) -> str:
    """Short name of a search: of the scenarios, what is sought, and the program's text."""
    return fingerprint(designs.loaded, goal.budget or goal.most, goal.question)


def best_name(designs: Designs) -> str:
    """The folder of results."""
    return folder_name(labels(loaded.file for loaded in designs.loaded))


def best_tables(found: Found) -> dict[str, pd.DataFrame]:
    """All tables by file name without ending."""
    return {"best": found.table()}


def store_best(found: Found, run: Mapping[str, Any], keeping: Keeping, language: Language = "en") -> Saved:
    """Put a search into its results folder. Raises as `save` does."""
    from simulation.report.best.race import draw_race

    designs, goal, used = found.designs, found.goal, found.chosen.used
    columns = dict(COLUMNS)
    for n in range(1, 1 + len(goal.limits)):
        columns |= {f"limit{n}{part}": meaning for part, meaning in OF_LIMIT.items()}
    columns |= dict.fromkeys(designs.keys, "value of this key in the design; null: the key is not there")
    meanings = [(figure, designs.names.meaning(figure.outcome)) for figure in goal.figures]
    outcomes = {
        designs.names.write(figure.outcome): {"unit": m.unit, "definition": m.definition, "clock": m.clock}
        for figure, m in meanings
    }
    mark = best_fingerprint(designs, goal)
    made_by = made_by_of(designs.loaded[0].scenario, mark, used, language)
    return save(
        keeping.unfinished.root, keeping.unfinished.name, designs.loaded, best_tables(found),
        {"asked": used, "done": used}, {**run, "language": language},
        lambda folder: draw_race(found, folder, made_by, language), goal.question,
        {"columns": columns, "outcomes": outcomes}, keeping, mark,
    )  # fmt: skip


def best_answer(found: Found) -> dict[str, Any]:
    """What was sought and found, as plain values; NaN becomes None."""
    goal, chosen, designs = found.goal, found.chosen, found.designs
    return {
        "of": found.of, "group": str(goal.of.group) if isinstance(goal.of, Figure) else None, "least": goal.least,
        "zone": goal.zone, "limits": texts_of(goal.limits, designs.names),
        "confidence": goal.confidence if goal.budget is None else None, "budget": goal.budget,
        "most": None if goal.budget is not None else goal.most,
        "best": None if chosen.best is None else chosen.best + 1,
        "title": None if chosen.best is None else designs.title(chosen.best),
        "values": None if chosen.best is None else designs.values(chosen.best),
        "decided": chosen.decided if goal.budget is None else None, "chance": chosen.chance,
        "used": chosen.used, "of_equal_allocation": chosen.of_equal, "designs": rows_of(found.table()),
    }  # fmt: skip
