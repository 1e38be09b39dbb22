"""Mistakes in scenarios with every intervention: the edit, what is said of it, and at which place."""

from __future__ import annotations

from pathlib import Path

from tests.bad_input_before import DOUBTFUL_BEFORE, WRONG_BEFORE
from tests.bad_input_benefits import DOUBTFUL_BENEFITS, WRONG_BENEFITS
from tests.bad_input_jobs import DOUBTFUL_JOBS, WRONG_JOBS
from tests.bad_input_need import DOUBTFUL_NEED, WRONG_NEED
from tests.bad_input_offers import DOUBTFUL_OFFERS, WRONG_OFFERS
from tests.bad_input_place import DOUBTFUL_PLACE, WRONG_PLACE
from tests.bad_input_profile import DOUBTFUL_PROFILE, WRONG_PROFILE
from tests.bad_input_season import DOUBTFUL_SEASON, WRONG_SEASON
from tests.bad_input_syge import DOUBTFUL_SYGE, JOB_SPELLS, WRONG_SYGE, Case
from tests.bad_input_talks import DOUBTFUL_TALKS, WRONG_TALKS
from tests.bad_input_trial import DOUBTFUL_TRIAL, WRONG_TRIAL
from tests.bad_input_who import DOUBTFUL_WHO, WRONG_WHO
from tests.bad_input_work import DOUBTFUL_WORK, WRONG_WORK

RIGHT = (Path(__file__).parent / "unit" / "files" / "interventions.yaml").read_text(encoding="utf-8")


