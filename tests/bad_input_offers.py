"""Mistakes about offers that run beside others, about where hosts hire to, and about talks while in an offer."""

from __future__ import annotations

from tests.bad_input_syge import Case

CLUB = "  klub:\n    kind: jobklub\n"
SUBSIDISED = "    length_weeks: 13\n    direct_hire: 0.2\n"
LETTERS = "in_state: {raskmelding: mail},"


def of_club(line: str) -> list[tuple[str, str]]:
    """The edit that gives the club this line."""
    return [(CLUB, f"{CLUB}    {line}\n")]


def mixed(value: str) -> list[tuple[str, str]]:
    """The edit that gives the club this gain from members who differ."""
    return [("      unmotivated:\n", f"      mixed: {value}\n      unmotivated:\n")]


def hired(line: str) -> list[tuple[str, str]]:
    """The edit that gives løntilskud this line."""
    return [(SUBSIDISED, f"{SUBSIDISED}    {line}\n")]


def in_offer(value: str) -> list[tuple[str, str]]:
    """The edit that gives the contact plan this `in_offer`."""
    return [(LETTERS, f"{LETTERS} in_offer: {value},")]


WRONG_OFFERS = {
    "an offer beside what there is not": Case(
        of_club("beside: [bureauer, tilskuf]"),
        "'tilskuf' is not known here; did you mean 'tilskud'?",
        "beside: [bureauer, ¦tilskuf]",
    ),
    "an offer beside itself": Case(
        of_club("beside: [bureauer, klub]"), "nothing runs beside itself; name others", "[bureauer, ¦klub]"
    ),
    "an offer beside a word": Case(of_club("beside: alle"), "must be a list (got 'alle')", "beside: ¦alle"),
    "hires to an exit that there is not": Case(
        hired("hires_to: flexjob"), "'flexjob' is not known here; did you mean 'flex'?", "hires_to: ¦flexjob"
    ),
    "hires to two exits": Case(hired("hires_to: [job, flex]"), "must be text (got ['job', 'flex'])", "hires_to: ¦[job"),
    "a channel in all offers that there is not": Case(
        in_offer("mali"), "'mali' is not known here; did you mean 'mail'?", "in_offer: ¦mali"
    ),
    "a channel in one offer that there is not": Case(
        in_offer("{klub: null, forloeb: brev}"),
        "'brev' is not known here; there is moede, mail",
        "{klub: null, forloeb: ¦brev}",
    ),
    "a channel in an offer that there is not": Case(
        in_offer("{klubb: mail}"), "'klubb' is not known here; did you mean 'klub'?", "in_offer: {¦klubb: mail}"
    ),
    "a channel in an offer that is a number": Case(
        in_offer("{klub: 3}"), "must be text (got 3)", "in_offer: {klub: ¦3}"
    ),
    "channels in offers as a list": Case(
        in_offer("[mail]"), "must be text (got ['mail'])", "in_offer: ¦[mail]"
    ),
}  # fmt: skip

HALF = "        half_subsidy: 0.4\n"
WANTS = "    motivated: 0.6\n"
FOUR = "four_months: 0.3}"
PENSION = "awarded: 0.9, exit: pension}"
PART = "motion: {hours: 6, places: 9"
WRONG_OFFERS |= {
    "a preference for a level that there is not": Case(
        [(HALF, f"{HALF}        prefers: {{levels: {{motivation: {{middel: 2}}}}}}\n")],
        "motivation has no level 'middel'; there is hoej, lav",
        "prefers: {levels: {motivation: {middel: ¦2",
    ),
    "a choice by what there is not": Case(
        [(HALF, f"{HALF}        chosen: {{levels: {{motivatjon: {{lav: 2}}}}}}\n")],
        "'motivatjon' is not known here; did you mean 'motivation'?",
        "chosen: {levels: {¦motivatjon",
    ),
    "a choice that nobody makes": Case(
        [(HALF, f"{HALF}        chosen: {{weight: 0}}\n")], "must be greater than 0 (got 0)", "chosen: {weight: ¦0}"
    ),
    "an exchange of openings with a broker that there is not": Case(
        [(WANTS, f"{WANTS}    exchange: {{brokers: [komune], fits: 0.5}}\n")],
        "'komune' is not known here; did you mean 'kommune'?",
        "exchange: {brokers: [¦komune]",
    ),
    "a broker that is good with a level that there is not": Case(
        [(HALF, f"{HALF}        factors: {{motivation: {{middel: 2}}}}\n")],
        "motivation has no level 'middel'; there is hoej, lav",
        "factors: {motivation: {middel: ¦2",
    ),
    "more than all of a level who are motivated": Case(
        [(WANTS, f"{WANTS}    motivated_levels: {{motivation: {{hoej: 2}}}}\n")],
        "1.2 of some would be motivated: 0.6 times their factors",
        "motivated_levels: ¦{motivation",
    ),
    "motivation by a level that there is not": Case(
        [(WANTS, f"{WANTS}    motivated_levels: {{motivation: {{middel: 0}}}}\n")],
        "motivation has no level 'middel'; there is hoej, lav",
        "motivated_levels: {motivation: {middel: ¦0",
    ),
    "kinds of firms that do not add up": Case(
        [(WANTS, f"{WANTS}    firms: {{smaa: {{share: 0.3}}, store: {{share: 0.6}}}}\n")],
        "the shares must add up to 1 (they add up to 0.9)",
        "firms: ¦{smaa",
    ),
    "a broker that holds on to more than all": Case(
        [(FOUR, "four_months: 0.3, held: 1.5}")], "must be 1 or less (got 1.5)", "held: ¦1.5"
    ),
    "a relation that never grows": Case(
        [("        orders_per_week: 1\n", "        orders_per_week: 1\n        relation: {strength: 0.2}\n")],
        "say in how many `weeks` or `assignments` it grows to its full size",
        "relation: {strength: ¦0.2}",
    ),
    "sought out by a word": Case(
        [("    bureaus_each: 1\n", "    bureaus_each: 1\n    seeks_out: ja\n")],
        "must be true or false",
        "seeks_out: ¦ja",
    ),
    "talks by course week that are no shares": Case(
        of_club("counselling: {weekly: 0.1, minutes: 9, by_course_week: {0: 2}}"),
        "must be 1 or less (got 2)",
        "by_course_week: {0: ¦2}",
    ),
    "members who differ by what there is not": Case(
        mixed("{by: motivatjon, gain: 1}"),
        "'motivatjon' is not known here; did you mean 'motivation'?",
        "mixed: {by: ¦motivatjon",
    ),
    "a limit below 0": Case(
        [(HALF, f"{HALF}        limit: -1\n")], "must be 0 or more (got -1)", "        limit: ¦-1"
    ),
    "a part with the name of something else": Case(
        [(PART, f"started: {{hours: 1, places: 1, setup_weeks: 1}}\n      {PART}")],
        "'started' is counted already, as something else; give this part another name",
        "started: ¦{hours: 1",
    ),
    "a fit by what there is not": Case(
        [(PART, f"{PART}, fit: {{motivatjon: {{lav: 2}}}}")],
        "'motivatjon' is not known here; did you mean 'motivation'?",
        "fit: {¦motivatjon",
    ),
    "a fit of a level that there is not": Case(
        [(PART, f"{PART}, fit: {{motivation: {{middel: 2}}}}")],
        "motivation has no level 'middel'; there is hoej, lav",
        "fit: {motivation: {middel: ¦2",
    ),
}

