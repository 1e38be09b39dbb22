"""Mistakes about what sick-listed people and people on ledighedsydelse are offered: as in `bad_input`."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """Edits (old text, new text; old occurs once), part of the message, and where it must point."""

    edits: list[tuple[str, str]]
    message: str
    marked: str


JOB_SPELLS = "job_spells:\n  hours: 30\n  end_intensity: {0: 0.01}\n  returns: 0.5\n"
SUBSIDY = "        half_subsidy: 0.4\n"
MANY_MORE = "".join(f"      c{n}: {{minutes: 1, attendance: 1}}\n" for n in range(29))
PERSONAL = "  rigtige: {fte: 2, minutes_per_week: 900, caseload: personal}\n"

WRONG_SYGE = {
    "a misspelt broker": Case(
        [(SUBSIDY, f"{SUBSIDY}        returned: 0.1\n        returns_to: komune\n")],
        "'komune' is not known here; did you mean 'kommune'?",
        "returns_to: ¦komune",
    ),
    "misfits that are returned to the same broker": Case(
        [(SUBSIDY, f"{SUBSIDY}        returned: 0.1\n        returns_to: kommune\n")],
        "misfits cannot be returned to the same broker",
        "returns_to: ¦kommune",
    ),
    "misfits that are returned to nobody": Case(
        [(SUBSIDY, f"{SUBSIDY}        returned: 0.1\n")],
        "misfits are sent back, so say to whom (returns_to)",
        "returned: ¦0.1",
    ),
    "a part twice in a bundle": Case(
        [("hoej: [motion, kursus]", "hoej: [motion, motion]")],
        "hoej: each part once (got motion, motion)",
        "order: {hoej: ¦[motion",
    ),
    "a fee that does not add up": Case(
        [("four_months: 0.3}", "four_months: 0.2}")],
        "the shares of the fee must add up to 1 (they add up to 0.9)",
        "fee: {fixed: ¦0.3",
    ),
    "brokering by a team with personal cases": Case(
        [("        team: formidlere", "        team: rigtige"),
         ("  raadgivere: {fte: 2,", f"{PERSONAL}  raadgivere: {{fte: 2,")],
        "team 'rigtige' has personal cases; brokering needs a pooled team",
        "        team: ¦rigtige",
    ),
    "left work for a team with personal cases": Case(
        [("leaves_work: {team: sagsbehandlere", "leaves_work: {team: rigtige"),
         ("  raadgivere: {fte: 2,", f"{PERSONAL}  raadgivere: {{fte: 2,")],
        "team 'rigtige' has personal cases; brokering needs a pooled team",
        "        leaves_work: ¦{team: rigtige",
    ),
    "an arm with two brokers": Case(
        [("        leaves_work: {team: sagsbehandlere, job_end: 30}\n",
          "      andre: {arms: [deltager], team: formidlere, clarification_weeks: 1, no_match: 0, approach_minutes: 9, "
          "opens: 0, trial: 0, half_subsidy: 0}\n")],
        "deltager is brokered for by kommune already",
        "andre: {arms: [¦deltager]",
    ),
    "a fleksjob that cannot end": Case(
        [("    exit: flex", "    exit: pension")],
        "a fleksjob may end, so exits.pension needs job_spells",
        "    exit: ¦pension",
    ),
    "a fleksjob to nowhere": Case(
        [("    exit: flex", "    exit: fleks")],
        "'fleks' is not known here; did you mean 'flex'?",
        "    exit: ¦fleks",
    ),
    "a pension to nowhere": Case(
        [("awarded: 0.9, exit: pension", "awarded: 0.9, exit: pensjon")],
        "'pensjon' is not known here; did you mean 'pension'?",
        "awarded: 0.9, exit: ¦pensjon",
    ),
    "an unknown level of a broker's factor": Case(
        [("      motivation: {lav: 0.7}", "      motivation: {middel: 0.7}")],
        "motivation has no level 'middel'; there is hoej, lav",
        "      motivation: {middel: ¦0.7}",
    ),
    "an approach of no minutes": Case(
        [("approach_minutes: 60", "approach_minutes: 0")], "must be 1 or more (got 0)", "approach_minutes: ¦0",
    ),
    "work left to a team that there is not": Case(
        [("leaves_work: {team: sagsbehandlere", "leaves_work: {team: sagsbehandler")],
        "'sagsbehandler' is not known here; did you mean 'sagsbehandlere'?",
        "leaves_work: {team: ¦sagsbehandler,",
    ),
    "ends that do not add up": Case(
        [("ends_to: {flex: 0.4, pension: 0.6}", "ends_to: {flex: 0.4, pension: 0.5}")],
        "the shares must add up to 1 (they add up to 0.9)",
        "    ends_to: ¦{flex",
    ),
    "an end to nowhere": Case(
        [("ends_to: {flex: 0.4, pension: 0.6}", "ends_to: {flex: 0.4, udland: 0.6}")],
        "'udland' is not known here; there is job, flex, pension",
        "ends_to: {flex: 0.4, ¦udland",
    ),
    "limits whose dates do not rise": Case(
        [("{run_week: 25, week: 23}", "{run_week: 20, week: 23}")],
        "run_week must rise from one entry to the next (they are [20, 20])",
        "      ¦- {run_week: 20, week: 22}",
    ),
    "an extension of no weeks": Case(
        [("extension_weeks: 13", "extension_weeks: {0: 0.5, 13: 0.5}")],
        "an extension lasts at least 1 week",
        "extension_weeks: ¦{0",
    ),
    "a part that there is not": Case(
        [("lav: [kursus, motion]", "lav: [kursus, psykolog]")],
        "'psykolog' is not known here; there is motion, kursus",
        "lav: [kursus, ¦psykolog",
    ),
    "a bundle for a level that there is not": Case(
        [("lav: [kursus, motion]", "ingen: [kursus, motion]")],
        "motivation has no level 'ingen'; there is hoej, lav",
        "ingen: ¦[kursus",
    ),
    "bundles by an unknown characteristic": Case(
        [('attribute: "motivation"', "attribute: helbred")],
        "'helbred' is not known here; there is motivation",
        "      attribute: ¦helbred",
    ),
    "not in something that is no state": Case(
        [("    not_in: [sygdom]", "    not_in: [sygdom, klub]")],
        "'klub' keeps no state that ledige could be in; there is koordinering, sygdom, fritagelse, raskmelding",
        "    not_in: [sygdom, ¦klub]",
    ),
    "not in something that there is not": Case(
        [("    not_in: [sygdom]", "    not_in: [sygedom]")],
        "'sygedom' is not known here; did you mean 'sygdom'?",
        "    not_in: [¦sygedom",
    ),
    "a plan of talks not in something that is no state": Case(
        [("not_in: [fritagelse]", "not_in: [forloeb]")],
        "'forloeb' keeps no state that ledige could be in; there is koordinering, sygdom, fritagelse, raskmelding",
        "not_in: [¦forloeb]",
    ),
    "a channel in something that is no state": Case(
        [("in_state: {raskmelding: mail}", "in_state: {stoette: mail}")],
        "'stoette' keeps no state that ledige could be in",
        "in_state: {stoette: ¦mail",
    ),
    "an unknown channel in a state": Case(
        [("in_state: {raskmelding: mail}", "in_state: {raskmelding: email}")],
        "'email' is not known here; did you mean 'mail'?",
        "in_state: {raskmelding: ¦email",
    ),
    "states that hold from a week on, and are none": Case(
        [("in_state: {raskmelding: mail}", "in_state_from: 4")],
        "there is no in_state that could hold from then on",
        "in_state_from: ¦4",
    ),
    "an unknown level of a plan": Case(
        [("levels: {motivation: [hoej]}", "levels: {motivation: [hoej, mellem]}")],
        "motivation has no level 'mellem'; there is hoej, lav",
        "levels: {motivation: ¦[hoej, mellem]",
    ),
    "more channels than the register tells apart": Case(
        [("      mail: {", MANY_MORE + "      mail: {")],
        "must have at most 30 entries",
        "      ¦moede: {minutes: 20",
    ),
    "an unknown level of who has an employer": Case(
        [("    levels: {motivation: [hoej, lav]}", "    levels: {motivation: [hoej, har]}")],
        "motivation has no level 'har'; there is hoej, lav",
        "    levels: {motivation: ¦[hoej, har]",
    ),
    "a return of an unknown arm": Case(
        [("begins: {deltager: 0.1}", "begins: {deltagr: 0.1}")],
        "'deltagr' is not known here; did you mean 'deltager'?",
        "begins: {¦deltagr",
    ),
    "hours that do not begin in week 0": Case(
        [("hours: {0: 12, 4: 20}", "hours: {1: 12, 4: 20}")],
        "the first step must begin in week 0",
        "    hours: ¦{1: 12",
    ),
    "part-time of all hours": Case(
        [("hours: {0: 12, 4: 20}", "hours: {0: 12, 4: 37}")],
        "must be 36 or less (got 37)",
        "hours: {0: 12, 4: ¦37",
    ),
    "a return to work in a world without jobs": Case(
        [(JOB_SPELLS, ""), ("    job_spells: {hours: 20, end_intensity: {0: 0.02}, returns: 1}\n", "")],
        "hours are worked, so the scenario needs an exit that is a job which may end (job_spells)",
        "    ¦kind: delvis_raskmelding",
    ),
    "wider grounds that are fewer": Case(
        [("widened: {run_week: 8, grounds: 0.3}", "widened: {run_week: 8, grounds: 0.1}")],
        "grounds 0.1 are fewer than before (0.2)",
        "widened: ¦{run_week",
    ),
    "an exemption of an unknown arm": Case(
        [("recorded: {deltager: 0.6}", "recorded: {alle: 0.6}")],
        "'alle' is not known here; there is deltager",
        "recorded: {¦alle",
    ),
    "a spell of sickness without its length": Case(
        [("    length_weeks: {4: 0.5, 9: 0.5}\n", "")],
        "missing key 'length_weeks'",
        "  ¦sygdom:",
    ),
    "work done by a team that there is not": Case(
        [("formidlere: {fte: 1,", "formidlere: {done_by: raadgiver, fte: 1,")],
        "'raadgiver' is not known here; did you mean 'raadgivere'?",
        "formidlere: {done_by: ¦raadgiver,",
    ),
}  # fmt: skip


DOUBTFUL_SYGE = {
    "a limit that nobody reaches": Case(
        [("    week: 26\n", "    week: 60\n"), ("week: 22}", "week: 50}"), ("week: 23}", "week: 40}")],
        "week 60 on benefit is never reached: the run has 40 weeks, the first are enrolled in week 0 after 0 on",
        "    week: ¦60",
    ),
    "parts that do not reach the hours": Case(
        [("    hours_per_week: 10", "    hours_per_week: 15"), ("lav: [kursus, motion]", "lav: []"),
         ("hoej: [motion, kursus]", "hoej: [motion]")],
        "motion 6 = 6 hours, but 15 are required",
        "      order: {hoej: ¦[motion]",
    ),
    "a part without places": Case(
        [("motion: {hours: 6, places: 9", "motion: {hours: 6, places: 0")],
        "motion is in a bundle, but there are 0 places",
        "motion: {hours: 6, places: ¦0",
    ),
    "a broker who has no time for any firm": Case(
        [("approach_minutes: 60", "approach_minutes: 900")],
        "ribe: kommune has 1 full-time × 800 = 800 minutes a week, and an approach takes 900: no firm is ever",
        "        team: ¦formidlere",
    ),
}  # fmt: skip
