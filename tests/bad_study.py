"""Mistakes in files of targets and priors: the edits, what is said of them, in which file and at which place."""

from __future__ import annotations

from typing import NamedTuple

TARGETS = """version: 1
name: toy
date: 2026-11-25
scenario: toy.yaml
priors: priors.yaml
fitted: fitted.yaml
with: [more.yaml]
replications: 2
seed: 11
targets:
  job:
    outcome: exit_job
    group: alle
    week: 26
    figure: 0.5
    n: 300
    rounding: 0.005
    role: fit
    source: toy
    page: "1"
    definition: left for a job
  talks:
    outcome: talk_share
    group: alle
    figure: 0.4
    se: 0.02
    se_source: trials
    rounding: 0
    role: fit
    source: toy
    page: "2"
    definition: weeks with a talk
"""

MORE = """version: 1
name: more
date: 2026-11-26
scenario: toy.yaml
replications: 2
seed: 12
targets:
  others:
    outcome: exit_other
    group: alle
    week: 20
    count: 30
    n: 310
    rounding: 0
    role: fit
    source: toy
    page: "3"
    definition: left for something else
"""

PRIORS = """version: 1
parameters:
  exits.job.level:
    distribution: lognormal
    range: [0.01, 0.08]
    unit: per week
    why: a toy
  exits.other.level:
    distribution: lognormal
    range: [0.002, 0.03]
    unit: per week
    why: a toy, too
  interventions.samtaler.channels.personlig.attendance:
    distribution: logitnormal
    range: [0.5, 0.95]
    unit: share
    why: missed
  interventions.samtaler.effects.job:
    distribution: uniform
    range: [0.9, 1.1]
    unit: factor
    why: hardly any
"""

FILES = {"targets.yaml": TARGETS, "more.yaml": MORE, "priors.yaml": PRIORS}


class Wrong(NamedTuple):
    """Edits of one file (old text, new text; old occurs once), part of the message, and where it points: in the same
    file, unless another is named."""

    file: str
    edits: list[tuple[str, str]]
    message: str
    marked: str


def _targets(old: str, new: str, message: str, marked: str) -> Wrong:
    return Wrong("targets.yaml", [(old, new)], message, marked)


def _priors(old: str, new: str, message: str, marked: str) -> Wrong:
    return Wrong("priors.yaml", [(old, new)], message, marked)


FIRST_ROLE = "    role: ¦fit\n    source: toy\n    page: \"1\""

