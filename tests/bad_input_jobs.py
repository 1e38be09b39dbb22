"""Mistakes about displacement, the labour market, and the job that comes after benefit: as in `bad_input`."""

from __future__ import annotations

from tests.bad_input_syge import JOB_SPELLS, Case

KLUB = "    accepts: 0.8\n"
FLEX_JOB = "    job_spells: {hours: 20, end_intensity: {0: 0.02}, returns: 1}\n"
RIBE = "  ribe: {}\n"
SEED = "seed: 3\n"
SYGDOM = "    kind: sygdom\n"

PENSION = "  pension: {level: 0.001}\n"
BESIDE = "  beside_benefit: {at_entry: 0.1, begins: 0.05, ends: 0.1, hours: 5}\n"
JOB_RETURNS = "  returns: 0.5\n"
EFFECTS = "    after_sanction: {effects: {flex: 2}, weeks: 12}\n"
ON_SMALL_JOBS = EFFECTS.replace("flex: 2", "beside_begins: 2")

WRONG_JOBS = {
    "an effect on small jobs where nobody has any": Case(
        [(EFFECTS, ON_SMALL_JOBS)],
        "'beside_begins' is of small jobs beside benefit, which nobody has here (job_spells.beside_benefit)",
        "effects: {¦beside_begins: 2}",
    ),
    "a misspelt effect on small jobs": Case(
        [(JOB_RETURNS, JOB_RETURNS + BESIDE), (EFFECTS, EFFECTS.replace("flex: 2", "beside_begin: 2"))],
        "'beside_begin' is not known here; did you mean 'beside_begins'?",
        "effects: {¦beside_begin: 2}",
    ),
    "an effect on small jobs below 0": Case(
        [(JOB_RETURNS, JOB_RETURNS + BESIDE), (EFFECTS, EFFECTS.replace("flex: 2", "beside_hours: -1"))],
        "must be 0 or more",
        "effects: {beside_hours: ¦-1}",
    ),
    "a small job that is a destination": Case(
        [(PENSION, f"{PENSION}  beside_ends: {{level: 0.1}}\n")],
        "'beside_ends' has a meaning of its own; call the exit otherwise",
        "  ¦beside_ends: {level",
    ),
    "more displaced than is added": Case(
        [(SEED, f"{SEED}displacement: 1.2\n")], "must be 1 or less", "displacement: ¦1.2"
    ),
    "an effort that displaces more than it adds": Case(
        [(KLUB, f"{KLUB}    displacement: 45\n")], "must be 1 or less", "    displacement: ¦45"
    ),
    "a labour market smaller than its ledige": Case(
        [(RIBE, "  ribe: {market_share: 1.5}\n")], "must be 1 or less", "market_share: ¦1.5"
    ),
    "a misspelt market_share": Case(
        [(RIBE, "  ribe: {marketshare: 0.5}\n")], "did you mean 'market_share'", "ribe: {¦marketshare"
    ),
    "a next job of who is never treated": Case(
        [(SYGDOM, f"{SYGDOM}    next_job: {{ends: 0.9}}\n")], "next_job", "    ¦next_job: {ends: 0.9}"
    ),
    "a next job where no job ends": Case(
        [(JOB_SPELLS, ""), (FLEX_JOB, ""), (KLUB, f"{KLUB}    next_job: {{ends: 0.9}}\n")],
        "the next job is one that may end, so the scenario needs job_spells",
        "    next_job: ¦{ends: 0.9}",
    ),
    "a misspelt part of the next job": Case(
        [(KLUB, f"{KLUB}    next_job: {{end: 0.9}}\n")], "did you mean 'ends'", "next_job: {¦end: 0.9}"
    ),
    "a next job by a factor below 0": Case(
        [(KLUB, f"{KLUB}    next_job: {{hours: -1}}\n")], "must be 0 or more", "next_job: {hours: ¦-1}"
    ),
    "a next job in a jobcentre that there is not": Case(
        [(KLUB, f"{KLUB}    next_job: {{ends: {{log: 0.1, jobcentres: {{rib: 0.2}}}}}}\n")],
        "'rib' is not known here; did you mean 'ribe'?",
        "jobcentres: {¦rib: 0.2}",
    ),
    "a next job by a characteristic that there is not": Case(
        [(KLUB, f"{KLUB}    next_job: {{hours: {{log: 0.1, levels: {{motivaton: {{lav: 0.2}}}}}}}}\n")],
        "'motivaton' is not known here; did you mean 'motivation'?",
        "levels: {¦motivaton: {lav: 0.2}}",
    ),
    "a next job by a level that there is not": Case(
        [(KLUB, f"{KLUB}    next_job: {{hours: {{log: 0.1, levels: {{motivation: {{lave: 0.2}}}}}}}}\n")],
        "motivation has no level 'lave'",
        "levels: {motivation: {lave: ¦0.2}}",
    ),
    "ends of jobs in a jobcentre that there is not": Case(
        [("  returns: 0.5\n", "  returns: 0.5\n  jobcentres: {skve: 1.2}\n")],
        "'skve' is not known here; did you mean 'skive'?",
        "jobcentres: {¦skve: 1.2}",
    ),
    "ends of fleksjob in a jobcentre that there is not": Case(
        [("returns: 1}", "returns: 1, jobcentres: {skve: 1.2}}")],
        "'skve' is not known here; did you mean 'skive'?",
        "jobcentres: {¦skve: 1.2}",
    ),
}

