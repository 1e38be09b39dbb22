"""The simulated register, in the formats of others: DREAM, spells, event logs; CSV, XES, Stata, Parquet.

    lives.py      one replication run again, and written down from day to day: states, happenings, hours
    codes.py      codes.yaml, or a list of one's own: which code stands for what, how sure that is, and which code wins
    painted.py    one-day rule and ranking: from days to a code a week;  columns.py: how weeks and months are called
    tables.py     persons, dream, spells and events as DataFrames;  texts.py: long ones row by row, and XES
    files.py      the folder: tables, README.txt, schema.json;  about.py and words.py: what it says of itself
    reading.py    `read_dream`: such a file read again;  dream.py: its spells, runs of a code or four weeks with income
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from simulation.report.exported.codes import SHIPPED, read_codes
from simulation.report.exported.dream import Dream
from simulation.report.exported.reading import dream_of, read_dream
from simulation.world.labels import Language

if TYPE_CHECKING:
    import pandas as pd

    from simulation.scenario.load import Loaded

__all__ = ["Dream", "dream_of", "read_codes", "read_dream", "register"]


def register(
    scenario: Loaded, replication: int = 0, codes: pathlib.Path | str | None = None, language: Language = "en"
) -> Mapping[str, pd.DataFrame]:
    """One replication of a scenario (as `load` gives it) as tables: `persons`, `dream`, `spells`, `events`. Nothing is
    written to disk. Raises InputProblems for a list of codes that is wrong or lacks something of the scenario, and for
    years that DREAM has no columns for."""
    from simulation.report.exported.lives import lives
    from simulation.report.exported.tables import TABLES, Exported
    from simulation.report.wording import Wording
    from simulation.results.names import Names

    listed = read_codes(SHIPPED if codes is None else codes)
    listed.check(scenario)
    exported = Exported(lives(scenario.scenario, replication), listed, Wording(Names(scenario.scenario), language))
    return {name: table(exported) for name, table in TABLES.items()}
