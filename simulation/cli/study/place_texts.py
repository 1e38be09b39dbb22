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
# the year that is known ({first} to {last}), then the year ahead with the last level and the season. Unless a line
# above says otherwise, talks are those of the rules of 2024 where one was read, and else those of the shipped bases,
# and where people leave to is the nation's or assumed. Jobs that end and the staff are so in any case. PUT IN YOUR OWN.
"""
_HEAD_DA = """\
# {title}: som de offentliggjorte tabeller siger, tilpasset i lukket form (months.csv har regnestykket).
#
{of_groups}
#
# Personer, fuldtidspersoner og forløb er tre ting: modellen har personer på ydelse, talt i registret, som udgiveren
# tæller personer i en måned. En simuleret person står for {scale}. To år fylder bestanden op, så kommer det kendte år
# ({first} til {last}), så det kommende år med det seneste niveau og sæsonen.
# Hvor en linje ovenfor ikke siger andet, er samtalerne reglernes fra 2024, hvor de er læst, og ellers de medfølgende
# udgangspunkters, og hvor folk går hen, er landets tal eller antaget. Job, der ophører, og bemandingen er det altid.
# RET DEM.
"""
_BODY = """\
version: 2
{extends}evidence: shipped/synthesis
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
headline: [exit_{work}, weeks_on_benefit, talks_held, caseload]

intake:
  persons: {{value: {persons}, unit: persons, kind: calibrated, source: {fitted}}}
  weeks: {{value: {weeks}, unit: weeks, kind: rule, source: the length of the run}}
  arrivals: {{value: random, kind: assumed, source: inflow by week is not printed}}

teams:
{teams}
jobcentres:
  jobcenter: {{name: {place}}}

exits:
{exits}
benefits:
{benefits}
{jobs}interventions:
{talks}"""
SCENARIO = Label(_HEAD_EN + _BODY, _HEAD_DA + _BODY)
WANTED = {
    "spells begun a month": Label("spells begun a month", "påbegyndte forløb pr. måned"),
    "long-term share": Label("long-term share", "langtidsandel"),
    "running spells over 26 weeks": Label("running spells over 26 weeks", "igangværende forløb over 26 uger"),
    "weeks of an ended spell": Label("weeks of an ended spell", "uger pr. afsluttet forløb"),
    "weeks on benefit": Label("weeks on benefit", "uger på ydelsen"),
}
"""What the length of stay is solved for, by its name in `cohort.py`."""


class _Danish(string.Formatter):
    """Numbers that are written in some form have a decimal comma, points between thousands, and room before a %."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        return text.translate(str.maketrans(",.", ".,")).replace("%", " %") if format_spec else text


def fill(text: Label, language: Language, **gaps: Any) -> str:
    """A text for people, with its gaps filled as the language writes numbers."""
    formatter = _Danish() if language == "da" else string.Formatter()
    return formatter.format(text.told(language), **gaps)


OWN, NATION = Label("of the place", "stedets eget"), Label("of the NATION", "LANDETS")
LEFT_OUT = Label("Left out: {what}", "Udeladt: {what}")
RIGHT = """\
    ends:
      week: {{value: {weeks}, unit: weeks, kind: rule, source: "3,848 hours in two years, 104 weeks of 37 (RATE-103)"}}
      to: {{value: {{job: 0.2, ophoert: 0.8}}, unit: share, kind: assumed,
           source: "what follows the end of the right is in nothing read; who goes on to kontanthjælp begins there"}}
"""
JOBS = """\
job_spells:
  hours: {{value: {hours}, unit: hours per week, kind: assumed, source: no figure is printed for this group}}
  end_intensity: {{value: {ends}, unit: per week, kind: assumed, source: {ends_source}}}
  returns: {{value: {returns}, unit: share, kind: assumed, range: [0.4, 0.95], source: {returns_source}}}

"""
SLOPE = """\
{indent}  duration:
{indent}    log_slope: {{value: {slope}, unit: per week, kind: assumed, range: [-0.06, 0], page: web page,
{indent}                source: "Cabi on Jobindsats 2012-08: 0.042 a week about week 15, 0.020 about week 39 (LVL-78)"}}
{indent}    until_week: {{value: 52, unit: weeks, kind: assumed, source: no exit rate by duration was read, range: [26, 104]}}
"""  # noqa: E501
BLOCKS = """\
    by_block: {{kind: calibrated, unit: weeks, source: {source},
               value: {blocks}}}
"""
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
