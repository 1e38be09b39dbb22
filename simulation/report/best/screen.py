"""The first screen of a search for the best design: what was sought, the designs, the answer and what is guaranteed."""

from __future__ import annotations

from simulation.experiments.best.found import Found
from simulation.report.best.words import (
    BECAME,
    BEST_OF,
    DESIGNS,
    OUTCOME_OF_DESIGN,
    REPLICATIONS,
    SOUGHT,
    Telling,
)
from simulation.report.columns import line_of
from simulation.report.findings import WIDTH
from simulation.report.heads import cut_to
from simulation.report.screen import (
    ANSWER,
    ASIDE,
    EVERYTHING,
    LINES,
    MARGIN,
    RESULTS,
    SAME_LUCK,
    STATES,
    UNCERTAIN,
    Aside,
    both,
    counted,
    paragraph,
    warnings_line,
)
from simulation.world.labels import Label, Language

MARK = "►"
MORE = Label("… and {n} more: tables/best.csv", "… og {n} mere: tables/best.csv")
NARROWEST_HEAD = 14


def best_screen(found: Found, language: Language, aside: Aside, in_full: bool = False) -> str:
    """At most LINES lines of WIDTH columns; `in_full` all designs, however many."""
    telling = Telling(found, language)
    words = telling.words
    n = words.say(DESIGNS, n=telling.count(found.designs.count))
    right = f"{n}, {counted(words, found.chosen.used)}"
    right += f", {words.say(SAME_LUCK)}" if found.designs.same_people else ""
    name = words.title if found.designs.grid is not None else words.say(BEST_OF, n=found.designs.count)
    top = [both(cut_to(name, WIDTH - len(right) - 2), right)]
    top += paragraph(words.say(SOUGHT), f"{telling.sought()} {telling.limits()}".strip(), 3)
    end = paragraph(words.say(ANSWER), " ".join([*telling.answer(), telling.used()]), 6)
    end += paragraph(words.say(UNCERTAIN), telling.holds(), 2)
    minds = [f"{text[0].upper()}{text[1:]}." for text in (*telling.minds(), *aside.sentences)]
    end += paragraph(words.say(ASIDE), " ".join(minds), 1)
    end += warnings_line(words, aside)
    if aside.folder:
        place = f"{words.say(RESULTS):{MARGIN}}{aside.folder}{words.say(STATES[aside.word])}"
        end.append(place if in_full else both(place, words.say(EVERYTHING)))
    room = found.designs.count if in_full else max(LINES - len(top) - len(end) - 1, 2)
    return "\n".join([*top, *_table(telling, room), *end])


def _table(telling: Telling, room: int) -> list[str]:
    """A row per design, as many as there is room for; all but the last line are of designs."""
    found, words = telling.found, telling.words
    order = list(found.order)
    rows = order if len(order) <= room else order[: room - 1]
    goal = found.goal
    grid = found.designs.grid
    first = words.say(OUTCOME_OF_DESIGN) if grid is None else " / ".join(grid.short.values())
    columns = [] if isinstance(goal.of, str) else [(goal.of, 0)]
    columns += [(limit.figure, n) for n, limit in enumerate(goal.limits, start=1)]
    names = found.designs.names
    for whole in (True, False):
        lines = []
        for design in rows:
            cells = [telling.cell(names.unit(f.outcome), found.estimate(design, n), whole) for f, n in columns]
            mark = MARK if design == found.chosen.best and found.chosen.decided else ""
            count = telling.count(found.chosen.replications[design])
            lines.append([f"{mark}{telling.design(design)}", *cells, count, telling.became(design)])
        last = [words.say(REPLICATIONS), words.say(BECAME)]
        cells_wide = [max(len(line[c]) for line in lines) for c in range(len(lines[0]))]
        label = max(cells_wide[0], min(len(first), NARROWEST_HEAD))
        fixed = label + sum(max(wide, len(text)) + 2 for wide, text in zip(cells_wide[-2:], last, strict=True))
        spare = WIDTH - fixed - sum(max(wide, NARROWEST_HEAD) + 2 for wide in cells_wide[1:-2])
        if spare >= 0 or not whole:
            break
    heads = [telling.head(figure) for figure, _ in columns]
    more = max(spare, 0) // max(len(columns), 1)
    heads = [cut_to(head, max(wide, NARROWEST_HEAD) + more) for head, wide in zip(heads, cells_wide[1:-2], strict=True)]
    table = [[cut_to(first, label), *heads, *last], *lines]
    widths = [max(len(row[c]) for row in table) for c in range(len(table[0]))]
    shown = [line_of(row, widths) for row in table]
    return shown + ([words.say(MORE, n=len(order) - len(rows))] if len(rows) < len(order) else [])
