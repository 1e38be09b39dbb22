"""What is counted of talks, and the outcomes of all kinds of talk together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.interventions.contract import Lives, Measured, Outcome, People, Sum, Totals, with_everybody
from simulation.world.labels import Label
from simulation.world.spec import Bools, Floats, Ints, ratios

REFUSALS = ("no_time", "away", "no_partner")
"""Reasons for which staff refuses a talk that is due."""
COUNTS: Mapping[str, Label] = {
    "no_time": Label("Talks refused for lack of time", "Samtaler afvist pga. tidsmangel"),
    "no_partner": Label("Talks refused, the other party had no time", "Samtaler afvist, anden part manglede tid"),
    "udeblivelse": Label("No-shows", "Udeblivelser"),
    "held": Label("Talks held", "Afholdte samtaler"),
    "letters": Label("Letters in the place of a talk", "Breve i stedet for samtale"),
    "away": Label("Talks refused, the caseworker was away", "Samtaler afvist, sagsbehandleren var væk"),
    "too_few": Label("Talks that waited, too few for the group", "Samtaler udskudt, for få til gruppemøde"),
    "fell_due": Label("Talks that fell due", "Samtaler, der forfaldt"),
    "on_time": Label("Talks held on time", "Samtaler holdt til tiden"),
    "called_on_time": Label("Talks that staff could hold on time", "Samtaler, der kunne holdes til tiden"),
    "exempt": Label("Exempt from talks", "Fritaget for samtaler"),
    "no_caseworker": Label("Due talks without a caseworker", "Samtaler, der manglede en sagsbehandler"),
    "no_caseworker_due": Label("Talks fallen due without a caseworker", "Forfaldne samtaler uden sagsbehandler"),
    "not_booked": Label("Talks not booked by the person", "Samtaler, borgeren ikke bookede"),
    "not_booked_due": Label("Talks fallen due and not booked", "Forfaldne samtaler, der ikke blev booket"),
    "too_few_due": Label("Talks fallen due, too few for the group", "Forfaldne samtaler, for få til gruppemøde"),
    "overtaken": Label("Talks overtaken by the next one", "Samtaler overhalet af den næste"),
    "met_again": Label("Talks after the first", "Samtaler efter den første"),
    "met_the_same": Label("Talks with the same caseworker as last", "Samtaler med samme sagsbehandler som sidst"),
    "covered": Label("Absent caseworkers' talks held by others", "Samtaler holdt af andre ved fravær"),
    "fresh": Label("Talks asked for the first time", "Samtaler, der søges holdt første gang"),
    "again": Label("Talks asked for again", "Samtaler, der søges holdt igen"),
    "partner_again": Label("Joint talks after the first", "Fællessamtaler efter den første"),
    "partner_same": Label("Joint talks with the same person as last", "Fællessamtaler med samme person som sidst"),
    "minutes_held": Label("Minutes for talks held", "Minutter til afholdte samtaler"),
    "minutes_no_show": Label("Minutes lost to no-shows", "Minutter tabt på udeblivelser"),
    "minutes_preparation": Label("Minutes for preparation", "Minutter til forberedelse"),
    "minutes_documentation": Label("Minutes for notes and registration", "Minutter til notater og registrering"),
    "minutes_travel": Label("Minutes on the way to talks and back", "Minutter til transport ved samtaler"),
    "minutes_outreach": Label("Minutes to reach those who did not come", "Minutter til at få fat i de udeblevne"),
}
"""By jobcentre and arm, by team, or (`fresh`, `again`) by desk."""

CALLED = ("held", "letters", "udeblivelse")
REQUESTS = Sum(*CALLED, *REFUSALS, "not_booked", "too_few")
"""Talks asked for in a week. Whoever must book herself and did not has asked, and so has whom staff had to refuse, and
who waits for others to meet with: that is the meeting's rule, and no refusal by staff."""

