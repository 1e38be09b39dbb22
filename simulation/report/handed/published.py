"""The model held against published figures, the largest distances first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from simulation.report.handed.blocks import NOT_KNOWN, Block, Cell, Table, Text, Value
from simulation.report.wording import Wording
from simulation.results.ends import FEW
from simulation.results.result import Result
from simulation.results.verdict import Beside
from simulation.world.labels import Label

DISTANCE, IN_SD = Label("Distance", "Afstand"), Label("In sd", "I std.afv.")
MODEL, PRINTED = Label("Model", "Model"), Label("Published", "Offentliggjort")
FIGURE, WHOM, SOURCE = Label("Figure", "Mål"), Label("Of", "For"), Label("Source", "Kilde")
VERDICT, PAGE = Label("Verdict", "Vurdering"), Label("p. {page}", "s. {page}")
FAR, NEAR = Label("far", "langt fra"), Label("near", "tæt på")
NONE = Label(
    "Nothing published stands beside this scenario, so how far the model is from the world was not tested here.",
    "Der står ingen offentliggjorte tal ved dette scenarie, så modellens afstand til virkeligheden er ikke prøvet her.",
)
WHAT = Label(
    "Distance: model less published, in the unit of the figure; in sd, in standard deviations of the published figure "
    "or, where its own error is not known, of one trial of this size. Far: more than 1.96 of them. "
    "No verdict: fewer than {few} replications, or nearly anything would be near.",
    "Afstand: model minus offentliggjort, i målets enhed; i std.afv., i standardafvigelser for det offentliggjorte tal "
    "eller, hvor dets egen usikkerhed ikke kendes, for ét forsøg af denne størrelse. Langt fra: mere end 1,96 af dem. "
    "Ingen vurdering: færre end {few} gentagelser, eller næsten alt ville ligge tæt på.",
)
MORE = Label("And {count} more; the annex has all of them.", "Og {count} mere; alle står i bilaget.")
OF = Label("Beside the published figures: {scenario}.", "Holdt mod de offentliggjorte tal: {scenario}.")


def sorted_besides(result: Result) -> list[Beside]:
    """Published figures by distance in standard deviations, the largest first; those without one last."""

    def order(beside: Beside) -> tuple[bool, float]:
        apart = beside.distance.in_sd
        return math.isnan(apart), -abs(apart) if not math.isnan(apart) else 0.0

    return sorted(result.beside_published(), key=order)


def published_blocks(result: Result, called: str, wording: Wording, most: int | None = None) -> Iterator[Block]:
    """The table, of at most so many figures; `called` is the scenario that has them."""
    besides = sorted_besides(result)
    if not besides:
        yield Text(wording.say(NONE))
        return
    shown = besides[:most]
    left = len(besides) - len(shown)
    note = " ".join(filter(None, (wording.say(MORE, count=left) if left else "", wording.say(WHAT, few=FEW))))
    head = [FIGURE, WHOM, DISTANCE, IN_SD, MODEL, PRINTED, VERDICT, SOURCE]
    yield Text(wording.say(OF, scenario=called), "note")
    rows = [list(_row(each, result, wording)) for each in shown]
    yield Table([wording.say(label) for label in head], rows, 2, note, small=True, tail=2)


def printed_cell(beside: Beside, unit: str, wording: Wording) -> str:
    """What is printed: a number, several, or words."""
    figure = beside.figure
    if figure.figure is None:
        return f"“{figure.words}”"
    return " / ".join(wording.number(unit, value) for value in (figure.figure, *(v.figure for v in figure.also)))


def page_text(page: object, wording: Wording) -> str:
    """Such as "p. 12"; what is no number, such as a web page, as it is."""
    text = str(page)
    return wording.say(PAGE, page=text) if text[:1].isdigit() else text


def verdict_text(beside: Beside, wording: Wording) -> str:
    """Far, near, or nothing where neither can be said."""
    verdict = beside.distance.verdict
    return wording.say(FAR if verdict == "far" else NEAR) if verdict else NOT_KNOWN


def _row(beside: Beside, result: Result, wording: Wording) -> Sequence[Cell]:
    names, figure = result.names, beside.figure
    known = beside.named.outcome in names.meanings
    unit = names.unit(beside.named.outcome) if known else ""
    apart = beside.distance
    return [
        wording.figure(beside.named) if known else figure.outcome,
        wording.group(beside.named.group), Value(unit, apart.units, signed=True), Value("", apart.in_sd, signed=True),
        Value(unit, beside.simulated.value), printed_cell(beside, unit, wording), verdict_text(beside, wording),
        f"{figure.source}, {page_text(figure.page, wording)}",
    ]  # fmt: skip
