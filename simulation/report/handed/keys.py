"""What a changed key is called in words, by its last steps, and what a value of it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.report.wording import Wording
from simulation.scenario.changes import Change
from simulation.world.labels import UNITS, Label
from simulation.world.labels import plain as plain_key
from simulation.world.staff.teams import NO_LIMIT

OF = Label("{what}, {whose}", "{what}, {whose}")
NONE = Label("none", "intet")
YES, NO = Label("yes", "ja"), Label("no", "nej")
THERE = Label("there", "findes")
MANY = Label("{count} values", "{count} værdier")
KEYS: dict[str, Label] = {
    "absence": Label("Absence of staff", "Fravær blandt medarbejdere"),
    "accepts": Label("Share who accept the offer", "Andel der tager imod tilbuddet"),
    "arms": Label("Who gets it", "Hvem der får det"),
    "at_limit": Label("What happens at the caseload limit", "Hvad der sker ved sagsloftet"),
    "capacity": Label("Places", "Pladser"),
    "caseload": Label("How cases are shared among caseworkers", "Fordeling af sager på sagsbehandlere"),
    "caseload_limit": Label(
        "Caseload limit, cases per full-time caseworker", "Sagsloft, sager pr. fuldtidssagsbehandler"
    ),
    "caseworkers": Label("Caseworkers one by one", "Sagsbehandlere enkeltvis"),
    "clarification_weeks": Label("Weeks until the citizen is known", "Uger til borgeren er afklaret"),
    "displacement": Label("Jobs taken from others", "Fortrængning af andres job"),
    "elapsed_by": Label("Weeks on benefit at enrolment, by group", "Uger på ydelse ved indskrivning, efter gruppe"),
    "elapsed_weeks": Label("Weeks on benefit at enrolment", "Uger på ydelse ved indskrivning"),
    "every": Label("Weeks between talks", "Uger mellem samtaler"),
    "first_week": Label("Week of the first talk", "Uge for første samtale"),
    "fte": Label("Full-time staff", "Fuldtidsstillinger"),
    "level": Label("Weekly intensity", "Ugentlig intensitet"),
    "market_share": Label("Share of the labour market", "Andel af arbejdsmarkedet"),
    "matches_per_week": Label("Matches a week", "Matchninger pr. uge"),
    "minutes": Label("Minutes of a talk", "Minutter pr. samtale"),
    "minutes_per_week": Label("Minutes for talks a week", "Minutter til samtaler pr. uge"),
    "organisation_model": Label("Organisation of the staff", "Organisering af medarbejderne"),
    "persons": Label("Persons", "Personer"),
    "referral": Label("Referral", "Henvisning"),
    "seats": Label("Seats", "Pladser"),
    "substitute": Label("Substitutes", "Vikardækning"),
    "times": Label("How often it is paid", "Hvor ofte det betales"),
    "turnover": Label("Staff who leave", "Personaleomsætning"),
    "week": Label("Week in which it takes place", "Uge hvor det sker"),
    "weekly": Label("Weekly intensity of referral", "Ugentlig henvisningsintensitet"),
    "after_talk": Label("Breaking off after a talk", "Afbrud efter en samtale"),
    "breakdown.helped_by": Label("Breaking off with help", "Afbrud, når der er hjælp"),
    "by_need": Label("Talks by need", "Samtaler efter behov"),
    "exchange": Label("Openings passed on", "Åbninger, der gives videre"),
    "fee.held": Label("Held on to until the fee is earned", "Holdes på, til honoraret er tjent"),
    "firms": Label("Kinds of firms", "Typer af virksomheder"),
    "idle_talks": Label("Talks after which nothing came", "Samtaler, som intet fulgte"),
    "left_minutes": Label("Further help in the time left", "Videre hjælp i den tid, der er tilbage"),
    "left_minutes.minutes": Label("Minutes of further help", "Minutter til videre hjælp"),
    "motivated_levels": Label("Motivation, by group", "Motivation, efter gruppe"),
    "not_while": Label("States in which nobody begins", "Tilstande, hvor ingen begynder"),
    "pension.trial": Label("Cases clarified by an arbejdsprøvning", "Sager, der afklares ved en arbejdsprøvning"),
    "same_partner": Label("The same other party as last time", "Samme anden part som sidst"),
    "sooner_per_talk": Label("Weeks by which a talk makes ready sooner", "Uger, en samtale gør klar tidligere"),
    "spells": Label("Spells that the plan is for", "Forløb, som planen gælder for"),
    "spells.under_way": Label("Those under way go over to the plan", "De igangværende går over på planen"),
    "staff": Label("Staff who do it", "Medarbejdere, der udfører det"),
    "staff.minutes": Label("Minutes of staff", "Minutter af medarbejderes tid"),
    "success_offers": Label("Offers that count as success", "Tilbud, der tæller som succes"),
    "travel_minutes": Label("Minutes of travel", "Minutter til transport"),
    "trust": Label("Trust from earlier talks", "Tillid fra tidligere samtaler"),
    "turns": Label("Who holds talks in turn", "Hvem der skiftes til at holde samtaler"),
    "unregistered": Label("Talks that are not registered", "Samtaler, der ikke registreres"),
}
"""By the last step of a key that is one of these, or by two steps, which come before one."""
WORDS: dict[str, Label] = {
    "wait": Label("new cases wait", "nye sager venter"),
    "exceed": Label("the limit is exceeded", "loftet overskrides"),
    "overflow": Label("another team takes them", "et andet team tager dem"),
    "personal": Label("each a caseworker of her own", "hver sin sagsbehandler"),
    "pooled": Label("shared by all", "fælles for alle"),
}
"""Words that are values."""
STAFF_UNITS: dict[str, Label] = {
    "full-time staff": UNITS["full-time staff"],
    "cases per full-time caseworker": Label("cases per full-time caseworker", "sager pr. fuldtidssagsbehandler"),
    "share": Label("share", "andel"),
    "matches per week": Label("matches per week", "matchninger pr. uge"),
    "weight": Label("weight", "vægt"),
    "factor": Label("factor", "faktor"),
    "odds ratio": Label("odds ratio", "oddsratio"),
    "minutes per week": Label("minutes per week", "minutter pr. uge"),
    "hours per week": Label("hours per week", "timer pr. uge"),
    "share per year": Label("share per year", "andel pr. år"),
    "places": Label("places", "pladser"),
    "times": Label("times", "gange"),
    "ISO week": Label("ISO week", "ISO-uge"),
}
"""Units of keys; others are as units of outcomes."""
PARTS: dict[str, Label] = {
    "arms": Label("Arms of the trial", "Forsøgets grupper"),
    "benefits": Label("Passages between benefits", "Overgange mellem ydelser"),
    "displacement": Label("Displacement", "Fortrængning"),
    "exits": Label("Exits from benefit", "Afgang fra ydelse"),
    "intake": Label("Intake", "Tilgang"),
    "job_spells": Label("Jobs that end", "Job der slutter"),
    "jobcentres": Label("Jobcentres", "Jobcentre"),
    "market_share": Label("Displacement", "Fortrængning"),
    "once": Label("One-off costs", "Engangsudgifter"),
    "organisation_models": Label("Organisation of the staff", "Organisering af medarbejderne"),
    "profile": Label("Scores", "Profilering"),
    "season": Label("Season", "Sæson"),
    "subgroups": Label("Subgroups", "Undergrupper"),
    "teams": Label("Staff", "Medarbejdere"),
    "trial": Label("The trial", "Forsøget"),
    "interventions": Label("Effort: {name}", "Indsats: {name}"),
}
WIDEST, MOST_OF_A_PART, DIGITS = 60, 3, 4


def key_label(key: str, wording: Wording) -> str:
    """What a key is called, such as "Full-time staff, project team"; of one without words of its own, its part."""
    steps = key.split(".")
    if len(steps) > 4 and (steps[0], steps[2]) == ("jobcentres", "interventions"):
        what = key_label(".".join(steps[2:]), wording)
        return wording.say(OF, what=what, whose=wording.jobcentre(steps[1]))
    known = _known([step for step in steps[2:] or steps if not step.isdigit()])
    if known is None:
        return part_label(key, wording)
    what = wording.say(KEYS[known])
    if len(steps) > 2 and steps[0] in ("teams", "interventions"):
        whose = wording.team(steps[1]) if steps[0] == "teams" else wording.intervention(steps[1])
        return wording.say(OF, what=what, whose=whose)
    return what


def _known(steps: Sequence[str]) -> str | None:
    """The last of these steps that has words, with the one before it if the two have words together; None: none."""
    for number in reversed(range(len(steps))):
        for name in (".".join(steps[max(number - 1, 0) : number + 1]), steps[number]):
            if name in KEYS:
                return name
    return None


def part_label(key: str, wording: Wording) -> str:
    """What the part of a scenario is called that a key is in."""
    first, *others = key.split(".")
    if first == "interventions" and others:
        return wording.say(PARTS[first], name=wording.intervention(others[0]))
    return wording.say(PARTS[first]) if first in PARTS else plain_key(first)


def key_unit(unit: str, wording: Wording) -> str:
    """The unit of a key."""
    label = STAFF_UNITS.get(unit) or UNITS.get(unit)
    return unit if label is None else wording.say(label)


def plain(value: float, wording: Wording) -> str:
    """A number with the digits that matter, in the manner of the language."""
    text = f"{value if value == int(value) else float(f'{value:.{DIGITS}g}'):,.10g}"
    return text.translate(str.maketrans(",.", ".,")) if wording.language == "da" else text


def value_text(value: Any, wording: Wording, widest: int = WIDEST) -> str:
    """A value of a key, shortened where it is longer than so many characters."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return wording.say(YES if value else NO)
    if value in (NO_LIMIT, []):
        return wording.say(NONE)
    if isinstance(value, int | float):
        return plain(value, wording)
    if isinstance(value, list):
        text = ", ".join(value_text(each, wording) for each in value)
    elif value == {}:
        text = wording.say(THERE)
    else:
        text = wording.say(WORDS[value]) if value in WORDS else str(value)
    return text if len(text) <= widest else f"{text[: widest - 1]}…"


def change_rows(changes: Sequence[Change], wording: Wording, in_full: bool = False) -> list[list[str]]:
    """Label, key, from, to and unit of what differs; unless `in_full`, large parts that only one of the two has are
    counted."""
    parts: dict[str, list[Change]] = {}
    for change in changes:
        parts.setdefault(change.part, []).append(change)
    rows = []
    for part, within in parts.items():
        if len(within) > MOST_OF_A_PART and not in_full:
            added = all(change.before is None for change in within)
            count = wording.say(MANY, count=len(within))
            rows.append([key_label(part, wording), part, *(("–", count) if added else (count, "–")), ""])
            continue
        for c in within:
            ends = [value_text(value, wording) for value in (c.before, c.after)]
            rows.append([key_label(c.key, wording), c.key, *ends, key_unit(c.unit, wording)])
    return rows
