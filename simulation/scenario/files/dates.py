"""Values that change at a date: `fte: {value: 2, from: {2016-W48: 6, 2019-W01: 0}}`.

The value before the first date stands at its place, as any other; the changes are kept beside it. The place of a change
is that of the value, `from`, and the ISO week: teams.projekt.fte.from.2016-W48.
"""

from __future__ import annotations

from simulation.scenario.files.yamlfile import Path
from simulation.world.weeks import WRITTEN

FROM = "from"
EXAMPLE = "{value: 2, from: {2016-W48: 6}}"


def of_change(path: Path) -> int | None:
    """How long the path of the value is that changes here; None if this is no place of a change."""
    for n in range(1, len(path) - 1):
        if path[n] == FROM and WRITTEN.fullmatch(str(path[n + 1])):
            return n
    return None


def undated(path: Path) -> Path:
    """The same place without a date."""
    n = of_change(path)
    return path if n is None else (*path[:n], *path[n + 2 :])