OUTCOMES: Mapping[str, Outcome] = {
    "talk_share": Outcome(
        "share", "Weeks with a held talk among weeks on benefit, from the first week after enrolment", course=True,
        label=Label("Weeks with a talk, of weeks on benefit", "Uger med samtale, af uger på ydelse")),
    "talks_held": Outcome(
        "talks", "Weeks with a held talk per enrolled ledig within the follow-up", cumulative=True,
        label=Label("Talks held per person", "Afholdte samtaler pr. person"),
    ),
    "talks_stayers": Outcome(
        "talks", "Held talks per ledig who is on benefit for the whole follow-up", cumulative=True,
        label=Label("Talks of those who stay on benefit", "Samtaler for dem, der bliver på ydelse"),
    ),
    "talk_personal_share": Outcome(
        "share", "Weeks with a talk held in person among weeks on benefit, from the first week after enrolment; told "
        "where a channel is not in person", course=True,
        label=Label("Weeks with a talk in person", "Uger med personlig samtale")),
    "talks_personal_stayers": Outcome(
        "talks", "Talks held in person per ledig who is on benefit for the whole follow-up; told where a channel is "
        "not in person", cumulative=True,
        label=Label("Talks in person of those who stay", "Personlige samtaler for dem, der bliver")),
    "phone_share": Outcome(
        "share", "Held talks that were in another channel than the plan's first, among held talks",
        label=Label("Talks not in the usual form", "Samtaler i anden form end den normale"),
    ),
    "no_show_share": Outcome(
        "share", "Called talks to which the ledig did not come (udeblivelse)",
        label=Label("No-shows, of talks called", "Udeblivelser, af indkaldte samtaler"),
    ),
    **with_everybody(
        "wait_first_talk",
        "Mean weeks from enrolment to the first held talk, of those who had one",
        "from enrolment to the first held talk, without an exit before it",
        Label("a first talk", "første samtale"),
    ),
    "talk_gap": Outcome(
        "weeks", "Mean weeks from one held talk to the next, of talks followed by another within the follow-up",
        label=Label("Time from one talk to the next", "Tid fra en samtale til den næste"),
    ),
    "no_time_share": Outcome(
        "share",
        "Due talks refused because the caseworkers' minutes were used up; everybody, whole run",
        Sum("no_time"),
        per=REQUESTS,
        label=Label("Talks refused for lack of time", "Samtaler afvist pga. tidsmangel"),
    ),
    "no_partner_share": Outcome(
        "share",
        "Due talks refused because the other party (a-kasse, jobkonsulent) had no time; everybody, whole run",
        Sum("no_partner"),
        per=REQUESTS,
        label=Label("Talks refused, the other party had no time", "Samtaler afvist, anden part manglede tid"),
    ),
    "same_partner_share": Outcome(
        "share",
        "Held joint talks at which the same person of the other party sat in as last time, among joint talks after the "
        "first with it; told where a plan has `same_partner`; everybody, whole run",
        Sum("partner_same"),
        per=Sum("partner_again"),
        label=Label("Joint talks with the same person as last", "Fællessamtaler med samme person som sidst"),
    ),
    "not_booked_share": Outcome(
        "share",
        "Due talks that the ledig should have booked herself that week and did not; everybody, whole run",
        Sum("not_booked"),
        per=REQUESTS,
        label=Label("Talks not booked by the person", "Samtaler, borgeren ikke bookede"),
    ),
    "too_few_share": Outcome(
        "share",
        "Due talks that waited because fewer than a group meeting's seats_min were due for it at the desk; everybody, "
        "whole run",
        Sum("too_few"),
        per=REQUESTS,
        label=Label("Talks that waited, too few for the group", "Samtaler udskudt, for få til gruppemøde"),
    ),
    "no_caseworker_share": Outcome(
        "share",
        "Due talks, week by week, of ledige whom no team had room for yet; everybody, whole run",
        Sum("no_caseworker"),
        per=Sum(*REQUESTS.plus, "no_caseworker"),
        label=Label("Due talks without a caseworker", "Samtaler, der manglede en sagsbehandler"),
    ),
    "overtaken_share": Outcome(
        "share",
        "Talks dropped because the next listed one fell due, among talks that fell due (none did while she was in a "
        "state of `not_in`); everybody, whole run",
        Sum("overtaken"),
        per=Sum("fell_due"),
        label=Label("Talks overtaken by the next one", "Samtaler overhalet af den næste"),
    ),
    "on_time_share": Outcome(
        "share",
        "Talks held in the week in which they fell due, among talks that fell due; everybody, whole run",
        Sum("on_time"),
        per=Sum("fell_due"),
        label=Label("Talks held on time", "Samtaler holdt til tiden"),
    ),
    "called_on_time_share": Outcome(
        "share",
        "Talks for which staff had time in the week in which they fell due (whether or not the ledig came), among "
        "talks that fell due, without those that the ledig should have booked herself and did not, and those for which "
        "too few were due to meet; everybody, whole run",
        Sum("called_on_time"),
        per=Sum("fell_due", less=["not_booked_due", "too_few_due"]),
        label=Label("Talks that staff could hold on time", "Samtaler, der kunne holdes til tiden"),
    ),
    "backlog": Outcome(
        "talks",
        "Talks that are due at the end of a week and for which staff had no time, mean over the weeks of the run",
        whole_run=True,
        label=Label("Backlog of talks", "Samtaler i efterslæb"),
    ),
    "continuity_share": Outcome(
        "share",
        "Held talks that were with the same person as the ledig's last one, among held talks after her first; followed "
        "where some have cases of their own, staff is away or leaves, or a talk's worth depends on who holds it; "
        "everybody, whole run",
        Sum("met_the_same"),
        per=Sum("met_again"),
        label=Label("Talks with the same caseworker as last", "Samtaler med samme sagsbehandler som sidst"),
    ),
    "away_share": Outcome(
        "share",
        "Due talks refused because nobody was at work at the caseworker's desk (absent, or the post vacant) and no "
        "colleague held them; everybody, whole run",
        Sum("away"),
        per=REQUESTS,
        label=Label("Talks refused, the caseworker was away", "Samtaler afvist, sagsbehandleren var væk"),
    ),
    "covered_share": Outcome(
        "share",
        "Talks held by a substitute, or by a colleague (because the caseworker was away, or with `substitution: busy` "
        "had no time), among those and the talks refused because nobody was at work at the desk; everybody, whole run",
        Sum("covered"),
        per=Sum("covered", "away"),
        label=Label("Absent caseworkers' talks held by others", "Samtaler holdt af andre ved fravær"),
    ),
}


