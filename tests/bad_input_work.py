"""The same for what teams do beside talks, and for checks of availability."""

from __future__ import annotations

from tests.bad_input_syge import Case

FIRST = "interventions:\n  samtaler:\n"


def added(*blocks: str) -> list[tuple[str, str]]:
    """The edit that puts these interventions before all others."""
    return [(FIRST, "interventions:\n" + "".join(blocks) + "  samtaler:\n")]


def work(text: str, name: str = "arbejde", team: str = "sagsbehandlere") -> str:
    """An intervention of this kind, with this beside its team."""
    return f"  {name}:\n    kind: sagsarbejde\n    team: {team}\n    {text}\n"


def checks(text: str = "follows: [{}]", checked: str = "deltager: {every_weeks: 4}") -> str:
    """Likewise."""
    return f"  tjek:\n    kind: raadighed\n    checked: {{{checked}}}\n    breach: 0.1\n    {text}\n"


def uses(text: str) -> str:
    """One use of minutes left."""
    return work(f"left_minutes: [{{{text}}}]")


ELASTIC = "caseload: {reference: 50, exits: {job: {log: -0.03}}}"

WRONG_WORK = {
    "a search for what is no placement": Case(
        added(uses("use: search, of: klub, minutes: 30")),
        "'klub' is nothing for search; there is forloeb, tilskud",
        "of: ¦klub, minutes: 30",
    ),
    "checks of what is no check": Case(
        added(uses("use: checks, of: tilskud, minutes: 30")),
        "'tilskud' is nothing for checks; there is kontrol",
        "of: ¦tilskud, minutes: 30",
    ),
    "a misspelt placement to search for": Case(
        added(uses("use: search, of: tilskuf, minutes: 30")),
        "'tilskuf' is not known here; did you mean 'tilskud'?",
        "of: ¦tilskuf",
    ),
    "an unknown use": Case(
        added(uses("use: serach, of: tilskud, minutes: 30")),
        "must be one of search, checks, follow_up (got 'serach'); did you mean 'search'?",
        "[{use: ¦serach",
    ),
    "a follow-up of another intervention": Case(
        added(uses("use: follow_up, of: tilskud, minutes: 30")),
        "use: follow_up is of the case itself, and takes no `of`",
        "[{use: ¦follow_up",
    ),
    "a search for nothing": Case(
        added(uses("use: search, minutes: 30")),
        "use: search needs `of`: the intervention it is for",
        "[{use: ¦search",
    ),
    "a search with effects of its own": Case(
        added(uses("use: search, of: tilskud, minutes: 30, effects: {job: 2}")),
        "effects: what search does stands with the intervention that it is for",
        "effects: ¦{job: 2}",
    ),
    "a use of no minutes": Case(
        added(uses("use: follow_up, minutes: 0")), "must be 1 or more (got 0)", "follow_up, minutes: ¦0"
    ),
    "a search for what nobody waits for": Case(
        [*added(uses("use: search, of: tilskud, minutes: 30")),
         ("    places: 4\n", "    places: 4\n    waiting_list: false\n")],
        "nobody ever waits for 'tilskud' (waiting_list: false)",
        "of: ¦tilskud, minutes: 30",
    ),
    "an elasticity of what follow-ups move": Case(
        added(work(f"left_minutes: [{{use: follow_up, minutes: 9, effects: {{job: 1.1}}}}]\n    {ELASTIC}")),
        "interventions.arbejde.left_minutes.0 moves 'job' in minutes of team 'sagsbehandlere' already; with an "
        "elasticity they would count twice",
        "exits: {job: ¦{log: -0.03}}",
    ),
    "an elasticity of what a placement moves that is searched for": Case(
        added(uses("use: search, of: tilskud, minutes: 30"), work(ELASTIC, "andet")),
        "interventions.arbejde.left_minutes.0 moves 'job'",
        "exits: {job: ¦{log: -0.03}}",
    ),
    "an elasticity of where a check ends benefit": Case(
        added(
            checks("follows: [{ended: 0.1, ended_to: pension}]", ""),
            work("left_minutes: [{use: checks, of: tjek, minutes: 9}]\n    caseload: {reference: 50, exits: {pension: "
                 "{log: 0.5}}}"),
        ),
        "interventions.arbejde.left_minutes.0 moves 'pension'",
        "exits: {pension: ¦{log: 0.5}}",
    ),
    "two elasticities of one team": Case(
        added(work(ELASTIC), work("caseload: {reference: 40, exits: {job: {log: -0.2}}}", "andet")),
        "team 'sagsbehandlere' has an elasticity of it in interventions.arbejde already",
        "exits: {job: ¦{log: -0.2}}",
    ),
    "cases of a team that has none": Case(
        added(work(ELASTIC, team="formidlere")),
        "team 'formidlere' takes no cases (takes_cases: false)",
        "caseload: ¦{reference: 50",
    ),
    "a plan of talks by a team that has none": Case(
        [("team: sagsbehandlere, channel: personlig, every", "team: formidlere, channel: personlig, every")],
        "'formidlere' takes no cases (takes_cases: false); there is", "team: ¦formidlere, channel",
    ),
    "the time of partners whose work a team with personal cases does": Case(
        [("  formidlere: {fte: 1, minutes_per_week: 800, takes_cases: false}\n",
          "  formidlere: {fte: 1, minutes_per_week: 800, takes_cases: false, done_by: egne}\n"
          "  egne: {fte: 3, minutes_per_week: 900, caseload: personal}\n"),
         *added("  arbejde: {kind: sagsarbejde, team: formidlere, left_minutes: [{use: follow_up, minutes: 9}]}\n")],
        "the work of 'formidlere' is done by a team with personal cases",
        "sagsarbejde, team: ¦formidlere, left_minutes",
    ),
    "a reference beyond its own limits": Case(
        added(work("caseload: {reference: 50, most: 40, exits: {job: {log: -0.03}}}")),
        "reference: 50 must lie within 0 (least) and 40",
        "{reference: ¦50, most",
    ),
    "an elasticity that is a plain number": Case(
        added(work("caseload: {reference: 50, exits: {job: -0.03}}")),
        "must be a mapping of keys to values (got -0.03)",
        "exits: {job: ¦-0.03}",
    ),
    "an elasticity of an unknown exit": Case(
        added(work("caseload: {reference: 50, exits: {jop: {log: -0.03}}}")),
        "'jop' is not known here; did you mean 'job'?",
        "exits: {¦jop:",
    ),
    "more than all are sanctioned": Case(
        added(checks("follows: [{cut: 0.8, cut_weeks: 3, ended: 0.3, ended_to: pension}]")),
        "cut: cut and ended are 1.1 together, but 1 is all of them",
        "{cut: ¦0.8",
    ),
    "a cut of no stated length": Case(
        added(checks("follows: [{cut: 0.8}]")), "cut: say for how many weeks benefit is cut", "{cut: ¦0.8"
    ),
    "a cut of no weeks": Case(
        added(checks("follows: [{cut: 0.8, cut_weeks: {0: 0.5, 3: 0.5}}]")),
        "a cut lasts at least 1 week",
        "cut_weeks: ¦{0: 0.5",
    ),
    "benefit that ends to nowhere": Case(
        added(checks("follows: [{ended: 0.8}]")), "ended: say where they go whose benefit ends", "{ended: ¦0.8"
    ),
    "benefit that ends to an unknown exit": Case(
        added(checks("follows: [{ended: 0.8, ended_to: pensoin}]")),
        "'pensoin' is not known here; did you mean 'pension'?",
        "ended_to: ¦pensoin",
    ),
    "checks of an unknown arm": Case(
        added(checks(checked="deltagere: {every_weeks: 4}")),
        "'deltagere' is not known here; did you mean 'deltager'?",
        "checked: {¦deltagere",
    ),
    "checks not in what keeps no state": Case(
        added(checks("follows: [{}]\n    not_in: [klub]")), "'klub' keeps no state", "not_in: [¦klub]"
    ),
    "nothing follows": Case(
        added(checks("follows: []")), "must have at least 1 entries", "follows: ¦[]"
    ),
}

