"""Mistakes in a trial: the edit, what is said, and where."""

from __future__ import annotations

from tests.bad_input_syge import Case


def trial(says: str, primary: str = "of: exit_job", lots: str = "individual", arms: str = "deltager: 1, kontrol: 1",
          more: list[tuple[str, str]] | None = None) -> list[tuple[str, str]]:  # fmt: skip
    """The edit that gives a trial of two arms, in two jobcentres and 40 weeks with 10 of intake."""
    block = f"trial:\n  treated: deltager\n  control: kontrol\n  lots: {lots}\n  primary: {{{primary}}}\n"
    block += f"  {says}\n" if says else ""
    return [("arms: {deltager: 1}\n", f"arms: {{{arms}}}\n{block}"), *(more or [])]


def jobcentres(number: int) -> list[tuple[str, str]]:
    """So many jobcentres more, before the two."""
    return [("  ribe: {}\n", "".join(f"  j{n}: {{}}\n" for n in range(number)) + "  ribe: {}\n")]


ONE = [("  skive: {}\n", "  skive: {persons: 0}\n")]
WEDGE = "steps: 2\n  step_weeks: 4"
WRONG_TRIAL = {
    "a trial of an arm that there is not": Case(
        [("arms: {deltager: 1}\n", "arms: {deltager: 1, kontrol: 1}\ntrial: {treated: deltagerr, control: kontrol, "
          "lots: individual, primary: {of: exit_job}}\n")],
        "'deltagerr' is not known here; did you mean 'deltager'?", "treated: ¦deltagerr",
    ),
    "an arm against itself": Case(
        [("arms: {deltager: 1}\n", "arms: {deltager: 1, kontrol: 1}\ntrial: {treated: deltager, control: deltager, "
          "lots: individual, primary: {of: exit_job}}\n")],
        "deltager cannot be held against itself", "control: ¦deltager",
    ),
    "a trial of three arms": Case(
        trial("", arms="deltager: 1, kontrol: 1, tredje: 1"),
        "a trial has two arms, deltager and kontrol, and this scenario has tredje as well: take away what is not of "
        "the trial",
        "treated: ¦deltager",
    ),
    "a trial of an arm that is split": Case(
        [*trial(""), ("seed: 3\n", "seed: 3\nsplit: {deltager: {ny: 1, gammel: 1}}\n")],
        "a trial has two arms, deltager and kontrol, and this scenario has ny, gammel as well", "treated: ¦deltager",
    ),
    "everybody in an arm that there is not": Case(
        trial("everybody: ingen"), "'ingen' is not known here; there is deltager, kontrol", "everybody: ¦ingen"
    ),
    "lots of a kind that there is not": Case(
        trial("", lots="clusters"), "must be one of individual, birth_date, cluster, stepped_wedge, encouragement (got "
        "'clusters'); did you mean 'cluster'?", "lots: ¦clusters",
    ),
    "what is registered under its first name": Case(
        trial("register: {delay: 4}"), "unknown key 'register'; did you mean 'registration'?", "¦register: {delay"
    ),
    "an outcome that there is not": Case(
        trial("", primary="of: exit_jobb"), "'exit_jobb' is no outcome of a trial; did you mean 'exit_job'?",
        "of: ¦exit_jobb",
    ),
    "a further outcome that there is not": Case(
        trial("further: [hours, talks]"),
        "'talks' is no outcome of a trial; there is exit_job, exit_flex, exit_pension, exit_any, weeks_on_benefit, "
        "weeks_employed, hours",
        "further: [hours, ¦talks]",
    ),
    "hours where nobody's jobs are known": Case(
        trial("", primary="of: hours", more=[
            ("job_spells:\n  hours: 30\n  end_intensity: {0: 0.01}\n  returns: 0.5\n", ""),
            ("    job_spells: {hours: 20, end_intensity: {0: 0.02}, returns: 1}\n", ""),
        ]),
        "hours: there are no job_spells here, so nobody's jobs are known", "primary: {of: ¦hours}",
    ),
    "a hazard ratio of hours": Case(
        trial("", primary="of: hours, by: hazard_ratio"),
        "hazard_ratio is of the time until an exit, and hours is none", "by: ¦hazard_ratio",
    ),
    "a permutation of a hazard ratio": Case(
        trial("", primary="of: exit_job, by: hazard_ratio, errors: permutation", more=jobcentres(6)),
        "a permutation is of the means of jobcentres: of a difference, not of a hazard_ratio", "errors: ¦permutation",
    ),
    "strata of a characteristic that there is not": Case(
        trial("strata: [motivasjon]"), "'motivasjon' is not known here; did you mean 'motivation'?", "[¦motivasjon]"
    ),
    "strata of jobcentres that draw": Case(
        trial("strata: [motivation]", lots="cluster", primary="of: exit_job, errors: individual"),
        "lots: cluster has no strata: jobcentres draw, not persons", "strata: ¦[motivation]",
    ),
    "strata of birth dates": Case(
        trial("strata: [motivation]", lots="birth_date"),
        "lots: birth_date has no strata: birth dates are not drawn apart", "strata: ¦[motivation]",
    ),
    "strata that follow from who is likely to leave": Case(
        trial("strata: [motivation]", more=[
            ("subgroups:\n", "profile:\n  motivation: {predicts: {exits: [job], within_weeks: 13}, auc: 0.5}\n"
             "subgroups:\n"),
        ]),
        "profile.motivation gives its levels when lots are drawn already: they cannot be drawn apart by them",
        "strata: [¦motivation]",
    ),
    "two treated for each control by birth date": Case(
        trial("ratio: 2", lots="birth_date"), "even and odd birth dates are 1 treated for each control (got 2)",
        "ratio: ¦2",
    ),
    "a stepped wedge without steps": Case(
        trial("step_weeks: 4", lots="stepped_wedge"),
        "a stepped wedge needs steps: in how many steps, and how many weeks apart", "lots: ¦stepped_wedge",
    ),
    "a ratio of a stepped wedge": Case(
        trial(f"{WEDGE}\n  ratio: 1", lots="stepped_wedge"),
        "in a stepped wedge all jobcentres cross over; when, is said by steps and step_weeks", "ratio: ¦1",
    ),
    "more steps than jobcentres": Case(
        trial("steps: 3\n  step_weeks: 2", lots="stepped_wedge"),
        "there are 2 jobcentres, which cannot cross over in 3 steps", "steps: ¦3",
    ),
    "steps after the intake": Case(
        trial("steps: 2\n  step_weeks: 5", lots="stepped_wedge"),
        "the last of 2 steps is 2 × 5 = 10 weeks after the intake begins, and that has 10 weeks: nobody is enrolled "
        "after it",
        "step_weeks: ¦5",
    ),
    "a week of enrolment by arm, and an arm by week of enrolment": Case(
        trial(WEDGE, lots="stepped_wedge", more=[
            ("  weeks: 10\n",
             "  weeks: 10\n  from_week: 6\n  elapsed_weeks: 6\n  earlier: {elapsed_weeks: {deltager: 2}}\n"),
        ]),
        "the week of enrolment goes by arm (earlier), and in a stepped wedge the arm by that week",
        "earlier: ¦{elapsed_weeks",
    ),
    "an encouragement that all take up": Case(
        trial("", lots="encouragement"),
        "an encouragement is not taken up by all: say by what share (takes_up below 1)",
        "lots: ¦encouragement",
    ),
    "more than all of the control": Case(
        trial("crosses_over: 0.6\n  contaminated: 0.5"),
        "crosses_over 0.6 + contaminated 0.5 = 1.1 of the control, which is more than all", "contaminated: ¦0.5",
    ),
    "lots that make no difference": Case(
        trial("takes_up: 0.5\n  contaminated: 0.5"),
        "0.5 of the treated are treated (takes_up), and 0.5 of the control (crosses_over + contaminated): the lot does "
        "not make anybody more likely to be treated",
        "takes_up: ¦0.5",
    ),
    "lots of one jobcentre": Case(
        trial("", lots="cluster", more=ONE),
        "jobcentres draw these lots, and there is 1 jobcentre with anybody enrolled",
        "lots: ¦cluster",
    ),
    "no jobcentre left for the control": Case(
        trial("ratio: 5", lots="cluster"), "2 jobcentres × 0.833 = 2 are treated: there is nothing to compare with",
        "ratio: ¦5",
    ),
    "errors by one jobcentre": Case(
        trial("", lots="cluster", more=jobcentres(1)),
        "3 jobcentres × 0.5 = 2 are treated: by 1 alone nothing is told of how far jobcentres differ (clustered "
        "errors)",
        "primary: ¦{of: exit_job}",
    ),
    "errors between jobcentres where there is one": Case(
        trial("", primary="of: exit_job, errors: clustered", more=ONE),
        "clustered: there is 1 jobcentre, so nothing is told of how far jobcentres differ", "errors: ¦clustered",
    ),
    "a permutation of three against three": Case(
        trial("", lots="cluster", primary="of: exit_job, errors: permutation", more=jobcentres(4)),
        "3 against 3 jobcentres can be drawn in 20 ways, and each as extreme is there the other way round, too (2 / "
        "20), so no p-value is below 0.1: this test never finds anything at 5%",
        "errors: ¦permutation",
    ),
    "a permutation of one against four": Case(
        trial("ratio: 0.25", lots="cluster", primary="of: exit_job, errors: permutation", more=jobcentres(3)),
        "1 against 4 jobcentres can be drawn in 5 ways (1 / 5), so no p-value is below 0.2", "errors: ¦permutation",
    ),
    "a permutation within five jobcentres": Case(
        trial("", primary="of: exit_job, errors: permutation", more=jobcentres(3)),
        "lots within 5 jobcentres can be turned round in 2^5 = 32 ways, and each as extreme is there the other way "
        "round, too (2 / 32), so no p-value is below 0.062",
        "errors: ¦permutation",
    ),
    "a permutation of four that cross over in two steps": Case(
        trial(WEDGE, lots="stepped_wedge", primary="of: exit_job, errors: permutation", more=jobcentres(2)),
        "4 jobcentres can cross over in 6 orders (1 / 6), so no p-value is below 0.17", "errors: ¦permutation",
    ),
    "all of an arm left out of the data": Case(
        trial("exempted: {kontrol: 1}"), "all of them are left out: there is nothing to compare", "{kontrol: ¦1}"
    ),
    "nobody of an arm known any more": Case(
        trial("attrition: {deltager: 1}"), "nothing is known of any of them: there is nothing to compare",
        "attrition: {deltager: ¦1}",
    ),
    "what is left out of an arm that there is not": Case(
        trial("registration: {missed: {kontroll: 0.1}}"), "'kontroll' is not known here; did you mean 'kontrol'?",
        "{missed: {¦kontroll: 0.1}}",
    ),
    "recruitment beyond the run": Case(
        trial("recruitment: {pace: 0.2}"),
        "all have been found in 10 / 0.2 = 50 weeks from week 0 on, and the run has 40", "pace: ¦0.2",
    ),
    "data taken after the run": Case(
        trial("analysed: 32"), "the last are enrolled in week 9, and 9 + 32 is after the run, which has 40 weeks",
        "analysed: ¦32",
    ),
    "data taken after the run, as recruitment is slow": Case(
        trial("analysed: 25\n  recruitment: {pace: 0.5}"),
        "the last are enrolled in week 19, and 19 + 25 is after the run, which has 40 weeks", "analysed: ¦25",
    ),
    "data before anybody has been followed": Case(
        trial("analysed: 4\n  registration: {delay: 13}"),
        "data of week 13 have what happened before week 13 - 13 (delay) = 0, and the first come in 0: nobody has been "
        "followed",
        "analysed: ¦4",
    ),
    "data before anybody has been followed to the end": Case(
        trial("analysed: 2"),
        "data of week 11 have what happened before week 11, and the first come in 0: nobody has been followed for more "
        "than 11 of the 26 weeks (follow_up) that exit_job is over",
        "analysed: ¦2",
    ),
    "a register that has nothing by the end of the run": Case(
        trial("registration: {delay: 40}"),
        "data of week 40 have what happened before week 40 - 40 (delay) = 0, and the first come in 0: nobody has been "
        "followed",
        "registration: {delay: ¦40}",
    ),
    "a look after the end": Case(
        trial("stops_early: {looks: [12, 36], p: 0.001}"),
        "the data are taken in week 35, and the run has 40 weeks: a look then is not early", "looks: [12, ¦36]",
    ),
    "a look before anything is known": Case(
        trial("registration: {delay: 6}\n  stops_early: {looks: [6, 20], p: 0.001}"),
        "data of week 6 have what happened before week 6 - 6 (delay) = 0, and the first come in 0: nothing is known "
        "yet",
        "looks: [¦6, 20]",
    ),
    "looks that go back": Case(
        trial("stops_early: {looks: [20, 12], p: 0.001}"), "looks must go up from week to week (got 12 after 20)",
        "looks: [20, ¦12]",
    ),
    "a trial that stops at any p-value": Case(
        trial("stops_early: {looks: [20], p: 1}"), "must be less than 1 (got 1)", "p: ¦1}"
    ),
    "a trial that changes at a date": Case(
        trial("takes_up: {value: 0.9, from: {2026-W10: 0.8}}"),
        "takes_up cannot change at a date: it is a person's, drawn once, or holds for the whole run", "¦2026-W10: 0.8",
    ),
}

