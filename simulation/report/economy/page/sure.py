"""How sure it is over draws: chances, the plane, acceptability with its frontier, what knowing more is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from simulation.economy.cba.found import Sure
from simulation.economy.decision.information import Information
from simulation.economy.decision.plane import Quadrant
from simulation.report.economy.knowing import trial as knowing_trial
from simulation.report.economy.page.material import SCENARIO, Page
from simulation.report.handed.blocks import NOT_KNOWN, Block, Cell, Section, Table, Text
from simulation.report.handed.keys import key_label
from simulation.results.sobol import Part
from simulation.world.labels import Label, in_language, plain

SURE = Label("How sure it is", "Hvor sikkert det er")
OVER = Label("Over {draws} draws, for {who}", "Over {draws} trækninger, for {who}")
PAYS = Label("Chance that it pays, %", "Sandsynlighed for, at det betaler sig, %")
MEAN = Label("Mean gain, discounted, {unit}", "Gennemsnitlig gevinst, diskonteret, {unit}")
REACHED = Label("Chance that it is paid back by {year}, %", "Sandsynlighed for, at det er tjent ind i {year}, %")
PLANE = Label("Costs beside work", "Omkostninger og arbejde")
QUADRANTS: dict[Quadrant, Label] = {
    "better and dearer": Label("More work at more cost, %", "Mere arbejde til større omkostning, %"),
    "worse and dearer": Label("Less work at more cost, %", "Mindre arbejde til større omkostning, %"),
    "worse and cheaper": Label("Less work at less cost, %", "Mindre arbejde til mindre omkostning, %"),
    "better and cheaper": Label("More work at less cost, %", "Mere arbejde til mindre omkostning, %"),
}
NOTE = Label("[ ] is by the number of draws and luck, 95 %. A draw without any difference counts half.",
             "[ ] er af antallet af trækninger og tilfældigheder, 95 %. En trækning uden forskel tæller halvt.")
NOT_ASKED = Label("Not asked: `--draws` tells how sure it is, with prices and all else that is unsure.",
                  "Ikke undersøgt: `--draws` viser, hvor sikkert det er, med priser og alt andet, der er usikkert.")
KNOWING = Label("What knowing more is worth", "Hvad mere viden er værd")
WHAT, KEY, WHY = Label("What is known", "Hvad der vides"), Label("Key", "Nøgle"), Label("Why not known",
                                                                                        "Hvorfor ukendt")
WORTH, EVERYTHING = Label("Worth, {unit}", "Værdi, {unit}"), Label("Everything", "Alt")
PRICE = Label("Price: {name}", "Pris: {name}")
ABOUT_KNOWING = Label(
    "For the {persons} persons of the run, of the {count} numbers that go most with the gain. [ ] has draws, "
    "regression and luck, 95 %.",
    "For kørslens {persons} personer, af de {count} tal, der følger gevinsten mest. [ ] har trækninger, regression og "
    "tilfældigheder, 95 %.",
)
TRIAL = Label("Whether a trial is worth its price", "Er et forsøg sin pris værd?")
SIZE, VALUE, COST = Label("Persons", "Personer"), Label("Value, {unit}", "Værdi, {unit}"), Label("Cost, {unit}",
                                                                                                 "Pris, {unit}")
LEFT = Label("Left, {unit}", "Tilbage, {unit}")
ABOUT_TRIAL = Label(
    "Discounted; value for those decided about after it, cost with what its people forgo. [ ] as above.",
    "Diskonteret; værdi for dem, der siden træffes beslutning om; pris med det, deltagerne går glip af. [ ] som "
    "ovenfor.",
)
MOST = 3
"""Numbers, and sizes of a trial, of which it is told on a page what they are worth."""


def sure(page: Page) -> Iterator[Section]:
    """Chances, and the picture of what is best."""
    if page.assessed.sure is None:
        yield Section(page.say(SURE), [Text(page.say(NOT_ASKED))])
        return
    chances: list[Block] = [] if page.many else [_chances(page, page.assessed.sure)]  # page 1 has those of many
    yield Section(page.say(SURE), [*chances, page.pictures["acceptability"]], "tight")


def plane(page: Page) -> Iterator[Section]:
    """Costs beside work, and in which quadrant the draws lie; of many scenarios the chances, too."""
    found = page.assessed.sure
    if found is None:
        return
    names = get_args(Quadrant)
    rows = [[name, *(_share(page, place.quadrants[quadrant]) for quadrant in names)]
            for name, place in zip(page.names[1:], found.places, strict=True)]  # fmt: skip
    head = [page.say(SCENARIO), *(page.say(QUADRANTS[quadrant]) for quadrant in names)]
    blocks: list[Block] = [_chances(page, found)] if page.many else []
    blocks += [] if page.beside else [page.pictures["plane"]]
    yield Section(page.say(PLANE), [*blocks, Table(head, rows, note=page.say(NOTE), small=True)])


def _chances(page: Page, found: Sure) -> Table:
    """A row for each scenario."""
    last = page.assessed.years[-1]
    rows = [[name, _share(page, pays), page.kroner(net), _share(page, back.reached[-1])]
            for name, pays, net, back in zip(page.names[1:], found.pays, found.nets, found.back, strict=True)]
    draws = page.say(OVER, draws=page.count(page.assessed.plan.number_of_draws), who=page.who(found.account))
    head = [draws, page.say(PAYS), page.say(MEAN, unit=page.scale[1]), page.say(REACHED, year=last)]
    return Table(head, rows, note=page.say(NOTE), small=True)


def _share(page: Page, part: Part) -> str:
    return page.cell(part, signed=False, scale=0.01)


def knowing(page: Page) -> Iterator[Section]:
    """The numbers that it is worth most to know; and trials, if they were thought of."""
    found = page.assessed.sure
    if found is None:
        return
    known = {name: each for name, each in found.partly.items() if each.known and each.value.value > 0}
    rows = [_row(page, EVERYTHING.told(page.language), "", found.perfect)]
    rows += [_row(page, unknown(page, name), name, each) for name, each in list(known.items())[:MOST]]
    yield Section(page.say(KNOWING), [_table(page, found, [row[:3] for row in rows])])
    if found.worth is not None:
        yield from _trials(page, MOST)


def every_knowing(page: Page) -> Iterator[Section]:
    """Every number of which it was asked, and the picture."""
    found = page.assessed.sure
    if found is None:
        return
    rows = [_row(page, EVERYTHING.told(page.language), "", found.perfect)]
    rows += [_row(page, unknown(page, name), name, each) for name, each in found.partly.items()]
    blocks: list[Block] = [_table(page, found, rows)]
    if "knowing" in page.pictures:
        blocks.append(page.pictures["knowing"])
    yield Section(page.say(KNOWING), blocks)


def _table(page: Page, found: Sure, rows: Sequence[Sequence[Cell]]) -> Table:
    head = [page.say(WHAT), page.say(KEY), page.say(WORTH, unit=page.scale[1]), page.say(WHY)][: len(rows[0])]
    note = page.say(ABOUT_KNOWING, persons=page.count(page.assessed.persons), count=len(found.partly))
    return Table(head, rows, 2, note, small=True, tail=max(len(rows[0]) - 3, 0))


def _row(page: Page, name: str, key: str, found: Information) -> list[Cell]:
    worth = page.kroner(found.value, signed=False) if found.known else NOT_KNOWN
    return [name, key.removeprefix("prices: "), worth, str(in_language(found.why, page.language))]


def every_trial(page: Page) -> Iterator[Section]:
    """Trials of all sizes, where a page does not have them."""
    found = page.assessed.sure
    if found is not None and found.worth is not None and len(found.worth.trials) > MOST:
        yield from _trials(page, len(found.worth.trials))


def _trials(page: Page, most: int) -> Iterator[Section]:
    """What trials of several sizes are worth and cost; of many the best one and its neighbours."""
    assert page.assessed.sure is not None and page.assessed.sure.worth is not None
    worth = page.assessed.sure.worth
    best = 0 if worth.best is None else worth.trials.index(worth.best)
    first = min(max(best - most // 2, 0), max(len(worth.trials) - most, 0))
    if not any(trial.sample.known for trial in worth.trials):
        yield Section(page.say(TRIAL), [Text(knowing_trial(page, worth))])
        return
    unit, rows = page.scale[1], list[list[Cell]]()
    for trial in worth.trials[first : first + most]:
        known = (page.kroner(part, signed=part is trial.net) for part in (trial.value, trial.cost, trial.net))
        told = [*known] if trial.sample.known else [str(in_language(trial.sample.why, page.language))]
        rows.append([page.count(trial.size), *told])
    head = [page.say(SIZE), *(page.say(label, unit=unit) for label in (VALUE, COST, LEFT))]
    yield Section(page.say(TRIAL), [Table(head, rows, note=page.say(ABOUT_TRIAL), small=True)])


def unknown(page: Page, name: str) -> str:
    """What a number that is drawn is called."""
    if name.startswith("prices: "):
        steps = [step for step in name.removeprefix("prices: ").split(".") if step not in ("prices", "price")]
        return page.say(PRICE, name=plain(" ".join(steps)))
    return key_label(name, page.words)
