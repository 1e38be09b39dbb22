"""What a figure is called: its outcome, the group it is of, and its week or month; and what every outcome means.

An outcome of an intervention is identified by both names, `klub.wait`, so that no two coincide. It is written as one
word, `klub_wait`, or with the dot where two would be written alike. Either form can be read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from simulation.interventions import with_common
from simulation.interventions.contract import Outcome
from simulation.results.by_benefit import outcomes_by_benefit
from simulation.results.by_score import outcomes_by_score
from simulation.results.destinations import called, of_destination
from simulation.results.general import GENERAL
from simulation.results.groups import ALLE, DIFFERENCE, Group, arm_group
from simulation.results.intervals import ANY, NAN, Scale
from simulation.results.sizes import jobcentres_of, persons_of
from simulation.results.watched import watched_outcomes
from simulation.scenario.schema import Scenario
from simulation.world.names import Name, common, written

__all__ = [
    "ALLE", "DIFFERENCE", "Figure", "Group", "Names", "against_reference", "arm_group", "arm_groups", "contrasts",
    "figure_of",
]  # fmt: skip

TIMES = ("weeks", "hours")
"""Units of means over persons. Who waits does so because others do, so where nobody had to, the smallest event is an
hour or a week for everybody of one jobcentre."""


class Figure(NamedTuple):
    """One number of a result: an outcome, of a group, in a week since enrolment (or month since referral), or over the
    whole follow-up."""

    outcome: str
    group: Group = ALLE
    time: int | None = None


def figure_of(written: Sequence[Any]) -> Figure:
    """A figure from its parts as JSON has them."""
    outcome, group, time = written
    return Figure(outcome, Group(*group), time)


class Names:
    """The outcomes of a scenario: what they mean, how they are written, and what a text means."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._scales: dict[tuple[str, Group], Scale] = {}

    @property
    def scenarios(self) -> Sequence[Scenario]:
        """The scenarios that it knows the outcomes of."""
        return [self.scenario]

    @cached_property
    def _named(self) -> dict[Name, Outcome]:
        """Every outcome that the scenario may have."""
        named = {common(what): outcome for what, outcome in GENERAL.items()}
        for kind in with_common():
            named |= {common(what): outcome for what, outcome in kind.common_outcomes.items()}
        for name in (*self.scenario.exits, "any"):
            of_exits = of_destination(name, called(name, self.scenario.exits))
            named |= {common(what): outcome for what, outcome in of_exits.items()}
        named |= {common(what): outcome for what, outcome in outcomes_by_benefit(self.scenario).items()}
        named |= {common(what): outcome for what, outcome in watched_outcomes(self.scenario).items()}
        named |= {common(what): outcome for what, outcome in outcomes_by_score(self.scenario).items()}
        for name, intervention in self.scenario.interventions.items():
            for what, outcome in intervention.its_outcomes.items():
                named[Name(name, what)] = replace(outcome, definition=f"{name}: {outcome.definition}")
        return named

    @cached_property
    def meanings(self) -> dict[str, Outcome]:
        """Every outcome that the scenario may have, by its dotted name."""
        return {name.dotted: outcome for name, outcome in self._named.items()}

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {name.dotted: text for name, text in written(self._named).items()}

    @cached_property
    def _read(self) -> dict[str, str]:
        return {text: outcome for outcome, text in self._texts.items()} | {outcome: outcome for outcome in self._texts}

    @property
    def texts(self) -> Sequence[str]:
        """Every outcome that the scenario may have, as it is written."""
        return list(self._texts.values())

    def write(self, outcome: str) -> str:
        """An outcome as it is written. Raises KeyError if there is no such outcome."""
        return self._texts[outcome]

    def read(self, text: str) -> str:
        """The outcome that a text means; the text itself if it means none."""
        return self._read.get(text, text)

    def meaning(self, outcome: str) -> Outcome:
        """Unit, definition and clock of an outcome. Raises KeyError if there is no such outcome."""
        return self.meanings[outcome]

    def unit(self, outcome: str) -> str:
        """The unit of an outcome. Raises KeyError if there is no such outcome."""
        return self.meanings[outcome].unit

    def is_share(self, outcome: str) -> bool:
        """Whether this is the name of an outcome that is a share."""
        return outcome in self.meanings and self.meanings[outcome].unit == "share"

    def scale(self, figure: Figure) -> Scale:
        """What a figure can be, and of how many it is at the least in one replication; in every week the same."""
        asked = figure.outcome, figure.group
        if asked not in self._scales:
            self._scales[asked] = self._scale(figure)
        return self._scales[asked]

    def _scale(self, figure: Figure) -> Scale:
        meaning = self.meanings.get(figure.outcome)
        if meaning is None:
            return ANY
        share = meaning.unit == "share"
        if figure.group.kind == "difference":
            return self.change(figure._replace(group=ALLE))
        horizon = float(self.scenario.follow_up) if meaning.event else NAN
        if not share or meaning.lowest:
            places = jobcentres_of(self.scenario, figure.group) if meaning.unit in TIMES else NAN
            return Scale(meaning.lowest, 1.0 if share else float("inf"), places, horizon)
        units = meaning.units or ("few" if self.intervention(figure.outcome) else "persons")
        if units == "few":
            return Scale(0.0, 1.0)
        return Scale(0.0, 1.0, (jobcentres_of if units == "jobcentres" else persons_of)(self.scenario, figure.group))

    def change(self, figure: Figure) -> Scale:
        """What the difference of two such figures can be; of two times that are not seen it is not known."""
        meaning = self.meanings.get(figure.outcome)
        horizon = float("inf") if meaning is not None and meaning.event else NAN
        if meaning is None or meaning.unit != "share":
            return ANY._replace(horizon=horizon)
        widest = (1 - meaning.lowest) * (2 if figure.group.kind == "difference" else 1)
        return Scale(-widest, widest)

    def by_month(self, outcome: str) -> bool:
        """Whether an outcome is counted by month since referral."""
        return outcome in self.meanings and self.meanings[outcome].clock == "month"

    def of_states(self, outcome: str) -> bool:
        """Whether an outcome is measured only in the weeks of `states_at`."""
        return outcome in self.meanings and self.meanings[outcome].at == "states_at"

    def weeks(self, outcome: str) -> Sequence[int]:
        """The weeks after which an outcome is told that is told of some weeks alone; none of others."""
        at = self.meanings[outcome].at if outcome in self.meanings else None
        return self.scenario.states_at if at == "states_at" else self.scenario.period_ends if at else ()

    def begins(self, figure: Figure) -> int:
        """The week since enrolment in which the period begins that a figure is of; 0 of one that is of no period."""
        ends, meaning = self.scenario.period_ends, self.meanings.get(figure.outcome)
        if meaning is None or meaning.at != "periods" or figure.time not in ends[1:]:
            return 0
        return ends[ends.index(figure.time) - 1]

    def columns(self, figure: Figure) -> dict[str, str | int | None]:
        """A figure as columns of a table."""
        monthly, jobcentre = self.by_month(figure.outcome), figure.group.jobcentre
        return {
            "outcome": self.write(figure.outcome), "intervention": self.intervention(figure.outcome),
            "group": str(figure.group._replace(jobcentre="")), "jobcentre": jobcentre,
            "week": None if monthly else figure.time, "month": figure.time if monthly else None,
        }  # fmt: skip

    def of_everybody(self, outcome: str) -> tuple[str, str] | None:
        """The outcomes that count everybody who waits, beside a mean wait of those who were served; None of others."""
        if (beside := self.meanings[outcome].of_served) is None:
            return None
        mean, unserved = (Name(self.intervention(outcome), what).dotted for what in beside)
        return mean, unserved

    def intervention(self, outcome: str) -> str:
        """The intervention that an outcome belongs to; "" if it belongs to none."""
        return Name.read(outcome).intervention

    def group(self, text: str) -> Group:
        """The group that a text means: an arm by the name that it has now, a difference by the pair that it is of."""
        as_written, scenario = Group.read(text, self.partners), self.scenario
        group = as_written.whole
        if group.kind == "arm":
            group = group._replace(name=scenario.called(group.name))
        if group == DIFFERENCE and group not in self.contrasts:
            group = Group("difference", *scenario.ends())
        if group.kind == "difference" and group not in self.contrasts:
            pair = (arm_group(scenario.called(group.name)), arm_group(scenario.called(group.part)))
            group = next((each for each, compared in self.contrasts.items() if compared == pair), group)
        return group.among(as_written)

    @cached_property
    def contrasts(self) -> Mapping[Group, tuple[Group, Group]]:
        """The differences between arms, each with what it is of: the first less the second."""
        return contrasts(self.scenario)

    def pair(self, group: Group) -> tuple[Group, Group] | None:
        """The two groups that a difference is of, the first less the second; None if it is none."""
        found = self.contrasts.get(group.whole)
        return None if found is None else (found[0].among(group), found[1].among(group))

    @cached_property
    def partners(self) -> Collection[str]:
        """The teams that take no cases."""
        return [name for name, team in self.scenario.teams.items() if not team.takes_cases]

    def figure(self, outcome: str, group: str | Group = ALLE, time: int | None = None) -> Figure:
        """The figure that texts mean."""
        return Figure(self.read(outcome), self.group(group) if isinstance(group, str) else group, time)


def contrasts(scenario: Scenario) -> dict[Group, tuple[Group, Group]]:
    """The differences between arms, each with what it is of: the first less the second."""
    single, pairs = scenario.contrasts()
    named = {DIFFERENCE: single} if single else {}
    named |= {Group("difference", *pair): pair for pair in pairs}
    return {group: (arm_group(first), arm_group(second)) for group, (first, second) in named.items()}


def against_reference(scenario: Scenario) -> list[Group]:
    """The differences of every arm from the one that the others are held against."""
    references = list(map(arm_group, scenario.references()))
    return [group for group, (_, second) in contrasts(scenario).items() if second in references]


def arm_groups(scenario: Scenario) -> dict[Group, list[int]]:
    """The groups of arms, and of those that are split, with the numbers of their arms; an arm called alle is
    everybody, and so is one of that name that is split."""
    numbers = {arm: number for number, arm in enumerate(scenario.arms)}
    named = {**{arm: (arm,) for arm in scenario.arms}, **scenario.wholes}
    return {arm_group(name): [numbers[part] for part in parts] for name, parts in named.items()}
