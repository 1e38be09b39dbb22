"""Page 1: the question, what was changed, the answer with its figure, and what it does not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.report.findings import Findings
from simulation.report.handed.blocks import NOT_KNOWN, Block, Bullets, Cell, Picture, Section, Table, Text, value_of
from simulation.report.handed.changed import changed
from simulation.report.handed.keys import plain
from simulation.report.handed.labelled import row_label
from simulation.report.handed.material import Material
from simulation.report.handed.strips import strips
from simulation.report.handed.titles import title_of
from simulation.report.heads import cut_to
from simulation.report.rows import Row
from simulation.report.wording import Wording
from simulation.results.intervals import Estimate
from simulation.world.labels import Label

QUESTION = Label("The question", "Spørgsmålet")
ANSWER = Label("The answer", "Svaret")
NOT_SAID = Label("What this does not say", "Det siger svaret ikke")
AGAINST = Label("What does {scenario} do, against {base}?", "Hvad betyder {scenario} i forhold til {base}?")
AMONG = Label("What do {count} scenarios do, against {base}?", "Hvad betyder {count} scenarier i forhold til {base}?")
OF_ONE = Label("What happens in {scenario}?", "Hvad sker der i {scenario}?")
PEOPLE = Label(
    "{persons} persons in {jobcentres}, followed for {weeks} weeks each; {replications}{same}.",
    "{persons} personer i {jobcentres}, fulgt i {weeks} uger hver; {replications}{same}.",
)
SAME = Label(
    ", the same people and the same luck in everything that is compared",
    " med de samme personer og de samme tilfældigheder i alt, der sammenlignes",
)
OTHERS = Label(
    " (of the base; not the same people in all that is compared)",
    " (i basis; ikke de samme personer i alt, der sammenlignes)",
)
JOBCENTRE, JOBCENTRES = Label("one jobcentre", "ét jobcenter"), Label("{count} jobcentres", "{count} jobcentre")
REPLICATION, REPLICATIONS = (
    Label("one replication", "én gentagelse"),
    Label("{count} replications", "{count} gentagelser"),
)
FIGURE, DIFFERENCE = Label("Figure", "Mål"), Label("Difference", "Forskel")
BRACKETS = Label(
    "In brackets: the difference from the first column; its interval stands in the annex.",
    "I parentes: forskellen fra første kolonne; intervallet står i bilaget.",
)
PUT_IN = Label(
    "How much an effort helps those who get it was put in, from published evidence or as an assumption. The simulation "
    "shows what follows from it under the staff and places there are; it does not prove it.",
    "Hvor meget en indsats hjælper dem, der får den, er lagt ind på forhånd, fra offentliggjort evidens eller som en "
    "antagelse. Simuleringen viser, hvad der følger af det med de medarbejdere og pladser, der er; den beviser det "
    "ikke.",
)
ASSUMED = Label(
    "Page 2 says which assumptions matter here, and the annex has all of them.",
    "Side 2 viser de antagelser, der betyder noget her, og bilaget har dem alle.",
)
WINDOW = Label(
    "Nothing after {weeks} weeks is looked at, and no one outside the model.",
    "Der ses ikke længere end {weeks} uger frem, og ikke på andre end dem i modellen.",
)
DOUBTS = Label("The check of the input warns of {count} things; the annex repeats them.",
               "Kontrollen af input giver {count} advarsler; de er gentaget i bilaget.")  # fmt: skip
DOUBT = Label("The check of the input warns of one thing; the annex repeats it.",
              "Kontrollen af input giver én advarsel; den er gentaget i bilaget.")  # fmt: skip
MOST_ROWS, MOST_OF_SEVERAL, LONGEST = 10, 7, 450
"""Rows of the table, and of one of several scenarios; characters of a description, which the annex has in full."""


def first_page(material: Material, findings: Findings, figure: Picture | None) -> list[Section]:
    """The sections of page 1; `figure` is the picture of the answer, if there is one."""
    wording = findings.wording
    answer: list[Block] = [Text(sentence, "lead") for sentence in findings.answer]
    if findings.headline:
        answer.append(headline_table(findings))
    if len(findings.columns) > 2 and not findings.alone:
        answer += [drawn] if (drawn := strips(findings)) is not None else []
    elif figure is not None:
        answer.append(figure)
    return [
        Section(wording.say(QUESTION), list(_question(material, findings))),
        changed(material, findings),
        Section(wording.say(ANSWER), answer),
        Section(wording.say(NOT_SAID), [Bullets(list(not_said(material, findings)))]),
    ]


def headline_table(findings: Findings, rows: Sequence[Row] | None = None) -> Table:
    """Every column, and of two the difference; of more the differences stand in brackets."""
    wording, shown = findings.wording, findings.headline if rows is None else rows
    if len(findings.columns) > 2 and not findings.alone:
        names, legend = findings.heads
        note = f"{legend}. {wording.say(BRACKETS)}" if legend else wording.say(BRACKETS)
        lines = [[row_label(findings, row), *_brackets(row, wording)] for row in shown[:MOST_OF_SEVERAL]]
        return Table([wording.say(FIGURE), *names], lines, note=note)
    apart = [wording.say(DIFFERENCE)] if len(findings.columns) == 2 else []
    body: list[list[Cell]] = []
    for row in shown[:MOST_ROWS]:
        one = len(findings.columns) == 1
        levels: list[Cell] = [value_of(row.unit, e) if one else alone(row.unit, e, wording) for e in row.levels]
        differences = [value_of(row.unit, e, True) for e in row.known]
        body.append([row_label(findings, row), *levels, *(differences if apart else [])])
    return Table([wording.say(FIGURE), *findings.columns, *apart], body)


def alone(unit: str, e: Estimate | None, wording: Wording) -> str:
    """A mean without its interval."""
    return NOT_KNOWN if e is None else wording.alone(unit, e)


def _brackets(row: Row, wording: Wording) -> Iterator[str]:
    for level, difference in zip(row.levels, row.differences, strict=True):
        text = alone(row.unit, level, wording)
        if difference is None or text == NOT_KNOWN:
            yield text
        else:
            yield f"{text} ({wording.alone(row.unit, difference, True)})"


def _question(material: Material, findings: Findings) -> Iterator[Block]:
    wording, loaded = findings.wording, material.loaded
    titles = [title_of(each, wording.language) for each in loaded]
    if len(loaded) == 2:
        yield Text(wording.say(AGAINST, base=titles[0], scenario=titles[1]), "lead")
    elif len(loaded) > 2:
        yield Text(wording.say(AMONG, base=titles[0], count=len(loaded) - 1), "lead")
    else:
        yield Text(wording.say(OF_ONE, scenario=titles[0]), "lead")
    if len(loaded) <= 2 and loaded[-1].scenario.description:
        yield Text(cut_to(loaded[-1].scenario.description, LONGEST))
    yield Text(people(material, wording), "note")


def people(material: Material, wording: Wording) -> str:
    """How many people, where, for how long, how often."""
    scenario = material.loaded[0].scenario
    places, times = len(scenario.jobcentres), material.replications
    return wording.say(
        PEOPLE, persons=plain(sum(scenario.persons().values()), wording), weeks=scenario.follow_up,
        jobcentres=wording.say(JOBCENTRE) if places == 1 else wording.say(JOBCENTRES, count=places),
        replications=wording.say(REPLICATION) if times == 1 else wording.say(REPLICATIONS, count=times),
        same="" if _alone(material) else wording.say(SAME if _same_people(material) else OTHERS),
    )  # fmt: skip


def _alone(material: Material) -> bool:
    """Whether nothing stands beside one group of one scenario."""
    return material.swept is None and len(material.loaded) == 1 and len(material.loaded[0].scenario.as_written) == 1


def _same_people(material: Material) -> bool:
    if material.swept is not None:
        return all(material.swept.alike(point).same_people for point in range(len(material.swept.grid.points)))
    assert material.ran is not None
    return all(comparison.alike.same_people for comparison in material.ran.comparisons)


def not_said(material: Material, findings: Findings) -> Iterator[str]:
    """What the answer does not hold, sentence by sentence."""
    wording = findings.wording
    yield f"{findings.holds} {wording.say(ASSUMED)}"
    yield wording.say(PUT_IN)
    yield wording.say(WINDOW, weeks=material.loaded[0].scenario.follow_up)
    if doubts := len(material.doubts):
        yield wording.say(DOUBT) if doubts == 1 else wording.say(DOUBTS, count=doubts)