DOUBTFUL_OFFERS = {
    "a mixed club of members who are kept apart": Case(
        mixed("{by: motivation, gain: 1}"),
        "clubs of ribe are separated by motivation, so none is mixed",
        "mixed: {by: ¦motivation",
    ),
    "a mixed club of sessions without effect": Case(
        mixed("{by: motivation, gain: 1}"),
        "sessions and homework have no effect on any exit, so a mixed club strengthens nothing",
        "mixed: ¦{by: motivation",
    ),
    "an exchange of openings that never fit": Case(
        [(WANTS, f"{WANTS}    exchange: {{brokers: [kommune], fits: 0}}\n")],
        "no opening that is passed on ever fits", "fits: ¦0}",
    ),
    "trials that clarify nobody": Case(
        [(PENSION, f"{PENSION[:-1]}, trial: 0.5}}"), ("        no_match: 0.1\n", "        no_match: 0\n")],
        "nobody is judged not to match a fleksjob, so nobody is clarified by a trial", "trial: ¦0.5}",
    ),
    "trials for a fee that there is not": Case(
        [("first_trial: 0.1, two_months: 0.3, four_months: 0.3}",
          "first_trial: 0, two_months: 0.4, four_months: 0.3, trial_first: 0.5}")],
        "no part of the fee is paid for a first arbejdsprøvning", "trial_first: ¦0.5",
    ),
    "jobs held on to for a fee that there is not": Case(
        [("two_months: 0.3, four_months: 0.3}", "two_months: 0.6, four_months: 0, held: 0.5}")],
        "no part of the fee is paid for four months in a fleksjob", "held: ¦0.5",
    ),
    "a limit that leaves most waiting": Case(
        [(HALF, f"{HALF}        limit: 1\n")], "kommune works with 1 of about", "        limit: ¦1"
    ),
    "a fit of a part without effects": Case(
        [(PART, f"{PART}, fit: {{motivation: {{lav: 2}}}}")],
        "motion has no effect on any exit, so for whom it fits changes nothing",
        "fit: ¦{motivation: {lav: 2}}",
    ),
    "a firm found by whoever never waits": Case(
        [("    kind: loentilskud\n", "    kind: loentilskud\n    self_found: 0.2\n    waiting_list: false\n")],
        "nobody waits (waiting_list: false), so nobody finds a firm: it changes nothing", "self_found: ¦0.2",
    ),
    "an offer beside what marks none": Case(
        of_club("beside: [tilskud, stoette]"),
        "nobody is ever in an offer of 'stoette', so it changes nothing; there is klub, bureauer, forloeb, tilskud",
        "beside: [tilskud, ¦stoette]",
    ),
    "a channel in an offer of what marks none": Case(
        in_offer("{klub: mail, sygdom: mail}"),
        "nobody is ever in an offer of 'sygdom', so it changes nothing; there is klub, bureauer",
        "{klub: mail, sygdom: ¦mail}",
    ),
    "an exit for those whom nobody hires": Case(
        [("    direct_hire: 0.2\n", "    hires_to: flex\n")],
        "no host hires anybody, so it changes nothing",
        "hires_to: ¦flex",
    ),
    "hires to what is no job": Case(
        hired("hires_to: pension"),
        "those hired would have no job: pension has no job_spells; there is job, flex",
        "hires_to: ¦pension",
    ),
}
