"""Mistakes about scores: the edit, what is said, and where."""

from __future__ import annotations

from tests.bad_input_syge import Case

TWO = "{god: {share: 0.4}, ringe: {share: 0.6}}"


def score(says: str, name: str = "udsigt", levels: str = TWO) -> list[tuple[str, str]]:
    """The edit that gives a new characteristic, and a score."""
    return [("subgroups:\n", f"profile:\n  {name}: {{{says}}}\nsubgroups:\n  udsigt: {levels}\n")]


def foretells(what: str, auc: str = "") -> str:
    """A score of this."""
    return f"predicts: {{{what}}}{auc}"


JOB = foretells("exits: [job], within_weeks: 13")
WRONG_PROFILE = {
    "a score of a characteristic that there is not": Case(
        score(JOB, "udsigtt"), "'udsigtt' is not known here; did you mean 'udsigt'?", "¦udsigtt: {predicts"
    ),
    "a score that foretells a destination that there is not": Case(
        score(foretells("exits: [jobb], within_weeks: 13")), "'jobb' is not known here; did you mean 'job'?", "[¦jobb]"
    ),
    "a score that foretells nothing": Case(
        score(foretells("exits: [], within_weeks: 13")), "must have at least 1", "exits: ¦[]"
    ),
    "a score of no weeks": Case(
        score(foretells("exits: [job], within_weeks: 0")), "must be 1 or more (got 0)", "within_weeks: ¦0"
    ),
    "a score worse than a lot": Case(
        score(foretells("exits: [job], within_weeks: 13", ", auc: 0.4")), "must be 0.5 or more (got 0.4)", "auc: ¦0.4"
    ),
    "a score better than the truth": Case(
        score(foretells("exits: [job], within_weeks: 13", ", auc: 0.9")),
        "the ledige of this scenario differ so little in their chance of leaving to job within 13 weeks that no score "
        "reaches more than 0.",
        "auc: ¦0.9",
    ),
    "levels that say who leaves, and follow from who leaves": Case(
        score(JOB, levels="{god: {share: 0.4, exit_factors: {job: 2}}, ringe: {share: 0.6}}"),
        "profile.udsigt gives the levels by who is likely to leave; they cannot say so themselves",
        "exit_factors: ¦{job: 2}",
    ),
    "an exemption of a level that there is not": Case(
        [("    kind: fritagelse\n", "    kind: fritagelse\n    among: {motivation: [midt]}\n")],
        "motivation has no level 'midt'; there is hoej, lav",
        "among: {motivation: ¦[midt]}",
    ),
    "weeks on benefit by levels that follow from them": Case(
        [*score(JOB), ("  weeks: 10\n", "  weeks: 10\n  elapsed_by: {of: udsigt, weeks: {god: 3}}\n")],
        "profile.udsigt gives the levels by the weeks on benefit, too; the weeks cannot follow from them",
        "of: ¦udsigt",
    ),
}

DOUBTFUL_PROFILE = {
    "a score where nobody differs": Case(
        score(JOB), "the ledige all have the same chance of leaving: the score is a lot", "udsigt: ¦{predicts"
    ),
    "a score of more weeks than are followed": Case(
        score(foretells("exits: [job], within_weeks: 30")),
        "follow_up is 26 weeks: the AUC that is reached is not told",
        "within_weeks: ¦30",
    ),
}
