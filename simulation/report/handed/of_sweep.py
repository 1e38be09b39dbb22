"""The report and the workbook of a sweep: which point is enough, the map, and every point in the annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.experiments.swept import Swept
from simulation.report.handed.annex import checklists, meanings, warned
from simulation.report.handed.assumed import answer_hangs, assumed_rows, assumed_table, by_part
from simulation.report.handed.blocks import Block, Bullets, Cell, Document, Section, Table, Text, value_of
from simulation.report.handed.figures import swept_picture
from simulation.report.handed.first_page import (
    ANSWER,
    ASSUMED,
    DOUBT,
    DOUBTS,
    LONGEST,
    NOT_SAID,
    PUT_IN,
    QUESTION,
    WINDOW,
    people,
)
from simulation.report.handed.keys import key_label, key_unit, value_text
from simulation.report.handed.material import Material
from simulation.report.handed.repeating import repeating
from simulation.report.handed.second_page import ASSUMED as MATTER_MOST
from simulation.report.handed.second_page import REPEAT
from simulation.report.handed.titles import about, foot, title_of
from simulation.report.heads import cut_to
from simulation.report.sweep.findings import Sweeping
from simulation.report.wording import Wording
from simulation.results.names import Figure
from simulation.world.labels import Label, Language

ASKED = Label(
    "What does {scenario} give, for {points} combinations of these values?",
    "Hvad giver {scenario} ved {points} kombinationer af disse værdier?",
)
TRIED, WHAT, KEY = Label("What was tried", "Det er prøvet"), Label("What", "Hvad"), Label("Key", "Nøgle")
VALUES, UNIT, WRITTEN = Label("Values", "Værdier"), Label("Unit", "Enhed"), Label("As written", "Som skrevet")
POINT, POINTS = Label("Point", "Punkt"), Label("Every point", "Alle punkter")
SOME_POINTS = Label("What each point gives", "Det giver hvert punkt")
SOME = Label("{shown} of {all} points; the annex has all of them.", "{shown} af {all} punkter; alle står i bilaget.")
SMALLEST = Label("The smallest staffing that is enough", "Den mindste bemanding, der er nok")
OTHERS, SURE, MEAN = Label("At", "Ved"), Label("Surely enough", "Sikkert nok"), Label("In the mean", "I gennemsnit")
BEST, NONE = Label("Nearest of those tried", "Nærmest af de prøvede"), Label("none", "ingen")
APART = Label("Differences from the scenario as written", "Forskelle fra scenariet som skrevet")
ALL_ASSUMED = Label("All assumed values", "Alle antagne værdier")
ANNEX = Label("Annex", "Bilag")
MOST_POINTS, MOST_FIGURES, WIDE = 14, 4, 6


def sweep_document(material: Material, language: Language) -> Document:
    """The two pages and the annex of a sweep."""
    assert material.swept is not None
    swept, wording = material.swept, material.wording(language)
    sweeping, name = Sweeping(swept, language), title_of(material.loaded[0], language)
    end = foot(material, wording)
    answer: list[Block] = [Text(sentence, "lead") for sentence in sweeping.answer()]
    if (picture := swept_picture(swept, language)) is not None:
        answer.append(picture)
    first = [
        Section(wording.say(QUESTION), list(_question(material, wording, name))),
        Section(wording.say(TRIED), [axes_table(swept, wording)], "keys"),
        Section(wording.say(ANSWER), answer),
        Section(wording.say(NOT_SAID), [Bullets(list(_not_said(material, sweeping, wording)))]),
    ]
    second = [
        Section(wording.say(SOME_POINTS), [points_table(swept, sweeping, wording, most=MOST_POINTS)]),
        *([Section(wording.say(SMALLEST), [smallest])] if (smallest := smallest_table(swept, wording)) else []),
        Section(wording.say(MATTER_MOST), list(_assumptions(material, wording))),
        Section(wording.say(REPEAT), list(repeating(material, wording))),
    ]
    loaded = material.loaded[0]
    annex = [
        warned(material, wording),
        Section(wording.say(POINTS), list(_every_point(swept, sweeping, wording, False))),
        Section(wording.say(APART), list(_every_point(swept, sweeping, wording, True))),
        Section(wording.say(ALL_ASSUMED), [assumed_table(assumed_rows(loaded), wording, sources=True)]),
        *checklists(material, wording),
        meanings(wording, [figure.outcome for figure in swept.columns]),
    ]
    return Document(language, name, about(material, wording), first, second, annex, end, wording.say(ANNEX))


def _question(material: Material, wording: Wording, name: str) -> Iterator[Block]:
    swept = material.swept
    assert swept is not None
    yield Text(wording.say(ASKED, scenario=name, points=len(swept.grid.points)), "lead")
    if description := swept.grid.scenario.description:
        yield Text(cut_to(description, LONGEST))
    yield Text(people(material, wording), "note")


def axes_table(swept: Swept, wording: Wording) -> Table:
    """What was tried, key by key."""
    from simulation.scenario.fields import unit_of

    grid = swept.grid
    rows = [
        [key_label(key, wording), key, ", ".join(value_text(value, wording) for value in values),
         value_text(grid.as_written(key), wording),
         key_unit(unit_of(tuple(key.split(".")), grid.loaded.resolved.data), wording)]
        for key, values in grid.axes.items()
    ]  # fmt: skip
    return Table([wording.say(label) for label in (WHAT, KEY, VALUES, WRITTEN, UNIT)], rows, 5)


def label_of(figure: Figure, sweeping: Sweeping) -> str:
    """What a figure is called, with whom it is of."""
    words = sweeping.words
    text, several = words.figure(figure), len(sweeping.swept.grid.scenario.as_written) > 1
    return f"{text} ({words.group(figure.group)})" if several else text


def points_table(
    swept: Swept, sweeping: Sweeping, wording: Wording, figures: Sequence[Figure] | None = None,
    most: int | None = None, differences: bool = False,
) -> Table:  # fmt: skip
    """Figures at points, one row a point; of many points those that tell the most."""
    shown = list(sweeping.figures[:MOST_FIGURES]) if figures is None else list(figures)
    points = list(sweeping.points)
    chosen = points if most is None or len(points) <= most else _chosen(swept, points, most)
    note = wording.say(SOME, shown=len(chosen), all=len(points)) if len(chosen) < len(points) else ""
    rows: list[list[Cell]] = []
    for point in chosen:
        at = (swept.difference(point, f) if differences else swept.estimate(point, f) for f in shown)
        units = [swept.grid.names.unit(figure.outcome) for figure in shown]
        cells = [value_of(unit, e, differences) for unit, e in zip(units, at, strict=True)]
        rows.append([sweeping.head(point), *cells])
    return Table([wording.say(POINT), *(label_of(figure, sweeping) for figure in shown)], rows, note=note, small=True)


def _chosen(swept: Swept, points: Sequence[int], most: int) -> list[int]:
    """The points that the answers are about, the ends, and points between them."""
    told = [p for answer in swept.smallest() for p in (answer.sure, answer.mean, answer.best) if p is not None]
    base = swept.grid.base
    step = (len(points) - 1) / (most - 1)
    spread = [points[round(n * step)] for n in range(most)]
    wanted = dict.fromkeys([*([] if base is None else [base]), points[0], points[-1], *told, *spread])
    return sorted(list(wanted)[:most])


def _every_point(swept: Swept, sweeping: Sweeping, wording: Wording, differences: bool) -> Iterator[Block]:
    """All points, so many figures side by side as there is room for."""
    figures = [f for f in sweeping.figures if swept.moves(f) or not differences]
    for first in range(0, len(figures), WIDE):
        yield points_table(swept, sweeping, wording, figures[first : first + WIDE], None, differences)


def smallest_table(swept: Swept, wording: Wording) -> Table | None:
    """The smallest staffing for every combination of the other axes; None where no level is asked for."""
    service, figure = swept.grid.sweep.service, swept.grid.service_figure
    if service is None or figure is None or figure not in swept.columns:
        return None
    unit = swept.grid.names.unit(figure.outcome)
    rows: list[list[Cell]] = []
    for answer in swept.smallest():
        others = ", ".join(f"{key_label(k, wording) or k} {value_text(v, wording)}" for k, v in answer.others.items())
        cells = [_staffing(swept, wording, point) for point in (answer.sure, answer.mean, answer.best)]
        reached = answer.sure if answer.sure is not None else answer.best
        estimate = None if reached is None else swept.estimate(reached, figure)
        rows.append([others or "–", *cells, value_of(unit, estimate)])
    head = [wording.say(label) for label in (OTHERS, SURE, MEAN, BEST)]
    return Table([*head, f"{wording.figure(figure)} {service.sign} {wording.number(unit, service.level)}"], rows)


def _staffing(swept: Swept, wording: Wording, point: int | None) -> str:
    return wording.say(NONE) if point is None else value_text(swept.staffing(point), wording)


def _not_said(material: Material, sweeping: Sweeping, wording: Wording) -> Iterator[str]:
    yield f"{sweeping.holds()} {wording.say(ASSUMED)}"
    yield wording.say(PUT_IN)
    yield wording.say(WINDOW, weeks=material.loaded[0].scenario.follow_up)
    if doubts := len(material.doubts):
        yield wording.say(DOUBT) if doubts == 1 else wording.say(DOUBTS, count=doubts)


def _assumptions(material: Material, wording: Wording) -> Iterator[Block]:
    swept, under = material.swept, material.under
    assert swept is not None
    if under is None:
        yield from by_part(material.loaded[0], wording)
        return
    last = [answers for called, answers in under.answers.items() if called.startswith("difference")]
    figures = [figure for figure in swept.shown if swept.moves(figure)]
    yield from answer_hangs(under.uncertain.design.draws, figures, last[-1] if last else [], wording)
