"""Mistakes about what an obligation does before it begins: as in `bad_input`."""

from __future__ import annotations

from tests.bad_input_syge import Case

ARM = "      deltager: {ready_week: 1, weekly: 0.3"
PLAN = "every: [{weeks: 4}]"


def _referral(before: str, message: str, marked: str) -> Case:
    return Case([(f"{ARM}}}", f"{ARM}, before: {{{before}}}}}")], message, marked)


def _plan(before: str, message: str, marked: str) -> Case:
    return Case([(PLAN, f"{PLAN}, before: {{{before}}}")], message, marked)


WRONG_BEFORE = {
    "a notice by date without one": _referral(
        "notice: date, effects: {job: 1.1}", "notice: date and run_week go together", "{notice: ¦date"
    ),
    "a date without a notice by date": _plan(
        "run_week: 4, effects: {job: 1.1}", "notice: date and run_week go together", "before: {run_week: ¦4"
    ),
    "building up to no week": _referral(
        "builds_over: 4, effects: {job: 1.1}", "announced_after and builds_over go together", "{builds_over: ¦4"
    ),
    "an announced week to which nothing builds up": _plan(
        "announced_after: 7, effects: {job: 1.1}", "announced_after and builds_over go together", "announced_after: ¦7"
    ),
    "building up before the notice": _referral(
        "announced_after: 3, builds_over: 5, effects: {}",
        "it cannot build up over 5 weeks to a week that is announced 3 weeks ahead",
        "builds_over: ¦5",
    ),
    "building up over no week": _plan(
        "announced_after: 3, builds_over: 0, effects: {}", "must be 1 or more (got 0)", "builds_over: ¦0"
    ),
    "notice at a referral to a talk": _plan(
        "notice: referral, effects: {job: 1.1}",
        "nobody is referred to a talk: the notice of it is enrolment or date",
        "notice: ¦referral",
    ),
    "another notice": _referral(
        "notice: enrollment, effects: {}", "must be one of enrolment, referral, date (got 'enrollment'); did you mean",
        "notice: ¦enrollment",
    ),
    "no effects": _referral("notice: enrolment", "missing key 'effects'", "weekly: 0.3, ¦before"),
    "an unknown destination before": _referral(
        "effects: {jbo: 1.1}", "'jbo' is not known here; did you mean 'job'?", "effects: {¦jbo"
    ),
    "an unknown destination before a talk": _plan(
        "effects: {flx: 1.1}", "'flx' is not known here; did you mean 'flex'?", "effects: {¦flx"
    ),
    "an unknown state before": _referral(
        "not_in: [sygdm], effects: {}", "'sygdm' is not known here; did you mean 'sygdom'?", "not_in: [¦sygdm"
    ),
    "no state before": _plan(
        "not_in: [klub], effects: {}", "'klub' keeps no state that ledige could be in", "not_in: [¦klub"
    ),
    "the old key": _plan("effects: {}}, announcement: {job: 1.1", "did you mean 'before.effects'?", "¦announcement"),
    "a factor before that is too large": _referral("effects: {job: 21}", "must be 20 or less (got 21)", "job: ¦21"),
}  # fmt: skip

DOUBTFUL_BEFORE = {
    "notice at a referral that never comes": Case(
        [(f"{ARM}}}", f"{ARM[:-3]}0, before: {{notice: referral, effects: {{job: 1.1}}}}}}")],
        "nobody is ever referred (weekly: 0, no push), so nobody has notice",
        "notice: ¦referral",
    ),
    "notice after the run": _plan(
        "notice: date, run_week: 60, effects: {job: 1.1}",
        "week 60 of the run is never reached: the run has weeks 0 to 39",
        "run_week: ¦60",
    ),
    "a start announced for after the run": _referral(
        "announced_after: 50, builds_over: 4, effects: {job: 1.1}", "this takes 50 weeks", "announced_after: ¦50"
    ),
}
