"""Mistakes about plans by need, and about what talks do beside exits: the edit, what is said, and at which place."""

from __future__ import annotations

from tests.bad_input_syge import Case

EVERY = "every: [{weeks: 4}]}\n  klub:"
PLACED = "    matches_per_week: 4\n"


def rules(text: str) -> list[tuple[str, str]]:
    """The edit that gives the plan these rules."""
    return [(EVERY, f"every: [{{weeks: 4}}],\n        by_need: {text}}}\n  klub:")]


WRONG_NEED = {
    "a rule that always holds": Case(
        rules("[{weeks: 2}]"),
        "say when it holds (in_offer, in_state, from_week, ...); what always holds is `every`",
        "by_need: [¦{weeks: 2}]",
    ),
    "a rule that ends before it begins": Case(
        rules("[{from_week: 9, until_week: 9}]"), "it must lie after from_week (9)", "until_week: ¦9"
    ),
    "a channel of no talk": Case(
        rules("[{in_offer: [klub], channel: personlig}]"),
        "there is no talk while so (no weeks), so there is no channel either",
        "channel: ¦personlig}]",
    ),
    "a rule in a channel that there is not": Case(
        rules("[{in_offer: [klub], weeks: 2, channel: brev}]"), "'brev' is not known here", "channel: ¦brev}]"
    ),
    "a rule about what is not there": Case(
        rules("[{in_offer: [klubb], weeks: 2}]"),
        "'klubb' is not known here; did you mean 'klub'?",
        "in_offer: [¦klubb]",
    ),
    "a state that nobody keeps": Case(
        rules("[{in_state: [klub], weeks: 2}]"), "'klub' keeps no state that ledige could be in", "in_state: [¦klub]"
    ),
    "waiting for what nobody waits for": Case(
        rules("[{waiting_for: [sygdom], weeks: 2}]"), "nobody ever waits for 'sygdom'", "waiting_for: [¦sygdom]"
    ),
    "help of who helps nobody": Case(
        rules("[{helped_by: [klub], weeks: 2}]"),
        "'klub' has neither mentors nor coordinators",
        "helped_by: [¦klub]",
    ),
    "ready for what refers nobody": Case(
        rules("[{ready_for: [sygdom], weeks: 2}]"),
        "nobody is ready, or not ready, for 'sygdom', which has no `referral`",
        "ready_for: [¦sygdom]",
    ),
    "rules about a list": Case(
        [(EVERY, "talks: [{week: 3}],\n        by_need: [{in_offer: [klub], weeks: 2}]}\n  klub:")],
        "these rules are about intervals: they go with every, not with talks",
        "by_need: ¦[{in_offer",
    ),
    "trust of no size": Case(
        [("    kind: samtaler\n    channels:\n      personlig: {minutes: 30, attendance: 0.9}\n",
          "    kind: samtaler\n    attendance: {trust: {per_talk: 0, full_after: 3}}\n    channels:\n"
          "      personlig: {minutes: 30, attendance: 0.9}\n")],
        "must be greater than 0 (got 0)",
        "trust: {per_talk: ¦0",
    ),
    "talks that make ready later": Case(
        [("      deltager: {ready_week: 0, weekly: 0.5}\n    accepts",
          "      deltager: {ready_week: 0, weekly: 0.5, sooner_per_talk: -1}\n    accepts")],
        "must be 0 or more (got -1)",
        "sooner_per_talk: ¦-1",
    ),
    "a placement that is kept by what helps nobody": Case(
        [(PLACED, PLACED + "    breakdown: {weekly: 0.1, setback_weeks: 2, helped_by: {klub: 0.5}}\n")],
        "'klub' has neither mentors nor coordinators",
        "helped_by: {klub: ¦0.5}",
    ),
    "a talk within no week": Case(
        [(PLACED, PLACED + "    breakdown: {weekly: 0.1, setback_weeks: 2,\n"
                           "      after_talk: [{within_weeks: 0, factor: 2}]}\n")],
        "must be 1 or more (got 0)",
        "within_weeks: ¦0",
    ),
    "kept out by what keeps no state": Case(
        [(PLACED, PLACED + "    not_while: [klub]\n")],
        "'klub' keeps no state that ledige could be in",
        "not_while: [¦klub]",
    ),
}  # fmt: skip

DOUBTFUL_NEED = {
    "a rule about an offer that marks none": Case(
        rules("[{in_offer: [sygdom], weeks: 2}]"),
        "nobody is ever in an offer of 'sygdom', so it changes nothing",
        "in_offer: [¦sygdom]",
    ),
    "a rule that it never comes to": Case(
        rules("[{in_offer: [klub], weeks: 2}, {in_offer: [klub], weeks: 3}]"),
        "a rule before it holds whenever this one does, so it never comes to it",
        "{in_offer: [klub], weeks: 2}, ¦{in_offer",
    ),
    "a rule within a wider one before it": Case(
        rules("[{in_offer: [klub], weeks: 2}, {in_offer: [klub], from_week: 3, after_weeks: 4, weeks: 3}]"),
        "a rule before it holds whenever this one does, so it never comes to it",
        "{in_offer: [klub], weeks: 2}, ¦{in_offer",
    ),
    "a rule that has no time to hold": Case(
        rules("[{from_week: 3, until_week: 6, after_weeks: 3, weeks: 2}]"),
        "all the rest of it holds for 3 weeks on end at most, so it never holds",
        "after_weeks: ¦3",
    ),
    "a last rule that says what holds anyway": Case(
        rules("[{until_week: 9, weeks: 1}, {in_offer: [klub], weeks: 4}]"),
        "a talk every 4 weeks is what holds anyway where no rule does; it changes nothing",
        "{until_week: 9, weeks: 1}, ¦{in_offer",
    ),
    "ready and not ready": Case(
        rules("[{ready_for: [klub], not_ready_for: [klub], weeks: 2}]"),
        "nobody is ready for an offer and for none of them, so it never holds",
        "not_ready_for: ¦[klub]",
    ),
}
