"""Texts on talks and staff of a study of one municipality, with gaps in braces."""

from __future__ import annotations

_CHANNELS = """\
      telefon:
        minutes: {{value: {minutes}, unit: minutes, kind: assumed, source: "as in person; minutes by phone or video are not printed", range: [15, {minutes}]}}
        attendance: {{value: {attendance}, unit: share, kind: assumed, source: no figure is printed, range: [0.7, 0.97]}}
        effect: {effect}
        in_person: false
      brev:
        minutes: {{value: 5, unit: minutes, kind: assumed, source: no figure is printed, range: [0, 10]}}
        attendance: {{value: 1, unit: share, kind: rule, source: a letter is sent}}
        counts: false
"""  # noqa: E501
_REMOTE = "{value: evidence, of: remote_talk.work.unemployed}"
OF_DAGPENGE = """\
      personlig:
        minutes: {value: 30, unit: minutes, kind: published, source: "Esbjerg 2016: 30 minutes for the other talks", page: "3"}
        attendance: {value: 0.92, unit: share, kind: assumed, source: no figure is printed, range: [0.85, 0.97]}
""" + _CHANNELS.format(minutes=30, attendance=0.92, effect=_REMOTE)  # noqa: E501
OF_ASSISTANCE = """\
      personlig:
        minutes:
          value: {30: 0.7, 45: 0.3}
          unit: minutes
          kind: assumed
          source: "Planned lengths in Esbjerg 2016; of this group none is printed"
          page: "3"
        attendance: {value: 0.85, unit: share, kind: assumed, source: no figure is printed, range: [0.7, 0.95], note: "0.16 of those who became long-term missed the talks of the first six months, not for their own absence alone (LVL-73)"}
""" + _CHANNELS.format(minutes=30, attendance=0.85, effect=_REMOTE)  # noqa: E501
OF_ACTIVITY_READY = """\
      personlig:
        minutes:
          value: {30: 0.7, 45: 0.3}
          unit: minutes
          kind: assumed
          source: "Planned lengths in Esbjerg 2016; of this group none is printed"
          page: "3"
        attendance: {value: 0.85, unit: share, kind: assumed, source: no figure is printed, range: [0.7, 0.95]}
"""
OF_SICK = """\
      personlig:
        minutes: {value: 45, unit: minutes, kind: assumed, source: no time use is printed, range: [30, 60]}
        attendance: {value: 0.9, unit: share, kind: assumed, source: no attendance is printed, range: [0.8, 0.97]}
"""
OF_FLEKSJOB = """\
      personlig:
        minutes: {value: 45, unit: minutes, kind: assumed, source: no time use is printed, range: [30, 60]}
        attendance: {value: 0.85, unit: share, kind: assumed, range: [0.7, 0.95], page: "15",
                     source: "DISCUS: problems of attendance at the start; no rate"}
""" + _CHANNELS.format(minutes=45, attendance=0.85, effect="{value: 1, unit: factor, kind: assumed, source: talks have "
                       "no effect here, range: [0, 1]}")  # fmt: skip