WRONG = {
    "seats 0 with referrals": Case(
        [("seats: 8", "seats: 0")],
        "ribe: 2 clubs × 0 seats = 0 seats, but 60 ledige are offered one: nobody can ever start",
        "seats: ¦0",
    ),
    "seats 0 in one jobcentre": Case(
        [("skive: {clubs: 3}", "skive: {seats: 0}")],
        "skive: 2 clubs × 0 seats = 0 seats, but 60 ledige are offered one",
        "skive: {seats: ¦0}",
    ),
    "range reversed": Case(
        [("length: {from_weeks: 6, to_weeks: 10}", "length: {from_weeks: 10, to_weeks: 6}")],
        "the range is reversed: from_weeks 10 > to_weeks 6",
        "length: ¦{from_weeks: 10, to_weeks: 6}",
    ),
    "range reversed, over lines": Case(
        [("    length: {from_weeks: 6, to_weeks: 10}", "    length:\n      from_weeks: 10\n      to_weeks: 6")],
        "the range is reversed: from_weeks 10 > to_weeks 6",
        "      ¦from_weeks: 10",
    ),
    "unknown bureau": Case(
        [("bureaus: [flex]", "bureaus: [temp, flx]")],
        "'flx' is not known here; did you mean 'flex'?",
        "bureaus: [temp, ¦flx]",
    ),
    "a jobcentre without bureaus": Case(
        [("bureaus: [flex]", "bureaus: []")],
        "skive works with 0 of 2 bureaus, but its ledige are referred",
        "bureaus: ¦[]",
    ),
    "registered with 0 bureaus": Case(
        [("bureaus_each: 1", "bureaus_each: {0: 0.5, 1: 0.5}")],
        "who is registered is registered with 1 bureau or more",
        "bureaus_each: ¦{0: 0.5",
    ),
    "unknown subgroup in visitation": Case(
        [("          motivation: {lav: 0.6}", "          motivaton: {lav: 0.6}")],
        "'motivaton' is not known here; did you mean 'motivation'?",
        "          ¦motivaton: {lav: 0.6}",
    ),
    "unknown level in visitation": Case(
        [("          motivation: {lav: 0.6}", "          motivation: {lav: 0.6, mellem: 0.1}")],
        "motivation has no level 'mellem'; there is hoej, lav",
        "motivation: {lav: 0.6, mellem: ¦0.1}",
    ),
    "unknown subgroup in extra_minutes": Case(
        [("      motivation: {lav: 10}", "      dansk: {lav: 10}")],
        "'dansk' is not known here; there is motivation",
        "      ¦dansk: {lav: 10}",
    ),
    "unknown level in extra_minutes": Case(
        [("      motivation: {lav: 10}", "      motivation: {svag: 10}")],
        "motivation has no level 'svag'; there is hoej, lav",
        "motivation: {svag: ¦10}",
    ),
    "unknown subgroup of the unmotivated": Case(
        [("attribute: motivation", "attribute: motivasjon")],
        "'motivasjon' is not known here; did you mean 'motivation'?",
        "attribute: ¦motivasjon",
    ),
    "unknown level of the unmotivated": Case(
        [("        level: lav", "        level: ingen")],
        "motivation has no level 'ingen'; there is hoej, lav",
        "        level: ¦ingen",
    ),
    "separated without separated_by": Case(
        [("    separated_by: motivation\n", ""), ("    jobcentres:\n      skive: {clubs: 3}\n", "")],
        "say by which characteristic the groups are separated: separated_by",
        "separated: ¦true",
    ),
    "unknown characteristic in separated_by": Case(
        [("separated_by: motivation", "separated_by: sprog")],
        "'sprog' is not known here; there is motivation",
        "separated_by: ¦sprog",
    ),
    "more levels than clubs": Case(
        [("    clubs: 2\n", "    clubs: 1\n")],
        "ribe: 1 clubs cannot be separated by 2 levels of motivation",
        "    clubs: ¦1",
    ),
    "more levels than clubs in one jobcentre": Case(
        [("skive: {clubs: 3}", "skive: {clubs: 1}")],
        "skive: 1 clubs cannot be separated by 2 levels of motivation",
        "      skive: {clubs: ¦1}",
    ),
    "a team with cases leads a club": Case(
        [("    team: raadgivere", "    team: sagsbehandlere")],
        "team 'sagsbehandlere' takes cases; a club is led by a team of its own",
        "    team: ¦sagsbehandlere",
    ),
    "unknown team": Case(
        [("    team: raadgivere", "    team: raadgiver")],
        "'raadgiver' is not known here; did you mean 'raadgivere'?",
        "    team: ¦raadgiver",
    ),
    "company visits without saying how": Case(
        [("    separated: true\n", "    separated: true\n    company_visits: true\n"),
         ("    jobcentres:\n      skive: {clubs: 3}\n", "")],
        "say how often and to what effect companies are visited: visits",
        "company_visits: ¦true",
    ),
    "vikar without job spells": Case(
        [(JOB_SPELLS, ""), ("    job_spells: {hours: 20, end_intensity: {0: 0.02}, returns: 1}\n", "")],
        "an assignment is paid work, so the scenario needs job_spells",
        "    ¦kind: vikar",
    ),
    "months from an intervention that refers nobody": Case(
        [("months_from: klub", "months_from: samtaler")],
        "nobody is referred to 'samtaler'; no months count from it",
        "months_from: ¦samtaler",
    ),
    "months from no intervention at all": Case(
        [("months_from: klub", "months_from: kluben")],
        "'kluben' is not known here; did you mean 'klub'?",
        "months_from: ¦kluben",
    ),
    "an intervention called like what months count from": Case(
        [("  klub:\n", "  enrolment:\n"), ("months_from: klub", "months_from: enrolment"),
         ("outcome: klub_referred", "outcome: enrolment_referred")],
        "'enrolment' has a meaning in months_from; call the intervention otherwise",
        "  ¦enrolment:",
    ),
    "a characteristic called like what outcomes are by": Case(
        [("  motivation:\n    hoej", "  jobcentres: {a: {share: 0.5}, b: {share: 0.5}}\n  motivation:\n    hoej")],
        "'jobcentres' has a meaning in the tables; call the characteristic otherwise",
        "  ¦jobcentres: {a",
    ),
    "outcomes by a characteristic that there is not": Case(
        [("months_from: klub", "months_from: klub\noutcomes_by: [motivation, jobcentre]")],
        "'jobcentre' is not known here; did you mean 'jobcentres'?",
        "[motivation, ¦jobcentre]",
    ),
    "arms of no characteristic": Case(
        [("months_from: klub", "months_from: klub\noutcomes_by: [arms, jobcentres]")],
        "'arms' is for the levels of characteristics: name one beside it (arms themselves are always shown)",
        "outcomes_by: ¦[arms",
    ),
    "periods that go back": Case(
        [("months_from: klub", "months_from: klub\nperiods: [13, 8]")],
        "must go up from week to week (got 13, 8)",
        "periods: ¦[13",
    ),
    "periods beyond the follow-up": Case(
        [("months_from: klub", "months_from: klub\nperiods: [13, 26]")],
        "the last period ends with the follow-up, after 26 weeks, and is not written (got 26)",
        "periods: ¦[13",
    ),
    "expiry above the length": Case(
        [("      to_weeks: 4\n", "      to_weeks: 12\n")],
        "the longest praktik is 12 weeks, but it must lie within length: 4 to 8",
        "      to_weeks: ¦12",
    ),
    "expiry below the length": Case(
        [("      to_weeks: 4\n", "      to_weeks: 3\n")],
        "the longest praktik is 3 weeks, but it must lie within length: 4 to 8",
        "      to_weeks: ¦3",
    ),
    "firm_accepts without a number of weeks": Case(
        [("firm_accepts: {4: 0.4, 8: 0.6}", "firm_accepts: {four: 0.4}")],
        "'four' is not a number of weeks; write a mapping such as {4: 0.4, 8: 0.6}",
        "firm_accepts: {¦four: 0.4}",
    ),
    "a mentor in an offer that there is not": Case(
        [("only_in: [forloeb]", "only_in: [forlob]")],
        "'forlob' is not known here; did you mean 'forloeb'?",
        "only_in: [¦forlob]",
    ),
    "coordination for no arm": Case(
        [("offered: {deltager: 0.5}", "offered: {}")],
        "no arm is offered coordination; name at least one",
        "offered: ¦{}",
    ),
    "coordination for an unknown arm": Case(
        [("offered: {deltager: 0.5}", "offered: {deltagere: 0.5}")],
        "'deltagere' is not known here; did you mean 'deltager'?",
        "offered: {¦deltagere",
    ),
    "a subsidy for an unknown arm": Case(
        [("arm: deltager", "arm: alle")],
        "'alle' is not known here; there is deltager",
        "    arm: ¦alle",
    ),
    "an unknown key": Case(
        [("    gives_up: 0.1", "    givs_up: 0.1")],
        "unknown key 'givs_up'; did you mean 'gives_up'?",
        "    ¦givs_up: 0.1",
    ),
    "an unknown kind": Case(
        [("kind: jobklub", "kind: jobclub")],
        "unknown kind 'jobclub'; did you mean 'jobklub'?",
        "kind: ¦jobclub",
    ),
    "a share above 1": Case(
        [("        fits: 0.5", "        fits: 5")],
        "must be 1 or less (got 5)",
        "        fits: ¦5",
    ),
    "hours of a wrong unit": Case(
        [("    hours_per_mentor: 10", "    hours_per_mentor: {value: 10, unit: hours, kind: assumed, source: test}")],
        "the unit here is hours per week (got 'hours')",
        "hours_per_mentor: {value: ¦10",
    ),
    "a hire without an exit to a job": Case(
        [("  job: {level: 0.02}\n", "  uddannelse: {level: 0.02}\n"), (JOB_SPELLS, "")],
        "a host can hire only where there is an exit called 'job'",
        "    direct_hire: ¦0.2",
    ),
}  # fmt: skip


