"""Mistakes about who holds talks, and about staff of mentors and coordinators: the edit, what is said, and where."""

from __future__ import annotations

from tests.bad_input_syge import Case

PLAN = "      plan: {arms: [deltager], team: sagsbehandlere, channel: personlig, every: [{weeks: 4}]}\n"


def plan(says: str, others: str = "") -> list[tuple[str, str]]:
    """The edit that makes the plan say this as well, and adds other plans."""
    return [(PLAN, PLAN.replace("[{weeks: 4}]}\n", f"[{{weeks: 4}}], {says}}}\n") + others)]


def another(says: str) -> str:
    """Another plan, that nobody begins on."""
    return f"      andet: {{team: sagsbehandlere, channel: personlig, every: [{{weeks: 2}}], {says}}}\n"


MENTORS = [("    hours: {2: 0.5, 4: 0.5}\n", "    hours: {2: 0.5, 4: 0.5}\n    staff: STAFF\n")]
COORDINATORS = [("    offered: {deltager: 0.5}\n", "    offered: {deltager: 0.5}\n    staff: STAFF\n")]


def staffed(edits: list[tuple[str, str]], staff: str) -> list[tuple[str, str]]:
    """The edit with this staff."""
    return [(old, new.replace("STAFF", staff)) for old, new in edits]


WRONG_WHO = {
    "turns of a team that there is not": Case(
        plan("turns: [konsulenter, sagsbehandlere]"), "'konsulenter' is not known here", "turns: [¦konsulenter"
    ),
    "turns of a team for others": Case(
        [("formidlere: {fte: 1, minutes_per_week", "formidlere: {fte: 1, arms: [kontrol], minutes_per_week"),
         ("arms: {deltager: 1}", "arms: {deltager: 1, kontrol: 1}"),
         *plan("turns: [formidlere]")],
        "team 'formidlere' does not serve deltager (teams.formidlere.arms)",
        "turns: ¦[formidlere]",
    ),
    "a plan that follows what never begins": Case(
        plan("then: {plan: andet, begins: [subsidie]}", another("then: {plan: plan, ends: [forloeb]}")),
        "nobody is ever in an offer of 'subsidie', and it keeps no state: nothing begins or ends",
        "begins: [¦subsidie]",
    ),
    "a plan that follows an offer that there is not": Case(
        plan("then: {plan: andet, begins: [forlob]}", another("then: {plan: plan, ends: [forloeb]}")),
        "'forlob' is not known here; did you mean 'forloeb'?",
        "begins: [¦forlob]",
    ),
    "a plan that follows for two reasons": Case(
        plan("then: {plan: andet, begins: [forloeb], course_week: 9}", another("until_week: 30")),
        "give either a week, or begins, or ends: a plan follows for one reason",
        "then: ¦{plan: andet, begins",
    ),
    "plans that lead back at once": Case(
        plan("then: {plan: andet, begins: [forloeb]}", another("then: {plan: plan, begins: [forloeb]}")),
        "the plans lead round in a circle",
        "then: ¦{plan: plan, begins",
    ),
    "plans that lead back where the other offer has not begun": Case(
        plan("then: {plan: andet, begins: [forloeb, klub]}", another("then: {plan: plan, ends: [forloeb]}")),
        "the plans lead round in a circle",
        "then: ¦{plan: plan, ends",
    ),
    "spells of no week": Case(
        plan("spells: {}"), "say since or until which week, such as {since: 2026-W27}", "spells: ¦{}"
    ),
    "spells of a week that its year has not": Case(
        plan("spells: {since: 2027-W53}"), "2027 has 52 weeks (got 2027-W53)", "since: ¦2027-W53"
    ),
    "spells that end before they begin": Case(
        plan("spells: {since: 2026-W20, until: 2026-W20}"),
        "no spell begins on it: until (2026-W20) is not after since (2026-W20)",
        "until: ¦2026-W20",
    ),
    "under way at no date": Case(
        plan("spells: {until: 2026-W20, under_way: true}"),
        "there is no since on whose mandag anybody could go over",
        "under_way: ¦true",
    ),
    "two rules from the same week on": Case(
        plan("spells: {since: 2026-W08}", another("arms: [deltager], spells: {since: 2026-W08, until: 2026-W30}")),
        "deltager begins on interventions.samtaler.plans.plan already from 2026-W08 on until 2026-W30; a ledig follows",
        "arms: ¦[deltager], spells",
    ),
    "spells that are to change at a date": Case(
        plan("spells: {since: 2026-W08, under_way: {value: false, from: {2026-W20: true}}}"),
        "cannot change at a date",
        "from: {¦2026-W20",
    ),
    "a share of unregistered talks above 1": Case(
        plan("unregistered: 1.2"), "must be 1 or less (got 1.2)", "unregistered: ¦1.2"
    ),
    "travel that takes less than no time": Case(
        [("personlig: {minutes: 30, attendance", "personlig: {minutes: 30, travel_minutes: -5, attendance")],
        "must be 0 or more (got -5)",
        "travel_minutes: ¦-5",
    ),
    "the same partner at a group meeting": Case(
        [("personlig: {minutes: 30, attendance: 0.9}", "personlig: {minutes: 30, attendance: 0.9, seats: 4}"),
         (PLAN, PLAN.replace("every: [{weeks: 4}]", "talks: [{week: 3, partner: formidlere}], "
                             "same_partner: {formidlere: 0.5}"))],
        "'personlig' is a group meeting: who sits in cannot be the same for all",
        "same_partner: {formidlere: ¦0.5}",
    ),
    "mentors of a team with cases": Case(
        staffed(MENTORS, "{team: sagsbehandlere, minutes: 60}"),
        "team 'sagsbehandlere' takes cases; give those who do this a team of their own",
        "staff: {team: ¦sagsbehandlere",
    ),
    "coordinators of a team that there is not": Case(
        staffed(COORDINATORS, "{team: koordinatorer, minutes: 60}"),
        "'koordinatorer' is not known here",
        "staff: {team: ¦koordinatorer",
    ),
    "coordinators who take no time": Case(
        staffed(COORDINATORS, "{team: formidlere, minutes: 0}"), "must be 1 or more (got 0)", "minutes: ¦0}"
    ),
}

