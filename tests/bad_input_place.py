"""Mistakes about what is done in some jobcentres alone: the edit, what is said of it, and at which place."""

from __future__ import annotations

from tests.bad_input_syge import Case

KLUB = "    kind: jobklub\n"
PLAN = "      plan: {arms: [deltager], team: sagsbehandlere, channel: personlig, every: [{weeks: 4}]}\n"


def in_skive(otherwise: str) -> list[tuple[str, str]]:
    """The edit that gives one jobcentre interventions of its own."""
    return [("  skive: {}\n", f"  skive: {{interventions: {otherwise}}}\n")]


def klub_in(names: str) -> list[tuple[str, str]]:
    """The edit that lets the clubs be in these jobcentres alone."""
    return [(KLUB, f"{KLUB}    in_jobcentres: {names}\n")]


def further_plan(more: str) -> list[tuple[str, str]]:
    """The edit that adds a plan of talks."""
    plan = "      anden: {arms: [deltager], team: sagsbehandlere, channel: personlig, every: [{weeks: 2}]"
    return [(PLAN, f"{PLAN}{plan}, {more}}}\n")]


WRONG_PLACE = {
    "a destination of success that there is not": Case(
        [("follow_up: 26\n", "follow_up: 26\nstates_at: [4]\nsuccess: [jobb]\n")],
        "'jobb' is not known here; did you mean 'job'?", "success: [¦jobb]",
    ),
    "offers of success that there are not": Case(
        [("follow_up: 26\n", "follow_up: 26\nstates_at: [4]\nsuccess: [job]\nsuccess_offers: [pratkik]\n")],
        "'pratkik' is not known here", "success_offers: [¦pratkik]",
    ),
    "weeks on benefit by a characteristic that there is not": Case(
        [("  weeks: 10\n", "  weeks: 10\n  elapsed_by: {of: motivtion, weeks: {lav: 3}}\n")],
        "'motivtion' is not known here; did you mean 'motivation'?", "of: ¦motivtion",
    ),
    "weeks on benefit by a level that there is not": Case(
        [("  weeks: 10\n", "  weeks: 10\n  elapsed_by: {of: motivation, weeks: {midt: 3}}\n")],
        "motivation has no level 'midt'; there is hoej, lav", "midt: ¦3",
    ),
    "a destination told together that there is not": Case(
        [("follow_up: 26\n", "follow_up: 26\ntogether: {begge: [job, felx]}\n")],
        "'felx' is not known here; did you mean 'flex'?", "together: {begge: [job, ¦felx]}",
    ),
    "a report after the run": Case(
        [("follow_up: 26\n", "follow_up: 26\nreports_at: [2026-W45]\n")],
        "2026-W45 is week 44 from 2026-W01 on, and the run has weeks 0 to 39", "reports_at: ¦[2026-W45]",
    ),
    "something paid once after the run": Case(
        [("follow_up: 26\n", "follow_up: 26\nonce: {it: {week: 2026-W45}}\n")],
        "2026-W45 is week 44 from 2026-W01 on, and the run has weeks 0 to 39", "once: {it: {week: ¦2026-W45}}",
    ),
    "something paid once before the run": Case(
        [("follow_up: 26\n", "follow_up: 26\nonce: {it: {week: 2025-W50}}\n")],
        "2025-W50 is week -3 from 2026-W01 on", "once: {it: {week: ¦2025-W50}}",
    ),
    "something paid once in no week": Case(
        [("follow_up: 26\n", "follow_up: 26\nonce: {it: {times: 2}}\n")], "missing key 'week'", "once: {¦it:",
    ),
    "something paid once in a week that there is not": Case(
        [("follow_up: 26\n", "follow_up: 26\nonce: {it: {week: 2025-W53}}\n")],
        "2025 has 52 weeks", "once: {it: {week: ¦2025-W53}}",
    ),
    "something paid once in a numbered week": Case(
        [("follow_up: 26\n", "follow_up: 26\nonce: {it: {week: 5}}\n")],
        "'5' is not an ISO week; write for example 2010-W44", "once: {it: {week: ¦5}}",
    ),
    "something paid less than never": Case(
        [("follow_up: 26\n", "follow_up: 26\nonce: {it: {week: 2026-W05, times: 0}}\n")],
        "must be greater than 0", "once: {it: {week: 2026-W05, times: ¦0}}",
    ),
    "kroner among what is paid once": Case(
        [("follow_up: 26\n", "follow_up: 26\nonce: {it: {week: 2026-W05, price: 100000}}\n")],
        "unknown key 'price'", "once: {it: {week: 2026-W05, ¦price:",
    ),
    "something watched that there is not": Case(
        [("follow_up: 26\n", "follow_up: 26\nwatched: [exits_of_stok]\n")],
        "exits_of_stock", "watched: [¦exits_of_stok]",
    ),
    "an intervention of one jobcentre that there is not": Case(
        in_skive("{klubb: {clubs: 3}}"), "'klubb' is not known here; did you mean 'klub'?", "interventions: {¦klubb:"
    ),
    "a key of one jobcentre that there is not": Case(
        in_skive("{klub: {sesions_per_week: 1}}"),
        "unknown key 'sesions_per_week'; did you mean 'sessions_per_week'?",
        "{klub: {¦sesions_per_week: 1}}",
    ),
    "another kind in one jobcentre": Case(
        in_skive("{klub: {kind: praktik}}"), "'klub' is of the same kind in all jobcentres: jobklub", "{¦kind: praktik}"
    ),
    "what is not there taken away in one jobcentre": Case(
        in_skive("{klub: {counselling: null}}"),
        "there is no 'counselling' in interventions.klub to take away here",
        "{¦counselling: null}",
    ),
    "a key that is needed taken away in one jobcentre": Case(
        in_skive("{klub: {accepts: null}}"), "missing key 'accepts'", "interventions: {¦klub: {accepts: null}}"
    ),
    "further channels in one jobcentre": Case(
        in_skive("{kontakt: {channels: {sms: {minutes: 1, attendance: 1}}}}"),
        "the register shows the same channels everywhere, and in the same order: moede, mail (got moede, mail, sms)",
        "{channels: ¦{sms:",
    ),
    "a letter that is a talk in one jobcentre": Case(
        in_skive("{kontakt: {channels: {mail: {counts: true}}}}"),
        "'counts' of a channel is the same in all jobcentres",
        "{mail: {counts: ¦true}}",
    ),
    "displacement of one jobcentre": Case(
        in_skive("{klub: {displacement: 0.2}}"),
        "'displacement' is the same in all jobcentres: it stands in the intervention itself",
        "{displacement: ¦0.2}",
    ),
    "offers side by side in one jobcentre": Case(
        in_skive("{klub: {beside: [bureauer]}}"),
        "'beside' is the same in all jobcentres: it stands in the intervention itself",
        "{beside: ¦[bureauer]}",
    ),
    "openings passed on in one jobcentre alone": Case(
        in_skive("{formidling: {exchange: {brokers: [kommune], fits: 0.5}}}"),
        "the intervention itself must have it, too; factors of 1, or openings that never fit",
        "{exchange: ¦{brokers",
    ),
    "kinds of firms in one jobcentre alone": Case(
        in_skive("{formidling: {firms: {smaa: {share: 1}}}}"),
        "the kinds of firms must be those of the intervention itself, in its order",
        "{firms: ¦{smaa",
    ),
    "a jobcentre that says where it is on": Case(
        in_skive("{klub: {in_jobcentres: [skive]}}"),
        "'in_jobcentres' is the same in all jobcentres: it stands in the intervention itself",
        "{in_jobcentres: ¦[skive]}",
    ),
    "a value beyond its limits in one jobcentre": Case(
        in_skive("{klub: {accepts: 1.2}}"), "must be 1 or less (got 1.2)", "{klub: {accepts: ¦1.2}}"
    ),
    "a team that there is not in one jobcentre": Case(
        in_skive("{klub: {team: raadgiver}}"), "'raadgiver' is not known here; did you mean 'raadgivere'?",
        "{klub: {team: ¦raadgiver}}",
    ),
    "no seats by what one jobcentre says": Case(
        in_skive("{klub: {seats: 0}}"),
        "skive: 3 clubs × 0 seats = 0 seats, but 60 ledige are offered one: nobody can ever start",
        "{klub: {seats: ¦0}}",
    ),
    "a list where a jobcentre has interventions": Case(
        [("  skive: {}\n", "  skive: {interventions: [klub]}\n")],
        "must be a mapping of keys to values",
        "interventions: ¦[klub]",
    ),
    "on in a jobcentre that there is not": Case(
        klub_in("[skiv]"), "'skiv' is not known here; did you mean 'skive'?", "in_jobcentres: [¦skiv]"
    ),
    "on in none": Case(klub_in("[]"), "must have at least 1 entries (got [])", "in_jobcentres: ¦[]"),
    "a plan in a jobcentre that there is not": Case(
        further_plan("in_jobcentres: [rib]"), "'rib' is not known here; did you mean 'ribe'?", "in_jobcentres: [¦rib]"
    ),
    "two plans in one of the jobcentres": Case(
        further_plan("in_jobcentres: [skive]"),
        "deltager begins on interventions.samtaler.plans.plan already",
        "anden: {arms: ¦[deltager]",
    ),
}  # fmt: skip

DOUBTFUL_PLACE = {
    "weeks on benefit by level that are those of all": Case(
        [("  weeks: 10\n", "  weeks: 10\n  elapsed_by: {of: motivation, weeks: {lav: 0}}\n")],
        "every level comes after 0 weeks, as without it (intake.elapsed_weeks): it changes nothing",
        "elapsed_by: ¦{of",
    ),
    "settings of a jobcentre in which it is off": Case(
        klub_in("[ribe]") + in_skive("{klub: {accepts: 0.5}}"),
        "klub is off in skive (interventions.klub.in_jobcentres), so this changes nothing",
        "interventions: {klub: ¦{accepts: 0.5}}",
    ),
    "effects that last no time in one jobcentre": Case(
        in_skive("{samtaler: {effects: {job: 1.2}, window_weeks: 0}}"),
        "effects: job × 1.2 for 0 weeks, so nothing is ever changed",
        "window_weeks: ¦0",
    ),
}