AS_PRINTED = """\
    plans:
{first}      {plan}:
{begun}        team: ordinaer
        channel: personlig
        first_week: {{value: {week}, unit: weeks, kind: calibrated, range: [1, 26], source: {source}}}
        every:
          - weeks: {{value: {early}, unit: weeks, kind: calibrated, source: {source}}}
          - from_week: {{value: {until}, unit: weeks, kind: rule, source: no talk of the first half-year falls due after it}}
            weeks: {{value: {later}, unit: weeks, kind: {kind}, range: [{least}, {most}], source: {source_later}}}
"""  # noqa: E501
BEGUN = """\
        arms: [alle]
        benefits: [{group}]
"""
WITH_A_KASSE = """\
      a_kassen_talt:
{begun}        team: a_kasse
        channel: personlig
        first_week: {{value: {early}, unit: weeks, kind: calibrated, range: [1, 26], source: {source}}}
        every: [{{weeks: {{value: {early}, unit: weeks, kind: calibrated, source: {source}}}}}]
        then: {{plan: kommunen_talt, course_week: {{value: {weeks}, unit: weeks, kind: rule, source: "STAR, Et forenklet kontaktforløb: the first three months are the a-kasse's (RULE-02)", page: web page}}}}
"""  # noqa: E501
USUAL_LATER = "nothing is printed of talks after the first half-year: as the shipped scenarios have it"
DOSE = """\
    dose:
      exits:
        {exit}:
          log: {{value: evidence, of: {of}}}
      per_month: {{value: 0.9, unit: talks per month, kind: assumed, range: [0.4, 2.0],
                  source: "Survey of published effects (2026-11), recommended priors"}}
      mean_life_weeks: {{value: 6, unit: weeks, kind: assumed, range: [5, 7],
                        source: "Survey of published effects (2026-11), recommended priors"}}
"""
FEW_CASES = """\
  arbejde:
    kind: sagsarbejde
    team: ordinaer
    benefits: [{benefits}]
    caseload:
      reference: {{value: {reference}, unit: cases per full-time caseworker, kind: assumed, source: "that of this study, so that it has no effect by itself"}}
      least: {{value: 20, unit: cases per full-time caseworker, kind: assumed, source: no study of fewer was read, range: [10, 30]}}
      most: {{value: 200, unit: cases per full-time caseworker, kind: assumed, source: no study of more was read, range: [150, 300]}}
      exits:
        job:
          log: {{value: evidence, of: caseload_beyond_talks.work.unemployed}}
"""  # noqa: E501
MUNICIPALITY = """\
  ordinaer:
    name: Kommunen
    fte: {{value: {fte}, unit: full-time staff, kind: assumed, range: [{least}, {most}], source: {source},
          note: {note}}}
    minutes_per_week: {{value: 577, unit: minutes, kind: assumed, range: [577, 900],
                       source: "Quartz+Co and BDO 2014: 26 % of the time in direct contact with ledige and firms, of 37 hours (STAFF-01)"}}
    absence:
      kort:
        share: {{value: 0.0284, unit: share, kind: assumed, range: [0.02, 0.05], source: "KRL 2019: 4.9 % of working days (STAFF-03), less the long absence"}}
        weeks: {{value: 1, unit: weeks, kind: assumed, source: no length is printed, range: [1, 2]}}
      lang:
        share: {{value: 0.0206, unit: share, kind: assumed, range: [0.01, 0.03], source: "KRL 2019: the 5 % with most have 0.421 of all absence (STAFF-04), here 0.421 × 4.9 %"}}
        weeks: {{value: 13, unit: weeks, kind: assumed, source: no length is printed, range: [6, 26]}}
    turnover:
      per_year: {{value: 0.167, unit: share per year, kind: assumed, range: [0.05, 0.25], source: "Roskilde 2018-19, all occupations: 0.167 (STAFF-06)"}}
      vacancy_weeks: {{value: 8, unit: weeks, kind: assumed, source: no length is printed, range: [0, 26]}}
"""  # noqa: E501
A_KASSE = """\
  a_kasse:
    name: A-kassen
    fte: {{value: {fte}, unit: full-time staff, kind: assumed, range: [{least}, {most}],
          source: "staff of a-kasser is not printed; so many that three talks of half an hour with each who comes take 0.6 of their time"}}
    minutes_per_week: {{value: 577, unit: minutes, kind: assumed, range: [577, 900],
                       source: "as the jobcentre's (STAFF-01); of a-kasser it is not printed"}}
"""  # noqa: E501
SKELETON = """\
version: 2
{extends}evidence: shipped/synthesis
name: plans
start: 2024-W01
weeks: 52
follow_up: 52
replications: 1
seed: 1
arms: {{alle: 1}}
intake: {{persons: 1, weeks: 1}}
jobcentres: {{jobcenter: {{}}}}
exits: {{job: {{level: 0.01}}}}
benefits:
{benefits}teams:
{teams}interventions:
{talks}"""