DOUBTFUL_WHO = {
    "weeks in which spells begin on no plan": Case(
        plan("spells: {since: 2026-W08}"),
        "deltager: spells that begin in weeks 0 to 6 of the run begin on no plan; they have no talks of these",
        "      ¦plan: {arms",
    ),
    "a rule in whose place another one is": Case(
        plan("spells: {until: 2026-W30}", another("arms: [deltager], spells: {since: 2025-W30}")),
        "no spell begins on it: a plan with a later `since` is in its place",
        "      plan: ¦{arms",
    ),
    "a rule that lapsed before the run": Case(
        plan("spells: {until: 2025-W30}", another("arms: [deltager], spells: {since: 2025-W30}")),
        "no spell begins on it: 2025-W30 is week -23 from 2026-W01 on, and the run has weeks 0 to 39",
        "      plan: ¦{arms",
    ),
    "turns of the same team": Case(
        plan("turns: [sagsbehandlere]"),
        "'sagsbehandlere' holds all talks of the plan anyway; it changes nothing",
        "turns: ¦[sagsbehandlere]",
    ),
    "the same partner at no talk": Case(
        plan("same_partner: {formidlere: 0.5}"), "'formidlere' sits in at no talk of the plan", "{formidlere: ¦0.5}"
    ),
    "letters that are not registered": Case(
        [("personlig: {minutes: 30, attendance: 0.9}", "personlig: {minutes: 30, attendance: 0.9, counts: false}"),
         *plan("unregistered: 0.2")],
        "no channel of the plan counts as a talk; it changes nothing",
        "unregistered: ¦0.2",
    ),
    "mentors whose hours take more than there is": Case(
        staffed(MENTORS, "{team: formidlere, minutes: 500}"),
        "ribe: a ledig takes 1000 minutes a week or more, and formidlere has 800: nobody ever gets any",
        "minutes: ¦500",
    ),
    "coordinators who have no minutes": Case(
        staffed(COORDINATORS, "{team: formidlere, minutes: 900}"),
        "ribe: a ledig takes 900 minutes a week or more, and formidlere has 800: nobody ever gets any",
        "staff: {team: formidlere, minutes: ¦900",
    ),
}  # fmt: skip
