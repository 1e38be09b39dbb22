"""The question, what was changed, the answer in words, and what it does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from simulation.report.economy.money import side_of
from simulation.report.economy.page.by_year import difference_blocks
from simulation.report.economy.page.material import Page
from simulation.report.handed.blocks import Block, Bullets, Section, Table, Text
from simulation.report.handed.changed import (
    AGAINST,
    CHANGED,
    FEW,
    FROM,
    KEY,
    MORE,
    NOTHING,
    SCENARIO,
    TO,
    UNIT,
    WHAT,
    in_short,
)
from simulation.report.handed.first_page import (
    ANSWER,
    DOUBT,
    DOUBTS,
    JOBCENTRE,
    JOBCENTRES,
    LONGEST,
    NOT_SAID,
    PUT_IN,
    QUESTION,
    REPLICATION,
    REPLICATIONS,
    SAME,
)
from simulation.report.handed.keys import change_rows, plain
from simulation.report.handed.titles import title_of
from simulation.report.heads import cut_to
from simulation.scenario.alike import Alike
from simulation.scenario.changes import changes
from simulation.world.labels import Label

ASKED = Label("Who pays and who gains by {scenario}, against {base}?",
              "Hvem betaler, og hvem vinder ved {scenario} i forhold til {base}?")  # fmt: skip
ASKED_OF = Label("Who pays and who gains by {count} scenarios, against {base}?",
                 "Hvem betaler, og hvem vinder ved {count} scenarier i forhold til {base}?")  # fmt: skip
PEOPLE = Label(
    "{persons} persons in {jobcentres}; {weeks} weeks from {start}; {replications}{same}{draws}. Staff is reckoned "
    "{way}.",
    "{persons} personer i {jobcentres}; {weeks} uger fra {start}; {replications}{same}{draws}. Personale er opgjort "
    "{way}.",
)
DRAWS = Label("; {draws} draws of all that is unsure", "; {draws} trækninger af alt, der er usikkert")
WAYS = {
    "posts": Label("as posts that are paid, busy or not", "som stillinger, der lønnes, også når de ikke har travlt"),
    "margin": Label("by the minutes that are used", "efter de minutter, der bruges"),
    "whole": Label("in whole posts", "i hele stillinger"),
    "notice": Label("as posts, those taken away paid for {weeks} weeks more",
                    "som stillinger; nedlagte lønnes {weeks} uger endnu"),
}  # fmt: skip
INTERVALS = Label(
    "[ ] is simulation error, 95 %: it would be smaller with more replications, and holds nothing of what is unsure.",
    "[ ] er simulationsfejl, 95 %: den bliver mindre med flere gentagelser og rummer intet af det, der er usikkert.",
)
OF_DRAWS = Label(
    "What is told over draws has in [ ] also the number of draws, 95 %, and varies with all that has a range.",
    "Det, der fortælles over trækninger, har i [ ] også antallet af trækninger, 95 %, og varierer med alt, der har et "
    "interval.",
)
NO_INTERVAL = Label("One replication has no interval.", "Én gentagelse har intet interval.")
LEFT_OUT = Label(
    "Left out: block grants, equalisation between municipalities and the budget guarantee, so what a municipality "
    "keeps in the end is another matter; what comes after the run; what citizens' own time is worth; health; crime.",
    "Udeladt: bloktilskud, kommunal udligning og budgetgaranti, så hvad kommunen beholder i sidste ende, er en anden "
    "sag; det, der kommer efter kørslen; værdien af borgernes egen tid; sundhed; kriminalitet.",
)
OF_MANY = Label(
    "For {who}, {gain} of {count} scenarios gain and {loss} cost more than the base; of {unknown} neither is "
    "measurable. The annex tells of each.",
    "For {who} giver {gain} af {count} scenarier en gevinst, og {loss} koster mere end basis; for {unknown} er ingen "
    "af delene målbar. Bilaget fortæller om hvert.",
)
ASSUMED = Label("Much is assumed; the annex has every price and every assumption.",
                "Meget er antaget; bilaget har alle priser og alle antagelser.")  # fmt: skip


MOST = 4
"""Keys on the page."""
KEYS = re.compile(r"\b[a-z]\w*(\.\w+){2,}|\b[a-z]+(\.?\w+)*_\w+(\.\w+)*", re.ASCII)
"""Keys within a sentence, such as exits.other.lives_on; no abbreviation such as t.kr."""


def question(page: Page) -> Iterator[Section]:
    """What is asked, of how many people."""
    loaded = page.priced.loaded
    titles = [title_of(each, page.language) for each in loaded]
    if page.several:
        blocks: list[Block] = [Text(page.say(ASKED_OF, base=titles[0], count=len(loaded) - 1), "lead")]
    else:
        blocks = [Text(page.say(ASKED, base=titles[0], scenario=titles[1]), "lead")]
        if loaded[1].scenario.description:
            blocks.append(Text(cut_to(loaded[1].scenario.description, LONGEST)))
    yield Section(page.say(QUESTION), [*blocks, Text(_people(page), "note")])


def _people(page: Page) -> str:
    scenario, plan = page.priced.loaded[0].scenario, page.assessed.plan
    places, times, draws = len(scenario.jobcentres), plan.replications, plan.number_of_draws
    same = all(Alike(scenario, each.scenario).same_people for each in page.priced.loaded[1:])
    return page.say(
        PEOPLE, persons=plain(page.assessed.persons, page.words), weeks=scenario.weeks, start=scenario.start,
        jobcentres=page.say(JOBCENTRE) if places == 1 else page.say(JOBCENTRES, count=places),
        replications=page.say(REPLICATION) if times == 1 else page.say(REPLICATIONS, count=times),
        same=page.say(SAME) if same else "", draws=page.say(DRAWS, draws=page.count(draws)) if draws else "",
        way=page.say(WAYS[plan.way], weeks=plan.notice_weeks),
    )  # fmt: skip


def changed(page: Page) -> Iterator[Section]:
    """What differs from the base, as far as there is room."""
    words, (base, *others) = page.words, page.priced.loaded
    if page.many:
        return  # the annex has it
    if page.several:
        lines = [[name, in_short(changes(base, each), words)]
                 for name, each in zip(page.names[1:], others, strict=True)]  # fmt: skip
        head = [page.say(SCENARIO), page.say(AGAINST, base=page.names[0])]
        yield Section(page.say(CHANGED), [Table(head, lines, 2)], "keys")
        return
    rows = change_rows(changes(base, others[0]), words)
    left = len(rows) - MOST
    more = page.say(MORE, count=left) if left > 0 else ""
    head = [page.say(label) for label in (WHAT, KEY, FROM, TO, UNIT)]
    table = Table(head, rows[:MOST], len(head), more, len(rows) >= FEW)
    yield Section(page.say(CHANGED), [table if rows else Text(page.say(NOTHING))], "keys")


def every_change(page: Page) -> Iterator[Section]:
    """Every key that differs."""
    base, *others = page.priced.loaded
    head = [page.say(label) for label in (WHAT, KEY, FROM, TO, UNIT)]
    blocks = list[Block]()
    for name, each in zip(page.names[1:], others, strict=True):
        blocks += [Text(name, "lead")] if page.several else []
        blocks.append(Table(head, change_rows(changes(base, each), page.words, in_full=True), 5, small=True))
    yield Section(page.say(CHANGED), blocks)


def answer(page: Page) -> Iterator[Section]:
    """The answer in a paragraph, the table by payer and year, and its picture."""
    first, *others = map(_marked, page.answer())
    blocks: list[Block] = [Text(first, "lead"), Text(" ".join(others))]
    if page.many:
        of_all = [first, *others][len(page.assessed.against) :]
        blocks = [Text(_counted(page), "lead"), *([Text(" ".join(of_all))] if of_all else [])]
    elif page.several:
        blocks = [Bullets([first, *others])]
    yield Section(page.say(ANSWER), [*blocks, *difference_blocks(page)], "tight")


def every_answer(page: Page) -> Iterator[Section]:
    """What is told of each of many scenarios."""
    if page.many:
        yield Section(page.say(ANSWER), [Bullets([*map(_marked, page.answer())])])


def _marked(sentence: str) -> str:
    """With its keys between backticks, as what is printed as such."""
    return KEYS.sub(r"`\g<0>`", sentence)


def _counted(page: Page) -> str:
    """How many scenarios gain, and how many do not."""
    sides = Counter(side_of(each.net[page.decides][-1]) for each in page.assessed.against)
    return page.say(OF_MANY, who=page.who(page.decides), count=len(page.assessed.against), gain=sides["more"],
                    loss=sides["less"], unknown=sides["unknown"] + sides["none"])  # fmt: skip


def not_said(page: Page) -> Iterator[Section]:
    """What the answer does not hold."""
    plan = page.assessed.plan
    told = [page.say(INTERVALS if plan.replications > 1 else NO_INTERVAL)]
    if plan.number_of_draws:
        told.append(page.say(OF_DRAWS))
    told = [" ".join([*told, page.say(ASSUMED)]), page.say(PUT_IN), page.say(LEFT_OUT)]
    told += [_marked(f"{text[:1].upper()}{text[1:]}.") for text in (*page.ruled(), *page.own_minds())]
    if doubts := len(page.priced.doubts):
        told.append(page.say(DOUBT) if doubts == 1 else page.say(DOUBTS, count=doubts))
    yield Section(page.say(NOT_SAID), [Bullets(told)])
