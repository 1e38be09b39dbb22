"""What a sweep tells of itself in Python: the first screen, its answer, a figure in a sentence, a table with labels and
a picture of the points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulation.experiments.swept import Swept
from simulation.report.screen import Aside
from simulation.report.sweep.findings import Sweeping
from simulation.report.sweep.screen import sweep_screen
from simulation.report.sweep.sheets import Sheet, varying
from simulation.report.sweep.worded import axis_name
from simulation.results.names import Figure
from simulation.results.rows_of import wanted
from simulation.world.labels import Language

if TYPE_CHECKING:
    import pandas as pd


def summary(swept: Swept, language: Language) -> str:
    """The first screen as text."""
    return sweep_screen(swept, language, Aside())


def answer(swept: Swept, language: Language) -> str:
    """The answer in sentences: where other keys than the staff are swept, too, what is enough for each combination."""
    return " ".join(Sweeping(swept, language).answer(in_full=True))


def sentence(swept: Swept, outcome: str, group: str | None, language: Language) -> str:
    """From where to where a figure moves over the grid, or that it differs measurably at no point."""
    text = Sweeping(swept, language).told(_asked(swept, outcome, group))
    return text[0].upper() + text[1:]


def overview(swept: Swept, outcomes: Sequence[str], group: str | None, language: Language) -> pd.DataFrame:
    """A row a point, a column a figure, each with its interval."""
    import pandas as pd

    found = Sweeping(swept, language)
    figures = [_asked(swept, outcome, group) for outcome in outcomes] if outcomes else _of(swept, swept.shown, group)
    units = [swept.grid.names.unit(figure.outcome) for figure in figures]
    cells = [
        [found.words.estimate(unit, swept.estimate(point, figure)) for unit, figure in zip(units, figures, strict=True)]
        for point in range(len(swept.grid.points))
    ]
    values = [[found.value(value) for value in point] for point in swept.grid.points]
    named = [axis_name(swept, found.words, key) for key in swept.grid.axes]
    index = pd.MultiIndex.from_tuples(list(map(tuple, values)), names=named)
    return pd.DataFrame(cells, columns=[found.label(figure) for figure in figures], index=index)


def plot(swept: Swept, outcome: str | None, group: str | None, language: Language) -> Any:
    """One outcome at every point, or those that move; of third and further axes at their first values."""
    from simulation.report.figures.drawing import in_style
    from simulation.report.sweep.figures import MOST_LINES, chosen, draw_lines
    from simulation.report.sweep.maps import draw_map

    moving = chosen(swept)[0] or swept.shown
    figures = _of(swept, moving, group) if outcome is None else [_asked(swept, outcome, group)]
    sheet = Sheet(swept, {key: swept.grid.axes[key][0] for key in varying(swept)[2:]}, "")
    with in_style():
        draw = draw_map if len(sheet.second) > MOST_LINES else draw_lines
        return draw(sheet, Sweeping(swept, language).words, figures, False)


def _of(swept: Swept, figures: Sequence[Figure], group: str | None) -> Sequence[Figure]:
    """The same outcomes of a group. Raises KeyError, with a suggestion, where one is not known of it."""
    if group is None:
        return figures
    return [_asked(swept, swept.grid.names.write(figure.outcome), group) for figure in figures]


def _asked(swept: Swept, outcome: str, group: str | None) -> Figure:
    """The figure that is meant; without a group, the one that is shown of the outcome. Raises KeyError, with a
    suggestion, if it was not measured."""
    found = wanted(swept.grid.names, list(swept.columns), outcome, group, "all")
    return next((figure for figure in swept.shown if group is None and figure in found), found[0])
