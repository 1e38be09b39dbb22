"""The first screen of a sweep: the answer, and a table of points."""

from __future__ import annotations

from simulation.experiments.swept import Swept
from simulation.report.columns import line_of
from simulation.report.findings import WIDTH
from simulation.report.heads import NARROWEST_LABEL, WIDEST_HEAD, cut_to
from simulation.report.screen import (
    ANSWER,
    ASIDE,
    LINES,
    MARGIN,
    SAME_LUCK,
    UNCERTAIN,
    Aside,
    both,
    counted,
    paragraph,
    where_lines,
)
from simulation.report.sweep.confirmed import CONFIRM
from simulation.report.sweep.findings import Sweeping
from simulation.world.labels import Label, Language

MARK, BASE = "►", "*"
POINTS = Label("{n} points", "{n} punkter")
POINTS_SHOWN = Label("{n} points, {shown} shown", "{n} punkter, {shown} vist")
BASE_IS = Label("{mark}: the scenario as written", "{mark}: scenariet som skrevet")
LEGEND = Label(
    "{mark}: smallest staffing that surely is enough; {base}: the scenario as written",
    "{mark}: mindste bemanding, der sikkert er nok; {base}: scenariet som skrevet",
)


def sweep_screen(swept: Swept, language: Language, aside: Aside, confirm: str = "") -> str:
    """At most LINES lines of WIDTH columns, but for the command that may `confirm` it, which has a line for itself."""
    found = Sweeping(swept, language)
    words, name = found.words, found.words.title
    end = paragraph(words.say(ANSWER), " ".join(found.answer()), 5)
    end += paragraph(words.say(UNCERTAIN), found.holds(), 2)
    minds = [f"{text[0].upper()}{text[1:]}." for text in (*found.minds(), *aside.sentences)]
    end += paragraph(words.say(ASIDE), " ".join(minds), 2)
    end += [f"{words.say(CONFIRM):{MARGIN}}{confirm}"] if confirm else []
    end += where_lines(words, aside, swept.asked, swept.asked)
    room = LINES - 1 - len(end) - len(swept.grid.axes) - 1
    table, shown = _table(found, max(room, 2))
    points = POINTS if shown >= len(swept.grid.points) else POINTS_SHOWN
    right = words.say(points, n=len(swept.grid.points), shown=shown)
    right += f", {counted(words, swept.asked)}"
    if all(swept.alike(point).same_people for point in range(len(swept.grid.points))):
        right += f", {words.say(SAME_LUCK)}"
    note = [words.say(LEGEND, mark=MARK, base=BASE)] if any(found.answers) else [words.say(BASE_IS, mark=BASE)]
    return "\n".join([both(cut_to(name, WIDTH - len(right) - 2), right), *table, *note, *end])


def _table(found: Sweeping, rows: int) -> tuple[list[str], int]:
    """So many figures at points side by side, and how many points are left out."""
    labels = [found.label(figure) for figure in found.figures[:rows]]
    most = max(map(len, labels), default=0)
    chosen = _chosen(found, min(most, WIDTH // 2))
    cells = [
        [found.words.alone(found.swept.grid.names.unit(f.outcome), found.swept.estimate(p, f)) for p in chosen]
        for f in found.figures[:rows]
    ]
    heads = [[_head(found, point, n) for point in chosen] for n in range(len(found.swept.grid.axes))]
    widths = [max(len(row[c]) for row in [*heads, *cells]) for c in range(len(chosen))]
    keys = list(found.swept.grid.axes)
    first = min(max(most, *map(len, keys)), max(WIDTH - sum(each + 2 for each in widths), NARROWEST_LABEL))
    lines = [[cut_to(key, first), *head] for key, head in zip(keys, heads, strict=True)]
    lines += [[cut_to(label, first), *row] for label, row in zip(labels, cells, strict=True)]
    return [line_of(line, [first, *widths]) for line in lines], len(chosen)


def _head(found: Sweeping, point: int, axis: int) -> str:
    """The value of one axis at a point; the first one tells whether it is an answer, or as written."""
    grid = found.swept.grid
    value = grid.as_written(list(grid.axes)[axis]) if point == -1 else grid.points[point][axis]
    sure = axis == 0 and point in {answer.sure for answer in found.answers}
    base = axis == 0 and point in (-1, grid.base)
    return f"{MARK if sure else ''}{cut_to(found.value(value), WIDEST_HEAD)}{BASE if base else ''}"


def _chosen(found: Sweeping, label: int) -> list[int]:
    """As many points as there is room for: those that the answers are about, both ends, and between them."""
    axes = range(len(found.swept.grid.axes))
    heads = max(len(_head(found, point, axis)) for point in found.points for axis in axes)
    units = [(found.swept.grid.names.unit(f.outcome), f) for f in found.figures]
    cells = max((len(found.words.alone(unit, found.swept.estimate(-1, f))) for unit, f in units), default=0)
    most = max((WIDTH - label) // (max(heads, cells) + 2), 2)
    if len(found.points) <= most:
        return list(found.points)
    told = [p for a in found.answers for p in (a.sure, a.mean, a.best) if p is not None]
    base = found.swept.grid.base
    wanted = dict.fromkeys([*told, *([] if base is None else [base]), found.points[0], found.points[-1]])
    step = (len(found.points) - 1) / (most - 1)
    spread = dict.fromkeys(found.points[round(n * step)] for n in range(most))
    return sorted(list(dict.fromkeys([*wanted, *spread]))[:most])
