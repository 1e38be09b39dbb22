"""The sections of a protocol on how the trial goes on: what is taken for granted of those who take part and of the
register, the staff that it takes, and when it stops."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.report.handed.blocks import Block, Section, Table, Text
from simulation.report.handed.keys import plain
from simulation.report.trial.words import Telling
from simulation.scenario.arranged import everybody
from simulation.world.labels import Label
from simulation.world.weeks import week_after

CONDUCT = Label("What is assumed of the conduct", "Antagelser om gennemførelsen")
ASSUMPTION = Label("Assumption", "Antagelse")
TAKES_UP = Label("are treated, %", "får indsatsen, %")
CONTAMINATED = Label("get it all the same, recorded as not, %", "får den alligevel, registreret som ikke, %")
EXEMPTED = Label("are left out of the data, %", "udgår af data, %")
ATTRITION = Label("are lost each week, of those still known, %", "mistes hver uge, af dem der stadig kendes, %")
MISSED = Label("exits that are never registered, %", "afgange, der aldrig registreres, %")
LATE = Label("weeks by which exits are registered late", "uger, afgange registreres for sent")
NOTHING = Label(
    "Everybody does as drawn, all persons stay in the data, and every exit is registered in its week and for both "
    "groups alike.",
    "Alle gør som udtrukket, alle personer bliver i data, og enhver afgang registreres i sin uge og ens for begge "
    "grupper.",
)
OTHERS = Label("Nothing else of this kind is assumed: {what}.", "Ellers er intet af den slags antaget: {what}.")
AS_DRAWN = Label("everybody does as drawn", "alle gør som udtrukket")
IN_DATA = Label("nobody is left out of the data or lost", "ingen udgår af data eller mistes")
REGISTERED = Label("every exit is registered in its week, for both groups alike",
                   "enhver afgang registreres i sin uge, ens for begge grupper")  # fmt: skip
STAFF = Label("Staff demanded", "Personale, forsøget kræver")
STAFF_IS = Label(
    "The trial needs these full-time members of staff, in all jobcentres together; the last column is what it takes "
    "if everybody is treated, with as much staff for each. With fewer, talks and places are refused, and the trial is "
    "one of another effort.",
    "Forsøget kræver disse fuldtidsstillinger i alle jobcentre tilsammen; sidste kolonne er, hvad det kræver, hvis "
    "alle får indsatsen, med lige så meget personale til hver. Med færre må samtaler og pladser afvises, og så er det "
    "et forsøg med en anden indsats.",
)
TEAM, SERVES = Label("Team", "Team"), Label("Serves", "Betjener")
PER_JOBCENTRE = Label("Per jobcentre", "Pr. jobcenter")
ROLL_OUT = Label("If all are treated", "Hvis alle får den")
FTE, MINUTES = Label("Full-time staff", "Fuldtidsstillinger"), Label("Minutes a week each", "Minutter pr. uge hver")
EVERYBODY, FROM_TO = Label("everybody", "alle"), Label("{low}–{high}", "{low}–{high}")
STOPPING = Label("Stopping", "Stopregel")
LOOKS = Label(
    "The data so far are analysed in {weeks}; the trial stops at the first look with p below {p}.",
    "De foreløbige data analyseres i {weeks}; forsøget stopper ved det første kig med p under {p}.",
)
NO_LOOKS = Label("Nobody looks at outcomes by group before the data are taken.",
                 "Ingen ser på udfald efter gruppe, før data udtrækkes.")  # fmt: skip


def conduct(telling: Telling) -> list[Section]:
    """These sections."""
    say = telling.words.say
    return [
        Section(say(CONDUCT), list(_assumed(telling))),
        Section(say(STAFF), [Text(say(STAFF_IS)), staff(telling)]),
        Section(say(STOPPING), [Text(_stopping(telling))]),
    ]


def _assumed(telling: Telling) -> Iterator[Block]:
    """What is assumed by group; and what is left at nothing, for that is an assumption, too."""
    words, trial = telling.words, telling.rehearsed.trial
    registration = trial.registration
    parts = {
        AS_DRAWN: [(TAKES_UP, (trial.crosses_over, trial.takes_up), 100, (0, 1)),
                   (CONTAMINATED, (trial.contaminated, 0), 100, (0, 0))],
        IN_DATA: [(EXEMPTED, trial.by_lot(trial.exempted), 100, (0, 0)),
                  (ATTRITION, trial.by_lot(trial.attrition), 100, (0, 0))],
        REGISTERED: [(MISSED, trial.by_lot(registration.missed), 100, (0, 0)),
                     (LATE, trial.by_lot(registration.late), 1, (0, 0))],
    }  # fmt: skip
    rows, untouched = [], []
    for label, within in parts.items():
        told = [(what, by_lot, scale) for what, by_lot, scale, usual in within if by_lot != usual]
        for what, by_lot, scale in told:
            rows.append([words.say(what), *(plain(scale * each, words) for each in by_lot[::-1])])
        untouched += [] if told else [words.say(label)]
    if not rows:
        yield Text(words.say(NOTHING))
        return
    yield Table([words.say(ASSUMPTION), words.arm(trial.treated), words.arm(trial.control)], rows)
    if untouched:
        yield Text(words.say(OTHERS, what="; ".join(untouched)))


def staff(telling: Telling) -> Table:
    """Every team with staff: whom it serves, and how many full-time members it has in all and in a jobcentre."""
    words, scenario, trial = telling.words, telling.words.scenario, telling.rehearsed.trial
    rolled_out = everybody(scenario, trial.treated)
    by_place = [scenario.teams_of(name) for name in scenario.jobcentres]
    then = [rolled_out.teams_of(name) for name in scenario.jobcentres]
    rows = []
    for name, team in scenario.teams.items():
        fte = [teams[name].fte for teams in by_place]
        minutes = sorted({teams[name].minutes_per_week for teams in by_place if teams[name].fte})
        if not any(fte):
            continue
        serves = words.say(EVERYBODY) if team.arms is None else ", ".join(map(words.arm, team.arms))
        rows.append([words.team(name), serves, plain(round(sum(fte), 2), words), _between(telling, min(fte), max(fte)),
                     _between(telling, minutes[0], minutes[-1]),
                     plain(round(sum(teams[name].fte for teams in then), 2), words)])  # fmt: skip
    labels = (TEAM, SERVES, FTE, PER_JOBCENTRE, MINUTES, ROLL_OUT)
    return Table([words.say(label) for label in labels], rows, 2)


def _between(telling: Telling, low: float, high: float) -> str:
    ends = {"low": plain(low, telling.words), "high": plain(high, telling.words)}
    return ends["low"] if low == high else telling.words.say(FROM_TO, **ends)


def _stopping(telling: Telling) -> str:
    words, stop = telling.words, telling.rehearsed.trial.stops_early
    if stop is None:
        return words.say(NO_LOOKS)
    weeks = ", ".join(week_after(words.scenario.start, week) for week in stop.looks)
    return words.say(LOOKS, weeks=weeks, p=plain(stop.p, words))