DOUBTFUL_JOBS = {
    "an effect on small jobs, of which none ever begins": Case(
        [(JOB_RETURNS, JOB_RETURNS + BESIDE.replace("begins: 0.05", "begins: 0")), (EFFECTS, ON_SMALL_JOBS)],
        "no small job ever begins here (job_spells.beside_benefit.begins is 0), so it changes nothing",
        "effects: {beside_begins: ¦2}",
    ),
    "an effect on the end of small jobs that never end": Case(
        [
            (JOB_RETURNS, JOB_RETURNS + BESIDE.replace("ends: 0.1", "ends: 0")),
            (EFFECTS, EFFECTS.replace("flex: 2", "beside_ends: 2")),
        ],
        "no small job ever ends here while on benefit (job_spells.beside_benefit.ends is 0), so it changes nothing",
        "effects: {beside_ends: ¦2}",
    ),
    "a market share where nothing is displaced": Case(
        [(SEED, f"{SEED}market_share: 0.4\n")],
        "nothing is displaced here, so it changes nothing: displacement is 0",
        "market_share: ¦0.4",
    ),
    "a market share of a jobcentre where nothing is displaced": Case(
        [(RIBE, "  ribe: {market_share: 0.4}\n")], "nothing is displaced here", "ribe: {market_share: ¦0.4}"
    ),
    "a market share that no jobcentre has": Case(
        [
            (SEED, f"{SEED}displacement: 0.3\nmarket_share: 0.4\n"),
            (RIBE, "  ribe: {market_share: 0.5}\n"),
            ("  skive: {}\n", "  skive: {market_share: 0.6}\n"),
        ],
        "every jobcentre has its own market_share, so this one holds nowhere",
        "market_share: ¦0.4",
    ),
    "displacement by what has no effect on jobs": Case(
        [(KLUB, f"{KLUB}    displacement: 0.45\n")],
        "klub has no effect on the exit 'job', so it displaces nothing",
        "    displacement: ¦0.45",
    ),
    "a next job that is as ever": Case(
        [(KLUB, f"{KLUB}    next_job: {{ends: 1, hours: {{log: 0}}}}\n")],
        "neither ends nor hours are changed by it",
        "    next_job: ¦{ends: 1",
    ),
    "ends of jobs that never end": Case(
        [
            (JOB_SPELLS, JOB_SPELLS.replace("0.01", "0")),
            ("end_intensity: {0: 0.02}", "end_intensity: {0: 0}"),
            (KLUB, f"{KLUB}    next_job: {{ends: 0.8}}\n"),
        ],
        "no job ever ends here (end_intensity is 0), so it changes nothing",
        "next_job: {ends: ¦0.8}",
    ),
}