DOUBTFUL_TRIAL = {
    "steps of lots without any": Case(
        trial("steps: 2"), "steps is of a stepped wedge, and lots are individual: it changes nothing", "steps: ¦2"
    ),
    "blocks of lots that jobcentres draw": Case(
        [*trial(WEDGE, lots="stepped_wedge"), ("seed: 3\n", "seed: 3\nallocation: blocked\n")],
        "blocked is of lots that persons draw, and lots are stepped_wedge: it changes nothing", "allocation: ¦blocked",
    ),
    "weights of arms beside another ratio": Case(
        trial("ratio: 1", arms="deltager: 2, kontrol: 1"),
        "deltager: 2, kontrol: 1 change nothing, as trial.ratio is 1", "arms: ¦{deltager: 2",
    ),
    "more strata than ledige": Case(
        [*trial("strata: [motivation]"), ("  persons: 60\n", "  persons: 3\n")],
        "2 jobcentres × 2 = 4 strata for 6 ledige, 1.5 in each: hardly anything is balanced by them",
        "strata: ¦[motivation]",
    ),
    "jobcentres that draw, and errors of single persons": Case(
        trial("", lots="cluster", primary="of: exit_job, errors: individual", more=jobcentres(6)),
        "errors of single persons, and whole jobcentres draw (cluster): where persons of one jobcentre are alike, they "
        "claim effects that are not there",
        "errors: ¦individual",
    ),
    "lots that no permutation can tell apart": Case(
        trial("", lots="cluster", more=jobcentres(2)),
        "2 against 2 jobcentres can be drawn in 6 ways, and each as extreme is there the other way round, too (2 / 6): "
        "a permutation test could never tell an effect at 5%",
        "lots: ¦cluster",
    ),
}