def of_teams(total: Totals, weeks: int, changes: bool, covers: bool) -> dict[str, Floats]:
    """Outcomes from counts of a run of so many weeks; `changes`: whether staff is ever away, `covers`: whether somebody
    may hold the talks of another one."""
    names = ["no_time_share", "on_time_share", "called_on_time_share", "backlog"]
    names += ["continuity_share"] if total["met_again"].any() else []
    names += ["away_share"] if changes else []
    names += ["covered_share"] if covers else []
    found = {name: OUTCOMES[name].measured(total) for name in names if name != "backlog"}
    found["backlog"] = Sum(*REFUSALS).of(total) / weeks
    return {name: found[name] for name in names}


def of_lives(lives: Lives) -> Measured:
    """Outcomes of the whole follow-up."""
    held, full_weeks, several = lives.total(lives.talks), lives.total(lives.full_weeks), lives.talks > 1
    no_shows = lives.total(lives.no_shows)
    wait, none, _ = lives.until(lives.first_talk, lives.talks > 0)
    return _in_person(lives) | {
        "talk_share": ratios(lives.total(lives.talks_in_full_weeks), full_weeks),
        "talks_held": lives.mean(lives.talks),
        "talks_stayers": lives.mean(lives.talks, lives.stays),
        "phone_share": ratios(lives.total(lives.other_channel), held),
        "no_show_share": ratios(no_shows, held + no_shows),
        "wait_first_talk": lives.mean(lives.first_talk, lives.talks > 0),
        "wait_first_talk_all": wait,
        "wait_first_talk_unserved": none,
        "talk_gap": ratios(
            lives.total(lives.last_talk - lives.first_talk, several), lives.total(lives.talks - 1, several)
        ),
    }


def _in_person(lives: Lives) -> dict[str, Floats]:
    """Outcomes of talks in person over the whole follow-up; none where all are."""
    if lives.personal_talks is None or lives.personal_talks_in_full_weeks is None:
        return {}
    return {
        "talk_personal_share": ratios(
            lives.total(lives.personal_talks_in_full_weeks), lives.total(lives.full_weeks)
        ),
        "talks_personal_stayers": lives.mean(lives.personal_talks, lives.stays),
    }


def by_week(people: People) -> Measured:
    """Outcomes that have a course, shape (weeks, worlds)."""
    stays = people.on_benefit.copy()  # on benefit in all weeks so far
    for week in range(1, len(stays)):  # several times as fast as NumPy's accumulation over the first axis
        stays[week] &= stays[week - 1]
    so_far, on_benefit = _so_far(people.talk, stays), people.by_week(people.on_benefit)
    held, everybody = people.by_week(people.talk), people.by_week(np.ones_like(people.talk[:1]))
    lives = people.lives()
    *_, none_yet = lives.until(lives.first_talk, lives.talks > 0)
    by_week = {
        "talk_share": ratios(held, on_benefit),
        "talks_held": ratios(np.cumsum(held, axis=0), everybody),
        "wait_first_talk_unserved": none_yet[1:],
        "talks_stayers": ratios(people.by_week(so_far), people.by_week(stays)),
    }
    if (personal := people.personal_talk) is not None:
        by_week["talk_personal_share"] = ratios(people.by_week(personal), on_benefit)
        by_week["talks_personal_stayers"] = ratios(people.by_week(_so_far(personal, stays)), people.by_week(stays))
    return by_week


def _so_far(talk: Bools, stays: Bools) -> Ints:
    """Talks up to each week of those who have been on benefit all the while, shape (weeks, people); 0 for others."""
    talks: Ints = talk.astype(np.int16)
    for week in range(1, len(talks)):
        talks[week] += talks[week - 1]
    return np.asarray(talks * stays)