WRONG |= WRONG_NEED | WRONG_SYGE | WRONG_WORK | WRONG_JOBS | WRONG_TALKS | WRONG_WHO | WRONG_BEFORE | WRONG_SEASON
WRONG |= WRONG_OFFERS | WRONG_BENEFITS | WRONG_PLACE | WRONG_PROFILE | WRONG_TRIAL


MISPLACED = {
    "by_block not from 0": Case(
        [("by_block: {0: 0.5, 4: 0.5}", "by_block: {1: 0.5, 4: 0.5}")],
        "the first block must begin in week 0 of the intake",
        "  by_block: ¦{1: 0.5",
    ),
    "by_block beyond the intake": Case(
        [("by_block: {0: 0.5, 4: 0.5}", "by_block: {0: 0.5, 10: 0.5}")],
        "a block begins in week 10, but the intake has 10 weeks (0 to 9)",
        "  by_block: ¦{0: 0.5, 10",
    ),
    "figure null without words": Case(
        [("    figure: 0.3\n", "    figure: null\n")],
        "figure: give a number, or null and in words what is printed instead",
        "    figure: ¦null",
    ),
    "figure and words": Case(
        [("    figure: 0.3\n", "    figure: 0.3\n    words: rundt regnet\n")],
        "figure: give a number, or null and in words what is printed instead",
        "    figure: ¦0.3",
    ),
    "visitation weeks that do not rise": Case(
        [("      - from_week: 10", "      - from_week: 0")],
        "from_week must rise from one entry to the next (they are [0, 0])",
        "      - from_week: ¦0",
    ),
}
"""Said in words, but not (yet) at the line of what is wrong."""


