"""The scores of a scenario: their scales, reckoned once over a large population, and what cannot be of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from simulation.scenario.files.yamlfile import Path
from simulation.scenario.people import afgang_of, benefits_of, enrolled
from simulation.scenario.schema import Scenario
from simulation.world.afgang import Afgang
from simulation.world.profile import NEAR, RANDOM, Scale, chance_of_leaving, scale_of
from simulation.world.spec import NOT_PLANNED
from simulation.world.staff.jobcentres import Jobcentres

SEED = 1_207_959_552
"""Luck of the population that scales are reckoned over: the same whatever the seed of the scenario."""
WORLDS, PEOPLE = 64, 2**16
"""The population has so many worlds (jobcentres differ between them), and about so many people in all."""
MATTERS = {"arms", "split", "allocation", "intake", "exits", "benefits", "subgroups", "profile"}
"""Keys of a scenario that its people and their scores depend on, beside how many come in each jobcentre."""


@dataclass(frozen=True)
class _People:
    """A scenario, told from others by its people alone."""

    text: str
    scenario: Scenario = field(compare=False)


def scales(scenario: Scenario) -> dict[str, Scale]:
    """The scale of every score of a scenario, by name."""
    if not scenario.profile:
        return {}
    text = f"{scenario.persons()} {scenario.model_dump_json(include=MATTERS)}"
    return _scales(_People(text, scenario))


@lru_cache(maxsize=16)
def _scales(people: _People) -> dict[str, Scale]:
    scenario, persons = people.scenario, people.scenario.persons()
    part = PEOPLE / WORLDS / sum(persons.values())
    some = {name: max(round(number * part), 1) if number else 0 for name, number in persons.items()}
    scenario = scenario.model_copy(update={"trial": None})  # who is drawn is no part of what people are
    ledige = enrolled(scenario, SEED, range(WORLDS), some)
    jobcentres = Jobcentres(SEED, list(some), range(WORLDS))
    afgang = afgang_of(scenario, ledige, jobcentres, benefits_of(scenario, ledige))
    comes = ledige.entry != NOT_PLANNED
    return {
        name: scale_of(
            chance_of_leaving(afgang, score.predicts)[comes],
            [level.share for level in scenario.subgroups[name].values()],
            score.auc,
        )
        for name, score in scenario.profile.items()
    }


def sort(scenario: Scenario, afgang: Afgang) -> None:
    """Give the ledige their scores, and the levels that follow from them. A score that is a lot leaves the levels as
    they were drawn."""
    ledige = afgang.ledige
    for name, scale in scales(scenario).items():
        chance = chance_of_leaving(afgang, scenario.profile[name].predicts)
        ledige.score[name] = scale.scores(chance, ledige.keys, name)
        if scale.slope:
            ledige.subgroup[name][:] = scale.levels(ledige.score[name])


def profile_problems(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Levels that a score gives and that would have to be known before, and scores better than can be."""
    by, sound = scenario.intake.elapsed_by, True
    for name in scenario.profile:
        for level, its in scenario.subgroups[name].items():
            if its.exit_factors:
                sound = False
                message = f"profile.{name} gives the levels by who is likely to leave; they cannot say so themselves"
                yield ("subgroups", name, level, "exit_factors"), message
        if by is not None and by.of == name:
            sound = False
            message = f"profile.{name} gives the levels by the weeks on benefit, too; the weeks cannot follow from them"
            yield ("intake", "elapsed_by", "of"), message
    for name, scale in scales(scenario).items() if sound else ():
        predicts, auc = scenario.profile[name].predicts, scenario.profile[name].auc
        to = " or ".join(predicts.exits)
        if scale.best != scale.best:
            message = f"within {predicts.within_weeks} weeks nobody leaves to {to}, or everybody: there is no AUC"
            yield ("profile", name, "predicts"), message
        elif auc is not None and auc > scale.best + NEAR:
            message = f"the ledige of this scenario differ so little in their chance of leaving to {to} within "
            message += f"{predicts.within_weeks} weeks that no score reaches more than {scale.best:.3f} (got {auc:g})"
            yield ("profile", name, "auc"), message


def profile_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Scores that are no better than a lot, though that is not asked for, and scores that cannot be held against what
    happened."""
    for name, scale in scales(scenario).items():
        score = scenario.profile[name]
        if score.auc is None and scale.best < RANDOM + NEAR:
            yield ("profile", name), "the ledige all have the same chance of leaving: the score is a lot"
        if score.predicts.within_weeks > scenario.follow_up:
            message = f"follow_up is {scenario.follow_up} weeks: the AUC that is reached is not told"
            yield ("profile", name, "predicts", "within_weeks"), message
