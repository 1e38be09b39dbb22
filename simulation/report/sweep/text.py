"""What a sweep answers, on the screen, as JSON and in its results folder."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.experiments.grid import Grid
from simulation.experiments.swept import Smallest, Swept
from simulation.report.answer import rows_of
from simulation.report.store import made_by_of
from simulation.report.sweep.sheets import axis_text, unit_of_axis
from simulation.report.under import COLUMNS as OF_UNCERTAINTY
from simulation.report.under import Under
from simulation.report.words import WIDTH, counted, error_note, with_interval
from simulation.report.words import grid as columns_of
from simulation.results.ends import FEW
from simulation.results.identity import fingerprint
from simulation.results.names import Figure
from simulation.results.tables.folder import Keeping, Saved, save
from simulation.results.tables.inputs import labels
from simulation.scenario.axes import shown
from simulation.world.labels import Language

if TYPE_CHECKING:
    import pandas as pd

ERROR = (
    "the simulation error, 95 %, of the figure or of the paired difference: not that of the parameters, and not that "
    "of one trial"
)
MOST_ROWS = 24
"""Points that are shown one by one."""
COLUMNS = {
    "point": "number of the point, from 1; base: the scenario as written, where it is no point itself",
    "is_base": "whether the point is the scenario as written",
    "base": "mean over replications of the scenario as written",
    "difference": "mean over replications of the point minus the scenario as written, replication by replication",
    "diff_low": "lower end of `diff_interval`",
    "diff_high": "upper end of `diff_interval`",
    "diff_interval": "which uncertainty `diff_low` and `diff_high` show; never that of the parameters",
    "staff": "the swept key that is the staffing",
    "rule": "≥: the outcome must be at least `level`; ≤: at most",
    "level": "service level that is asked for",
    "smallest": "smallest staffing whose whole interval meets the level, of intervals that hold for all staffings of "
    "the line at once, 95 %; empty: none, or fewer than 10 replications",
    "smallest_by_mean": "smallest staffing whose mean meets the level; empty: none",
    "fails_again_at": "larger staffings whose interval (of all at once) does not wholly meet the level",
    "best_at": "staffing with the best mean, which may be luck where `replications` are fewer than 10",
    "best": "that figure",
    "best_low": "lower end of `interval` of the best figure",
    "best_high": "upper end of `interval` of the best figure",
}
"""Columns of sweep.csv and service.csv that other tables do not have, or have in another sense."""


def sweep_fingerprint(grid: Grid, replications: int | None, question: str = "sweep") -> str:
    """Short name of a sweep: of scenario, grid, what is looked at, replications and program text."""
    return fingerprint([grid.loaded], replications or grid.scenario.replications, question)


def sweep_name(grid: Grid) -> str:
    """The folder of results of the scenario."""
    return labels([grid.loaded.file])[0]


def sweep_tables(swept: Swept) -> dict[str, pd.DataFrame]:
    """All tables by file name without ending."""
    service = {} if swept.grid.sweep.service is None else {"service": swept.service_table()}
    return {"sweep": swept.table(), **service}


def store_sweep(
    swept: Swept, run: Mapping[str, Any], keeping: Keeping, under: Under | None = None, question: str = "sweep",
    language: Language = "en",
) -> Saved:
    """Put a sweep, perhaps with all its uncertainty, into its results folder, beside that of the unfinished work.
    Raises as `save` does."""
    from simulation.report.sweep.figures import draw_sweep

    grid = swept.grid
    mark = sweep_fingerprint(grid, swept.asked, question)
    made_by = made_by_of(grid.scenario, mark, swept.asked, language)
    units = {key: unit_of_axis(swept, key) or "no unit" for key in grid.axes}
    axes = {key: f"value of this key at the point ({unit}); null: the key is not there" for key, unit in units.items()}
    outcomes = {
        grid.names.write(outcome): _meant(grid, outcome)
        for outcome in dict.fromkeys(figure.outcome for figure in swept.columns)
    }
    tables, columns = sweep_tables(swept), {**COLUMNS, **axes}
    if under is not None:
        tables, columns = {**tables, **under.tables()}, {**columns, **OF_UNCERTAINTY}
    return save(
        keeping.unfinished.root, keeping.unfinished.name, [grid.loaded], tables,
        {"asked": swept.asked, "done": swept.asked}, {**run, "language": language},
        lambda folder: draw_sweep(swept, folder, made_by, language), question,
        {"columns": columns, "outcomes": outcomes}, keeping,
    )  # fmt: skip


def _meant(grid: Grid, outcome: str) -> dict[str, str]:
    meaning = grid.names.meaning(outcome)
    return {"unit": meaning.unit, "definition": meaning.definition, "clock": meaning.clock}


def sweep_answer(swept: Swept) -> dict[str, Any]:
    """The rows of both tables as plain dictionaries; NaN becomes None."""
    return {
        "points": len(swept.grid.points),
        "over": {key: list(values) for key, values in swept.grid.axes.items()},
        "not_alike": [*_not_alike(swept)],
        "outcomes": rows_of(swept.table()),
        "service": rows_of(swept.service_table()),
    }


def sweep_text(swept: Swept) -> str:
    """The sweep on the screen: figures by point, differences from the scenario as written, and the service level."""
    grid = swept.grid
    size = " × ".join(str(len(values)) for values in grid.axes.values())
    sizes = sorted({sum(swept.alike(n).other.persons().values()) for n in range(len(grid.points))})
    people = f"{sizes[0]:,} ledige" if len(sizes) == 1 else f"{sizes[0]:,} to {sizes[-1]:,} ledige"
    count = f"{size} = {len(grid.points)}" if len(grid.axes) > 1 else size
    lines = [_fill(f"Swept: {', '.join(axis_text(swept, key) for key in grid.axes)}: {count} points.")]
    answers = swept.smallest()
    rows = _points(swept, answers)
    if len(rows) < len(grid.points):
        lines.append("Shown are the points that the answers below are about; all stand in tables/sweep.csv.")
    moving = [figure for figure in swept.shown if swept.moves(figure)]
    still = [figure for figure in swept.shown if not swept.moves(figure) and swept.known(figure)]
    unknown = [figure for figure in swept.shown if not swept.known(figure)]
    marks = {answer.sure for answer in answers}
    for difference in (False, True) if moving else ():
        for group in dict.fromkeys(figure.group for figure in moving):
            title = f"{'Differences from the scenario as written, ' if difference else 'Outcomes of '}{group}"
            lines += ["", *_tables(swept, [f for f in moving if f.group == group], rows, marks, title, difference)]
    if still:
        same = ", ".join(_outcome_and_group(grid, figure) for figure in still)
        lines += ["", textwrap.fill(f"Exactly the same at every point, in every replication: {same}.", WIDTH)]
    if unknown:
        missing = ", ".join(_outcome_and_group(grid, figure) for figure in unknown)
        lines += ["", _fill(f"No figure at any point: {missing}.")]
    if swept.not_measured:
        lines += ["", f"Asked for, but measured at no point: {', '.join(swept.not_measured)}."]
    lines += ["", *(textwrap.fill(sentence, WIDTH, subsequent_indent="    ") for sentence in _service(swept, answers))]
    lines += [_fill(sentence) for sentence in _not_alike(swept)]
    note = (
        f"Mean of {counted(swept.asked)} of {people} at every point, all by the same luck. "
        f"{error_note(swept.asked, ERROR)} Shares in %, differences of shares in percentage points."
    )
    return "\n".join([*lines, textwrap.fill(note, WIDTH)])


def _not_alike(swept: Swept) -> Iterator[str]:
    """What is no difference of policies among the points."""
    alike = [swept.alike(point) for point in range(len(swept.grid.points))]
    if cohorts := list(dict.fromkeys(sentence for each in alike for sentence in each.cohort)):
        more = f", and {len(cohorts) - 1} more" if len(cohorts) > 1 else ""
        yield (
            f"NOT THE SAME PEOPLE at every point ({cohorts[0]}{more}): there a difference is also one of who is "
            "followed, and ± is that of independent runs, not of pairs."
        )
    if not all(each.same_window for each in alike):
        yield (
            "Points run for different numbers of weeks: what is counted or averaged over the whole run has no "
            "difference from the scenario as written (–)."
        )
    if arms := list(dict.fromkeys(arm for each in alike for arm in each.other_arms)):
        yield f"Other people are in {' and '.join(arms)} at some points, for the shares of arms differ: look at alle."


def _outcome_and_group(grid: Grid, figure: Figure) -> str:
    return f"{grid.names.write(figure.outcome)} of {figure.group}"


def _fill(text: str) -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _points(swept: Swept, answers: Sequence[Smallest]) -> list[int]:
    """Points to show, the scenario as written (-1) first where it is none of them: all, or those of the answers."""
    points: Iterable[int] = range(len(swept.grid.points))
    if len(swept.grid.points) > MOST_ROWS:
        named = {p for a in answers for p in (a.mean, a.sure if a.sure is not None else a.best) if p is not None}
        points = sorted(named | ({swept.grid.base} if swept.grid.base is not None else set()))[:MOST_ROWS]
    return [*([-1] if swept.grid.base is None else []), *points]


def _tables(
    swept: Swept, figures: Sequence[Figure], rows: Sequence[int], marks: set[int | None], title: str, difference: bool
) -> Iterator[str]:
    """As many columns side by side as there is room for."""
    heads = ["", *swept.grid.short.values()]
    label = [[_mark(swept, n, marks), *_values(swept, n)] for n in rows]
    columns = []
    for figure in figures:
        estimates = [swept.difference(n, figure) if difference else swept.estimate(n, figure) for n in rows]
        text, unit = swept.grid.names.write(figure.outcome), swept.grid.names.unit(figure.outcome)
        unit_text = "pp" if unit == "share" and difference else "%" if unit == "share" else unit
        cells = [with_interval(unit, e, difference) for e in estimates]
        columns.append([f"{text} ({unit_text})" if unit_text not in text or len(unit_text) < 3 else text, *cells])
    room = WIDTH - sum(2 + max(len(row[c]) for row in [heads, *label]) for c in range(len(heads)))
    while columns:
        taken, used = 0, 0
        while taken < len(columns) and (taken == 0 or used + 2 + max(map(len, columns[taken])) <= room):
            used += 2 + max(map(len, columns[taken]))
            taken += 1
        part, columns = columns[:taken], columns[taken:]
        yield f"{title}:"
        body = [[*row, *(c[n + 1] for c in part), ""] for n, row in enumerate(label)]
        yield columns_of([[*heads, *(c[0] for c in part), ""], *body])
        if columns:
            yield ""


def _mark(swept: Swept, point: int, marks: set[int | None]) -> str:
    base = "base" if point in (-1, swept.grid.base) else ""
    return f"► {base}".rstrip() if point in marks else base


def _values(swept: Swept, point: int) -> list[str]:
    grid = swept.grid
    if point == -1:
        return [shown(grid.as_written(key)) for key in grid.axes]
    return [shown(value) for value in grid.points[point]]


def _service(swept: Swept, answers: Sequence[Smallest]) -> Iterator[str]:
    service, figure = swept.grid.sweep.service, swept.grid.service_figure
    if service is None or figure is None:
        return
    unit = swept.grid.names.unit(figure.outcome)
    scale = f"{service.level * (100 if unit == 'share' else 1):g}"
    level = f"{_outcome_and_group(swept.grid, figure)} {service.sign} {scale} {'%' if unit == 'share' else unit}"
    yield f"Service level: {level}; staffing: {service.staff}."
    if figure not in swept.columns:
        yield "It is measured at no point, so nothing can be said."
        return
    for answer in answers:
        where = ", ".join(f"{swept.grid.short[key]} = {shown(value)}" for key, value in answer.others.items())
        yield f"{where}: {_answer(swept, answer, figure)}" if where else _answer(swept, answer, figure)
    if all(answer.sure is None for answer in answers):
        return
    yield (
        "► is the smallest staffing tried whose whole interval meets the level, with intervals so wide (wider than the "
        "± shown) that those of all staffings tried hold at once, 95 %. With fewer replications they are wider still, "
        "and the smallest may be larger."
    )


def _answer(swept: Swept, answer: Smallest, figure: Figure) -> str:
    """In words what staffing is needed for one combination of the other axes."""
    unit = swept.grid.names.unit(figure.outcome)

    def text_of(point: int) -> str:
        return f"{shown(swept.staffing(point))} ({with_interval(unit, swept.estimate(point, figure))})"

    if answer.sure is not None:
        sentence = f"► {text_of(answer.sure)} is the smallest that meets it."
        if answer.sure == answer.fewest:
            sentence += " It is the smallest tried: less may do."
        if answer.mean is not None and answer.mean != answer.sure:
            sentence += f" At {text_of(answer.mean)} only the mean does."
        if answer.again:
            again = ", ".join(text_of(point) for point in answer.again)
            sentence += f" Larger ones that do not surely meet it: {again}."
        return sentence
    luck = "luck not measured" if swept.asked == 1 else "perhaps by luck"
    best = "Best" if swept.asked >= FEW else f"Best in {counted(swept.asked)}, {luck}"
    if answer.best is None:
        return "it is measured at no staffing tried."
    if answer.mean is not None:
        more = f"with fewer than {FEW} replications none is sure" if swept.asked < FEW else "more replications may tell"
        by_the_mean = f"from {text_of(answer.mean)} on the mean does"
        return f"none surely meets it; {by_the_mean}, but {more}. {best}: {text_of(answer.best)}."
    return f"none meets it{'' if swept.asked >= FEW else ' in the mean'}. {best}: {text_of(answer.best)}."