CITED = {
    "a month of a weekly outcome": Case(
        [("outcome: employed_month", "outcome: exit_job")],
        "exit_job is counted by week, not by month",
        "    month: ¦4",
    ),
    "a week of a monthly outcome": Case(
        [("    month: 4\n", "    week: 4\n")],
        "employed_month is counted by month, not by week",
        "    week: ¦4",
    ),
    "a week with which no period ends": Case(
        [("outcome: employed_month", "outcome: weeks_on_benefit"), ("    month: 4\n", "    week: 14\n")],
        "weeks_on_benefit is told after weeks 13, 26, with which `periods` end (got 14)",
        "    week: ¦14",
    ),
    "months since enrolment by week": Case(
        [("outcome: employed_month", "outcome: employed_month_enrolled"), ("    month: 4\n", "    week: 4\n")],
        "employed_month_enrolled is counted by month, not by week",
        "    week: ¦4",
    ),
    "a month that the run does not see": Case(
        [("    month: 4\n", "    month: 9\n")],
        "month 9 ends after 43 weeks, the run after 40",
        "    month: ¦9",
    ),
    "a milestone of an unknown outcome": Case(
        [("outcome: klub_referred", "outcome: klub_refered")],
        "there is no outcome 'klub_refered'; did you mean 'klub_referred'?",
        "    outcome: ¦klub_refered",
    ),
    "a published outcome of an intervention that is not there": Case(
        [("outcome: employed_month", "outcome: jobklub_started"), ("    month: 4\n", "")],
        "there is no outcome 'jobklub_started'; did you mean 'klub_started'?",
        "    outcome: ¦jobklub_started",
    ),
}
"""Found by `check`, and before a run; a scenario can be loaded with them."""


DOUBTFUL = {
    "a mentor with more hours than there are": Case(
        [("    mentors: 2\n", "    mentors: 0.1\n")],
        "0.1 mentors × 10 hours = 1 hours a week in each jobcentre, but a ledig is given 2 or more: nobody will ever",
        "    mentors: ¦0.1",
    ),
    "sessions need more minutes than there are": Case(
        [("session_minutes: 120", "session_minutes: 600"), ("    jobcentres:\n      skive: {clubs: 3}\n", "")],
        "ribe: 2 clubs × 2 sessions × 600 minutes = 2400 minutes a week, but team raadgivere has 2 full-time × 900 = "
        "1800: some sessions will not be held",
        "session_minutes: ¦600",
    ),
    "matching that is too small": Case(
        [("    matches_per_week: 4\n", "    matches_per_week: 0.5\n")],
        "ribe: about 60 are referred, but 0.5 firms approached a week × 0.60 that say yes × 40 weeks = 12 matches",
        "    matches_per_week: ¦0.5",
    ),
    "no orders at all": Case(
        [
            ("orders_per_week: 1\n", "orders_per_week: 0\n"),
            ("flex: {orders_per_week: 2,", "flex: {orders_per_week: 0,"),
        ],
        "0 orders a week × 40 weeks = 0 assignments per jobcentre",
        "      ¦temp:",
    ),
    "no place with a coordinator": Case(
        [("    places: 5\n", "    places: 0\n")],
        "coordination is asked for, but coordinators have 0 places",
        "    places: ¦0",
    ),
    "no match for loentilskud": Case(
        [("    matches_per_week: 1\n", "    matches_per_week: 0\n")],
        "ribe: ledige are referred to loentilskud, but there are 4 places and 0 matches a week: nobody will ever begin",
        "    ¦kind: loentilskud",
    ),
}

DOUBTFUL |= DOUBTFUL_SYGE | DOUBTFUL_WORK | DOUBTFUL_JOBS | DOUBTFUL_TALKS | DOUBTFUL_BEFORE | DOUBTFUL_SEASON
DOUBTFUL |= DOUBTFUL_NEED | DOUBTFUL_WHO | DOUBTFUL_OFFERS | DOUBTFUL_BENEFITS | DOUBTFUL_PLACE | DOUBTFUL_PROFILE
DOUBTFUL |= DOUBTFUL_TRIAL