DOUBTFUL_WORK = {
    "nobody is ever checked": Case(
        added(checks(checked="")),
        "no arm is checked by plan or draw, and no team checks in minutes left: nobody ever is",
        "checked: ¦{}",
    ),
    "a check after the run": Case(
        added(checks(checked="deltager: {every_weeks: 60}")), "this takes 60 weeks", "{every_weeks: ¦60}"
    ),
    "a sanction that lasts no time": Case(
        added(checks("follows: [{cut: 0.1, cut_weeks: 3}]\n    after_sanction: {effects: {job: 2}, weeks: 0}")),
        "effects: job × 2 for 0 weeks, so nothing is ever changed",
        "effects: {job: 2}, weeks: ¦0",
    ),
    "nobody ever changes caseworker": Case(
        added(work("continuity: {effects: {job: 0.9}, weeks: 26}")),
        "there is one team, and nobody ever leaves it (turnover): no caseworker changes",
        "continuity: ¦{effects",
    ),
    "work for cases that there are not": Case(
        [("  raadgivere: {fte: 2,", "  specialister: {fte: 1, minutes_per_week: 900}\n  raadgivere: {fte: 2,"),
         *added(work(ELASTIC, team="specialister"))],
        "no plan of talks gives team 'specialister' cases, so it has none to work for",
        "team: ¦specialister",
    ),
    "nothing is said of a team": Case(
        added("  arbejde: {kind: sagsarbejde, team: sagsbehandlere}\n"),
        "nothing is said of what team 'sagsbehandlere' does",
        "sagsarbejde, team: ¦sagsbehandlere",
    ),
}
