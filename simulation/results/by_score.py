"""Outcomes of scores: how well each has foretold who leaves."""

from __future__ import annotations

from simulation.interventions.contract import Outcome
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label, plain

REACHED = Label("AUC reached by the score {score}", "Opnået AUC for profileringen {score}")


def auc_name(score: str) -> str:
    """The outcome that says the AUC of a score."""
    return f"auc_{score}"


def outcomes_by_score(scenario: Scenario) -> dict[str, Outcome]:
    """The outcomes of a scenario with scores, by name; none of others."""
    found: dict[str, Outcome] = {}
    for name, score in scenario.profile.items():
        to, weeks = " or ".join(score.predicts.exits), score.predicts.within_weeks
        found[auc_name(name)] = Outcome(
            "share",
            f"AUC: of all pairs of a measured ledig who left to {to} within {weeks} weeks of enrolment and one who did "
            f"not, the share in which the leaver has the higher score in {name}; of those who can be seen for so long, "
            "whatever was done for them (without effects, season and the end of rights it is the AUC asked for)",
            units="few",
            label=REACHED.of(score=Label(plain(name), plain(name))),
        )  # fmt: skip
    return found
