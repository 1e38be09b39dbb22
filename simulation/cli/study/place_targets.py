"""Published figures of a place beside its stock, each as its publisher defines it: flow, running and ended spells by
duration, talks by duration. What nothing in the study could move is no target: it is said in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from simulation.cli.study.place_files import Study
from simulation.cli.study.place_texts import TARGET, fill
from simulation.municipal.beside import DEGREE, EDUCATION, HOURS, REMOTE, TOUCHED, WAGE_WORK
from simulation.municipal.categories import ACTIVITY_READY
from simulation.municipal.durations import Weeks, class_of
from simulation.municipal.modelled import Group
from simulation.municipal.place import ALL_KONTANTHJAELP, ENDED, KONTANTHJAELP, STARTED, Spells, month_text
from simulation.world.labels import Label

LASTED = (13, 26, 52)
OUTCOMES: dict[Weeks, str] = {(0, 13): "to_13", (13, 26): "to_26", (26, 39): "to_39", (39, 52): "to_52",
                              (52, None): "over_52"}  # fmt: skip
"""Ends of the names of outcomes of talks, by class of weeks."""
SPELL = "a spell ends with a whole calendar month without the benefit"
OFFERS = "offers"
COUNTED = {STARTED: "begun", ENDED: "ended"}
AGAIN = {"dagpenge": "a-dagpenge", "kontanthjaelp": "kontanthjælp"}
"""What the publisher calls a benefit on which people are again."""
WHAT = {
    DEGREE: Label("activation degree", "aktiveringsgrad"),
    TOUCHED: Label("share in an offer", "andel aktiveringsberørte"),
    HOURS: Label("share with ordinary hours", "andel med ordinære timer"),
    REMOTE: Label("talks by phone or video", "samtaler på telefon eller video"),
    OFFERS: Label("persons in an offer by kind", "personer i tilbud efter art"),
}
NO_OFFERS = Label("Nothing in the study could move it: the study has no offers",
                  "Intet i undersøgelsen kan flytte det: undersøgelsen har ingen tilbud")  # fmt: skip
WHY = {
    DEGREE: NO_OFFERS,
    TOUCHED: NO_OFFERS,
    HOURS: Label("Nothing in the study could move it: the study has no paid hours beside benefit",
                 "Intet i undersøgelsen kan flytte det: undersøgelsen har ingen timer ved siden af ydelsen"),
    OFFERS: NO_OFFERS,
    REMOTE: Label("The fit does not move it: each plan says itself how its talks are held",
                  "Tilpasningen flytter det ikke: hver plan siger selv, hvordan dens samtaler holdes"),
}  # fmt: skip
PERCENT = Label("{value:.1%}", "{value:.1%}")
NOT_HELD = Label(
    "No target: {what}, {figure} in {month} ({source}){of_whom}. {why}.",
    "Intet mål: {what}, {figure} i {month} ({source}){of_whom}. {why}.",
)
ALL_CATEGORIES = Label("; it is of all kontanthjælp, and the study has {categories} alone",
                       "; det er for al kontanthjælp, og undersøgelsen har kun {categories}")  # fmt: skip
CATEGORIES = {KONTANTHJAELP: Label("the job-ready", "de jobparate"),
              ACTIVITY_READY: Label("the activity-ready", "de aktivitetsparate")}  # fmt: skip
AND = Label(" and ", " og ")
OF_A_KASSER = Label("; it is of a-kasser in the whole country", "; det er for a-kasser i hele landet")


def watched_of(study: Study) -> list[str]:
    """What is counted in the register, beside the stock as far as something printed is held against it."""
    asked = (("spells", _spells), ("spells", _afterwards), ("contact", _talks))
    found = dict.fromkeys(word for word, of in asked if any(any(of(study, group)) for group in study.groups))
    return ["stock", *found]


def further_targets(study: Study) -> str:
    """Targets as YAML, and as comments what is no target."""
    kinds = (_spells, _afterwards, _talks)
    found = [_target(study, group, each) for group in study.groups for of in kinds for each in of(study, group)]
    return "".join([*found, *(f"# {line}\n" for line in not_held(study))])


def not_held(study: Study) -> list[str]:
    """What is printed and no target, in words: the figure of the last month that is used, or else the newest."""
    language, found = study.language, []
    for what, benefit, month, figure, source in _beside(study):
        if (whom := _of_whom(study, what, benefit)) is not None:
            found.append(NOT_HELD.told(language, what=WHAT[what].told(language), figure=figure, of_whom=whom,
                                       month=month_text(month), source=source,
                                       why=WHY[what].told(language)))  # fmt: skip
    return found


def _beside(study: Study) -> Iterator[tuple[str, str, int, str, str]]:
    """What is printed of activation, hours and how talks are held: what, benefit, month, figure, source."""
    of_place = study.modelled.place.beside
    of_nation = study.nation.beside.shares if study.nation else {}
    shares = of_place.shares | {key: each for key, each in of_nation.items() if key[0] == REMOTE}
    for what, benefit in sorted(shares, key=lambda key: ([*WHAT].index(key[0]), key[1])):  # not as the files come
        share = shares[what, benefit]
        month = _last(study, share.values)
        yield what, benefit, month, fill(PERCENT, study.language, value=share.values[month]), share.source
    for benefit, offers in sorted(of_place.offers.items()):
        month = _last(study, offers.months)
        kinds = ", ".join(f"{kind} {number:g}" for kind, number in offers.months[month].items())
        yield OFFERS, benefit, month, kinds, offers.source


def _of_whom(study: Study, what: str, benefit: str) -> str | None:
    """Whom a figure is of, where that is not the group of the study ("" if it is); None: it is of no group here."""
    keys = [group.key for group in study.groups]
    if what == REMOTE:
        return OF_A_KASSER.told(study.language)
    if benefit == ALL_KONTANTHJAELP:
        categories = [label.told(study.language) for key, label in CATEGORIES.items() if key in keys]
        together = AND.told(study.language).join(categories)
        return ALL_CATEGORIES.told(study.language, categories=together) if categories else None
    return "" if benefit in keys else None


def _last(study: Study, months: Iterable[int]) -> int:
    known = [month for month in months if month <= study.modelled.seen[-1]]
    return max(known or months)


class _Printed(NamedTuple):
    """What is printed of a month: the outcome without date and benefit, its figure, and what it means."""

    outcome: str
    month: int
    figure: float
    rounding: float
    source: str
    definition: str


def _spells(study: Study, group: Group) -> Iterator[_Printed]:
    place, seen = study.modelled.place, study.modelled.seen
    for (source, benefit, month), flow in place.flows.items():
        for part, name in COUNTED.items():
            if benefit == group.key and month in seen and part in flow:
                scaled = "" if study.scale == 1 else f", {flow[part]:g} / {study.scale} persons a simulated one"
                told, figure = f"spells {name} in the month; {SPELL}{scaled}", flow[part] / study.scale
                yield _Printed(f"spells_{name}", month, figure, 0.5 / study.scale, source, told)
    quarters = [month for month in seen if month % 3 == 2]
    if group.key in place.beside.running:
        running = place.beside.running[group.key]
        for weeks in LASTED:
            told = f"of spells running at the end of the month, those above {weeks} weeks; {SPELL}"
            for month, share in running.over(weeks).items():
                if month in quarters:
                    yield _Printed(f"spells_over_{weeks}", month, share, 0.0005, running.source, told)
    for each in place.spells:
        if each.benefit == group.key and each.month in quarters:
            yield from _ended(each)


def _ended(each: Spells) -> Iterator[_Printed]:
    """Of the spells that ended in a month."""
    if each.mean_weeks is not None:
        told = f"mean weeks of spells that ended in the month, which are no hazards; {SPELL}"
        yield _Printed("spells_ended_weeks", each.month, each.mean_weeks, 0.05, each.source, told)
    classes = [(class_of(label), number) for label, number in each.by_length.items()]
    known = [(weeks, number) for weeks, number in classes if weeks is not None]
    if each.hidden or len(known) < len(classes):
        return
    for above in LASTED:
        if any(weeks[0] == above for weeks, _ in known):
            share = sum(number for weeks, number in known if weeks[0] >= above) / sum(number for _, number in known)
            told = f"of spells that ended in the month, those above {above} weeks; {SPELL}"
            yield _Printed(f"spells_ended_over_{above}", each.month, share, 0.0005, each.source, told)


def _afterwards(study: Study, group: Group) -> Iterator[_Printed]:
    """Where people are three months after an ended spell, by quarter."""
    if group.key not in study.modelled.place.beside.status:
        return
    status = study.modelled.place.beside.status[group.key]
    told = "of spells that ended in the quarter, where people are three months later; any benefit ranks before work"
    for quarter, shares in status.quarters.items():
        for label, name in ((WAGE_WORK, "job"), (EDUCATION, "education"), (AGAIN.get(group.key, ""), "benefit")):
            if label in shares and quarter in study.modelled.seen and quarter + 2 in study.modelled.seen:
                yield _Printed(f"spells_then_{name}", quarter + 2, shares[label], 0.0005, status.source, told)


def _talks(study: Study, group: Group) -> Iterator[_Printed]:
    if group.key not in study.modelled.place.beside.talks:
        return
    talks = study.modelled.place.beside.talks[group.key]
    told = ("talks held since the spell began, a person on the benefit at the end of the month, by how long the spell "
            f"has lasted; {SPELL}")  # fmt: skip
    for month, contact in talks.months.items():
        for weeks, mean in contact.talks.items():
            if month in study.modelled.seen and month % 3 == 2 and weeks in OUTCOMES:
                yield _Printed(f"talks_{OUTCOMES[weeks]}", month, mean, 0.05, talks.source, told)


def _target(study: Study, group: Group, each: _Printed) -> str:
    week = study.modelled.last_week(each.month).replace("-W", "w")
    return TARGET.format(
        name=f"{group.key}_{each.outcome}_{month_text(each.month).lower()}",
        outcome=f"report_{week}_{each.outcome}_{group.key}", figure=f"{each.figure:.4g}",
        rounding=f"{each.rounding:.4g}", source=json.dumps(each.source, ensure_ascii=False),
        page=month_text(each.month), definition=json.dumps(each.definition, ensure_ascii=False),
    )  # fmt: skip