WRONG = {
    "week after the follow-up": _targets(
        "week: 26", "week: 27", "the follow-up ends in week 26 (got 27)", "    week: ¦27"
    ),
    "week after the follow-up, in a with file": Wrong(
        "more.yaml", [("week: 20", "week: 40")], "the follow-up ends in week 26 (got 40)", "    week: ¦40"
    ),
    "month of a weekly outcome": _targets(
        "outcome: exit_job\n    group: alle\n    week: 26", "outcome: employed_share\n    group: alle\n    month: 26",
        "employed_share is counted by week, not by month", "    month: ¦26",
    ),
    "unknown outcome": _targets(
        "outcome: exit_job", "outcome: exit_jbo", "there is no outcome 'exit_jbo'; did you mean 'exit_job'?",
        "    outcome: ¦exit_jbo",
    ),
    "unknown group": _targets(
        "exit_job\n    group: alle", "exit_job\n    group: all", "there is no group 'all'; did you mean 'alle'?",
        "    group: ¦all\n",
    ),
    "group of another arm": _targets(
        "exit_job\n    group: alle", "exit_job\n    group: kontrol", "there is no group 'kontrol'",
        "    group: ¦kontrol",
    ),
    "percent": _targets(
        "figure: 0.5", "figure: 46", "exit_job is a share, so between 0 and 1 (got 46; write 46 % as 0.46)",
        "    figure: ¦46",
    ),
    "percent with its sign": _targets("figure: 0.5", "figure: 46 %", "write a share between 0 and 1", "figure: ¦46 %"),
    "percent among what else is printed": _targets(
        "    figure: 0.5\n", "    figure: 0.5\n    also: [{figure: 48, rounding: 0.5}]\n", "between 0 and 1 (got 48",
        "    also: ¦[{figure: 48",
    ),
    "twice in a file": _targets(
        "  talks:\n", "  job:\n", "'job' is given twice", "  ¦job:\n    outcome: talk"
    ),
    "twice in two files": Wrong(
        "more.yaml", [("  others:\n", "  job:\n")], "'job' is a target of targets.yaml already", "  ¦job:"
    ),
    "no definition": _targets(
        "    definition: left for a job\n", "", "missing key 'definition'", "  ¦job:"
    ),
    "empty definition": _targets(
        "definition: left for a job", 'definition: ""', "definition", '    definition: ¦""'
    ),
    "no source": _targets(
        '    source: toy\n    page: "1"\n', '    page: "1"\n', "missing key 'source'", "  ¦job:"
    ),
    "neither n nor se": _targets(
        "    n: 300\n", "", "needs either n (persons that it is of) or se", FIRST_ROLE
    ),
    "both n and se": _targets(
        "    n: 300\n", "    n: 300\n    se: 0.1\n    se_source: x\n", "where both are lost, and only one of them",
        FIRST_ROLE,
    ),
    "spread without a design factor": _targets(
        "    se: 0.02\n    se_source: trials\n", "    spread: model\n", "spread: needs `design_factor:`",
        "    spread: ¦model",
    ),
    "spread beside n": Wrong(
        "targets.yaml",
        [("targets:\n", "design_factor: {value: 2, unit: factor, kind: assumed, source: toy}\ntargets:\n"),
         ("    n: 300\n", "    n: 300\n    spread: model\n")],
        "where both are lost, and only one of them", FIRST_ROLE,
    ),
    "spread of something else": _targets(
        "    se: 0.02\n    se_source: trials\n", "    spread: data\n", "must be model (got 'data')", "    spread: ¦data"
    ),
    "design factor that hides what it rests on": _targets(
        "targets:\n", "design_factor: 2\ntargets:\n", "write it with what it rests on", "design_factor: ¦2\n"
    ),
    "design factor below 1": _targets(
        "targets:\n", "design_factor: {value: 0.5, unit: factor, kind: assumed, source: toy}\ntargets:\n",
        "must be 1 or more (got 0.5)", "{value: ¦0.5",
    ),
    "se without its source": _targets("    se_source: trials\n", "", "needs `se_source:`", "    se: ¦0.02"),
    "se of nothing": _targets("se: 0.02", "se: 0", "must be greater than 0 (got 0)", "    se: ¦0"),
    "n of nobody": _targets("n: 300", "n: 0", "must be 1 or more (got 0)", "    n: ¦0"),
    "n that says nothing": _targets(
        "    outcome: exit_job\n    group: alle\n    week: 26\n    figure: 0.5",
        "    outcome: talks_held\n    group: alle\n    figure: 5",
        "talks_held is no share, so n persons do not say how sure it is", "    n: ¦300",
    ),
    "words cannot be fitted to": _targets(
        "    figure: 0.5\n    n: 300\n", "    figure: null\n    words: about half\n",
        "words cannot be used to fit", FIRST_ROLE,
    ),
    "figure and words": _targets(
        "    figure: 0.5\n", "    figure: 0.5\n    words: half\n", "and not both", "    figure: ¦0.5"
    ),
    "count above n": Wrong(
        "more.yaml", [("count: 30", "count: 311")], "count: needs n, and must be a whole number", "count: ¦311"
    ),
    "unknown role": _targets(
        "role: fit\n    source: toy\n    page: \"1\"", "role: fitt\n    source: toy\n    page: \"1\"",
        "must be one of fit, validate (got 'fitt'); did you mean 'fit'?", "    role: ¦fitt",
    ),
    "nothing to fit to": Wrong(
        "targets.yaml",
        [("    role: fit\n    source: toy\n    page: \"1\"", "    source: toy\n    page: \"1\""),
         ("    role: fit\n    source: toy\n    page: \"2\"", "    role: validate\n    source: toy\n    page: \"2\""),
         ("with: [more.yaml]\n", "")],
        "none of the targets has `role: fit`", "¦targets:",
    ),
    "no targets": _targets(
        TARGETS.partition("targets:\n")[2], "  {}\n", "must have at least 1 entries", "  ¦{}"
    ),
    "contradicts nothing": _targets(
        "    figure: 0.5\n", "    figure: 0.5\n    contradicts: talk\n",
        "there is no published figure 'talk'; did you mean 'talks'?", "    contradicts: ¦talk",
    ),
    "unknown key of a target": _targets(
        "    week: 26", "    weak: 26", "unknown key 'weak'; did you mean 'week'?", "    ¦weak: 26"
    ),
    "unknown key of the file": _targets(
        "seed: 11", "seed: 11\nwhith: []", "unknown key 'whith'; did you mean 'with'?", "¦whith: []"
    ),
    "unknown key of a prior": _priors(
        "why: missed", "why: missed\n    shape: wide", "unknown key 'shape'", "    ¦shape: wide"
    ),
    "date in words": _targets("2026-11-25", "25 November", "'25 November' is not a date; write for example 2026-11-25",
                              "date: ¦25 November"),
    "date that there is not": _targets("2026-11-25", "2026-02-30", "'2026-02-30' is not a date", "date: ¦2026-02-30"),
    "date of another kind": _targets("2026-11-25", "2026-W05", "'2026-W05' is not a date", "date: ¦2026-W05"),
    "one replication": _targets("replications: 2", "replications: 1", "must be 2 or more (got 1)", "replications: ¦1"),
    "no replications": _targets("replications: 2\n", "", "missing key 'replications'", "¦version: 1"),
    "no priors": _targets("priors: priors.yaml\n", "", "missing key 'priors'", "¦version: 1"),
    "missing priors": _targets(
        "priors: priors.yaml", "priors: prior.yaml", "there is no file prior.yaml; did you mean 'priors.yaml'?",
        "priors: ¦prior.yaml",
    ),
    "missing scenario": _targets(
        "scenario: toy.yaml", "scenario: toys.yaml", "there is no file toys.yaml; did you mean 'toy.yaml'?",
        "scenario: ¦toys.yaml",
    ),
    "missing with file": _targets(
        "with: [more.yaml]", "with: [mor.yaml]", "there is no file mor.yaml; did you mean 'more.yaml'?",
        "with: [¦mor.yaml]",
    ),
    "itself in with": _targets(
        "with: [more.yaml]", "with: [targets.yaml]", "targets.yaml is fitted to already", "with: [¦targets.yaml]"
    ),
    "with twice": _targets(
        "with: [more.yaml]", "with: [more.yaml, more.yaml]", "more.yaml is fitted to already", "more.yaml, ¦more.yaml"
    ),
    "with of a with file": Wrong(
        "more.yaml", [("seed: 12", "seed: 12\nwith: [targets.yaml]")], "only the file that is calibrated names others",
        "with: ¦[targets.yaml]",
    ),
    "unknown parameter": _priors(
        "exits.other.level", "exits.othr.level",
        "toy.yaml has no parameter 'exits.othr.level'; did you mean 'exits.other.level'?",
        "  ¦exits.othr.level:",
    ),
    "unknown place in also": _priors(
        "why: a toy\n", "why: a toy\n    also: [exits.jobb.level]\n", "toy.yaml has no parameter 'exits.jobb.level'",
        "also: [¦exits.jobb.level]",
    ),
    "a place with two priors": _priors(
        "why: a toy\n", "why: a toy\n    also: [exits.other.level]\n",
        "'exits.other.level' has its value from the prior of exits.other.level already",
        "also: [¦exits.other.level]",
    ),
    "unknown file in only_in": _priors(
        "why: a toy\n", "why: a toy\n    only_in: [mor]\n",
        "no file of targets 'mor' is fitted here; did you mean 'more'?",
        "only_in: [¦mor]",
    ),
    "unknown distribution": _priors(
        "logitnormal", "logistic",
        "must be one of lognormal, logitnormal, normal, uniform, loguniform, evidence (got 'logistic')",
        "distribution: ¦logistic",
    ),
    "reversed range": _priors(
        "[0.01, 0.08]", "[0.08, 0.01]", "the lower end must come first (got 0.08 and 0.01)", "range: ¦[0.08, 0.01]"
    ),
    "one end": _priors("[0.01, 0.08]", "[0.01]", "must have at least 2 entries", "range: ¦[0.01]"),
    "end in words": _priors("[0.01, 0.08]", "[0.01, wide]", "must be a number (got 'wide')", "range: [0.01, ¦wide]"),
    "lognormal from 0": _priors("[0.01, 0.08]", "[0, 0.08]", "a lognormal lies above 0 (got 0)", "range: ¦[0, 0.08]"),
    "logitnormal to 1": _priors("[0.5, 0.95]", "[0.5, 1]", "a logitnormal lies between 0 and 1", "range: ¦[0.5, 1]"),
    "impossible values": _priors(
        "    distribution: logitnormal\n    range: [0.5, 0.95]", "    distribution: normal\n    range: [0.5, 0.95]",
        "a normal prior that reaches 0.95 may have impossible values", "range: ¦[0.5, 0.95]",
    ),
    "wrong unit": _priors(
        "unit: share", "unit: percent", "the unit here is share (got 'percent')", "    unit: ¦percent"
    ),
    "no unit": _priors("    unit: share\n", "", "missing key 'unit'", "  ¦interventions.samtaler.channels"),
    "no reason": _priors("why: missed", 'why: ""', "why", 'why: ¦""'),
    "no parameters": _priors(PRIORS.partition("parameters:\n")[2], "  {}\n", "must have at least 1 entries", "  ¦{}"),
    "rest that does not add up": _priors(
        "why: missed", "why: missed\n    rest: {exits.job.level: 0.4}", "the parts must add up to 1", "rest: ¦{exits"
    ),
    "version": _priors("version: 1", "version: 2", "must be 1 (got 2)", "version: ¦2"),
    "not indented": _priors("    why: missed", "   why: missed", "check the indentation", "   ¦why: missed"),
}  # fmt: skip
