"""Texts of a study of one municipality, with gaps in braces."""

from __future__ import annotations

import string
from typing import Any

from simulation.world.labels import Label, Language

_HEAD_EN = """\
# {title}: as the published tables say it, fitted in closed form (months.csv has the arithmetic).
#
{of_groups}
#
# Persons, full-time persons and spells are three things: the model has persons on benefit, counted in the register as
# the publisher counts persons of a month. A simulated person stands for {scale}. Two years fill the stock, then comes
# the year that is known ({first} to {last}), then the year ahead with the last level and the season. Of the nation or
# assumed, unless a line above says otherwise: where people leave to, talks, jobs that end, and the staff.
# PUT IN YOUR OWN.
"""
_HEAD_DA = """\
# {title}: som de offentliggjorte tabeller siger, tilpasset i lukket form (months.csv har regnestykket).
#
{of_groups}
#
# Personer, fuldtidspersoner og forløb er tre ting: modellen har personer på ydelse, talt i registret, som udgiveren
# tæller personer i en måned. En simuleret person står for {scale}. To år fylder bestanden op, så kommer det kendte år
# ({first} til {last}), så det kommende år med det seneste niveau og sæsonen.
# Landets eller antaget, hvor en linje ovenfor ikke siger andet: hvor folk går hen, samtaler, job der ophører, og
# bemandingen. RET DEM.
"""
_BODY = """\
version: 2
evidence: shipped/synthesis
targets: {targets}
name: {name}
description: {name}
start: {start}
weeks: {weeks}
follow_up: 52
measured_from: {fills}
measured_until: {until}
replications: 10
seed: 20261129
arms: {{alle: 1}}
watched: [{watched}]
reports_at: [{reports}]
headline: [exit_job, weeks_on_benefit]

intake:
  persons: {{value: {persons}, unit: persons, kind: calibrated, source: {fitted}}}
  weeks: {{value: {weeks}, unit: weeks, kind: rule, source: the length of the run}}
  arrivals: {{value: random, kind: assumed, source: inflow by week is not printed}}
  by_block: {{kind: calibrated, unit: weeks, source: {fitted},
             value: {blocks}}}

teams:
  sagsbehandlere:
    fte: {{value: {staff}, unit: full-time staff, kind: assumed, source: {caseload}}}
    minutes_per_week: {{value: 900, unit: minutes, kind: assumed, source: no time use is printed, range: [600, 1200]}}

jobcentres:
  jobcenter: {{name: {place}}}

exits:
{exits}
benefits:
{benefits}
job_spells:
  hours: {{value: {hours}, unit: hours per week, kind: assumed, source: no figure is printed for this group}}
  end_intensity: {{value: {ends}, unit: per week, kind: assumed, source: {ends_source}}}
  returns: {{value: {returns}, unit: share, kind: assumed, range: [0.4, 0.95], source: {returns_source}}}

interventions:
{talks}"""
SCENARIO = Label(_HEAD_EN + _BODY, _HEAD_DA + _BODY)
WANTED = {
    "spells begun a month": Label("spells begun a month", "påbegyndte forløb pr. måned"),
    "long-term share": Label("long-term share", "langtidsandel"),
    "running spells over 26 weeks": Label("running spells over 26 weeks", "igangværende forløb over 26 uger"),
    "weeks of an ended spell": Label("weeks of an ended spell", "uger pr. afsluttet forløb"),
}
"""What the length of stay is solved for, by its name in `cohort.py`."""


class _Danish(string.Formatter):
    """Numbers that are written in some form have a decimal comma, and points between thousands."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        return text.translate(str.maketrans(",.", ".,")) if format_spec else text


def fill(text: Label, language: Language, **gaps: Any) -> str:
    """A text for people, with its gaps filled as the language writes numbers."""
    formatter = _Danish() if language == "da" else string.Formatter()
    return formatter.format(text.told(language), **gaps)


OWN, NATION = Label("of the place", "stedets eget"), Label("of the NATION", "LANDETS")
RIGHT = """\
    ends:
      week: {{value: {weeks}, unit: weeks, kind: rule, source: "3,848 hours in two years, 104 weeks of 37 (RATE-103)"}}
      to: {{value: {{job: 0.2, ophoert: 0.8}}, unit: share, kind: assumed,
           source: "what follows the end of the right is in nothing read; who goes on to kontanthjælp begins there"}}
"""
TALKS = """\
  samtaler_{group}:
    kind: samtaler
    channels:
      personlig:
        minutes: {{value: 30, unit: minutes, kind: assumed, source: no time use is printed, range: [20, 45]}}
        attendance: {{value: 0.92, unit: share, kind: assumed, source: no figure is printed, range: [0.85, 0.97]}}
    plans:
      {group}:
        arms: [alle]
        benefits: [{group}]
        team: sagsbehandlere
        channel: personlig
        first_week: {{value: {every}, unit: weeks, kind: assumed, range: [1, {longest}],
                     source: weeks of the talks are not printed}}
        every:
          - weeks: {{value: {every}, unit: weeks, kind: {kind}, source: {source}}}
          - from_week: {{value: {until}, unit: weeks, kind: assumed, source: the first six months}}
            weeks: {{value: {later}, unit: weeks, kind: {kind_later}, source: {source}, range: [{least}, {most}]}}
    dose:
      exits:
        job:
          log: {{value: evidence, of: talk_dose.work.{dose}}}
      per_month: {{value: 0.9, unit: talks per month, kind: assumed, range: [0.4, 2.0],
                  source: "Survey of published effects (2026-11), recommended priors"}}
      mean_life_weeks: {{value: 6, unit: weeks, kind: assumed, range: [5, 7],
                        source: "Survey of published effects (2026-11), recommended priors"}}
"""
TWICE = Label("talks every other week", "samtaler hver anden uge")
TWICE_AS_OFTEN = """\
  samtaler_{group}:
    plans:
      {group}:
        first_week: {{value: 2, unit: weeks, kind: assumed, source: what-if}}
        every:
          - weeks: {{value: 2, unit: weeks, kind: assumed, source: what-if}}
          - from_week: {{value: 26, unit: weeks, kind: assumed, source: what-if}}
            weeks: {{value: {later}, unit: weeks, kind: assumed, source: what-if}}
"""
WHAT_IF = Label(
    """\
# What if there were a talk every other week in the first six months, with the same staff?
#
# A what-if holds only what differs from the base. Change it, or something else, and run it again.
version: 2
extends: base.yaml
name: {name}
interventions:
{plans}""",
    """\
# Hvad nu, hvis der var samtale hver anden uge i det første halve år, med samme bemanding?
#
# Et forslag rummer kun det, der er anderledes end i udgangspunktet. Ret det, eller noget andet, og kør igen.
version: 2
extends: base.yaml
name: {name}
interventions:
{plans}""",
)
TARGETS = Label(
    """\
# Published figures of {title}, each with the publisher's own definition, and measured so in the register.
# A simulated person stands for {scale}.
version: 1
targets:
""",
    """\
# Offentliggjorte tal for {title}, hvert med udgiverens egen definition og målt sådan i registret.
# En simuleret person står for {scale}.
version: 1
targets:
""",
)
TARGET = """\
  {name}:
    outcome: {outcome}
    group: alle
    figure: {figure}
    rounding: {rounding}
    source: {source}
    page: {page}
    definition: {definition}
"""
