"""Sheets of teams, and of published figures beside the model."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simulation.report.findings import Findings
from simulation.report.handed.published import (
    DISTANCE,
    FIGURE,
    IN_SD,
    MODEL,
    PRINTED,
    SOURCE,
    VERDICT,
    WHOM,
    printed_cell,
    sorted_besides,
    verdict_text,
)
from simulation.report.handed.sheets import Column, Entry, Sheet, known, sheet_name
from simulation.report.handed.teams import (
    AT_END,
    LIMIT,
    MOST_WAITING,
    SCENARIO,
    SHOWN,
    STAFF,
    TEAM,
    limits,
    teams_with_cases,
    waiting_by_week,
)
from simulation.results.names import Figure, Group
from simulation.results.needed_staff import needed_staff
from simulation.results.partners import partners
from simulation.scenario.enough_staff import LEVELS
from simulation.world.labels import Label

TEAMS, ABOUT_TEAMS = Label("Teams", "Teams"), Label("Teams: staff, cases, time, who waits, and staff needed",
                                                    "Teams: medarbejdere, sager, tid, ventende og behov")  # fmt: skip
PUBLISHED, ABOUT_PUBLISHED = (
    Label("Published", "Offentliggjort"),
    Label(
        "The model against published figures, the largest distances first",
        "Modellen mod offentliggjorte tal, største afstand først",
    ),
)
UNIT, DEFINITION, CAVEAT = Label("Unit", "Enhed"), Label("Definition", "Definition"), Label("Caveat", "Forbehold")
PAGE, TIMES = Label("Page", "Side"), Label("Published, number", "Offentliggjort, tal")
NEEDED = Label(
    "Full-time staff for {level} of talks in their week", "Fuldtidsstillinger, så {level} af samtalerne nås i ugen"
)


def teams_sheet(findings: Findings) -> Iterator[Sheet]:
    """A row for every team in every scenario; of those without cases what they did, and the staff for it."""
    wording, several, rows = findings.wording, len(findings.results) > 1, list[list[Entry]]()
    for name, result in zip(findings.columns if several else [""], findings.results, strict=True):
        needs = {answer.team: answer for answer in result.once(needed_staff)}
        have = set(result.keys)
        for team in teams_with_cases(result):
            group, waiting, room = Group("team", team), waiting_by_week(result, team), limits(result, team)
            answer = needs.get(team)
            told = [
                None if answer is None or answer.bounds[n] else known(answer.needed[n].value)
                for n in range(len(LEVELS))
            ]
            rows.append([
                *([name] if several else []), wording.team(team), known(result.estimate("staff_fte", group).value),
                room[0] if room else None,
                *(known(result.estimate(o, group).value) if Figure(o, group) in have else None for o in SHOWN),
                float(waiting.mean(axis=0).max()), float(waiting[:, -1].mean()), *told,
            ])  # fmt: skip
        for each in result.once(partners):
            room_and_cases = [None if o != "utilisation" else known(each.outcomes[o].value) for o in SHOWN]
            told = [None if each.least else known(e.value) for e in each.needed]
            told_first: list[Entry] = [*([name] if several else []), wording.team(each.team), each.fte, None]
            rows.append([*told_first, *room_and_cases, None, None, *told])
    if not rows:
        return
    texts = [SCENARIO, TEAM] if several else [TEAM]
    numbers = [STAFF, LIMIT, *SHOWN.values(), MOST_WAITING, AT_END]
    formats = [
        "number",
        "whole",
        *("unit:share" if o in SHARES else "unit:cases" for o in SHOWN),
        "unit:persons",
        "unit:persons",
    ]
    columns = [Column(wording.say(head)) for head in texts]
    columns += [Column(wording.say(head), kind, 14) for head, kind in zip(numbers, formats, strict=True)]
    levels = [f"{100 * level:.0f} %" for level in LEVELS]
    columns += [Column(wording.say(NEEDED, level=level), "unit:cases", 18) for level in levels]
    yield Sheet(sheet_name(TEAMS, findings.language), wording.say(ABOUT_TEAMS), columns, rows, filtered=False)


SHARES = ("utilisation", "called_on_time_share")


def published_sheet(findings: Findings) -> Iterator[Sheet]:
    """Every published figure of the base, or of the scenario that was run alone."""
    wording, result = findings.wording, findings.results[0]
    rows, units = list[list[Entry]](), list[str]()
    for beside in sorted_besides(result):
        figure, named, apart = beside.figure, beside.named, beside.distance
        meant = named.outcome in result.names.meanings
        unit = result.names.unit(named.outcome) if meant else ""
        rows.append([
            wording.figure(named) if meant else figure.outcome, wording.group(named.group), wording.of_unit(unit),
            known(apart.units), known(apart.in_sd), verdict_text(beside, wording), known(beside.simulated.value),
            known(math.nan if figure.figure is None else figure.figure), printed_cell(beside, unit, wording),
            figure.source, str(figure.page), figure.definition, figure.caveat or "",
        ])  # fmt: skip
        units.append(unit)
    if not rows:
        return
    heads = [FIGURE, WHOM, UNIT, DISTANCE, IN_SD, VERDICT, MODEL, TIMES, PRINTED, SOURCE, PAGE, DEFINITION, CAVEAT]
    kinds = {DISTANCE: "difference", IN_SD: "unit:weeks", MODEL: "level", TIMES: "level"}
    columns = [Column(wording.say(head), kinds.get(head, "text")) for head in heads]
    yield Sheet(sheet_name(PUBLISHED, findings.language), wording.say(ABOUT_PUBLISHED), columns, rows, units)
